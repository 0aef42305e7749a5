/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_SECTIONS_H
#define _ASM_SECTIONS_H
/* The linker supplies __start_NAME and __stop_NAME for sections with C names; they are declared where they are used. */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RWONCE_H
#define _LINUX_RWONCE_H
#include <asm/rwonce.h>
#endif

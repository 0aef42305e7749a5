/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_INSTRUCTION_POINTER_H
#define _LINUX_INSTRUCTION_POINTER_H
#include <linux/compiler.h>
#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_EXCEPTION_H
#define _ASM_EXCEPTION_H

#include <linux/interrupt.h>
#include <asm/ptrace.h>

#define __exception_irq_entry

#endif

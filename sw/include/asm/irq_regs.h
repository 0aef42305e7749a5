/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_IRQ_REGS_H
#define _ASM_IRQ_REGS_H
#include <linux/irq_regs.h>
#endif

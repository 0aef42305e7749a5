/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_IRQHANDLER_H
#define _LINUX_IRQHANDLER_H

struct irq_desc;
/* A flow handler: called in hard interrupt context, interrupts masked on this CPU. */
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

#endif

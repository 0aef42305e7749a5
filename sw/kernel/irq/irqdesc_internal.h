// SPDX-License-Identifier: Apache-2.0
// Between irqdesc.cpp and irqdesc_sysfs.cpp. The registry's lock (irq_lock_sparse) is held.
#ifndef KERNEL_IRQ_IRQDESC_INTERNAL_H
#define KERNEL_IRQ_IRQDESC_INTERNAL_H

#include "kernel/irq/internals.h"

// Its release is the descriptor's end.
extern const kobj_type irq_kobj_type;

// A descriptor's folder, which is there as soon as /sys is.
void irq_sysfs_add(unsigned int irq, irq_desc *desc);
void irq_sysfs_del(irq_desc *desc);

#endif

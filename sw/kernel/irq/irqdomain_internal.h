// SPDX-License-Identifier: Apache-2.0
// What irqdomain.cpp and irqdomain_hierarchy.cpp share. The functions named _locked want the root domain's mutex held.
#ifndef KERNEL_IRQ_IRQDOMAIN_INTERNAL_H
#define KERNEL_IRQ_IRQDOMAIN_INTERNAL_H

#include "kernel/irq/internals.h"

irq_domain *irq_default_host();
void irq_domain_set_mapping(irq_domain *domain, irq_hw_number_t hwirq, irq_data *data);
void irq_domain_clear_mapping(irq_domain *domain, irq_hw_number_t hwirq);
void irq_domain_check_hierarchy(irq_domain *domain);
int irq_domain_alloc_irqs_locked(irq_domain *domain, int irq_base, unsigned int nr_irqs, int node, void *arg,
                                 bool realloc, const irq_affinity_desc *affinity);
// The records by which an observer knows which line a number is.
inline void trace_irq_map(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    trace_event2(irq_map, virq, hwirq, domain->name);
}
inline void trace_irq_unmap(unsigned int virq) {
    trace_event1(irq_unmap, virq, nullptr);
}

// Holds the mutex of the domain at the bottom of the stack.
class domain_lock {
public:
    explicit domain_lock(irq_domain *domain)
        : root_(domain->root) {
        mutex_lock(&root_->mutex);
    }
    ~domain_lock() { mutex_unlock(&root_->mutex); }
    domain_lock(const domain_lock &) = delete;
    domain_lock &operator=(const domain_lock &) = delete;

private:
    irq_domain *root_;
};

#endif

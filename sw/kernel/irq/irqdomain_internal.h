// SPDX-License-Identifier: Apache-2.0
// What irqdomain.cpp and irqdomain_hierarchy.cpp share: a domain's reverse map, the levels of a line, and a block of
// numbers that is given back unless it is kept. docs/design/irqdomain.md tells how they fit together.
#ifndef KERNEL_IRQ_IRQDOMAIN_INTERNAL_H
#define KERNEL_IRQ_IRQDOMAIN_INTERNAL_H

#include "kernel/irq/internals.h"

#include <linux/radix-tree.h>
#include <linux/rcupdate.h>

#include "lib/guard.h"
#include "lib/result.h"

// Guards the list of domains, their names, and all mappings. Callbacks of domains are called with it held.
extern struct mutex irq_domain_mutex;

// From a domain's hwirq to the irq_data of the line at this domain's level: a table for the low numbers, a tree for the
// others. Read in an RCU section.
class reverse_map {
public:
    explicit __always_inline reverse_map(irq_domain &domain)
        : domain_(domain) {}

    __always_inline irq_data *find(irq_hw_number_t hwirq) const {
        if (in_table(hwirq))
            return rcu_dereference(domain_.revmap[hwirq]);
        return static_cast<irq_data *>(radix_tree_lookup(&domain_.revmap_tree, hwirq));
    }

    void enter(irq_data &line) {
        hold l(domain_.revmap_mutex);
        if (in_table(line.hwirq))
            rcu_assign_pointer(domain_.revmap[line.hwirq], &line);
        else
            radix_tree_insert(&domain_.revmap_tree, line.hwirq, &line);
    }

    void erase(irq_hw_number_t hwirq) {
        hold l(domain_.revmap_mutex);
        if (in_table(hwirq))
            rcu_assign_pointer(domain_.revmap[hwirq], static_cast<irq_data *>(nullptr));
        else
            radix_tree_delete(&domain_.revmap_tree, hwirq);
    }

private:
    bool in_table(irq_hw_number_t hwirq) const { return hwirq < domain_.revmap_size; }

    irq_domain &domain_;
};

// The irq_data of a line, outermost level first: `for (irq_data &level : levels_of(virq))`. Ends at the root, or where
// a level belongs to no domain.
class levels {
public:
    explicit levels(irq_data *outermost)
        : outermost_(outermost) {}
    class cursor {
    public:
        explicit cursor(irq_data *at)
            : at_(at && at->domain ? at : nullptr) {}
        irq_data &operator*() const { return *at_; }
        cursor &operator++() { return *this = cursor(at_->parent_data); }
        bool operator!=(const cursor &other) const { return at_ != other.at_; }

    private:
        irq_data *at_;
    };
    cursor begin() const { return cursor(outermost_); }
    cursor end() const { return cursor(nullptr); }

private:
    irq_data *outermost_;
};
inline levels levels_of(unsigned int virq) {
    return levels(irq_get_irq_data(virq));
}

// A specifier that was read: the domain's line, and the trigger that is wanted.
struct irq_line_spec {
    irq_hw_number_t hwirq;
    unsigned int type;
};

// Numbers that were allocated for a mapping: their descriptors go again unless keep() says that the mapping is made.
class virq_block {
public:
    virq_block(int first, unsigned int count)
        : first_(first)
        , count_(count) {}
    ~virq_block() {
        if (first_ > 0)
            irq_free_descs(first_, count_);
    }
    virq_block(const virq_block &) = delete;
    virq_block &operator=(const virq_block &) = delete;

    bool allocated() const { return first_ > 0; }
    unsigned int first() const { return first_; }
    int keep() {
        int first = first_;
        first_ = 0;
        return first;
    }

private:
    int first_;
    unsigned int count_;
};

// What a domain is made of. `hwirq_end`: one more than its highest hwirq.
struct domain_plan {
    unsigned int table_size;
    irq_hw_number_t hwirq_end;
    unsigned int flags;
    irq_domain *parent;
    fwnode_handle *fwnode;
    const irq_domain_ops *ops;
    void *host_data;
};
irq_domain *irq_domain_make(const domain_plan &plan);
// Notes a domain for the module that called the exported function with this frame. Gives it back; null stays null.
irq_domain *irq_domain_note(irq_domain *made, const void *frame);

// A line is usable, and an observer may know which one it is. Or not any more: what was under way has ended then.
void irq_domain_open_line(irq_data &outermost);
void irq_domain_close_line(unsigned int virq);

// Lines that a stacked domain is asked for. `first`: -1, or the numbers that they must have.
struct lines_wanted {
    void *arg; // for the alloc callbacks
    const irq_affinity_desc *affinity;
    int first;
    unsigned int count;
    int node;
    bool numbers_exist;
};
// With irq_domain_mutex held. The first number, or an error.
int irq_domain_alloc_irqs_locked(irq_domain &domain, const lines_wanted &wanted);

#endif

// SPDX-License-Identifier: Apache-2.0
// Stacked domains: one line passes several controllers, each with its own hwirq, chip and irq_data. The outermost
// level's irq_data is the one in the descriptor; parent_data leads inwards, to the root.
#include "kernel/irq/irqdomain_internal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>

#include "lib/guard.h"

namespace {

// Levels below the outermost one are allocated.
irq_data *new_level() {
    return static_cast<irq_data *>(kzalloc(sizeof(irq_data), GFP_KERNEL));
}

// Of the same line, below a level. Null without memory.
irq_data *add_below(irq_data &level, irq_domain *domain) {
    irq_data *below = new_level();

    if (below) {
        below->common = level.common;
        below->domain = domain;
        below->irq = level.irq;
    }
    return level.parent_data = below;
}

// Takes off what is below a level.
void cut_below(irq_data &level) {
    irq_data *below = level.parent_data;

    level.parent_data = nullptr;
    while (below) {
        irq_data *next = below->parent_data;
        kfree(below);
        below = next;
    }
}

// Gives a line a level for the domain and for each of its parents. No chips yet: the alloc callbacks set them.
bool add_levels(unsigned int virq, irq_domain *domain) {
    irq_data *level = irq_get_irq_data(virq);

    level->domain = domain;
    for (domain = domain->parent; level && domain; domain = domain->parent)
        level = add_below(*level, domain);
    return level;
}

void drop_levels(unsigned int virq) {
    irq_data *outermost = irq_get_irq_data(virq);

    cut_below(*outermost);
    outermost->domain = nullptr;
}

enum class chip_state { missing, connected, disconnected, wrong };

chip_state state_of(const irq_data &level) {
    if (!level.chip)
        return chip_state::missing;
    if (!IS_ERR(level.chip))
        return chip_state::connected;
    return PTR_ERR(level.chip) == -ENOTCONN ? chip_state::disconnected : chip_state::wrong;
}

// An alloc callback may end a line early (irq_domain_disconnect_hierarchy). Connected levels come first then, with the
// mark below them, and nothing has set anything below the mark: all that goes.
result<void> trim(unsigned int virq) {
    irq_data *last = nullptr;
    bool ended = false;

    for (irq_data &level : levels_of(virq)) {
        const chip_state state = state_of(level);
        if (state != (ended ? chip_state::missing : chip_state::connected)) {
            if (ended || !last || state != chip_state::disconnected)
                return failure(-EINVAL);
            ended = true;
        }
        if (!ended)
            last = &level;
    }
    if (ended)
        cut_below(*last);
    return {};
}

template <typename F>
void for_each_of(unsigned int first, unsigned int count, F what) {
    for (unsigned int virq = first; virq != first + count; virq++)
        what(virq);
}

// Those of the lines that the domain takes part in, one by one: a part of a block may be freed.
void call_free(irq_domain &domain, unsigned int first, unsigned int count) {
    if (auto *free = domain.ops->free)
        for_each_of(first, count, [&](unsigned int virq) {
            if (irq_domain_get_irq_data(&domain, virq))
                free(&domain, virq, 1);
        });
}

// A block of numbers on its way to being lines of a stacked domain, or back. Ends as nothing, unless publish() makes it
// lines.
class lines_in_progress {
public:
    lines_in_progress(irq_domain &domain, int first, unsigned int count, unsigned int with_levels = 0)
        : domain_(domain)
        , numbers_(first, count)
        , count_(count)
        , with_levels_(with_levels) {}
    ~lines_in_progress() { for_each_of(numbers_.first(), with_levels_, drop_levels); }

    // A level for each domain of the stack, then the alloc callbacks, which set the levels up.
    result<void> connect(void *arg) {
        while (with_levels_ < count_)
            if (!add_levels(numbers_.first() + with_levels_++, &domain_))
                return failure(-ENOMEM);
        result<void> done = as_result(irq_domain_alloc_irqs_hierarchy(&domain_, numbers_.first(), count_, arg));
        for (unsigned int i = 0; done && i < count_; i++)
            done = trim(numbers_.first() + i);
        return done;
    }

    int publish() {
        with_levels_ = 0;
        for_each_of(numbers_.first(), count_, publish_line);
        return numbers_.keep();
    }

    // Back from lines that are in use to numbers with levels, which the free callbacks have given up.
    void withdraw() {
        for_each_of(numbers_.first(), count_, withdraw_line);
        call_free(domain_, numbers_.first(), count_);
    }

private:
    static void withdraw_line(unsigned int virq) {
        irq_domain_close_line(virq);
        for (irq_data &level : levels_of(virq)) {
            reverse_map(*level.domain).erase(level.hwirq);
            level.domain->mapcount--;
        }
    }

    static void publish_line(unsigned int virq) {
        for (irq_data &level : levels_of(virq)) {
            reverse_map(*level.domain).enter(level);
            level.domain->mapcount++;
        }
        irq_domain_open_line(*irq_get_irq_data(virq));
    }

    irq_domain &domain_;
    virq_block numbers_;
    unsigned int count_;
    unsigned int with_levels_;
};

int set_up(irq_data &level, irq_hw_number_t hwirq, const irq_chip *chip, void *chip_data) {
    level.hwirq = hwirq;
    level.chip = chip ? const_cast<irq_chip *>(chip) : &no_irq_chip;
    level.chip_data = chip_data;
    return 0;
}

void set_flow(unsigned int virq, irq_flow_handler_t handler, void *handler_data, const char *name) {
    __irq_set_handler(virq, handler, 0, name);
    irq_set_handler_data(virq, handler_data);
}

} // namespace

irq_domain *irq_domain_create_hierarchy(irq_domain *parent, unsigned int flags, unsigned int size,
                                        fwnode_handle *fwnode, const irq_domain_ops *ops, void *host_data) {
    irq_domain *const made = irq_domain_make({size, size ? size : ~0ul, flags, parent, fwnode, ops, host_data});
    return irq_domain_note(made, __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(irq_domain_create_hierarchy);

irq_data *irq_domain_get_irq_data(irq_domain *domain, unsigned int virq) {
    for (irq_data &level : levels_of(virq))
        if (level.domain == domain)
            return &level;
    return nullptr;
}
EXPORT_SYMBOL_GPL(irq_domain_get_irq_data);

// For alloc callbacks: what a level knows about a line.

int irq_domain_set_hwirq_and_chip(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq, const irq_chip *chip,
                                  void *chip_data) {
    irq_data *level = irq_domain_get_irq_data(domain, virq);

    return level ? set_up(*level, hwirq, chip, chip_data) : -ENOENT;
}
EXPORT_SYMBOL_GPL(irq_domain_set_hwirq_and_chip);

void irq_domain_set_info(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq, const irq_chip *chip,
                         void *chip_data, irq_flow_handler_t handler, void *handler_data, const char *handler_name) {
    irq_domain_set_hwirq_and_chip(domain, virq, hwirq, chip, chip_data);
    set_flow(virq, handler, handler_data, handler_name);
}
EXPORT_SYMBOL(irq_domain_set_info);

// This level ends the line; what is below it is not used.
int irq_domain_disconnect_hierarchy(irq_domain *domain, unsigned int virq) {
    irq_data *level = irq_domain_get_irq_data(domain, virq);

    if (level)
        level->chip = static_cast<irq_chip *>(ERR_PTR(-ENOTCONN));
    return level ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_domain_disconnect_hierarchy);

void irq_domain_reset_irq_data(irq_data *data) {
    set_up(*data, 0, nullptr, nullptr);
}
EXPORT_SYMBOL_GPL(irq_domain_reset_irq_data);

// For free callbacks: this level, then the parents.
void irq_domain_free_irqs_common(irq_domain *domain, unsigned int virq, unsigned int nr) {
    for_each_of(virq, nr, [=](unsigned int each) {
        if (irq_data *level = irq_domain_get_irq_data(domain, each))
            irq_domain_reset_irq_data(level);
    });
    irq_domain_free_irqs_parent(domain, virq, nr);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_common);

// The outermost level has set the flow handler.
void irq_domain_free_irqs_top(irq_domain *domain, unsigned int virq, unsigned int nr) {
    for_each_of(virq, nr, [](unsigned int each) { set_flow(each, nullptr, nullptr, nullptr); });
    irq_domain_free_irqs_common(domain, virq, nr);
}

int irq_domain_alloc_irqs_hierarchy(irq_domain *domain, unsigned int irq_base, unsigned int nr, void *arg) {
    return domain->ops->alloc ? domain->ops->alloc(domain, irq_base, nr, arg) : -ENOSYS;
}

int irq_domain_alloc_irqs_parent(irq_domain *domain, unsigned int irq_base, unsigned int nr, void *arg) {
    return domain->parent ? irq_domain_alloc_irqs_hierarchy(domain->parent, irq_base, nr, arg) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_domain_alloc_irqs_parent);

void irq_domain_free_irqs_parent(irq_domain *domain, unsigned int irq_base, unsigned int nr) {
    if (domain->parent)
        call_free(*domain->parent, irq_base, nr);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_parent);

// Lines from nothing, and back.

int irq_domain_alloc_irqs_locked(irq_domain &domain, const lines_wanted &wanted) {
    const int first = wanted.numbers_exist && wanted.first >= 0
                          ? wanted.first
                          : irq_domain_alloc_descs(wanted.first, wanted.count, 0, wanted.node, wanted.affinity);

    if (first < 0)
        return first;
    lines_in_progress lines(domain, first, wanted.count);
    result<void> connected = lines.connect(wanted.arg);
    return connected ? lines.publish() : connected.error();
}

// In the default domain if none is named.
static __always_inline int alloc_lines(irq_domain *domain, const lines_wanted &wanted) {
    if (!domain)
        domain = irq_get_default_host();
    if (WARN(!domain, "domain is NULL; cannot allocate IRQ\n"))
        return -EINVAL;
    hold l(irq_domain_mutex);
    return irq_domain_alloc_irqs_locked(*domain, wanted);
}

int __irq_domain_alloc_irqs(irq_domain *domain, int irq_base, unsigned int nr, int node, void *arg, bool realloc,
                            const irq_affinity_desc *affinity) {
    return alloc_lines(domain, {arg, affinity, irq_base, nr, node, realloc});
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_irqs);

void irq_domain_free_irqs(unsigned int virq, unsigned int nr) {
    const irq_data *outermost = irq_get_irq_data(virq);
    irq_domain *domain = outermost ? outermost->domain : nullptr;

    if (WARN(!domain || !domain->ops->free, "NULL pointer, cannot free irq\n"))
        return;
    // Ends, and with it numbers and levels, after the lock was given back.
    lines_in_progress lines(*domain, virq, nr, nr);
    hold l(irq_domain_mutex);
    lines.withdraw();
}

// A further outermost level for a line that exists and that nothing uses, and its end. The descriptor's own irq_data is
// always the outermost level's, so the contents move and the addresses in the reverse maps follow.

namespace {

// The line's descriptor data if nothing has requested the line: -EINVAL no such line, -EBUSY in use.
result<irq_data *> idle_line(int virq) {
    irq_desc *desc = irq_to_desc(virq);

    if (!desc)
        return failure(-EINVAL);
    if (desc->action)
        return failure(-EBUSY);
    return &desc->irq_data;
}

} // namespace

int irq_domain_push_irq(irq_domain *domain, int virq, void *arg) {
    result<irq_data *> line = idle_line(virq);

    if (!line)
        return line.error();
    irq_data &outer = **line;
    if (!domain || !irq_domain_is_hierarchy(domain) || domain->parent != outer.domain)
        return -EINVAL;
    irq_data *inner = new_level();
    if (!inner)
        return -ENOMEM;

    hold l(irq_domain_mutex);
    *inner = outer;
    outer.domain = domain;
    outer.parent_data = inner;
    outer.chip = nullptr;
    outer.chip_data = nullptr;
    if (const int refusal = irq_domain_alloc_irqs_hierarchy(domain, virq, 1, arg)) {
        outer = *inner;
        kfree(inner);
        return refusal;
    }
    reverse_map parents(*inner->domain);
    parents.erase(inner->hwirq);
    parents.enter(*inner);
    reverse_map(*domain).enter(outer);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_push_irq);

int irq_domain_pop_irq(irq_domain *domain, int virq) {
    result<irq_data *> line = idle_line(virq);

    if (!domain || !line)
        return domain ? line.error() : -EINVAL;
    irq_data &outer = **line;
    irq_data *inner = outer.domain == domain ? outer.parent_data : nullptr;
    if (!inner || inner->domain != domain->parent)
        return -EINVAL;

    hold l(irq_domain_mutex);
    outer.parent_data = nullptr; // stays, so it is not for the popped level's free callback
    reverse_map(*domain).erase(outer.hwirq);
    call_free(*domain, virq, 1);
    outer = *inner;
    reverse_map parents(*outer.domain);
    parents.erase(outer.hwirq);
    parents.enter(outer);
    kfree(inner);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_pop_irq);

// Activation goes from the root outwards, deactivation the other way.

namespace {

// The level just outside of `inner`; the root, if that is null.
irq_data &outside_of(const irq_data *inner, irq_data &outermost) {
    irq_data *at = &outermost;

    while (at->parent_data != inner && at->parent_data->domain)
        at = at->parent_data;
    return *at;
}

void deactivate_inwards(irq_data *from) {
    for (irq_data &level : levels(from))
        if (auto *deactivate = level.domain->ops->deactivate)
            deactivate(level.domain, &level);
}

} // namespace

int irq_domain_activate_irq(irq_data *data, bool reserve) {
    if (irqd_is_activated(data))
        return 0;
    for (irq_data *active = nullptr; data->domain && active != data;) {
        irq_data &next = outside_of(active, *data);
        auto *activate = next.domain->ops->activate;
        if (const int refusal = activate ? activate(next.domain, &next, reserve) : 0) {
            deactivate_inwards(active);
            return refusal;
        }
        active = &next;
    }
    irqd_set_activated(data);
    return 0;
}

void irq_domain_deactivate_irq(irq_data *data) {
    if (irqd_is_activated(data)) {
        deactivate_inwards(data);
        irqd_clr_activated(data);
    }
}

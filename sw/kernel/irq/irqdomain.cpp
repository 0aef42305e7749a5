// SPDX-License-Identifier: Apache-2.0
// Interrupt domains: the controllers' own numbers and Linux's, and the mappings between them. Stacked domains are in
// irqdomain_hierarchy.cpp, specifiers in irqdomain_spec.cpp.
#include "kernel/irq/irqdomain_internal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/numa.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"

DEFINE_MUTEX(irq_domain_mutex);

namespace {

LIST_HEAD(all_domains);
irq_domain *default_domain;

irq_domain *or_default(irq_domain *domain) {
    return domain ? domain : default_domain;
}

// A firmware node for a controller that no firmware describes. It has nothing but a name.
struct irqchip_fwid {
    fwnode_handle fwnode;
    char *name;
};

irqchip_fwid *fwid_of(const fwnode_handle *fwnode) {
    return container_of(fwnode, irqchip_fwid, fwnode);
}

const char *fwid_name(const fwnode_handle *fwnode) {
    return fwid_of(fwnode)->name;
}

char *name_for_fwid(unsigned int kind, int id, const char *name, phys_addr_t *pa) {
    if (kind == IRQCHIP_FWNODE_NAMED_ID)
        return kasprintf(GFP_KERNEL, "%s-%d", name, id);
    return kind == IRQCHIP_FWNODE_NAMED ? kstrdup(name, GFP_KERNEL) : kasprintf(GFP_KERNEL, "irqchip@%pa", pa);
}

} // namespace

const irq_domain_ops irq_domain_simple_ops = {.xlate = irq_domain_xlate_onetwocell};
EXPORT_SYMBOL_GPL(irq_domain_simple_ops);

const fwnode_operations irqchip_fwnode_ops = {.get_name = fwid_name};
EXPORT_SYMBOL_GPL(irqchip_fwnode_ops);

fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name, phys_addr_t *pa) {
    auto *made = static_cast<irqchip_fwid *>(kzalloc(sizeof(irqchip_fwid), GFP_KERNEL));

    if (!made || !(made->name = name_for_fwid(type, id, name, pa))) {
        kfree(made);
        return nullptr;
    }
    fwnode_init(&made->fwnode, &irqchip_fwnode_ops);
    return &made->fwnode;
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_fwnode);

void irq_domain_free_fwnode(fwnode_handle *fwnode) {
    if (fwnode && !WARN_ON(!is_fwnode_irqchip(fwnode))) {
        kfree(fwid_of(fwnode)->name);
        kfree(fwid_of(fwnode));
    }
}
EXPORT_SYMBOL_GPL(irq_domain_free_fwnode);

// Domains

namespace {

// The domain owns its name. No memory for a new one leaves the old one.
bool give_name(irq_domain &domain, char *name) {
    if (!name)
        return false;
    if (domain.flags & IRQ_DOMAIN_NAME_ALLOCATED)
        kfree(domain.name);
    domain.flags |= IRQ_DOMAIN_NAME_ALLOCATED;
    domain.name = name;
    return true;
}

// After the firmware node, with ':' for '/' as in file names.
char *name_after(fwnode_handle *fwnode) {
    static atomic_t unknown_domains;

    if (is_fwnode_irqchip(fwnode) || is_software_node(fwnode))
        return kstrdup(fwnode_get_name(fwnode), GFP_KERNEL);
    if (is_of_node(fwnode)) {
        char *path = kasprintf(GFP_KERNEL, "%pOF", to_of_node(fwnode));
        if (path)
            strreplace(path, '/', ':');
        return path;
    }
    if (fwnode)
        pr_err("irq: Invalid fwnode type for irqdomain\n");
    return kasprintf(GFP_KERNEL, "unknown-%d", atomic_inc_return(&unknown_domains));
}

void destroy(irq_domain *domain) {
    fwnode_handle_put(domain->fwnode);
    kfree(domain->gc);
    if (domain->flags & IRQ_DOMAIN_NAME_ALLOCATED)
        kfree(domain->name);
    kfree(domain);
}

// Whether a domain takes what a specifier, or a node alone, asks for. A bus token of ANY asks for every domain of the
// node.
bool answers(irq_domain &domain, irq_fwspec &wanted, irq_domain_bus_token bus) {
    if (wanted.param_count && domain.ops->select)
        return domain.ops->select(&domain, &wanted, bus);
    if (domain.ops->match)
        return domain.ops->match(&domain, to_of_node(wanted.fwnode), bus);
    if (!wanted.fwnode || domain.fwnode != wanted.fwnode)
        return false;
    return bus == DOMAIN_BUS_ANY || bus == domain.bus_token;
}

} // namespace

irq_domain *irq_domain_make(const domain_plan &plan) {
    auto *made = static_cast<irq_domain *>(kzalloc(struct_size_t(irq_domain, revmap, plan.table_size), GFP_KERNEL));

    if (!made)
        return nullptr;
    made->fwnode = fwnode_handle_get(plan.fwnode);
    on_failure no_domain([=] { destroy(made); });
    if (!give_name(*made, name_after(plan.fwnode)))
        return nullptr;
    made->ops = plan.ops;
    made->host_data = plan.host_data;
    made->parent = plan.parent;
    made->revmap_size = plan.table_size;
    made->hwirq_max = plan.hwirq_end;
    made->flags |= plan.flags | (plan.ops->alloc ? IRQ_DOMAIN_FLAG_HIERARCHY : 0);
    INIT_RADIX_TREE(&made->revmap_tree, GFP_KERNEL);
    mutex_init(&made->revmap_mutex);

    hold l(irq_domain_mutex);
    list_add(&made->link, &all_domains);
    no_domain.dismiss();
    return made;
}

static const char *name_of_domain(const void *domain, char *, size_t) {
    return static_cast<const irq_domain *>(domain)->name;
}

irq_domain *irq_domain_note(irq_domain *made, const void *frame) {
    static const owned_kind kind = {"irq domain %s not removed", name_of_domain};

    if (made)
        owned_note_from(kind, made, frame);
    return made;
}

irq_domain *__irq_domain_add(fwnode_handle *fwnode, unsigned int size, irq_hw_number_t hwirq_max, int direct_max,
                             const irq_domain_ops *ops, void *host_data) {
    // Domains without a map are for machines whose hwirqs are virqs, of which arm64 has none.
    irq_domain *const made =
        WARN_ON(direct_max) ? nullptr : irq_domain_make({size, hwirq_max, 0, nullptr, fwnode, ops, host_data});
    return irq_domain_note(made, __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(__irq_domain_add);

void irq_domain_remove(irq_domain *domain) {
    {
        hold l(irq_domain_mutex);
        WARN_ON(!radix_tree_empty(&domain->revmap_tree));
        list_del(&domain->link);
        default_domain = default_domain == domain ? nullptr : default_domain;
    }
    owned_strike(domain);
    destroy(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove);

void irq_domain_update_bus_token(irq_domain *domain, irq_domain_bus_token bus_token) {
    hold l(irq_domain_mutex);

    if (bus_token == domain->bus_token)
        return;
    domain->bus_token = bus_token;
    give_name(*domain, kasprintf(GFP_KERNEL, "%s-%d", domain->name, bus_token));
}
EXPORT_SYMBOL_GPL(irq_domain_update_bus_token);

// Domains whose lines have fixed numbers from the start. A simple one has them if first_irq is not 0.

namespace {

// `frame`: of the function that a module called, which is answerable for the domain.
irq_domain *linear(fwnode_handle *fwnode, unsigned int size, const irq_domain_ops *ops, void *host_data,
                   const void *frame) {
    return irq_domain_note(irq_domain_make({size, size, 0, nullptr, fwnode, ops, host_data}), frame);
}

// Which line has which number: the first, and from there on.
struct fixed_numbers {
    unsigned int irq;
    irq_hw_number_t hwirq;

    irq_domain *given_to(irq_domain *domain) const {
        if (domain)
            irq_domain_associate_many(domain, irq, hwirq, domain->revmap_size - hwirq);
        return domain;
    }
};

unsigned int reserved(unsigned int first_irq, unsigned int count) {
    if (irq_alloc_descs(first_irq, first_irq, count, NUMA_NO_NODE) < 0)
        pr_info("irq: Cannot allocate irq_descs @ IRQ%d, assuming pre-allocated\n", first_irq);
    return first_irq;
}

} // namespace

irq_domain *irq_domain_create_simple(fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
                                     const irq_domain_ops *ops, void *host_data) {
    if (irq_domain *made = linear(fwnode, size, ops, host_data, __builtin_frame_address(0)))
        return first_irq ? fixed_numbers{reserved(first_irq, size), 0}.given_to(made) : made;
    return nullptr;
}
EXPORT_SYMBOL_GPL(irq_domain_create_simple);

irq_domain *irq_domain_create_legacy(fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
                                     irq_hw_number_t first_hwirq, const irq_domain_ops *ops, void *host_data) {
    const fixed_numbers numbers{first_irq, first_hwirq};
    return numbers.given_to(linear(fwnode, size + first_hwirq, ops, host_data, __builtin_frame_address(0)));
}
EXPORT_SYMBOL_GPL(irq_domain_create_legacy);

irq_domain *irq_domain_add_legacy(device_node *of_node, unsigned int size, unsigned int first_irq,
                                  irq_hw_number_t first_hwirq, const irq_domain_ops *ops, void *host_data) {
    irq_domain *const made =
        irq_domain_create_legacy(of_node_to_fwnode(of_node), size, first_irq, first_hwirq, ops, host_data);
    return irq_domain_note(made, __builtin_frame_address(0));
}
EXPORT_SYMBOL_GPL(irq_domain_add_legacy);

irq_domain *irq_find_matching_fwspec(irq_fwspec *fwspec, irq_domain_bus_token bus_token) {
    hold l(irq_domain_mutex);

    return find_in<&irq_domain::link>(all_domains, [=](irq_domain &d) { return answers(d, *fwspec, bus_token); });
}
EXPORT_SYMBOL_GPL(irq_find_matching_fwspec);

void irq_set_default_host(irq_domain *domain) {
    default_domain = domain;
}
EXPORT_SYMBOL_GPL(irq_set_default_host);

irq_domain *irq_get_default_host(void) {
    return default_domain;
}
EXPORT_SYMBOL_GPL(irq_get_default_host);

// Mappings of flat domains. A number is unmapped (its descriptor has no domain), then offered to the controller, which
// may refuse it, then mapped: in the reverse map, and open for request_irq. All under irq_domain_mutex.

void irq_domain_open_line(irq_data &outermost) {
    irq_clear_status_flags(outermost.irq, IRQ_NOREQUEST);
    device_node *const node = to_of_node(outermost.domain->fwnode);
    trace_event3(irq_map, outermost.irq, outermost.hwirq, node ? of_alias_get_id(node, "gpio") : -1,
                 outermost.domain->name);
}

void irq_domain_close_line(unsigned int virq) {
    irq_set_status_flags(virq, IRQ_NOREQUEST);
    irq_set_chip_and_handler(virq, nullptr, nullptr);
    // Chained handlers may be under way on other CPUs.
    synchronize_irq(virq);
    trace_event1(irq_unmap, virq, nullptr);
}

namespace {

void unmapped(irq_data &line) {
    line.domain = nullptr;
    line.hwirq = 0;
}

// Asks the controller. Not mapped any more, and an error, if it refuses.
result<void> offer(irq_domain &domain, irq_data &line) {
    int refusal = domain.ops->map ? domain.ops->map(&domain, line.irq, line.hwirq) : 0;

    if (!refusal)
        return {};
    // -EPERM is how a controller says that nothing may have the line: no reason for a message.
    if (refusal != -EPERM)
        pr_info("irq: %s didn't like hwirq-0x%lx to VIRQ%i mapping (rc=%d)\n", domain.name, line.hwirq, line.irq,
                refusal);
    return failure(refusal);
}

result<void> irq_domain_associate_locked(irq_domain &domain, unsigned int virq, irq_hw_number_t hwirq) {
    irq_data *line = irq_get_irq_data(virq);
    bool wrong = WARN(hwirq >= domain.hwirq_max, "error: hwirq 0x%x is too large for %s\n", static_cast<int>(hwirq),
                      domain.name) ||
                 WARN(!line, "error: virq%i is not allocated", virq) ||
                 WARN(line->domain, "error: virq%i is already associated", virq);

    if (wrong)
        return failure(-EINVAL);
    line->hwirq = hwirq;
    line->domain = &domain;
    result<void> taken = offer(domain, *line);
    if (!taken) {
        unmapped(*line);
        return taken;
    }
    domain.mapcount++;
    reverse_map(domain).enter(*line);
    irq_domain_open_line(*line);
    return taken;
}

// Back to nothing: the number goes too.
void unmap(irq_data &line) {
    irq_domain &domain = *line.domain;
    hold l(irq_domain_mutex);

    irq_domain_close_line(line.irq);
    if (domain.ops->unmap)
        domain.ops->unmap(&domain, line.irq);
    reverse_map(domain).erase(line.hwirq);
    domain.mapcount--;
    unmapped(line);
    l.release();
    irq_free_desc(line.irq);
}

// A fresh number for a hwirq of a flat domain, or 0.
unsigned int map_to_fresh_number(irq_domain &domain, irq_hw_number_t hwirq, const irq_affinity_desc *affinity) {
    virq_block number(irq_domain_alloc_descs(-1, 1, hwirq, NUMA_NO_NODE, affinity), 1);

    return number.allocated() && irq_domain_associate_locked(domain, number.first(), hwirq) ? number.keep() : 0;
}

} // namespace

int irq_domain_associate(irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq) {
    hold l(irq_domain_mutex);

    return irq_domain_associate_locked(*domain, virq, hwirq).error();
}
EXPORT_SYMBOL_GPL(irq_domain_associate);

void irq_domain_associate_many(irq_domain *domain, unsigned int irq_base, irq_hw_number_t hwirq_base, int count) {
    while (count-- > 0)
        irq_domain_associate(domain, irq_base++, hwirq_base++);
}
EXPORT_SYMBOL_GPL(irq_domain_associate_many);

// Numbers for a mapping: the first free ones from the hwirq on, else the first free ones. Never 0.
int irq_domain_alloc_descs(int virq, unsigned int cnt, irq_hw_number_t hwirq, int node,
                           const irq_affinity_desc *affinity) {
    auto from = [=](int exactly, unsigned int lowest) {
        return __irq_alloc_descs(exactly, lowest, cnt, node, nullptr, affinity);
    };
    if (virq >= 0)
        return from(virq, virq);
    const unsigned int near = max(static_cast<unsigned int>(hwirq % nr_irqs), 1u);
    int got = from(-1, near);
    return got > 0 || near == 1 ? got : from(-1, 1);
}

// The virq of a flat domain's hwirq, made if need be.
static unsigned int find_or_map(irq_domain &domain, irq_hw_number_t hwirq, const irq_affinity_desc *affinity) {
    hold l(irq_domain_mutex);
    const unsigned int known = irq_find_mapping(&domain, hwirq);
    return known ? known : map_to_fresh_number(domain, hwirq, affinity);
}

unsigned int irq_create_mapping_affinity(irq_domain *domain, irq_hw_number_t hwirq, const irq_affinity_desc *affinity) {
    irq_domain *of = or_default(domain);

    WARN(!of, "%s(, %lx) called with NULL domain\n", __func__, hwirq);
    return of ? find_or_map(*of, hwirq, affinity) : 0;
}
EXPORT_SYMBOL_GPL(irq_create_mapping_affinity);

void irq_dispose_mapping(unsigned int virq) {
    irq_data *line = virq ? irq_get_irq_data(virq) : nullptr;

    if (!line || WARN_ON(!line->domain))
        return;
    irq_domain_is_hierarchy(line->domain) ? irq_domain_free_irqs(virq, 1) : unmap(*line);
}
EXPORT_SYMBOL_GPL(irq_dispose_mapping);

irq_desc *__irq_resolve_mapping(irq_domain *domain, irq_hw_number_t hwirq, unsigned int *irq) {
    domain = or_default(domain);
    if (unlikely(!domain))
        return nullptr;
    rcu_section reading;
    irq_data *line = reverse_map(*domain).find(hwirq);
    if (unlikely(!line))
        return nullptr;
    if (irq)
        *irq = line->irq;
    return irq_data_to_desc(line);
}
EXPORT_SYMBOL_GPL(__irq_resolve_mapping);

// By specifier

namespace {

// Of several domains of a node the wired one is meant: interrupts that messages make have no specifier.
irq_domain *domain_for(irq_fwspec &spec) {
    if (!spec.fwnode)
        return default_domain;
    irq_domain *wired = irq_find_matching_fwspec(&spec, DOMAIN_BUS_WIRED);
    return wired ? wired : irq_find_matching_fwspec(&spec, DOMAIN_BUS_ANY);
}

const char *node_name(const irq_fwspec &spec) {
    return of_node_full_name(to_of_node(spec.fwnode));
}

// Which of the domain's lines, with which trigger. A domain that cannot read specifiers takes the first cell as it is.
result<irq_line_spec> read_spec(irq_domain &domain, irq_fwspec &spec) {
    irq_line_spec line = {spec.param[0], IRQ_TYPE_NONE};
    int error = 0;

    if (domain.ops->translate)
        error = domain.ops->translate(&domain, &spec, &line.hwirq, &line.type);
    else if (domain.ops->xlate)
        error =
            domain.ops->xlate(&domain, to_of_node(spec.fwnode), spec.param, spec.param_count, &line.hwirq, &line.type);
    if (error)
        return failure(error);
    if (WARN_ON(line.type & ~IRQ_TYPE_SENSE_MASK))
        line.type &= IRQ_TYPE_SENSE_MASK;
    return line;
}

// A mapping is shared by all who want the same trigger type, or none in particular. The first who wants one decides.
bool agrees(irq_data &line, const irq_line_spec &wanted) {
    const unsigned int has = irqd_get_trigger_type(&line);

    if (has == IRQ_TYPE_NONE && wanted.type != IRQ_TYPE_NONE)
        irqd_set_trigger_type(&line, wanted.type);
    return wanted.type == IRQ_TYPE_NONE || has == IRQ_TYPE_NONE || has == wanted.type;
}

} // namespace

unsigned int irq_create_fwspec_mapping(irq_fwspec *fwspec) {
    irq_domain *domain = domain_for(*fwspec);
    if (!domain) {
        pr_warn("irq: no irq domain found for %s !\n", node_name(*fwspec));
        return 0;
    }
    result<irq_line_spec> read = read_spec(*domain, *fwspec);
    if (!read)
        return 0;
    const irq_line_spec &wanted = *read;

    hold l(irq_domain_mutex);
    rcu_read_lock();
    irq_data *known = reverse_map(*domain).find(wanted.hwirq);
    rcu_read_unlock();
    if (known) {
        if (agrees(*known, wanted))
            return known->irq;
        pr_warn("irq: type mismatch, failed to map hwirq-%lu for %s!\n", wanted.hwirq, node_name(*fwspec));
        return 0;
    }
    const int virq = irq_domain_is_hierarchy(domain)
                         ? irq_domain_alloc_irqs_locked(*domain, {fwspec, nullptr, -1, 1, NUMA_NO_NODE, false})
                         : static_cast<int>(map_to_fresh_number(*domain, wanted.hwirq, nullptr));
    irq_data *line = virq > 0 ? irq_get_irq_data(virq) : nullptr;
    if (!line)
        return 0;
    irqd_set_trigger_type(line, wanted.type);
    return virq;
}
EXPORT_SYMBOL_GPL(irq_create_fwspec_mapping);

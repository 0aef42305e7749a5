// SPDX-License-Identifier: Apache-2.0
// GPIO lines as interrupts: the lock that keeps such a line an input, and the adapter between a chip that leaves its
// interrupts to gpiolib and genirq: a domain, and steps around the chip's own callbacks.
#include "drivers/gpio/gpiolib.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "lib/result.h"

namespace {

constexpr char nobody_but_the_interrupt[] = "interrupt";

// Null if the chip has no such line.
gpio_desc *line_of(const gpio_chip *gc, unsigned int offset) {
    return offset < gc->gpiodev->ngpio ? gc->gpiodev->descs + offset : nullptr;
}

bool line_has(const gpio_chip *gc, unsigned int offset, int flag) {
    const gpio_desc *line = offset < gc->ngpio ? line_of(gc, offset) : nullptr;
    return line && line->is(flag);
}

// Locked: an interrupt uses the line. Enabled as long as it does not mask it. While both are so, the line cannot become
// an output that drives.

result<void> lock(gpio_chip *gc, gpio_desc &line) {
    // The direction may have been changed behind gpiolib's back.
    const bool can_ask = gc->get_direction && !gc->can_sleep;
    const int direction = can_ask ? gpiod_get_direction(&line) : 0;

    if (direction < 0) {
        chip_err(gc, "%s: cannot get GPIO direction\n", "gpiochip_lock_as_irq");
        return failure(direction);
    }
    if (line.drives()) {
        chip_err(gc, "%s: tried to flag a GPIO set as output for IRQ\n", "gpiochip_lock_as_irq");
        return failure(-EIO);
    }
    line.set(FLAG_USED_AS_IRQ);
    line.set(FLAG_IRQ_IS_ENABLED);
    line.label = line.label ? line.label : nobody_but_the_interrupt;
    return {};
}

void unlock(gpio_desc &line) {
    line.clear(FLAG_IRQ_IS_ENABLED);
    line.clear(FLAG_USED_AS_IRQ);
    line.label = line.is(FLAG_REQUESTED) ? line.label : nullptr;
}

__always_inline void set_enabled(gpio_chip *gc, unsigned int offset, bool enabled) {
    gpio_desc *line = line_of(gc, offset);

    if (!line || WARN_ON(!line->is(FLAG_USED_AS_IRQ)))
        return;
    // While it was disabled it may have become an output.
    WARN_ON(enabled && line->drives());
    assign_bit(FLAG_IRQ_IS_ENABLED, &line->flags, enabled);
}

} // namespace

int gpiochip_lock_as_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *line = line_of(gc, offset);

    return line ? lock(gc, *line).error() : -EINVAL;
}

void gpiochip_unlock_as_irq(gpio_chip *gc, unsigned int offset) {
    if (gpio_desc *line = line_of(gc, offset))
        unlock(*line);
}

void gpiochip_enable_irq(gpio_chip *gc, unsigned int offset) {
    set_enabled(gc, offset, true);
}
void gpiochip_disable_irq(gpio_chip *gc, unsigned int offset) {
    set_enabled(gc, offset, false);
}

bool gpiochip_line_is_irq(gpio_chip *gc, unsigned int offset) {
    return line_has(gc, offset, FLAG_USED_AS_IRQ);
}
bool gpiochip_line_is_open_drain(gpio_chip *gc, unsigned int offset) {
    return line_has(gc, offset, FLAG_OPEN_DRAIN);
}
bool gpiochip_line_is_open_source(gpio_chip *gc, unsigned int offset) {
    return line_has(gc, offset, FLAG_OPEN_SOURCE);
}

// For irq_request_resources and irq_release_resources: the chip's module stays too.
int gpiochip_reqres_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *line = line_of(gc, offset);
    module_use use(*gc->gpiodev);
    const int error = !use ? -ENODEV : line ? lock(gc, *line).error() : -EINVAL;

    if (!error)
        use.keep();
    else if (use)
        chip_err(gc, "unable to lock HW IRQ %u for IRQ\n", offset);
    return error;
}

void gpiochip_relres_irq(gpio_chip *gc, unsigned int offset) {
    gpiochip_unlock_as_irq(gc, offset);
    module_put(gc->gpiodev->owner);
}

EXPORT_SYMBOL_GPL(gpiochip_lock_as_irq);
EXPORT_SYMBOL_GPL(gpiochip_unlock_as_irq);
EXPORT_SYMBOL_GPL(gpiochip_enable_irq);
EXPORT_SYMBOL_GPL(gpiochip_disable_irq);
EXPORT_SYMBOL_GPL(gpiochip_line_is_irq);
EXPORT_SYMBOL_GPL(gpiochip_line_is_open_drain);
EXPORT_SYMBOL_GPL(gpiochip_line_is_open_source);
EXPORT_SYMBOL_GPL(gpiochip_reqres_irq);
EXPORT_SYMBOL_GPL(gpiochip_relres_irq);

// The domain

namespace {

gpio_chip *chip_of(irq_domain *domain) {
    return static_cast<gpio_chip *>(domain->host_data);
}

// The parent's line: one for the whole chip, or one for each of its lines.
void tell_parent(const gpio_irq_chip &girq, unsigned int irq, irq_hw_number_t hwirq) {
    if (girq.num_parents == 1)
        irq_set_parent(irq, girq.parents[0]);
    else if (girq.num_parents && girq.map)
        irq_set_parent(irq, girq.map[hwirq]);
}

} // namespace

bool gpiochip_irqchip_irq_valid(const gpio_chip *gc, unsigned int offset) {
    const bool excluded = gc->irq.valid_mask && !test_bit(offset, gc->irq.valid_mask);

    return !excluded && gpiochip_line_is_valid(gc, offset);
}
EXPORT_SYMBOL_GPL(gpiochip_irqchip_irq_valid);

int gpiochip_irq_map(irq_domain *d, unsigned int irq, irq_hw_number_t hwirq) {
    gpio_chip *gc = chip_of(d);
    const gpio_irq_chip &girq = gc->irq;

    if (!gpiochip_irqchip_irq_valid(gc, hwirq))
        return -ENXIO;
    irq_set_chip_and_handler(irq, girq.chip, girq.handler);
    irq_set_chip_data(irq, gc);
    irq_set_nested_thread(irq, girq.threaded);
    irq_set_noprobe(irq);
    tell_parent(girq, irq, hwirq);
    // What the line has as long as no request asks for another type.
    return girq.default_type ? irq_set_irq_type(irq, girq.default_type) : 0;
}
EXPORT_SYMBOL_GPL(gpiochip_irq_map);

void gpiochip_irq_unmap(irq_domain *, unsigned int irq) {
    irq_set_nested_thread(irq, false);
    irq_set_chip_data(irq, nullptr);
    irq_set_chip_and_handler(irq, nullptr, nullptr);
}
EXPORT_SYMBOL_GPL(gpiochip_irq_unmap);

int gpiochip_irq_domain_activate(irq_domain *domain, irq_data *data, bool) {
    return gpiochip_lock_as_irq(chip_of(domain), data->hwirq);
}
EXPORT_SYMBOL_GPL(gpiochip_irq_domain_activate);

void gpiochip_irq_domain_deactivate(irq_domain *domain, irq_data *data) {
    gpiochip_unlock_as_irq(chip_of(domain), data->hwirq);
}
EXPORT_SYMBOL_GPL(gpiochip_irq_domain_deactivate);

static const irq_domain_ops gpiochip_domain_ops = {
    .map = gpiochip_irq_map,
    .unmap = gpiochip_irq_unmap,
    .xlate = irq_domain_xlate_twocell,
};

// Chips whose lines lead to lines of a parent domain, each to its own.

namespace {

unsigned int number_in_domain(gpio_chip *gc, unsigned int offset) {
    return gc->irq.child_offset_to_irq ? gc->irq.child_offset_to_irq(gc, offset) : offset;
}

// A line as a domain knows it.
struct wire {
    irq_hw_number_t number;
    unsigned int type; // IRQ_TYPE_*
};

// The words that name a line of the domain behind `whose`.
template <typename... Cells>
irq_fwspec spelled(fwnode_handle *whose, Cells... cells) {
    return {.fwnode = whose, .param_count = sizeof...(cells), .param = {cells...}};
}

// Number and type are named by the device tree, or by code of the kernel, which has to know the type.
int translate(irq_domain *domain, irq_fwspec *named, irq_hw_number_t *number, unsigned int *type) {
    const bool by_tree = is_of_node(named->fwnode) && named->param_count == 2;
    const bool by_code = !by_tree && is_fwnode_irqchip(named->fwnode);
    const int error = by_tree || by_code ? irq_domain_translate_twocell(domain, named, number, type) : -EINVAL;

    WARN_ON(by_code && !error && *type == IRQ_TYPE_NONE);
    return error;
}

result<wire> wire_named(irq_domain &domain, irq_fwspec &named) {
    wire w = {};
    const int error = domain.ops->translate(&domain, &named, &w.number, &w.type);
    return error ? result<wire>(failure(error)) : w;
}

// The driver knows where the parent sees a wire of its chip.
result<wire> wire_at_parent(gpio_chip *gc, const wire &own) {
    unsigned int number = 0, type = 0;
    const int error = gc->irq.child_to_parent_hwirq(gc, own.number, own.type, &number, &type);
    return error ? result<wire>(failure(error)) : wire{number, type};
}

int take_from_parent(irq_domain *domain, unsigned int irq, const wire &w) {
    gpio_chip *gc = chip_of(domain);
    gpio_irq_fwspec words = {};
    const int unspeakable = gc->irq.populate_parent_alloc_arg(gc, &words, w.number, w.type);
    return unspeakable ? unspeakable : irq_domain_alloc_irqs_parent(domain, irq, 1, &words);
}

int allocate(irq_domain *domain, unsigned int irq, unsigned int, void *named) {
    gpio_chip *gc = chip_of(domain);
    result<wire> own = wire_named(*domain, *static_cast<irq_fwspec *>(named));
    result<wire> above = own ? wire_at_parent(gc, *own) : own;

    if (own && !above)
        chip_err(gc, "can't look up hwirq %lu\n", own->number);
    if (!above)
        return above.error();
    irq_domain_set_info(domain, irq, own->number, gc->irq.chip, gc, gc->irq.handler, nullptr, nullptr);
    irq_set_probe(irq);
    const int refusal = take_from_parent(domain, irq, *above);
    if (refusal)
        chip_err(gc, "failed to allocate parent hwirq %d for hwirq %lu\n", static_cast<int>(above->number),
                 own->number);
    return refusal;
}

bool is_hierarchical(const gpio_irq_chip &girq) {
    return girq.parent_domain != nullptr;
}

irq_domain *make_hierarchical(gpio_chip *gc) {
    gpio_irq_chip &girq = gc->irq;
    irq_domain_ops &ops = girq.child_irq_domain_ops;

    if (!girq.child_to_parent_hwirq || !girq.fwnode)
        return nullptr;
    if (!girq.populate_parent_alloc_arg)
        girq.populate_parent_alloc_arg = gpiochip_populate_parent_fwspec_twocell;
    ops.activate = ops.activate ? ops.activate : gpiochip_irq_domain_activate;
    ops.deactivate = ops.deactivate ? ops.deactivate : gpiochip_irq_domain_deactivate;
    ops.alloc = ops.alloc ? ops.alloc : allocate;
    ops.free = ops.free ? ops.free : irq_domain_free_irqs_common;
    ops.translate = ops.translate ? ops.translate : translate;
    return irq_domain_create_hierarchy(girq.parent_domain, 0, gc->ngpio, girq.fwnode, &ops, gc);
}

} // namespace

int gpiochip_populate_parent_fwspec_twocell(gpio_chip *gc, gpio_irq_fwspec *words, unsigned int number,
                                            unsigned int type) {
    words->fwspec = spelled(gc->irq.parent_domain->fwnode, number, type);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_populate_parent_fwspec_twocell);

// The first and the third word are the parent's own, and 0.
int gpiochip_populate_parent_fwspec_fourcell(gpio_chip *gc, gpio_irq_fwspec *words, unsigned int number,
                                             unsigned int type) {
    words->fwspec = spelled(gc->irq.parent_domain->fwnode, 0u, number, 0u, type);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_populate_parent_fwspec_fourcell);

namespace {

// A consumer may come between the chip's registration and its domain's.
int why_no_irq(const gpio_chip *gc, unsigned int offset) {
    const bool domain_stands = READ_ONCE(gc->irq.initialized);
    return !domain_stands ? -EPROBE_DEFER : gpiochip_irqchip_irq_valid(gc, offset) ? 0 : -ENXIO;
}

unsigned int mapped_by_name(irq_domain &domain, unsigned int number) {
    irq_fwspec name = spelled(domain.fwnode, number, static_cast<unsigned int>(IRQ_TYPE_NONE));
    return irq_create_fwspec_mapping(&name);
}

int gpiochip_to_irq(gpio_chip *gc, unsigned int offset) {
    if (const int reason = why_no_irq(gc, offset))
        return reason;
    irq_domain *domain = gc->irq.domain;
    return is_hierarchical(gc->irq) ? mapped_by_name(*domain, number_in_domain(gc, offset))
                                    : irq_create_mapping(domain, offset);
}

} // namespace

// Around the chip's own callbacks

static gpio_chip *chip_of(irq_data *d) {
    return static_cast<gpio_chip *>(irq_data_get_irq_chip_data(d));
}

int gpiochip_irq_reqres(irq_data *d) {
    return gpiochip_reqres_irq(chip_of(d), d->hwirq);
}
EXPORT_SYMBOL(gpiochip_irq_reqres);

void gpiochip_irq_relres(irq_data *d) {
    gpiochip_relres_irq(chip_of(d), d->hwirq);
}
EXPORT_SYMBOL(gpiochip_irq_relres);

namespace {

enum class then { open, closed };

// A callback of the chip that gpiolib has put itself before: where it was, where it is kept, and which way it turns the
// line. Opening begins with gpiolib's part, closing ends with it.
template <auto slot, auto kept, then turns>
struct hook {
    static void call(irq_data *d) {
        gpio_chip *gc = chip_of(d);
        const auto own = gc->irq.*kept;

        if constexpr (turns == then::open)
            set_enabled(gc, d->hwirq, true);
        if (own)
            own(d);
        if constexpr (turns == then::closed)
            set_enabled(gc, d->hwirq, false);
    }
    static bool is_in(const irq_chip &chip) { return chip.*slot == call; }
    static void put_into(gpio_irq_chip &girq) {
        girq.*kept = girq.chip->*slot;
        girq.chip->*slot = call;
    }
    static void take_out(gpio_irq_chip &girq) {
        if (is_in(*girq.chip))
            girq.chip->*slot = girq.*kept;
    }
};
using on_mask = hook<&irq_chip::irq_mask, &gpio_irq_chip::irq_mask, then::closed>;
using on_unmask = hook<&irq_chip::irq_unmask, &gpio_irq_chip::irq_unmask, then::open>;
using on_disable = hook<&irq_chip::irq_disable, &gpio_irq_chip::irq_disable, then::closed>;
using on_enable = hook<&irq_chip::irq_enable, &gpio_irq_chip::irq_enable, then::open>;

// Drivers whose chip may not be changed take these steps in their own callbacks.
bool may_change(const irq_chip *chip) {
    return chip && !(chip->flags & IRQCHIP_IMMUTABLE);
}

// The interrupt side of a chip stands on steps, which are raised in the order of the table `steps` and lowered in the
// reverse one. A step that refuses has left nothing.

// Which lines can interrupt: the driver says, if it has a say.

result<void> take_mask(gpio_chip &gc) {
    gpio_irq_chip &girq = gc.irq;

    if (!girq.init_valid_mask)
        return {};
    girq.valid_mask = bitmap_alloc(gc.ngpio, GFP_KERNEL);
    if (!girq.valid_mask)
        return failure(-ENOMEM);
    bitmap_fill(girq.valid_mask, gc.ngpio);
    girq.init_valid_mask(&gc, girq.valid_mask, gc.ngpio);
    return {};
}

void drop_mask(gpio_chip &gc) {
    bitmap_free(gc.irq.valid_mask);
    gc.irq.valid_mask = nullptr;
}

// The chip's registers. There is no call that would turn them back.

result<void> start_hardware(gpio_chip &gc) {
    return as_result(gc.irq.init_hw ? gc.irq.init_hw(&gc) : 0);
}

void leave_hardware(gpio_chip &) {}

// gpiolib's hooks in the irq_chip. Chips that share one irq_chip share them.

result<void> put_hooks(gpio_chip &gc) {
    gpio_irq_chip &girq = gc.irq;

    if (!may_change(girq.chip))
        return {};
    irq_chip &chip = *girq.chip;
    chip_warn(&gc, "not an immutable chip, please consider fixing it!\n");
    const bool has_own = chip.irq_request_resources || chip.irq_release_resources;
    chip.irq_request_resources = has_own ? chip.irq_request_resources : gpiochip_irq_reqres;
    chip.irq_release_resources = has_own ? chip.irq_release_resources : gpiochip_irq_relres;
    if (WARN_ON(girq.irq_enable) || on_enable::is_in(chip) || on_mask::is_in(chip))
        return {};
    chip.irq_disable ? on_disable::put_into(girq) : on_mask::put_into(girq);
    chip.irq_enable ? on_enable::put_into(girq) : on_unmask::put_into(girq);
    return {};
}

void take_hooks(gpio_chip &gc) {
    gpio_irq_chip &girq = gc.irq;

    if (!may_change(girq.chip))
        return;
    if (girq.chip->irq_request_resources == gpiochip_irq_reqres) {
        girq.chip->irq_release_resources = nullptr;
        girq.chip->irq_request_resources = nullptr;
    }
    on_mask::take_out(girq);
    on_unmask::take_out(girq);
    on_disable::take_out(girq);
    on_enable::take_out(girq);
}

// The domain. From here on to_irq makes mappings; lowering takes back those that were made.

void domain_is_ready(gpio_chip &gc, irq_domain *domain) {
    gc.irq.domain = domain;
    gc.to_irq = gpiochip_to_irq;
}

result<void> make_domain(gpio_chip &gc) {
    gpio_irq_chip &girq = gc.irq;

    if (!girq.chip)
        return {};
    if (gc.to_irq)
        chip_warn(&gc, "to_irq is redefined in %s and you shouldn't rely on it\n", "gpiochip_add_irqchip");
    fwnode_handle *fwnode = girq.fwnode ? girq.fwnode : gc.fwnode;
    domain_is_ready(gc, is_hierarchical(girq)
                            ? make_hierarchical(&gc)
                            : irq_domain_create_simple(fwnode, gc.ngpio, girq.first, &gpiochip_domain_ops, &gc));
    return girq.domain ? result<void>() : failure(-EINVAL);
}

void remove_domain(gpio_chip &gc) {
    irq_domain *domain = gc.irq.domain;

    if (!gc.irq.chip)
        return;
    for (unsigned int offset = 0; offset < gc.ngpio; offset++)
        irq_dispose_mapping(irq_find_mapping(domain, offset));
    irq_domain_remove(domain);
    gc.irq.domain = nullptr;
}

// The chip's flow handler on all parents, or on none again.

void set_on_parents(gpio_chip &gc, irq_flow_handler_t handler) {
    const gpio_irq_chip &girq = gc.irq;
    void *for_all = girq.parent_handler_data ? girq.parent_handler_data : &gc;

    for (unsigned int i = 0; girq.chip && girq.parent_handler && i < girq.num_parents; i++) {
        void *data = girq.per_parent_data ? girq.parent_handler_data_array[i] : for_all;
        irq_set_chained_handler_and_data(girq.parents[i], handler, handler ? data : nullptr);
    }
}

result<void> chain(gpio_chip &gc) {
    set_on_parents(gc, gc.irq.parent_handler);
    return {};
}

void unchain(gpio_chip &gc) {
    set_on_parents(gc, nullptr);
}

// Consumers may ask for interrupts.

result<void> open_to_consumers(gpio_chip &gc) {
    WRITE_ONCE(gc.irq.initialized, gc.irq.chip != nullptr);
    return {};
}

void close_to_consumers(gpio_chip &gc) {
    if (gc.irq.chip)
        WRITE_ONCE(gc.irq.initialized, false);
}

constexpr struct {
    result<void> (*raise)(gpio_chip &);
    void (*lower)(gpio_chip &);
} steps[] = {
    {take_mask, drop_mask},  {start_hardware, leave_hardware},
    {put_hooks, take_hooks}, {make_domain, remove_domain},
    {chain, unchain},        {open_to_consumers, close_to_consumers},
};

void lower_steps(gpio_chip &gc) {
    for (u8 &standing = gc.gpiodev->irq_steps; standing;)
        steps[--standing].lower(gc);
}

} // namespace

result<void> raise_irq_side(gpio_chip &gc) {
    u8 &standing = gc.gpiodev->irq_steps;

    if (gc.irq.chip && gc.can_sleep && gc.irq.parent_handler) {
        chip_err(&gc, "you cannot have chained interrupts on a chip that may sleep\n");
        return failure(-EINVAL);
    }
    while (standing < ARRAY_SIZE(steps)) {
        if (result<void> raised = steps[standing].raise(gc); !raised) {
            lower_steps(gc);
            return raised;
        }
        standing++;
    }
    return {};
}

void lower_irq_side(gpio_chip &gc) {
    lower_steps(gc);
    gc.irq.chip = nullptr;
}

// The domain is the driver's, which removes it too.
int gpiochip_irqchip_add_domain(gpio_chip *gc, irq_domain *domain) {
    if (!domain)
        return -EINVAL;
    domain_is_ready(*gc, domain);
    WRITE_ONCE(gc->irq.initialized, true);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_irqchip_add_domain);

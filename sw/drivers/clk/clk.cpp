// SPDX-License-Identifier: Apache-2.0
// Clocks whose rate is fixed: those of the device tree (Linux: drivers/clk/clk.c, clk-fixed-rate.c,
// clk-fixed-factor.c), and what the RK3568's clock units give the GPIO banks once the firmware has set them up. A clock
// is made when it is first asked for and stays.
#include <linux/clk.h>

#include <linux/device.h>
#include <linux/export.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct clk {
    const device_node *node;
    const char *name;
    u32 id; // among the clocks of the node
    clk *parent, *next;
    unsigned long rate;
    unsigned prepare_count; // guarded by prepare_lock
    unsigned enable_count;  // guarded by enable_lock
};

namespace {

DEFINE_MUTEX(prepare_lock);
DEFINE_SPINLOCK(enable_lock);
clk *clocks; // guarded by prepare_lock

clk *error(int code) {
    return static_cast<clk *>(ERR_PTR(code));
}

// Outputs of the clock units: numbers of include/dt-bindings/clock/rk3568-cru.h, rates of HARDWARE.md 1.3 and 2.3. The
// debounce clocks are the crystal's.
constexpr struct unit_clock {
    const char *compatible;
    u32 id;
    const char *name;
    unsigned long rate;
} unit_clocks[] = {
    {"rockchip,rk3568-pmucru", 46, "pclk_gpio0", 100000000}, {"rockchip,rk3568-pmucru", 12, "dbclk_gpio0", 24000000},
    {"rockchip,rk3568-cru", 355, "pclk_gpio1", 100000000},   {"rockchip,rk3568-cru", 356, "dbclk_gpio1", 24000000},
    {"rockchip,rk3568-cru", 357, "pclk_gpio2", 100000000},   {"rockchip,rk3568-cru", 358, "dbclk_gpio2", 24000000},
    {"rockchip,rk3568-cru", 359, "pclk_gpio3", 100000000},   {"rockchip,rk3568-cru", 360, "dbclk_gpio3", 24000000},
    {"rockchip,rk3568-cru", 361, "pclk_gpio4", 100000000},   {"rockchip,rk3568-cru", 362, "dbclk_gpio4", 24000000},
};

const unit_clock *unit_clock_of(const device_node *node, u32 id) {
    for (const unit_clock &c : unit_clocks)
        if (c.id == id && of_device_is_compatible(node, c.compatible))
            return &c;
    return nullptr;
}

// The caller holds prepare_lock.
clk *clock_of(device_node *node, u32 id) {
    const unit_clock *unit = unit_clock_of(node, id);
    const char *name = unit ? unit->name : node->name;
    u32 hz = 0, mult = 1, div = 1;
    clk *parent = nullptr;

    for (clk *c = clocks; c; c = c->next) {
        if (c->node == node && c->id == id)
            return c;
    }
    if (unit) {
        hz = unit->rate;
    } else if (of_device_is_compatible(node, "fixed-factor-clock")) {
        device_node *above = of_parse_phandle(node, "clocks", 0);
        parent = above ? clock_of(above, 0) : error(-EPROBE_DEFER);
        if (IS_ERR(parent))
            return parent;
        if (of_property_read_u32(node, "clock-mult", &mult) || of_property_read_u32(node, "clock-div", &div) || !div)
            return error(-EINVAL);
    } else if (!of_device_is_compatible(node, "fixed-clock") || of_property_read_u32(node, "clock-frequency", &hz)) {
        return error(-EPROBE_DEFER);
    }
    auto *c = static_cast<clk *>(kzalloc(sizeof(clk), GFP_KERNEL));
    if (!c)
        return error(-ENOMEM);
    of_property_read_string(node, "clock-output-names", &name);
    c->node = node;
    c->name = unit ? unit->name : name;
    c->id = id;
    c->parent = parent;
    c->rate = parent ? div_u64(static_cast<u64>(parent->rate) * mult, div) : hz;
    c->next = clocks;
    clocks = c;
    return c;
}

int enable(clk *c) {
    if (WARN(!c->prepare_count, "Enabling unprepared %s\n", c->name))
        return -ESHUTDOWN;
    if (!c->enable_count && c->parent) {
        const int failed = enable(c->parent);
        if (failed)
            return failed;
    }
    c->enable_count++;
    return 0;
}

void disable(clk *c) {
    if (WARN(!c->enable_count, "%s already disabled\n", c->name))
        return;
    if (!--c->enable_count && c->parent)
        disable(c->parent);
}

void prepare(clk *c) {
    if (!c->prepare_count++ && c->parent)
        prepare(c->parent);
}

void unprepare(clk *c) {
    if (WARN(!c->prepare_count, "%s already unprepared\n", c->name))
        return;
    if (--c->prepare_count)
        return;
    WARN(c->enable_count, "Unpreparing enabled %s\n", c->name);
    if (c->parent)
        unprepare(c->parent);
}

enum class ready { no, prepared, enabled };

// Gets it, brings it to `state`, and has the device undo that.
clk *devm_get(device *dev, const char *id, bool optional, ready state) {
    clk *c = optional ? clk_get_optional(dev, id) : clk_get(dev, id);

    if (IS_ERR_OR_NULL(c))
        return c;
    void (*undo)(void *) = nullptr;
    int failed = 0;
    if (state == ready::prepared) {
        failed = clk_prepare(c);
        undo = [](void *p) { clk_unprepare(static_cast<clk *>(p)); };
    } else if (state == ready::enabled) {
        failed = clk_prepare_enable(c);
        undo = [](void *p) { clk_disable_unprepare(static_cast<clk *>(p)); };
    }
    if (!failed && undo)
        failed = devm_add_action_or_reset(dev, undo, c);
    return failed ? error(failed) : c;
}

} // namespace

struct clk *of_clk_get(struct device_node *np, int index) {
    of_phandle_args spec;

    if (of_parse_phandle_with_args(np, "clocks", "#clock-cells", index, &spec))
        return error(-ENOENT);
    mutex_lock(&prepare_lock);
    clk *c = clock_of(spec.np, spec.args_count ? spec.args[0] : 0);
    mutex_unlock(&prepare_lock);
    return c;
}
EXPORT_SYMBOL(of_clk_get);

struct clk *of_clk_get_by_name(struct device_node *np, const char *name) {
    const int index = name ? of_property_match_string(np, "clock-names", name) : 0;

    return np && index >= 0 ? of_clk_get(np, index) : error(-ENOENT);
}
EXPORT_SYMBOL(of_clk_get_by_name);

struct clk *clk_get(struct device *dev, const char *id) {
    return dev && dev->of_node ? of_clk_get_by_name(dev->of_node, id) : error(-ENOENT);
}
EXPORT_SYMBOL(clk_get);

void clk_put(struct clk *) {}
EXPORT_SYMBOL(clk_put);

struct clk *devm_clk_get(struct device *dev, const char *id) {
    return devm_get(dev, id, false, ready::no);
}
EXPORT_SYMBOL(devm_clk_get);

struct clk *devm_clk_get_prepared(struct device *dev, const char *id) {
    return devm_get(dev, id, false, ready::prepared);
}
EXPORT_SYMBOL_GPL(devm_clk_get_prepared);

struct clk *devm_clk_get_enabled(struct device *dev, const char *id) {
    return devm_get(dev, id, false, ready::enabled);
}
EXPORT_SYMBOL_GPL(devm_clk_get_enabled);

struct clk *devm_clk_get_optional(struct device *dev, const char *id) {
    return devm_get(dev, id, true, ready::no);
}
EXPORT_SYMBOL(devm_clk_get_optional);

struct clk *devm_clk_get_optional_enabled(struct device *dev, const char *id) {
    return devm_get(dev, id, true, ready::enabled);
}
EXPORT_SYMBOL_GPL(devm_clk_get_optional_enabled);

int clk_prepare(struct clk *c) {
    if (!c)
        return 0;
    mutex_lock(&prepare_lock);
    prepare(c);
    mutex_unlock(&prepare_lock);
    return 0;
}
EXPORT_SYMBOL_GPL(clk_prepare);

void clk_unprepare(struct clk *c) {
    if (IS_ERR_OR_NULL(c))
        return;
    mutex_lock(&prepare_lock);
    unprepare(c);
    mutex_unlock(&prepare_lock);
}
EXPORT_SYMBOL_GPL(clk_unprepare);

int clk_enable(struct clk *c) {
    unsigned long flags;

    if (!c)
        return 0;
    spin_lock_irqsave(&enable_lock, flags);
    const int result = enable(c);
    spin_unlock_irqrestore(&enable_lock, flags);
    return result;
}
EXPORT_SYMBOL_GPL(clk_enable);

void clk_disable(struct clk *c) {
    unsigned long flags;

    if (IS_ERR_OR_NULL(c))
        return;
    spin_lock_irqsave(&enable_lock, flags);
    disable(c);
    spin_unlock_irqrestore(&enable_lock, flags);
}
EXPORT_SYMBOL_GPL(clk_disable);

unsigned long clk_get_rate(struct clk *c) {
    return c ? c->rate : 0;
}
EXPORT_SYMBOL_GPL(clk_get_rate);

long clk_round_rate(struct clk *c, unsigned long) {
    return c ? static_cast<long>(c->rate) : 0;
}
EXPORT_SYMBOL_GPL(clk_round_rate);

int clk_set_rate(struct clk *, unsigned long) {
    return 0;
}
EXPORT_SYMBOL_GPL(clk_set_rate);

struct clk *clk_get_parent(struct clk *c) {
    return c ? c->parent : nullptr;
}
EXPORT_SYMBOL_GPL(clk_get_parent);

int clk_set_parent(clk *c, clk *parent) {
    return !c || c->parent == parent ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(clk_set_parent);

bool clk_has_parent(const clk *c, const clk *parent) {
    return !c || !parent || c->parent == parent;
}
EXPORT_SYMBOL_GPL(clk_has_parent);

bool clk_is_match(const clk *p, const clk *q) {
    return p == q;
}
EXPORT_SYMBOL_GPL(clk_is_match);

int clk_get_scaled_duty_cycle(clk *c, unsigned int scale) {
    return c ? static_cast<int>(scale / 2) : 0;
}
EXPORT_SYMBOL_GPL(clk_get_scaled_duty_cycle);

// SPDX-License-Identifier: Apache-2.0
// Rockchip GPIO v2 bank: 32 lines, one level interrupt to the GIC for all of them. Registers come in halves of 16 lines
// whose upper 16 bits enable the write of the lower ones.
#include <linux/bitops.h>
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/gpio/driver.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqchip/chained_irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "lib/guard.h"
#include "lib/result.h"

namespace {

constexpr int nr_pins = 32;
constexpr u32 gpio_type_v2 = 0x01000c2b;   // RK3528, RV1126 and others
constexpr u32 gpio_type_v2_1 = 0x0101157c; // RK3568, RK3588

// Offsets from the bank's base; where two registers stand for the 32 lines, the lower one's.
enum rockchip_gpio_reg : u32 {
    swport_dr = 0x00,
    swport_ddr = 0x08,
    int_en = 0x10,
    int_mask = 0x18,
    int_type = 0x20,
    int_polarity = 0x28,
    int_bothedge = 0x30,
    debounce = 0x38,
    dbclk_div_en = 0x40,
    dbclk_div_con = 0x48, // one register of 24 bits for the bank, without write enables
    int_status = 0x50,
    int_rawstatus = 0x58,
    port_eoi = 0x60,
    ext_port = 0x70,
    version_id = 0x78,
};

constexpr u32 div_con_mask = 0xffffff;

// A register pair has a bit for each line, in two halves of 16 whose upper half says which bits a write means. So one
// line needs one write and no read, and all 32 lines are two writes.
void gpio_writel_v2(u32 val, void __iomem *reg) {
    writel(0xffff0000 | (val & 0xffff), reg);
    writel(0xffff0000 | val >> 16, static_cast<char __iomem *>(reg) + 4);
}

u32 gpio_readl_v2(void __iomem *reg) {
    const u32 upper = readl(static_cast<char __iomem *>(reg) + 4);

    return upper << 16 | readl(reg);
}

struct rockchip_pin_bank {
    void __iomem *reg_base;
    clk *pclk, *db_clk; // of the registers; of the debounce filters
    int irq;
    char name[8]; // "gpio3"
    int bank_num;
    irq_domain *domain;
    gpio_chip chip;
    raw_spinlock_t slock; // guards what is more than one access, outside of the generic irq chip

    void __iomem *reg(u32 offset) const { return static_cast<char __iomem *>(reg_base) + offset; }
    u32 read_all(u32 pair) const { return gpio_readl_v2(reg(pair)); }
    void write_all(u32 pair, u32 lines) const { gpio_writel_v2(lines, reg(pair)); }
    bool read_line(u32 pair, unsigned int line) const { return readl(reg(pair + line / 16 * 4)) >> line % 16 & 1; }
    void write_line(u32 pair, unsigned int line, bool bit) const {
        writel((0x10000u | bit) << line % 16, reg(pair + line / 16 * 4));
    }
    // One line of the pair anew, by way of all of them, as Linux's driver has it.
    void rewrite_line(u32 pair, unsigned int line, bool bit) const {
        const u32 others = read_all(pair) & ~BIT(line);
        write_all(pair, others | (bit ? BIT(line) : 0));
    }
};

// The gpio_chip

rockchip_pin_bank *bank_of(gpio_chip *gc) {
    return static_cast<rockchip_pin_bank *>(gpiochip_get_data(gc));
}

int rockchip_gpio_get_direction(gpio_chip *chip, unsigned int offset) {
    return bank_of(chip)->read_line(swport_ddr, offset) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

void write_locked(gpio_chip *chip, u32 pair, unsigned int offset, bool bit) {
    rockchip_pin_bank *bank = bank_of(chip);
    hold_irqsave l(bank->slock);

    bank->write_line(pair, offset, bit);
}

void rockchip_gpio_set(gpio_chip *gc, unsigned int offset, int value) {
    write_locked(gc, swport_dr, offset, value);
}

// What is on the pin, not what is driven.
int rockchip_gpio_get(gpio_chip *gc, unsigned int offset) {
    return readl(bank_of(gc)->reg(ext_port)) >> offset & 1;
}

int rockchip_gpio_direction_input(gpio_chip *gc, unsigned int offset) {
    write_locked(gc, swport_ddr, offset, false);
    return 0;
}

// The value first, or the line would show the old one for a moment.
int rockchip_gpio_direction_output(gpio_chip *gc, unsigned int offset, int value) {
    rockchip_gpio_set(gc, offset, value);
    write_locked(gc, swport_ddr, offset, true);
    return 0;
}

// A pulse passes if it is seen at two edges of the divided clock: t = 2 * (div_con + 1) / f. The divider is the whole
// bank's, so it is only ever raised. 0 us turns the line's debouncing off.
int rockchip_gpio_set_debounce(gpio_chip *gc, unsigned int offset, unsigned int us) {
    const rockchip_pin_bank &bank = *bank_of(gc);
    const u64 periods = DIV_ROUND_CLOSEST_ULL(static_cast<u64>(us) * clk_get_rate(bank.db_clk), 2 * 1000000u);
    const u64 wanted = periods ? periods - 1 : 0;
    void __iomem *divider = bank.reg(dbclk_div_con);

    if (wanted > div_con_mask)
        return -EINVAL;
    hold_irqsave l(bank_of(gc)->slock);
    if (!us) {
        bank.write_line(debounce, offset, false);
        bank.write_line(dbclk_div_en, offset, false);
        return 0;
    }
    if (wanted > (readl(divider) & div_con_mask))
        writel(static_cast<u32>(wanted), divider);
    bank.write_line(dbclk_div_en, offset, true);
    bank.write_line(debounce, offset, true);
    return 0;
}

// gpio_debounce=hw: the filter takes the time that it is asked for. Else it does as Linux's driver does, which switches
// on the shortest one regardless of what it is asked for and says that it cannot, so that drivers run their own
// debouncing.
bool debounce_in_hardware;

int read_debounce_option(char *value) {
    debounce_in_hardware = value && !strcmp(value, "hw");
    if (!debounce_in_hardware)
        pr_err("gpio_debounce: expected hw, got %s\n", value ? value : "nothing");
    return 0;
}
early_param("gpio_debounce", read_debounce_option);

// Linux's driver programs 1 us, for each time that it is asked for, and says that it cannot debounce.
int answer_to_debounce(gpio_chip *gc, unsigned int offset, u32 us) {
    const int programmed = rockchip_gpio_set_debounce(gc, offset, debounce_in_hardware ? us : 1);
    return debounce_in_hardware ? programmed : -ENOTSUPP;
}

int rockchip_gpio_set_config(gpio_chip *gc, unsigned int offset, unsigned long config) {
    const bool debounce = pinconf_to_config_param(config) == PIN_CONFIG_INPUT_DEBOUNCE;
    return debounce ? answer_to_debounce(gc, offset, pinconf_to_config_argument(config)) : -ENOTSUPP;
}

int rockchip_gpio_to_irq(gpio_chip *gc, unsigned int offset) {
    irq_domain *const lines = bank_of(gc)->domain;
    const auto mapped = static_cast<int>(lines ? irq_create_mapping(lines, offset) : 0);

    return mapped ? mapped : -ENXIO;
}

const gpio_chip rockchip_gpiolib_chip = {
    .request = gpiochip_generic_request,
    .free = gpiochip_generic_free,
    .get_direction = rockchip_gpio_get_direction,
    .direction_input = rockchip_gpio_direction_input,
    .direction_output = rockchip_gpio_direction_output,
    .get = rockchip_gpio_get,
    .set = rockchip_gpio_set,
    .set_config = rockchip_gpio_set_config,
    .to_irq = rockchip_gpio_to_irq,
};

// Interrupts

// The bank's own interrupt at the GIC, from its begin to its end there.
class at_parent {
public:
    explicit at_parent(irq_desc *line)
        : line_(line) {
        chained_irq_enter(irq_desc_get_chip(line), line);
    }
    ~at_parent() { chained_irq_exit(irq_desc_get_chip(line_), line_); }
    at_parent(const at_parent &) = delete;
    at_parent &operator=(const at_parent &) = delete;

private:
    irq_desc *line_;
};

// One read of the status: what comes later keeps the bank's line up, and the GIC comes again.
void rockchip_irq_demux(irq_desc *desc) {
    const auto &bank = *static_cast<const rockchip_pin_bank *>(irq_desc_get_handler_data(desc));
    const at_parent served(desc);

    for (u32 asserted = readl_relaxed(bank.reg(int_status)); asserted; asserted &= asserted - 1)
        generic_handle_domain_irq(bank.domain, __ffs(asserted));
}

rockchip_pin_bank *bank_of(irq_data *d) {
    auto *gc = static_cast<irq_chip_generic *>(irq_data_get_irq_chip_data(d));

    return static_cast<rockchip_pin_bank *>(gc->private_);
}

// How a trigger stands in the registers. For both edges type and polarity do not matter, and stay as they are.
constexpr struct trigger {
    unsigned int type;
    bool both_edges, edge, high;
} triggers[] = {
    {IRQ_TYPE_EDGE_BOTH, true, true, false},     {IRQ_TYPE_EDGE_RISING, false, true, true},
    {IRQ_TYPE_EDGE_FALLING, false, true, false}, {IRQ_TYPE_LEVEL_HIGH, false, false, true},
    {IRQ_TYPE_LEVEL_LOW, false, false, false},
};

const trigger *trigger_of(unsigned int type) {
    for (const trigger &t : triggers)
        if (t.type == type)
            return &t;
    return nullptr;
}

// The line is an input from here on, also if the type is not possible.
int rockchip_irq_set_type(irq_data *d, unsigned int type) {
    rockchip_pin_bank &bank = *bank_of(d);
    const trigger *wanted = trigger_of(type);
    hold_irqsave l(bank.slock);

    bank.write_line(swport_ddr, d->hwirq, false);
    bank.write_line(int_bothedge, d->hwirq, wanted && wanted->both_edges);
    if (wanted && !wanted->both_edges) {
        bank.rewrite_line(int_type, d->hwirq, wanted->edge);
        bank.rewrite_line(int_polarity, d->hwirq, wanted->high);
    }
    l.release();
    if (!wanted)
        return -EINVAL;
    irq_set_handler_locked(d, wanted->edge ? handle_edge_irq : handle_level_irq);
    return 0;
}

int rockchip_irq_reqres(irq_data *d) {
    return gpiochip_reqres_irq(&bank_of(d)->chip, d->hwirq);
}

void rockchip_irq_relres(irq_data *d) {
    gpiochip_relres_irq(&bank_of(d)->chip, d->hwirq);
}

const irq_chip bank_irq_chip = {
    .name = "rockchip_gpio_irq",
    .irq_enable = irq_gc_mask_clr_bit,
    .irq_disable = irq_gc_mask_set_bit,
    .irq_ack = irq_gc_ack_set_bit,
    .irq_mask = irq_gc_mask_set_bit,
    .irq_unmask = irq_gc_mask_clr_bit,
    .irq_set_type = rockchip_irq_set_type,
    .irq_set_wake = irq_gc_set_wake,
    .irq_request_resources = rockchip_irq_reqres,
    .irq_release_resources = rockchip_irq_relres,
};

// The generic chip knows how to mask and to acknowledge, once it has the registers.
void set_up_chip(irq_chip_generic &gc, rockchip_pin_bank *bank) {
    gc.private_ = bank;
    gc.reg_base = bank->reg_base;
    gc.reg_readl = gpio_readl_v2;
    gc.reg_writel = gpio_writel_v2;
    gc.wake_enabled = IRQ_MSK(nr_pins);
    gc.mask_cache = ~0u;
    gc.chip_types[0].chip = bank_irq_chip;
    gc.chip_types[0].regs.ack = port_eoi;
    gc.chip_types[0].regs.mask = int_mask;
}

// A domain of one generic chip for all lines of a bank.
result<irq_domain *> make_lines(device_node *np) {
    irq_domain *domain = irq_domain_add_linear(np, nr_pins, &irq_generic_chip_ops, nullptr);
    const unsigned int unset = IRQ_NOREQUEST | IRQ_NOPROBE | IRQ_NOAUTOEN;
    const int error = !domain ? -EINVAL
                              : irq_alloc_domain_generic_chips(domain, nr_pins, 1, bank_irq_chip.name, handle_level_irq,
                                                               unset, 0, static_cast<irq_gc_flags>(0));

    if (error && domain)
        irq_domain_remove(domain);
    return error ? result<irq_domain *>(failure(error)) : domain;
}

// All enabled and all masked: from here on only the mask is used. What the boot code left pending is forgotten.
void silence(const rockchip_pin_bank &bank) {
    constexpr u32 all_of[] = {int_mask, port_eoi, int_en};

    for (const u32 pair : all_of)
        bank.write_all(pair, ~0u);
}

int rockchip_interrupts_register(rockchip_pin_bank *bank, device_node *np) {
    result<irq_domain *> lines = make_lines(np);

    if (lines) {
        bank->domain = *lines;
        set_up_chip(*irq_get_domain_generic_chip(bank->domain, 0), bank);
        silence(*bank);
        irq_set_chained_handler_and_data(bank->irq, rockchip_irq_demux, bank);
    }
    return lines.error();
}

// Probe

// The first one runs from here on. The second one has only its rate asked for.
result<void> find_clocks(rockchip_pin_bank &bank, device *dev) {
    bank.pclk = devm_clk_get_enabled(dev, nullptr);
    if (IS_ERR(bank.pclk))
        return failure(PTR_ERR(bank.pclk));
    bank.db_clk = of_clk_get(dev->of_node, 1);
    if (!IS_ERR(bank.db_clk))
        return {};
    dev_err(dev, "cannot find debounce clk\n");
    return failure(-EINVAL);
}

int rockchip_gpiolib_register(rockchip_pin_bank *bank, device *dev) {
    bank->chip = rockchip_gpiolib_chip;
    bank->chip.base = bank->bank_num * nr_pins;
    bank->chip.ngpio = nr_pins;
    bank->chip.label = bank->name;
    bank->chip.parent = dev;
    return gpiochip_add_data(&bank->chip, bank);
}

// By its alias, else the one after the last.
void name_bank(rockchip_pin_bank &bank, device_node *np) {
    static int next_bank;
    const int alias = of_alias_get_id(np, "gpio");

    bank.bank_num = alias < 0 ? next_bank : alias;
    next_bank = bank.bank_num + 1;
    snprintf(bank.name, sizeof(bank.name), "gpio%d", bank.bank_num);
}

// Other versions of the block have other registers.
result<void> find_registers(rockchip_pin_bank &bank, platform_device *pdev) {
    bank.reg_base = devm_platform_ioremap_resource(pdev, 0);
    if (IS_ERR(bank.reg_base))
        return failure(PTR_ERR(bank.reg_base));
    const u32 version = readl(bank.reg(version_id));
    if (version == gpio_type_v2 || version == gpio_type_v2_1)
        return {};
    dev_err(&pdev->dev, "version 0x%08x, expected a v2 bank (0x%08x)\n", version, gpio_type_v2_1);
    return failure(-ENODEV);
}

int rockchip_gpio_probe(platform_device *pdev) {
    device *dev = &pdev->dev;
    device_node *np = dev->of_node;
    void *memory = np ? devm_kzalloc(dev, sizeof(rockchip_pin_bank), GFP_KERNEL) : nullptr;

    if (!memory)
        return np ? -ENOMEM : -ENODEV;
    rockchip_pin_bank &bank = *static_cast<rockchip_pin_bank *>(memory);
    raw_spin_lock_init(&bank.slock);
    name_bank(bank, np);
    if (const result<void> found = find_registers(bank, pdev); !found)
        return found.error();
    bank.irq = irq_of_parse_and_map(np, 0);
    if (!bank.irq)
        return -EINVAL;
    if (const result<void> found = find_clocks(bank, dev); !found)
        return found.error();

    if (const int error = rockchip_gpiolib_register(&bank, dev))
        return error;
    if (const int error = rockchip_interrupts_register(&bank, np)) {
        dev_err(dev, "failed to register interrupt, %d\n", error);
        gpiochip_remove(&bank.chip);
        return error;
    }
    platform_set_drvdata(pdev, &bank);
    dev_info(dev, "probed %pOF\n", np);
    return 0;
}

int rockchip_gpio_remove(platform_device *pdev) {
    auto *bank = static_cast<rockchip_pin_bank *>(platform_get_drvdata(pdev));

    irq_set_chained_handler_and_data(bank->irq, nullptr, nullptr);
    gpiochip_remove(&bank->chip);
    for (int pin = 0; pin < nr_pins; pin++)
        irq_dispose_mapping(irq_find_mapping(bank->domain, pin));
    irq_domain_remove(bank->domain);
    return 0;
}

const of_device_id rockchip_gpio_match[] = {
    {.compatible = "rockchip,gpio-bank"},
    {},
};

platform_driver rockchip_gpio_driver = {
    .probe = rockchip_gpio_probe,
    .remove = rockchip_gpio_remove,
    .driver =
        {
            .name = "rockchip-gpio",
            .of_match_table = rockchip_gpio_match,
        },
};

} // namespace

static int __init rockchip_gpio_init(void) {
    return platform_driver_register(&rockchip_gpio_driver);
}
postcore_initcall(rockchip_gpio_init);

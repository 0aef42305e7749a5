// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* For tests/sw/irq: managed resources, probing for a line, generic chips, simulated interrupts. */
#define pr_fmt(fmt) "device: " fmt

#include "fake_chip.h"
#include <linux/irq_sim.h>
#include <linux/platform_device.h>

static struct platform_device *pdev;

static struct device *device(void)
{
	pdev = platform_device_register_simple("claims", -1, NULL, 0);
	return &pdev->dev;
}

CLAIM(devm_request_irq_is_freed_with_the_device)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(devm_request_irq(device(), irq, handler, 0, NULL, &cookie), 0);
	EXPECT_TEXT(line(irq)->action->name, "claims");
	EXPECT_TEXT(fired(irq), "h");
	platform_device_unregister(pdev);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

CLAIM(devm_request_threaded_irq_stops_its_thread_with_the_device)
{
	unsigned int irq = fake_line(handle_level_irq);

	EXPECT_EQ(devm_request_threaded_irq(device(), irq, NULL, thread_fn, IRQF_ONESHOT, "dev", &cookie), 0);
	EXPECT_TEXT(fired(irq), "matu");
	platform_device_unregister(pdev);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

CLAIM(devm_free_irq_frees_once)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(devm_request_irq(device(), irq, handler, 0, "dev", &cookie), 0);
	devm_free_irq(&pdev->dev, irq, &cookie);
	EXPECT(!irq_has_action(irq));
	platform_device_unregister(pdev);
	fake_end();
}

CLAIM(a_failed_devm_request_leaves_nothing_to_free)
{
	EXPECT_EQ(devm_request_irq(device(), 4000, handler, 0, "dev", &cookie), -EINVAL);
	platform_device_unregister(pdev);
}

CLAIM(devm_request_any_context_irq_says_which_context_it_is)
{
	unsigned int irq = fake_line(handle_simple_irq);

	EXPECT_EQ(devm_request_any_context_irq(device(), irq, handler, 0, "dev", &cookie), IRQC_IS_HARDIRQ);
	platform_device_unregister(pdev);
	EXPECT(!irq_has_action(irq));
	fake_end();
}

CLAIM(devm_irq_alloc_descs_are_freed_with_the_device)
{
	int base = devm_irq_alloc_descs(device(), -1, 500, 4, 0);

	EXPECT_EQ(base, 500);
	EXPECT(irq_get_irq_data(503));
	platform_device_unregister(pdev);
	EXPECT(!irq_get_irq_data(500));
	EXPECT(!irq_get_irq_data(503));
}

/* Probing: only lines that nothing has requested and that the chip lets probe take part. */

CLAIM(probing_finds_the_line_that_fired)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING), quiet = gic_line(0, 201, IRQ_TYPE_EDGE_RISING);
	unsigned long mask = probe_irq_on();

	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	msleep(4);
	EXPECT_EQ(probe_irq_off(mask), irq);
	EXPECT(irqd_irq_disabled(irq_get_irq_data(irq)));
	EXPECT(irqd_irq_disabled(irq_get_irq_data(quiet)));
	irq_dispose_mapping(irq);
	irq_dispose_mapping(quiet);
}

CLAIM(probing_finds_nothing_if_nothing_fired)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);
	unsigned long mask = probe_irq_on();

	msleep(4);
	EXPECT_EQ(probe_irq_off(mask), 0);
	irq_dispose_mapping(irq);
}

CLAIM(probing_is_negative_if_several_fired)
{
	unsigned int one = gic_line(0, 200, IRQ_TYPE_EDGE_RISING), two = gic_line(0, 201, IRQ_TYPE_EDGE_RISING);
	unsigned long mask = probe_irq_on();

	irq_set_irqchip_state(one, IRQCHIP_STATE_PENDING, true);
	irq_set_irqchip_state(two, IRQCHIP_STATE_PENDING, true);
	msleep(4);
	EXPECT(probe_irq_off(mask) < 0);
	irq_dispose_mapping(one);
	irq_dispose_mapping(two);
}

CLAIM(a_line_that_fires_before_the_device_is_asked_is_not_found)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING);
	unsigned long mask;

	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	mask = probe_irq_on();
	EXPECT_EQ(probe_irq_off(mask), 0);
	irq_dispose_mapping(irq);
}

CLAIM(a_noprobe_line_and_a_requested_one_are_left_alone)
{
	unsigned int irq = gic_line(0, 200, IRQ_TYPE_EDGE_RISING), mine = gic_line(0, 201, IRQ_TYPE_EDGE_RISING);
	unsigned long mask;

	irq_set_noprobe(irq);
	EXPECT_EQ(request_irq(mine, handler, 0, "dev", &cookie), 0);
	mask = probe_irq_on();
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
	irq_set_irqchip_state(mine, IRQCHIP_STATE_PENDING, true);
	msleep(4);
	EXPECT_EQ(probe_irq_off(mask), 0);
	EXPECT_EQ(atomic_read(&calls), 1);
	free_irq(mine, &cookie);
	irq_dispose_mapping(irq);
	irq_dispose_mapping(mine);
}

/* Simulated interrupts. */

CLAIM(a_simulated_line_fires_when_it_is_set_pending)
{
	struct irq_domain *d = irq_domain_create_sim(NULL, 4);
	unsigned int irq = irq_create_mapping(d, 2);

	EXPECT_EQ(request_irq(irq, handler, IRQF_TRIGGER_RISING, "sim", &cookie), 0);
	EXPECT_EQ(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true), 0);
	EXPECT(WAIT_FOR(atomic_read(&calls) == 1, 10));
	/* Only edges can be simulated, and a disabled line does not keep them. */
	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH), -EINVAL);
	free_irq(irq, &cookie);
	irq_dispose_mapping(irq);
	irq_domain_remove_sim(d);
}

/* Generic chips: their registers are memory here. */

static u32 regs[32];
static u32 mem_read(void __iomem *addr)
{
	return *(u32 __force *)addr;
}
static void mem_write(u32 value, void __iomem *addr)
{
	*(u32 __force *)addr = value;
}

enum { REG_MASK = 0, REG_ACK = 4, REG_ENABLE = 8, REG_DISABLE = 12, REG_EOI = 16 };

static void setup(struct irq_chip_generic *gc)
{
	gc->reg_base = (void __iomem *)regs;
	gc->reg_readl = mem_read;
	gc->reg_writel = mem_write;
	gc->chip_types[0].regs.mask = REG_MASK;
	gc->chip_types[0].regs.ack = REG_ACK;
	gc->chip_types[0].regs.enable = REG_ENABLE;
	gc->chip_types[0].regs.disable = REG_DISABLE;
	gc->chip_types[0].regs.eoi = REG_EOI;
	gc->chip_types[0].chip.irq_mask = irq_gc_mask_set_bit;
	gc->chip_types[0].chip.irq_unmask = irq_gc_mask_clr_bit;
	gc->chip_types[0].chip.irq_ack = irq_gc_ack_set_bit;
	gc->chip_types[0].chip.irq_set_wake = irq_gc_set_wake;
}

static struct irq_domain *gc_domain(int lines, enum irq_gc_flags flags)
{
	struct irq_domain *d = irq_domain_create_linear(NULL, lines, &irq_generic_chip_ops, NULL);

	EXPECT_EQ(irq_alloc_domain_generic_chips(d, 32, 2, "gc", handle_level_irq, IRQ_NOPROBE, IRQ_LEVEL, flags), 0);
	setup(irq_get_domain_generic_chip(d, 0));
	return d;
}

static void gc_done(struct irq_domain *d)
{
	int i;

	for (i = 0; i < 64; i++)
		irq_dispose_mapping(irq_find_mapping(d, i));
	/* 6.1 has no call that undoes irq_alloc_domain_generic_chips(). */
	for (i = 0; irq_get_domain_generic_chip(d, i); i += 32)
		irq_remove_generic_chip(irq_get_domain_generic_chip(d, i), 0, 0, 0);
	kfree(d->gc);
	d->gc = NULL;
	irq_domain_remove(d);
}

CLAIM(a_generic_chip_masks_and_acknowledges_by_the_lines_bit)
{
	struct irq_domain *d;
	unsigned int irq;

	regs[0] = 0xffffffff;
	d = gc_domain(32, IRQ_GC_INIT_MASK_CACHE);
	irq = irq_create_mapping(d, 5);
	EXPECT_TEXT(irq_get_irq_data(irq)->chip->name, "gc");
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	/* The others keep what the register had. */
	EXPECT_EQ(regs[0], 0xffffffff & ~BIT(5));
	fire(irq);
	EXPECT_EQ(regs[REG_ACK / 4], BIT(5));
	EXPECT_EQ(regs[0], 0xffffffff & ~BIT(5));
	free_irq(irq, &cookie);
	EXPECT_EQ(regs[0], 0xffffffff);
	gc_done(d);
}

CLAIM(generic_chips_have_32_lines_each)
{
	struct irq_domain *d = gc_domain(64, 0);

	EXPECT(irq_get_domain_generic_chip(d, 31) == irq_get_domain_generic_chip(d, 0));
	EXPECT(irq_get_domain_generic_chip(d, 32) != irq_get_domain_generic_chip(d, 0));
	EXPECT(irq_get_domain_generic_chip(d, 64) == NULL);
	EXPECT_EQ(irq_alloc_domain_generic_chips(d, 32, 1, "again", handle_level_irq, 0, 0, 0), -EBUSY);
	gc_done(d);
}

CLAIM(an_unused_line_of_a_generic_chip_cannot_be_mapped)
{
	struct irq_domain *d = gc_domain(32, 0);

	irq_get_domain_generic_chip(d, 0)->unused = BIT(7);
	EXPECT_EQ(irq_create_mapping(d, 7), 0);
	EXPECT(irq_create_mapping(d, 8));
	gc_done(d);
}

CLAIM(enable_and_disable_registers_are_written_instead_of_a_mask)
{
	struct irq_domain *d = gc_domain(32, 0);
	struct irq_chip_type *ct = irq_get_domain_generic_chip(d, 0)->chip_types;
	unsigned int irq;

	ct->chip.irq_mask = irq_gc_mask_disable_reg;
	ct->chip.irq_unmask = irq_gc_unmask_enable_reg;
	ct->chip.irq_ack = irq_gc_ack_clr_bit;
	irq = irq_create_mapping(d, 3);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	EXPECT_EQ(regs[REG_ENABLE / 4], BIT(3));
	regs[REG_ENABLE / 4] = 0;
	fire(irq);
	EXPECT_EQ(regs[REG_DISABLE / 4], BIT(3));
	EXPECT_EQ(regs[REG_ACK / 4], ~BIT(3) & 0xffffffff);
	EXPECT_EQ(regs[REG_ENABLE / 4], BIT(3));
	free_irq(irq, &cookie);
	gc_done(d);
}

CLAIM(a_generic_chip_ends_an_interrupt_by_the_lines_bit)
{
	struct irq_domain *d = gc_domain(32, 0);
	struct irq_chip_type *ct = irq_get_domain_generic_chip(d, 0)->chip_types;
	unsigned int irq;

	ct->chip.irq_eoi = irq_gc_eoi;
	ct->handler = handle_fasteoi_irq;
	irq = irq_create_mapping(d, 9);
	EXPECT_EQ(request_irq(irq, handler, 0, "dev", &cookie), 0);
	fire(irq);
	EXPECT_EQ(regs[REG_EOI / 4], BIT(9));
	free_irq(irq, &cookie);
	gc_done(d);
}

CLAIM(lines_of_a_generic_chip_wake_only_where_the_chip_can)
{
	struct irq_domain *d = gc_domain(32, 0);
	struct irq_chip_generic *gc = irq_get_domain_generic_chip(d, 0);
	unsigned int can = irq_create_mapping(d, 1), cannot = irq_create_mapping(d, 2);

	gc->wake_enabled = BIT(1);
	EXPECT_EQ(enable_irq_wake(can), 0);
	EXPECT_EQ(gc->wake_active, BIT(1));
	EXPECT_EQ(enable_irq_wake(cannot), -EINVAL);
	EXPECT_EQ(gc->wake_active, BIT(1));
	EXPECT_EQ(disable_irq_wake(can), 0);
	EXPECT_EQ(gc->wake_active, 0);
	gc_done(d);
}

static int alt_type(struct irq_data *d, unsigned int type)
{
	return irq_setup_alt_chip(d, type);
}

CLAIM(a_new_trigger_changes_to_the_chip_type_that_has_it)
{
	struct irq_domain *d = gc_domain(32, 0);
	struct irq_chip_generic *gc = irq_get_domain_generic_chip(d, 0);
	unsigned int irq;

	gc->chip_types[0].type = IRQ_TYPE_LEVEL_MASK;
	gc->chip_types[0].chip.irq_set_type = alt_type;
	gc->chip_types[1] = gc->chip_types[0];
	gc->chip_types[1].type = IRQ_TYPE_EDGE_BOTH;
	gc->chip_types[1].handler = handle_edge_irq;
	irq = irq_create_mapping(d, 4);
	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING), 0);
	EXPECT(irq_data_get_chip_type(irq_get_irq_data(irq)) == &gc->chip_types[1]);
	EXPECT(line(irq)->handle_irq == handle_edge_irq);
	EXPECT_EQ(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH), 0);
	EXPECT(line(irq)->handle_irq == handle_level_irq);
	gc_done(d);
}

CLAIM(a_generic_chip_needs_no_domain)
{
	int base = irq_alloc_descs(-1, 600, 8, 0), i;
	struct irq_chip_generic *gc;

	gc = devm_irq_alloc_generic_chip(device(), "flat", 1, base, (void __iomem *)regs, handle_level_irq);
	setup(gc);
	EXPECT_EQ(devm_irq_setup_generic_chip(&pdev->dev, gc, 0x0f, 0, 0, 0), 0);
	EXPECT_EQ(request_irq(base + 3, handler, 0, "dev", &cookie), 0);
	fire(base + 3);
	EXPECT_EQ(atomic_read(&calls), 1);
	EXPECT_EQ(regs[REG_ACK / 4], BIT(3));
	free_irq(base + 3, &cookie);
	/* Four lines of eight. */
	EXPECT_EQ(request_irq(base + 4, handler, 0, "dev", &cookie), -ENOSYS);
	platform_device_unregister(pdev);
	for (i = 0; i < 8; i++)
		EXPECT_EQ(request_irq(base + i, handler, 0, "dev", &cookie), -ENOSYS);
	irq_free_descs(base, 8);
}

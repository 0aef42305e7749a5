// SPDX-License-Identifier: Apache-2.0
//
// Requests lines with every type of trigger, moves, masks and frees them, and says what each call answered and what the
// registers of the bank and of the distributor hold then. Between two of its lines stand the accesses that a call made.
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_irq.h>

MODULE_LICENSE("GPL");

static const unsigned long types[] = {
	0,
	IRQF_TRIGGER_RISING,
	IRQF_TRIGGER_FALLING,
	IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING,
	IRQF_TRIGGER_HIGH,
	IRQF_TRIGGER_LOW,
	IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW,
	IRQF_TRIGGER_RISING | IRQF_TRIGGER_LOW,
};

static void __iomem *bank, *dist;

static void show(unsigned int irq, const char *what, int answer)
{
	unsigned int hwirq = irqd_to_hwirq(irq_get_irq_data(irq));

	pr_info("line %u: %s: %d, trigger %u\n", irq, what, answer, irq_get_trigger_type(irq));
	for (int reg = 0; reg <= 0x48; reg += 4)
		pr_cont("%08x ", readl(bank + reg));
	pr_cont("status %08x %08x pins %08x\n", readl(bank + 0x50), readl(bank + 0x58), readl(bank + 0x70));
	if (hwirq < 32 || hwirq > 1019)
		hwirq = 68; // the bank's own line
	pr_info("intid %u: group %d enabled %d pending %d active %d priority %x edge %d to %llx\n", hwirq,
		readl(dist + 0x80 + hwirq / 32 * 4) >> hwirq % 32 & 1, readl(dist + 0x100 + hwirq / 32 * 4) >> hwirq % 32 & 1,
		readl(dist + 0x200 + hwirq / 32 * 4) >> hwirq % 32 & 1, readl(dist + 0x300 + hwirq / 32 * 4) >> hwirq % 32 & 1,
		readl(dist + 0x400 + hwirq / 4 * 4) >> hwirq % 4 * 8 & 0xff,
		readl(dist + 0xc00 + hwirq / 16 * 4) >> hwirq % 16 * 2 & 3, readq(dist + 0x6000 + hwirq * 8));
}

static irqreturn_t handler(int irq, void *dev)
{
	pr_info("line %d: taken\n", irq);
	disable_irq_nosync(irq); // a level stays
	return IRQ_HANDLED;
}

static void try_line(unsigned int irq)
{
	for (int i = 0; i < ARRAY_SIZE(types); i++) {
		int answer = request_irq(irq, handler, types[i], "triggers", handler);

		show(irq, "request_irq", answer);
		if (answer)
			continue;
		disable_irq(irq);
		show(irq, "disable_irq", 0);
		for (int other = 0; other < ARRAY_SIZE(types); other++)
			show(irq, "irq_set_irq_type", irq_set_irq_type(irq, types[other]));
		irq_set_irq_type(irq, types[i]);
		show(irq, "irq_set_affinity", irq_set_affinity(irq, cpumask_of(i % 4)));
		show(irq, "irq_set_irq_wake", irq_set_irq_wake(irq, 1));
		show(irq, "irq_set_irq_wake", irq_set_irq_wake(irq, 0));
		enable_irq(irq);
		show(irq, "enable_irq", 0);
		for (int state = IRQCHIP_STATE_PENDING; state <= IRQCHIP_STATE_LINE_LEVEL; state++) {
			bool is = false;

			answer = irq_get_irqchip_state(irq, state, &is);
			show(irq, is ? "irq_get_irqchip_state: true" : "irq_get_irqchip_state: false", answer);
		}
		show(irq, "irq_set_irqchip_state", irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true));
		free_irq(irq, handler);
		show(irq, "free_irq", 0);
	}
}

static unsigned int line_of_gic(u32 kind, u32 number, u32 type)
{
	struct device_node *node = of_find_compatible_node(NULL, NULL, "arm,gic-v3");
	struct irq_fwspec spec = { .fwnode = of_node_to_fwnode(node), .param_count = 3, .param = { kind, number, type } };
	unsigned int irq = irq_create_fwspec_mapping(&spec);

	pr_info("specifier %u %u %u: line %u\n", kind, number, type, irq);
	return irq;
}

static int __init triggers_init(void)
{
	bank = ioremap(0xfe760000, 0x100);
	dist = ioremap(0xfd400000, 0x10000);
	for (int pin = 0; pin < 3; pin++)
		try_line(gpio_to_irq(96 + 15 * pin));
	for (int type = 1; type <= 8; type *= 2) {
		unsigned int irq = line_of_gic(0, 200 + type, type);

		if (irq)
			try_line(irq);
	}
	for (int type = 1; type <= 8; type *= 2) { // of each CPU its own
		unsigned int irq = line_of_gic(1, 4 + type % 5, type);

		for (int other = 0; irq && other < ARRAY_SIZE(types); other++)
			show(irq, "irq_set_irq_type", irq_set_irq_type(irq, types[other]));
	}
	try_line(line_of_gic(2, 5, 1)); // an extended range, which is not there
	line_of_gic(3, 10, 4);
	line_of_gic(0, 400, 4); // more than there are
	line_of_gic(0, 987, 4); // the last that an architecture could have
	line_of_gic(0, 988, 4);
	line_of_gic(4, 10, 4);
	iounmap(bank);
	iounmap(dist);
	return 0;
}
module_init(triggers_init);

static void __exit triggers_exit(void)
{
}
module_exit(triggers_exit);

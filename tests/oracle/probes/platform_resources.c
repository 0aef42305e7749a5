// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Platform devices: resources, interrupts, data, answers and complaints. */
// for: 8ms
#include "probe.h"
#include <linux/platform_device.h>

static struct resource res[] = {DEFINE_RES_MEM_NAMED(0xf0000000, 0x100, "regs"), DEFINE_RES_IRQ_NAMED(40, "tx"),
				DEFINE_RES_MEM(0xf0000080, 0x10)};
static int pr(struct platform_device *p)
{
	struct resource *r;

	FACT(platform_get_irq(p, 0));
	FACT(platform_get_irq(p, 1));
	FACT(platform_get_irq_optional(p, 1));
	FACT(platform_get_irq_byname(p, "tx"));
	FACT(platform_get_irq_byname(p, "rx"));
	FACT(platform_get_irq_byname_optional(p, "rx"));
	FACT(platform_irq_count(p));
	r = platform_get_resource(p, IORESOURCE_MEM, 0);
	SAY("%pr %pR", r, r);
	FACT(platform_get_resource(p, IORESOURCE_MEM, 2) == NULL);
	FACT(platform_get_resource_byname(p, IORESOURCE_MEM, "regs") == r);
	FACT(*(int *)dev_get_platdata(&p->dev));
	FACT(devm_request_mem_region(&p->dev, 0xf0000010, 4, "inner") != NULL);
	FACT(devm_request_mem_region(&p->dev, 0xf0000010, 4, "inner") != NULL);
	FACT(PTR_ERR(devm_platform_ioremap_resource(p, 5)));
	FACT(PTR_ERR(devm_platform_ioremap_resource_byname(p, "none")));
	return 0;
}
static struct platform_driver drv = {.probe = pr, .driver = {.name = "oracle-res"}};
static struct platform_device *p, *q;

static void probe(void)
{
	int data = 77;

	fixed_line(0);
	p = platform_device_alloc("oracle-res", 3);
	SAY("%s id %d", p->name, p->id);
	FACT(platform_device_add_resources(p, res, 2));
	FACT(platform_device_add_data(p, &data, sizeof(data)));
	FACT(platform_device_add(p));
	SAY("%s", dev_name(&p->dev));
	q = platform_device_register_simple("oracle-res2", 0, &res[2], 1);
	FACT(PTR_ERR_OR_ZERO(q));
	FACT(platform_driver_register(&drv));
	SAY("%s", p->dev.driver ? "bound" : "unbound");
}

static void leave(void)
{
	platform_driver_unregister(&drv);
	platform_device_unregister(p);
	if (!IS_ERR(q))
		platform_device_unregister(q);
	fixed_end();
}

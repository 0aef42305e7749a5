// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Managed requests and the names they give. */
#include <linux/platform_device.h>
#include "probe.h"

static struct platform_device *pdev;
static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	unsigned int irq = sim_line(0);

	pdev = platform_device_register_simple("oracle-devm", -1, NULL, 0);
	FACT(devm_request_irq(&pdev->dev, irq, h, 0, NULL, pdev));
	SAY("name %s", desc_of(irq)->action->name);
	devm_free_irq(&pdev->dev, irq, pdev);
	FACT(devm_request_irq(&pdev->dev, irq, NULL, 0, "x", pdev));
	FACT(devm_request_threaded_irq(&pdev->dev, irq, NULL, h, 0, "x", pdev));
	FACT(devm_request_any_context_irq(&pdev->dev, irq, h, 0, "any", pdev));
	SAY("name %s", desc_of(irq)->action->name);
	devm_free_irq(&pdev->dev, irq, pdev);
	devm_free_irq(&pdev->dev, irq, pdev);
	FACT(platform_get_irq(pdev, 0));
	FACT(platform_get_irq_optional(pdev, 0));
	FACT(platform_get_irq_byname(pdev, "x"));
	FACT(platform_irq_count(pdev));
}

static void leave(void)
{
	platform_device_unregister(pdev);
	sim_end();
}

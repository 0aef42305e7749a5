// SPDX-License-Identifier: GPL-2.0
//
// What Linux's own drivers of the GIC and of the GPIO banks find in Linux and not in this project's kernel. It is linked with
// them: platform/linux --drivers. The pin controller has the banks, which each driver of a bank looks for there.
#include <linux/arm-smccc.h>
#include <linux/gpio/driver.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "../pinctrl/core.h"
#include "../pinctrl/pinctrl-rockchip.h"

// Firmware has neither a name for the SoC nor memory that it kept from an earlier kernel.
s32 arm_smccc_get_soc_id_version(void)
{
	return SMCCC_RET_NOT_SUPPORTED;
}

struct memblock memblock;
void __next_mem_range(u64 *idx, int nid, enum memblock_flags flags, struct memblock_type *type_a,
		      struct memblock_type *type_b, phys_addr_t *start, phys_addr_t *end, int *node)
{
	*idx = ULLONG_MAX;
}

#define BANK(n) { .bank_num = n, .name = "gpio" #n, .nr_pins = 32, .pin_base = 32 * n }
static struct rockchip_pin_bank banks[] = { BANK(0), BANK(1), BANK(2), BANK(3), BANK(4) };
static struct rockchip_pin_ctrl rk3568 = { .pin_banks = banks, .nr_banks = ARRAY_SIZE(banks), .type = RK3568 };
static struct rockchip_pinctrl info = { .ctrl = &rk3568, .pctl = { .name = "rockchip-pinctrl" } };

static int rockchip_pinctrl_probe(struct platform_device *pdev)
{
	for (struct rockchip_pin_bank *bank = banks; bank < banks + ARRAY_SIZE(banks); bank++) {
		bank->drvdata = &info;
		mutex_init(&bank->deferred_lock);
		INIT_LIST_HEAD(&bank->deferred_pins);
	}
	info.dev = &pdev->dev;
	info.pctl_dev = devm_pinctrl_register(&pdev->dev, &info.pctl, &info);
	if (IS_ERR(info.pctl_dev) || WARN_ON(info.pctl_dev->dev != info.dev)) // the kernel's structure is not Linux's
		return -EINVAL;
	return of_platform_populate(pdev->dev.of_node, NULL, NULL, &pdev->dev);
}

static const struct of_device_id match[] = { { .compatible = "rockchip,rk3568-pinctrl" }, {} };
static struct platform_driver driver = { .probe = rockchip_pinctrl_probe,
					 .driver = { .name = "rockchip-pinctrl", .of_match_table = match } };

static int __init rockchip_pinctrl_register(void)
{
	return platform_driver_register(&driver);
}
postcore_initcall(rockchip_pinctrl_register);

// SPDX-License-Identifier: Apache-2.0
// Rockchip pin controller. Every pin is a GPIO here, so there is nothing to multiplex: the driver makes devices of the
// GPIO banks that are its children.
#include <linux/device.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/of_platform.h>
#include <linux/pinctrl/pinctrl.h>
#include <linux/platform_device.h>

namespace {

pinctrl_desc rockchip_pinctrl_desc = {.name = "rockchip-pinctrl", .owner = THIS_MODULE};

int rockchip_pinctrl_probe(platform_device *pdev) {
    if (const int error = PTR_ERR_OR_ZERO(devm_pinctrl_register(&pdev->dev, &rockchip_pinctrl_desc, nullptr)))
        return error;
    return of_platform_populate(pdev->dev.of_node, nullptr, nullptr, &pdev->dev);
}

int rockchip_pinctrl_remove(platform_device *pdev) {
    of_platform_depopulate(&pdev->dev);
    return 0;
}

const of_device_id rockchip_pinctrl_dt_match[] = {
    {.compatible = "rockchip,rk3568-pinctrl"},
    {},
};

platform_driver rockchip_pinctrl_driver = {
    .probe = rockchip_pinctrl_probe,
    .remove = rockchip_pinctrl_remove,
    .driver =
        {
            .name = "rockchip-pinctrl",
            .of_match_table = rockchip_pinctrl_dt_match,
        },
};

} // namespace

static int __init rockchip_pinctrl_drv_register(void) {
    return platform_driver_register(&rockchip_pinctrl_driver);
}
postcore_initcall(rockchip_pinctrl_drv_register);

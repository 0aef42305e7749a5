// SPDX-License-Identifier: Apache-2.0
// Pin controllers: which there are, and what their drivers keep with them.
#include "drivers/pinctrl/core.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "drivers/base/managed.h"
#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

LIST_HEAD(controllers);
DEFINE_MUTEX(controllers_lock);

void unregister_of(device *, pinctrl_dev *&controller) {
    pinctrl_unregister(controller);
}
using managed_controller = managed<pinctrl_dev *, unregister_of>;

} // namespace

pinctrl_dev *pinctrl_register(pinctrl_desc *desc, device *dev, void *driver_data) {
    auto *controller = static_cast<pinctrl_dev *>(kzalloc(sizeof(pinctrl_dev), GFP_KERNEL));

    if (!controller)
        return static_cast<pinctrl_dev *>(ERR_PTR(-ENOMEM));
    controller->desc = desc;
    controller->dev = dev;
    controller->owner = desc->owner;
    controller->driver_data = driver_data;
    INIT_LIST_HEAD(&controller->gpio_ranges);
    hold l(controllers_lock);
    list_add_tail(&controller->node, &controllers);
    return controller;
}
EXPORT_SYMBOL_GPL(pinctrl_register);

void pinctrl_unregister(pinctrl_dev *controller) {
    if (IS_ERR_OR_NULL(controller))
        return;
    hold l(controllers_lock);
    list_del(&controller->node);
    kfree(controller);
}
EXPORT_SYMBOL_GPL(pinctrl_unregister);

pinctrl_dev *devm_pinctrl_register(device *dev, pinctrl_desc *desc, void *driver_data) {
    pinctrl_dev *controller = nullptr;
    const int error = managed_controller::acquire(dev, controller, [&] {
        controller = pinctrl_register(desc, dev, driver_data);
        return PTR_ERR_OR_ZERO(controller);
    });

    return error ? static_cast<pinctrl_dev *>(ERR_PTR(error)) : controller;
}
EXPORT_SYMBOL_GPL(devm_pinctrl_register);

pinctrl_dev *of_pinctrl_get(device_node *np) {
    hold l(controllers_lock);

    return find_in<&pinctrl_dev::node>(controllers, [=](const pinctrl_dev &c) { return c.dev->of_node == np; });
}
EXPORT_SYMBOL_GPL(of_pinctrl_get);

// What a controller says of itself.
#define SAYS(type, name, what)                                                                                         \
    type pinctrl_dev_get_##name(pinctrl_dev *controller) {                                                             \
        return what;                                                                                                   \
    }                                                                                                                  \
    EXPORT_SYMBOL_GPL(pinctrl_dev_get_##name)
SAYS(const char *, name, controller->desc->name);
SAYS(const char *, devname, dev_name(controller->dev));
SAYS(void *, drvdata, controller->driver_data);
#undef SAYS

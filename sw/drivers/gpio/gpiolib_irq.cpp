// SPDX-License-Identifier: Apache-2.0
// GPIO lines as interrupts: the lock that keeps such a line an input, and the domain of chips that leave it to gpiolib.
#include "drivers/gpio/gpiolib.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/module.h>

int gpiochip_lock_as_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *desc = gpiochip_get_desc(gc, offset);

    if (IS_ERR(desc))
        return PTR_ERR(desc);
    // The direction may have been changed behind gpiolib's back.
    if (!gc->can_sleep && gc->get_direction) {
        int dir = gpiod_get_direction(desc);

        if (dir < 0) {
            chip_err(gc, "%s: cannot get GPIO direction\n", __func__);
            return dir;
        }
    }
    if (test_bit(FLAG_IS_OUT, &desc->flags) && !test_bit(FLAG_OPEN_DRAIN, &desc->flags)) {
        chip_err(gc, "%s: tried to flag a GPIO set as output for IRQ\n", __func__);
        return -EIO;
    }
    set_bit(FLAG_USED_AS_IRQ, &desc->flags);
    set_bit(FLAG_IRQ_IS_ENABLED, &desc->flags);
    if (!desc->label)
        desc->label = "interrupt";
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_lock_as_irq);

void gpiochip_unlock_as_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *desc = gpiochip_get_desc(gc, offset);

    if (IS_ERR(desc))
        return;
    clear_bit(FLAG_USED_AS_IRQ, &desc->flags);
    clear_bit(FLAG_IRQ_IS_ENABLED, &desc->flags);
    // Nobody requested it as a GPIO: the name was only this interrupt's.
    if (!test_bit(FLAG_REQUESTED, &desc->flags))
        desc->label = nullptr;
}
EXPORT_SYMBOL_GPL(gpiochip_unlock_as_irq);

void gpiochip_disable_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *desc = gpiochip_get_desc(gc, offset);

    if (!IS_ERR(desc) && !WARN_ON(!test_bit(FLAG_USED_AS_IRQ, &desc->flags)))
        clear_bit(FLAG_IRQ_IS_ENABLED, &desc->flags);
}
EXPORT_SYMBOL_GPL(gpiochip_disable_irq);

void gpiochip_enable_irq(gpio_chip *gc, unsigned int offset) {
    gpio_desc *desc = gpiochip_get_desc(gc, offset);

    if (IS_ERR(desc) || WARN_ON(!test_bit(FLAG_USED_AS_IRQ, &desc->flags)))
        return;
    // While it was disabled it may have become an output; as an interrupt it must not be one, unless it can float.
    WARN_ON(test_bit(FLAG_IS_OUT, &desc->flags) && !test_bit(FLAG_OPEN_DRAIN, &desc->flags));
    set_bit(FLAG_IRQ_IS_ENABLED, &desc->flags);
}
EXPORT_SYMBOL_GPL(gpiochip_enable_irq);

bool gpiochip_line_is_irq(gpio_chip *gc, unsigned int offset) {
    return offset < gc->ngpio && test_bit(FLAG_USED_AS_IRQ, &gc->gpiodev->descs[offset].flags);
}
EXPORT_SYMBOL_GPL(gpiochip_line_is_irq);

bool gpiochip_line_is_open_drain(gpio_chip *gc, unsigned int offset) {
    return offset < gc->ngpio && test_bit(FLAG_OPEN_DRAIN, &gc->gpiodev->descs[offset].flags);
}
EXPORT_SYMBOL_GPL(gpiochip_line_is_open_drain);

bool gpiochip_line_is_open_source(gpio_chip *gc, unsigned int offset) {
    return offset < gc->ngpio && test_bit(FLAG_OPEN_SOURCE, &gc->gpiodev->descs[offset].flags);
}
EXPORT_SYMBOL_GPL(gpiochip_line_is_open_source);

// For irq_request_resources and irq_release_resources of the chip.

int gpiochip_reqres_irq(gpio_chip *gc, unsigned int offset) {
    if (!try_module_get(gc->gpiodev->owner))
        return -ENODEV;
    int ret = gpiochip_lock_as_irq(gc, offset);
    if (ret) {
        chip_err(gc, "unable to lock HW IRQ %u for IRQ\n", offset);
        module_put(gc->gpiodev->owner);
    }
    return ret;
}
EXPORT_SYMBOL_GPL(gpiochip_reqres_irq);

void gpiochip_relres_irq(gpio_chip *gc, unsigned int offset) {
    gpiochip_unlock_as_irq(gc, offset);
    module_put(gc->gpiodev->owner);
}
EXPORT_SYMBOL_GPL(gpiochip_relres_irq);

static gpio_chip *chip_of(irq_data *d) {
    return static_cast<gpio_chip *>(irq_data_get_irq_chip_data(d));
}

int gpiochip_irq_reqres(irq_data *d) {
    return gpiochip_reqres_irq(chip_of(d), irqd_to_hwirq(d));
}
EXPORT_SYMBOL(gpiochip_irq_reqres);

void gpiochip_irq_relres(irq_data *d) {
    gpiochip_relres_irq(chip_of(d), irqd_to_hwirq(d));
}
EXPORT_SYMBOL(gpiochip_irq_relres);

// The domain

bool gpiochip_irqchip_irq_valid(const gpio_chip *gc, unsigned int offset) {
    if (!gpiochip_line_is_valid(gc, offset))
        return false;
    return !gc->irq.valid_mask || test_bit(offset, gc->irq.valid_mask);
}
EXPORT_SYMBOL_GPL(gpiochip_irqchip_irq_valid);

int gpiochip_irq_map(irq_domain *d, unsigned int irq, irq_hw_number_t hwirq) {
    auto *gc = static_cast<gpio_chip *>(d->host_data);

    if (!gpiochip_irqchip_irq_valid(gc, hwirq))
        return -ENXIO;
    irq_set_chip_data(irq, gc);
    irq_set_chip_and_handler(irq, gc->irq.chip, gc->irq.handler);
    if (gc->irq.threaded)
        irq_set_nested_thread(irq, 1);
    irq_set_noprobe(irq);
    if (gc->irq.num_parents == 1)
        irq_set_parent(irq, gc->irq.parents[0]);
    else if (gc->irq.num_parents && gc->irq.map)
        irq_set_parent(irq, gc->irq.map[hwirq]);
    // The type that lines have as long as nobody asks for another one.
    return gc->irq.default_type != IRQ_TYPE_NONE ? irq_set_irq_type(irq, gc->irq.default_type) : 0;
}
EXPORT_SYMBOL_GPL(gpiochip_irq_map);

void gpiochip_irq_unmap(irq_domain *d, unsigned int irq) {
    auto *gc = static_cast<gpio_chip *>(d->host_data);

    if (gc->irq.threaded)
        irq_set_nested_thread(irq, 0);
    irq_set_chip_and_handler(irq, nullptr, nullptr);
    irq_set_chip_data(irq, nullptr);
}
EXPORT_SYMBOL_GPL(gpiochip_irq_unmap);

static const irq_domain_ops gpiochip_domain_ops = {
    .map = gpiochip_irq_map,
    .unmap = gpiochip_irq_unmap,
    .xlate = irq_domain_xlate_twocell,
};

int gpiochip_irq_domain_activate(irq_domain *domain, irq_data *data, bool) {
    return gpiochip_lock_as_irq(static_cast<gpio_chip *>(domain->host_data), irqd_to_hwirq(data));
}
EXPORT_SYMBOL_GPL(gpiochip_irq_domain_activate);

void gpiochip_irq_domain_deactivate(irq_domain *domain, irq_data *data) {
    gpiochip_unlock_as_irq(static_cast<gpio_chip *>(domain->host_data), irqd_to_hwirq(data));
}
EXPORT_SYMBOL_GPL(gpiochip_irq_domain_deactivate);

static int gpiochip_to_irq(gpio_chip *gc, unsigned int offset) {
    // A consumer may come between the chip's registration and its domain's.
    if (!READ_ONCE(gc->irq.initialized))
        return -EPROBE_DEFER;
    if (!gpiochip_irqchip_irq_valid(gc, offset))
        return -ENXIO;
    return irq_create_mapping(gc->irq.domain, offset);
}

// Drivers with a chip that may not be changed do these steps in their own callbacks; for the others they are put around
// them.

static void gpiochip_irq_mask(irq_data *d) {
    gpio_chip *gc = chip_of(d);

    if (gc->irq.irq_mask)
        gc->irq.irq_mask(d);
    gpiochip_disable_irq(gc, irqd_to_hwirq(d));
}

static void gpiochip_irq_unmask(irq_data *d) {
    gpio_chip *gc = chip_of(d);

    gpiochip_enable_irq(gc, irqd_to_hwirq(d));
    if (gc->irq.irq_unmask)
        gc->irq.irq_unmask(d);
}

static void gpiochip_irq_enable(irq_data *d) {
    gpio_chip *gc = chip_of(d);

    gpiochip_enable_irq(gc, irqd_to_hwirq(d));
    gc->irq.irq_enable(d);
}

static void gpiochip_irq_disable(irq_data *d) {
    gpio_chip *gc = chip_of(d);

    gc->irq.irq_disable(d);
    gpiochip_disable_irq(gc, irqd_to_hwirq(d));
}

static void gpiochip_set_irq_hooks(gpio_chip *gc) {
    irq_chip *irqchip = gc->irq.chip;

    if (irqchip->flags & IRQCHIP_IMMUTABLE)
        return;
    chip_warn(gc, "not an immutable chip, please consider fixing it!\n");
    if (!irqchip->irq_request_resources && !irqchip->irq_release_resources) {
        irqchip->irq_request_resources = gpiochip_irq_reqres;
        irqchip->irq_release_resources = gpiochip_irq_relres;
    }
    if (WARN_ON(gc->irq.irq_enable) || irqchip->irq_enable == gpiochip_irq_enable ||
        irqchip->irq_mask == gpiochip_irq_mask)
        return;
    if (irqchip->irq_disable) {
        gc->irq.irq_disable = irqchip->irq_disable;
        irqchip->irq_disable = gpiochip_irq_disable;
    } else {
        gc->irq.irq_mask = irqchip->irq_mask;
        irqchip->irq_mask = gpiochip_irq_mask;
    }
    if (irqchip->irq_enable) {
        gc->irq.irq_enable = irqchip->irq_enable;
        irqchip->irq_enable = gpiochip_irq_enable;
    } else {
        gc->irq.irq_unmask = irqchip->irq_unmask;
        irqchip->irq_unmask = gpiochip_irq_unmask;
    }
}

static void restore_irq_hooks(gpio_chip *gc) {
    irq_chip *irqchip = gc->irq.chip;

    if (!irqchip || (irqchip->flags & IRQCHIP_IMMUTABLE))
        return;
    if (irqchip->irq_request_resources == gpiochip_irq_reqres) {
        irqchip->irq_request_resources = nullptr;
        irqchip->irq_release_resources = nullptr;
    }
    if (irqchip->irq_enable == gpiochip_irq_enable)
        irqchip->irq_enable = gc->irq.irq_enable;
    if (irqchip->irq_disable == gpiochip_irq_disable)
        irqchip->irq_disable = gc->irq.irq_disable;
    if (irqchip->irq_mask == gpiochip_irq_mask)
        irqchip->irq_mask = gc->irq.irq_mask;
    if (irqchip->irq_unmask == gpiochip_irq_unmask)
        irqchip->irq_unmask = gc->irq.irq_unmask;
}

int gpiochip_add_irqchip(gpio_chip *gc) {
    gpio_irq_chip *girq = &gc->irq;

    if (!girq->chip)
        return 0;
    if (girq->parent_handler && gc->can_sleep) {
        chip_err(gc, "you cannot have chained interrupts on a chip that may sleep\n");
        return -EINVAL;
    }
    if (gc->to_irq)
        chip_warn(gc, "to_irq is redefined in %s and you shouldn't rely on it\n", __func__);
    gc->to_irq = gpiochip_to_irq;
    if (girq->init_valid_mask) {
        girq->valid_mask = bitmap_alloc(gc->ngpio, GFP_KERNEL);
        if (!girq->valid_mask)
            return -ENOMEM;
        bitmap_fill(girq->valid_mask, gc->ngpio);
        girq->init_valid_mask(gc, girq->valid_mask, gc->ngpio);
    }
    girq->domain = irq_domain_create_simple(girq->fwnode ? girq->fwnode : gc->fwnode, gc->ngpio, girq->first,
                                            &gpiochip_domain_ops, gc);
    if (!girq->domain)
        return -EINVAL;
    irq_domain_set_name(girq->domain, gc->label ? gc->label : dev_name(&gc->gpiodev->dev));
    if (girq->parent_handler) {
        for (unsigned int i = 0; i < girq->num_parents; i++) {
            void *data = girq->per_parent_data       ? girq->parent_handler_data_array[i]
                         : girq->parent_handler_data ? girq->parent_handler_data
                                                     : gc;
            irq_set_chained_handler_and_data(girq->parents[i], girq->parent_handler, data);
        }
    }
    gpiochip_set_irq_hooks(gc);
    if (girq->init_hw) {
        int ret = girq->init_hw(gc);

        if (ret)
            return ret;
    }
    WRITE_ONCE(girq->initialized, true);
    return 0;
}

int gpiochip_irqchip_add_domain(gpio_chip *gc, irq_domain *domain) {
    if (!domain)
        return -EINVAL;
    gc->to_irq = gpiochip_to_irq;
    gc->irq.domain = domain;
    WRITE_ONCE(gc->irq.initialized, true);
    return 0;
}
EXPORT_SYMBOL_GPL(gpiochip_irqchip_add_domain);

void gpiochip_irqchip_remove(gpio_chip *gc) {
    gpio_irq_chip *girq = &gc->irq;

    if (girq->chip && girq->parent_handler) {
        for (unsigned int i = 0; i < girq->num_parents; i++)
            irq_set_chained_handler_and_data(girq->parents[i], nullptr, nullptr);
    }
    // Drivers that brought their own domain remove it themselves.
    if (girq->domain && girq->chip) {
        for (unsigned int offset = 0; offset < gc->ngpio; offset++)
            irq_dispose_mapping(irq_find_mapping(girq->domain, offset));
        irq_domain_remove(girq->domain);
        girq->domain = nullptr;
    }
    restore_irq_hooks(gc);
    girq->chip = nullptr;
    bitmap_free(girq->valid_mask);
    girq->valid_mask = nullptr;
}

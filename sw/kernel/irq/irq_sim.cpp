// SPDX-License-Identifier: Apache-2.0
// Simulated interrupts: a domain whose lines are fired by irq_set_irqchip_state(PENDING), delivered from an irq_work.
#include "kernel/irq/internals.h"

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include <linux/slab.h>

namespace {

struct irq_sim_work_ctx {
    irq_work work;
    unsigned int irq_count;
    unsigned long *pending;
    irq_domain *domain;
};

struct irq_sim_irq_ctx {
    bool enabled;
    irq_sim_work_ctx *work_ctx;
};

irq_sim_irq_ctx *ctx_of(irq_data *data) {
    return static_cast<irq_sim_irq_ctx *>(irq_data_get_irq_chip_data(data));
}

void irq_sim_irqmask(irq_data *data) {
    ctx_of(data)->enabled = false;
}
void irq_sim_irqunmask(irq_data *data) {
    ctx_of(data)->enabled = true;
}

int irq_sim_set_type(irq_data *data, unsigned int type) {
    // Only edges can be simulated: there is no device to hold a level.
    if (type & ~IRQ_TYPE_EDGE_BOTH)
        return -EINVAL;
    irqd_set_trigger_type(data, type);
    return 0;
}

int irq_sim_get_irqchip_state(irq_data *data, irqchip_irq_state which, bool *state) {
    irq_sim_irq_ctx *ctx = ctx_of(data);

    if (which != IRQCHIP_STATE_PENDING)
        return -EINVAL;
    if (ctx->enabled)
        *state = test_bit(irqd_to_hwirq(data), ctx->work_ctx->pending);
    return 0;
}

int irq_sim_set_irqchip_state(irq_data *data, irqchip_irq_state which, bool state) {
    irq_sim_irq_ctx *ctx = ctx_of(data);

    if (which != IRQCHIP_STATE_PENDING)
        return -EINVAL;
    if (ctx->enabled) {
        if (state)
            set_bit(irqd_to_hwirq(data), ctx->work_ctx->pending);
        else
            clear_bit(irqd_to_hwirq(data), ctx->work_ctx->pending);
        if (state)
            irq_work_queue(&ctx->work_ctx->work);
    }
    return 0;
}

const irq_chip irq_sim_irqchip = {
    .name = "irq_sim",
    .irq_mask = irq_sim_irqmask,
    .irq_unmask = irq_sim_irqunmask,
    .irq_set_type = irq_sim_set_type,
    .irq_get_irqchip_state = irq_sim_get_irqchip_state,
    .irq_set_irqchip_state = irq_sim_set_irqchip_state,
};

void irq_sim_handle_irq(irq_work *work) {
    auto *ctx = container_of(work, irq_sim_work_ctx, work);
    unsigned int offset = 0;

    while (!bitmap_empty(ctx->pending, ctx->irq_count)) {
        offset = find_next_bit(ctx->pending, ctx->irq_count, offset);
        if (offset >= ctx->irq_count) {
            offset = 0;
            continue;
        }
        clear_bit(offset, ctx->pending);
        handle_simple_irq(irq_to_desc(irq_find_mapping(ctx->domain, offset)));
    }
}

int irq_sim_domain_map(irq_domain *domain, unsigned int virq, irq_hw_number_t) {
    auto *irq_ctx = static_cast<irq_sim_irq_ctx *>(kzalloc(sizeof(irq_sim_irq_ctx), GFP_KERNEL));

    if (!irq_ctx)
        return -ENOMEM;
    irq_set_chip(virq, &irq_sim_irqchip);
    irq_set_chip_data(virq, irq_ctx);
    irq_set_handler(virq, handle_simple_irq);
    irq_modify_status(virq, IRQ_NOREQUEST | IRQ_NOAUTOEN, IRQ_NOPROBE);
    irq_ctx->work_ctx = static_cast<irq_sim_work_ctx *>(domain->host_data);
    return 0;
}

void irq_sim_domain_unmap(irq_domain *domain, unsigned int virq) {
    irq_data *irqd = irq_domain_get_irq_data(domain, virq);
    irq_sim_irq_ctx *ctx = ctx_of(irqd);

    irq_set_handler(virq, nullptr);
    irq_domain_reset_irq_data(irqd);
    kfree(ctx);
}

const irq_domain_ops irq_sim_domain_ops = {
    .map = irq_sim_domain_map,
    .unmap = irq_sim_domain_unmap,
};

void devm_irq_domain_remove_sim(void *data) {
    irq_domain_remove_sim(static_cast<irq_domain *>(data));
}

} // namespace

irq_domain *irq_domain_create_sim(fwnode_handle *fwnode, unsigned int num_irqs) {
    auto *ctx = static_cast<irq_sim_work_ctx *>(kzalloc(sizeof(irq_sim_work_ctx), GFP_KERNEL));

    if (!ctx)
        return static_cast<irq_domain *>(ERR_PTR(-ENOMEM));
    ctx->pending = bitmap_zalloc(num_irqs, GFP_KERNEL);
    ctx->domain = ctx->pending ? irq_domain_create_linear(fwnode, num_irqs, &irq_sim_domain_ops, ctx) : nullptr;
    if (!ctx->domain) {
        bitmap_free(ctx->pending);
        kfree(ctx);
        return static_cast<irq_domain *>(ERR_PTR(-ENOMEM));
    }
    ctx->irq_count = num_irqs;
    init_irq_work(&ctx->work, irq_sim_handle_irq);
    return ctx->domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_sim);

void irq_domain_remove_sim(irq_domain *domain) {
    auto *ctx = static_cast<irq_sim_work_ctx *>(domain->host_data);

    irq_work_sync(&ctx->work);
    bitmap_free(ctx->pending);
    kfree(ctx);
    irq_domain_remove(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove_sim);

irq_domain *devm_irq_domain_create_sim(device *dev, fwnode_handle *fwnode, unsigned int num_irqs) {
    irq_domain *domain = irq_domain_create_sim(fwnode, num_irqs);

    if (IS_ERR(domain))
        return domain;
    int ret = devm_add_action_or_reset(dev, devm_irq_domain_remove_sim, domain);
    return ret ? static_cast<irq_domain *>(ERR_PTR(ret)) : domain;
}
EXPORT_SYMBOL_GPL(devm_irq_domain_create_sim);

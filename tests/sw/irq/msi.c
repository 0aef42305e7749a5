// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A driver for the message generator (hw/msi_generator): asks for message interrupts, takes them, moves them, gives
 * them back. Prints NAME_key=value for each thing it sees; NAME is its or mbi.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/msi.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#define VECTORS 4
#define SEND 0x04
#define SENT 0x08
#define FAILED 0x0c
#define VECTOR 0x10
#define PERIOD 0x14
#define COUNT 0x18
#define ADDRESS_LO(n) (0x100 + 16 * (n))

struct generator {
    struct device *dev;
    void __iomem *base;
    const char *name;
    int count[VECTORS], cpu[VECTORS], wrong;
    unsigned int virq[VECTORS];
    struct msi_msg msg[VECTORS];
};

#define say(g, key, value) pr_info("%s_" key "=%d\n", (g)->name, (int)(value))

static void write_msg(struct msi_desc *desc, struct msi_msg *msg) {
    struct generator *g = dev_get_drvdata(msi_desc_to_dev(desc));
    void __iomem *at = g->base + ADDRESS_LO(desc->msi_index);

    writel(msg->address_lo, at);
    writel(msg->address_hi, at + 4);
    writel(msg->data, at + 8);
    if (desc->msi_index < VECTORS && msg->address_lo)
        g->msg[desc->msi_index] = *msg;
}

static irqreturn_t handler(int irq, void *data) {
    struct generator *g = data;
    int n;

    for (n = 0; n < VECTORS; n++) {
        if (g->virq[n] != irq)
            continue;
        g->count[n]++;
        g->cpu[n] = smp_processor_id();
        return IRQ_HANDLED;
    }
    g->wrong++;
    return IRQ_NONE;
}

static void send(struct generator *g, int n) {
    writel(n, g->base + SEND);
    usleep_range(100, 120);
}

static int take(struct generator *g) {
    int n, ret = platform_msi_domain_alloc_irqs(g->dev, VECTORS, write_msg);

    if (ret)
        return ret;
    for (n = 0; n < VECTORS; n++) {
        g->virq[n] = msi_get_virq(g->dev, n);
        ret = request_irq(g->virq[n], handler, 0, g->name, g);
        if (ret)
            return ret;
    }
    return 0;
}

static void give_back(struct generator *g) {
    int n;

    for (n = 0; n < VECTORS; n++)
        free_irq(g->virq[n], g);
    platform_msi_domain_free_irqs(g->dev);
}

static void try_all(struct generator *g) {
    struct irq_data *d = irq_get_irq_data(g->virq[1]);
    struct msi_desc *desc;
    int n, sum = 0, before;

    say(g, "second", platform_msi_domain_alloc_irqs(g->dev, 1, write_msg));
    say(g, "beyond", msi_get_virq(g->dev, VECTORS));
    msi_lock_descs(g->dev);
    msi_for_each_desc(desc, g->dev, MSI_DESC_ASSOCIATED) sum += desc->irq == g->virq[desc->msi_index];
    msi_unlock_descs(g->dev);
    say(g, "descriptors", sum);
    say(g, "levels", !!d->parent_data + !!d->parent_data->parent_data);

    for (n = 0; n < VECTORS; n++)
        send(g, n);
    for (n = 0, sum = 0; n < VECTORS; n++)
        sum += g->count[n] == 1;
    say(g, "taken", sum);

    /* To each CPU in turn. */
    for (n = 0, sum = 0; n < 4; n++) {
        if (irq_set_affinity(g->virq[1], cpumask_of(n)))
            continue;
        send(g, 1);
        sum += g->count[1] == n + 2 && g->cpu[1] == n;
        sum += cpumask_equal(irq_data_get_effective_affinity_mask(irq_get_irq_data(g->virq[1])), cpumask_of(n));
    }
    say(g, "moved", sum);

    /* Masked in the chip: kept, also while it moves, and delivered when it is unmasked. */
    before = g->count[1];
    disable_irq(g->virq[1]);
    irq_data_get_irq_chip(d)->irq_mask(d);
    send(g, 1);
    irq_set_affinity(g->virq[1], cpumask_of(1));
    say(g, "masked", g->count[1] - before);
    irq_data_get_irq_chip(d)->irq_unmask(d);
    enable_irq(g->virq[1]);
    usleep_range(100, 120);
    say(g, "unmasked", g->count[1] - before);
    say(g, "unmasked_cpu", g->cpu[1]);

    /* A burst from the device's own clock. */
    before = g->count[2];
    writel(2, g->base + VECTOR);
    writel(20000, g->base + PERIOD);
    writel(1000, g->base + COUNT);
    msleep(30);
    say(g, "burst", g->count[2] - before);

    /* Given back: the message finds nothing. Neither when the device keeps the old one. */
    give_back(g);
    before = readl(g->base + FAILED);
    send(g, 0);
    say(g, "after_free_failed", readl(g->base + FAILED) - before);
    before = g->count[0] + g->wrong;
    writel(g->msg[0].address_lo, g->base + ADDRESS_LO(0));
    writel(g->msg[0].data, g->base + ADDRESS_LO(0) + 8);
    send(g, 0);
    say(g, "stale", g->count[0] + g->wrong - before);
    say(g, "freed", msi_get_virq(g->dev, 0));

    /* More than there are. */
    say(g, "too_many", platform_msi_domain_alloc_irqs(g->dev, 25, write_msg));
    if (msi_get_virq(g->dev, 24))
        platform_msi_domain_free_irqs(g->dev);
    say(g, "far_too_many", platform_msi_domain_alloc_irqs(g->dev, 2049, write_msg));
    say(g, "none", platform_msi_domain_alloc_irqs(g->dev, 0, write_msg));
    say(g, "no_callback", platform_msi_domain_alloc_irqs(g->dev, 1, NULL));
}

static int probe(struct platform_device *pdev) {
    struct generator *g = devm_kzalloc(&pdev->dev, sizeof(*g), GFP_KERNEL);
    int ret;

    if (!g)
        return -ENOMEM;
    g->dev = &pdev->dev;
    g->name = strstr(dev_name(&pdev->dev), "its") ? "its" : "mbi";
    g->base = devm_platform_ioremap_resource(pdev, 0);
    if (IS_ERR(g->base))
        return PTR_ERR(g->base);
    platform_set_drvdata(pdev, g);
    ret = take(g);
    if (ret)
        return ret;
    say(g, "address", g->msg[0].address_lo);
    say(g, "data", g->msg[0].data);
    try_all(g);
    ret = take(g);
    say(g, "again", ret);
    memset(g->count, 0, sizeof(g->count));
    if (!ret)
        send(g, 3);
    say(g, "again_taken", g->count[3]);
    say(g, "wrong", g->wrong);
    return ret;
}

static int remove(struct platform_device *pdev) {
    give_back(platform_get_drvdata(pdev));
    return 0;
}

static const struct of_device_id match[] = {{.compatible = "rk3568-sim,msi-generator"}, {}};

static struct platform_driver msi_driver = {
    .probe = probe,
    .remove = remove,
    .driver = {.name = "msi-test", .of_match_table = match},
};
module_platform_driver(msi_driver);
MODULE_LICENSE("GPL");

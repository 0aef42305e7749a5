/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Message interrupts: a device's descriptors, and the domains that make interrupts and messages for them (Linux 6.1,
 * include/linux/msi.h). Unless noted, functions here may sleep.
 */
#ifndef LINUX_MSI_H
#define LINUX_MSI_H

#include <linux/device.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/xarray.h>

/* What the device writes, and where. */
struct msi_msg {
    u32 address_lo;
    u32 address_hi;
    u32 data;
};

struct irq_affinity_desc;
struct msi_desc;
struct platform_msi_priv_data;

/* One vector of a device. `msg` is the message as it was last written to the device. */
struct msi_desc {
    unsigned int irq; /* 0: not allocated */
    unsigned int nvec_used;
    struct device *dev;
    struct msi_msg msg;
    struct irq_affinity_desc *affinity;
    void (*write_msi_msg)(struct msi_desc *entry, void *data);
    void *write_msi_msg_data;
    u16 msi_index;
};

enum msi_desc_filter {
    MSI_DESC_ALL,
    MSI_DESC_NOTASSOCIATED, /* without an interrupt */
    MSI_DESC_ASSOCIATED,
};

/* What struct device's msi.data points to, from the first allocation to the driver's end. */
struct msi_device_data {
    unsigned long properties;
    struct platform_msi_priv_data *platform_data;
    struct mutex mutex;
    struct xarray store; /* msi_desc by msi_index */
    unsigned long iter_idx;
};

/* What is allocated is for an interrupt controller that makes messages of wires, not for the device itself. */
#define MSI_ALLOC_FLAGS_PROXY_DEVICE (1UL << 0)

/* Handed down the domains while interrupts are allocated. Each level may use the scratchpad for the one below. */
typedef struct msi_alloc_info {
    struct msi_desc *desc;
    irq_hw_number_t hwirq;
    unsigned long flags;
    union {
        unsigned long ul;
        void *ptr;
    } scratchpad[2];
} msi_alloc_info_t;

struct msi_domain_info;

struct msi_domain_ops {
    irq_hw_number_t (*get_hwirq)(struct msi_domain_info *info, msi_alloc_info_t *arg);
    int (*msi_init)(struct irq_domain *domain, struct msi_domain_info *info, unsigned int virq, irq_hw_number_t hwirq,
                    msi_alloc_info_t *arg);
    void (*msi_free)(struct irq_domain *domain, struct msi_domain_info *info, unsigned int virq);
    int (*msi_check)(struct irq_domain *domain, struct msi_domain_info *info, struct device *dev);
    int (*msi_prepare)(struct irq_domain *domain, struct device *dev, int nvec, msi_alloc_info_t *arg);
    void (*msi_finish)(msi_alloc_info_t *arg, int retval);
    void (*set_desc)(msi_alloc_info_t *arg, struct msi_desc *desc);
    int (*handle_error)(struct irq_domain *domain, struct msi_desc *desc, int error);
};

struct msi_domain_info {
    u32 flags;
    struct msi_domain_ops *ops;
    struct irq_chip *chip;
    void *chip_data;
    irq_flow_handler_t handler;
    void *handler_data;
    const char *handler_name;
    void *data;
};

enum {
    MSI_FLAG_USE_DEF_DOM_OPS = (1 << 0),
    MSI_FLAG_USE_DEF_CHIP_OPS = (1 << 1),
    MSI_FLAG_MULTI_PCI_MSI = (1 << 2),
    MSI_FLAG_PCI_MSIX = (1 << 3),
    MSI_FLAG_ACTIVATE_EARLY = (1 << 4), /* write the messages at allocation, not at request_irq */
    MSI_FLAG_MUST_REACTIVATE = (1 << 5),
    MSI_FLAG_LEVEL_CAPABLE = (1 << 6),
    MSI_FLAG_DEV_SYSFS = (1 << 7),
    MSI_FLAG_MSIX_CONTIGUOUS = (1 << 8),
    MSI_FLAG_ALLOC_SIMPLE_MSI_DESCS = (1 << 9),
    MSI_FLAG_FREE_MSI_DESCS = (1 << 10),
};

typedef void (*irq_write_msi_msg_t)(struct msi_desc *desc, struct msi_msg *msg);

__BEGIN_DECLS

/* Makes msi.data of a device; it goes with the driver. 0 or -ENOMEM. */
int msi_setup_device_data(struct device *dev);
/* Around every walk over the descriptors. */
void msi_lock_descs(struct device *dev);
void msi_unlock_descs(struct device *dev);
struct msi_desc *msi_first_desc(struct device *dev, enum msi_desc_filter filter);
struct msi_desc *msi_next_desc(struct device *dev, enum msi_desc_filter filter);
/* The interrupt of vector `index`, or 0. */
unsigned int msi_get_virq(struct device *dev, unsigned int index);

struct irq_domain *msi_create_irq_domain(struct fwnode_handle *fwnode, struct msi_domain_info *info,
                                         struct irq_domain *parent);
struct msi_domain_info *msi_get_domain_info(struct irq_domain *domain);
/* nvec interrupts for a device. 0, -EINVAL, -ENOMEM, -ENOSPC, or what a level's callback says. */
int msi_domain_alloc_irqs(struct irq_domain *domain, struct device *dev, int nvec);
int msi_domain_alloc_irqs_descs_locked(struct irq_domain *domain, struct device *dev, int nvec);
/* All of them. Their handlers must be gone. */
void msi_domain_free_irqs(struct irq_domain *domain, struct device *dev);
void msi_domain_free_irqs_descs_locked(struct irq_domain *domain, struct device *dev);
/* irq_set_affinity of chips whose parent decides: the new message goes to the device. Any context. */
int msi_domain_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force);
int msi_domain_prepare_irqs(struct irq_domain *domain, struct device *dev, int nvec, msi_alloc_info_t *args);

void get_cached_msi_msg(unsigned int irq, struct msi_msg *msg);

/*
 * Message interrupts for a platform device with an msi-parent. write_msi_msg puts a message into the device's
 * registers; it is called with the descriptor's lock held and may not sleep. 0; -EINVAL: no domain, no callback or a
 * bad number; -EBUSY: it has some already; -ENOMEM; -ENOSPC.
 */
int platform_msi_domain_alloc_irqs(struct device *dev, unsigned int nvec, irq_write_msi_msg_t write_msi_msg);
void platform_msi_domain_free_irqs(struct device *dev);
struct irq_domain *platform_msi_create_irq_domain(struct fwnode_handle *fwnode, struct msi_domain_info *info,
                                                  struct irq_domain *parent);

__END_DECLS

/* With msi_lock_descs held; the loop may free the descriptor it is at. */
#define msi_for_each_desc(desc, dev, filter)                                                                           \
    for ((desc) = msi_first_desc((dev), (filter)); (desc); (desc) = msi_next_desc((dev), (filter)))

#define msi_desc_to_dev(desc) ((desc)->dev)

#endif

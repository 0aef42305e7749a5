// SPDX-License-Identifier: Apache-2.0
// Resources that belong to a device and go with its driver, last taken first released.
#include "drivers/base/base.h"

#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/of_address.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

enum node_kind : unsigned char { resource_node, group_begin, group_end };

struct devres_node {
    list_head entry;
    node_kind kind;
    dr_release_t release; // of a resource
};

struct devres {
    devres_node node;
    size_t size;
    alignas(16) u8 data[];
};

// A group is two marks in the list, before and after what was added to it; the second while it is closed.
struct devres_group {
    devres_node begin;
    devres_node end;
    void *id;
};

class devres_lock {
public:
    explicit devres_lock(device *dev)
        : dev_(dev) {
        spin_lock_irqsave(&dev_->devres_lock, flags_);
    }
    ~devres_lock() { spin_unlock_irqrestore(&dev_->devres_lock, flags_); }
    devres_lock(const devres_lock &) = delete;
    devres_lock &operator=(const devres_lock &) = delete;

private:
    device *dev_;
    unsigned long flags_;
};

devres *devres_of(void *res) {
    return container_of(static_cast<u8 *>(res), devres, data[0]);
}

// Called without the lock: releases may sleep.
void release_nodes(device *dev, list_head *doomed) {
    while (!list_empty(doomed)) {
        devres_node *node = list_entry(doomed->prev, devres_node, entry);

        list_del(&node->entry);
        if (node->kind == resource_node) {
            devres *dr = container_of(node, devres, node);

            node->release(dev, dr->data);
            kfree(dr);
        } else if (node->kind == group_begin) {
            kfree(container_of(node, devres_group, begin));
        }
    }
}

devres *find_dr(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    devres_node *node;

    list_for_each_entry_reverse (node, &dev->devres_head, entry) {
        devres *dr = container_of(node, devres, node);

        if (node->kind == resource_node && node->release == release && (!match || match(dev, dr->data, match_data)))
            return dr;
    }
    return nullptr;
}

// The group with this id; without one, the group opened last that is still open.
devres_group *find_group(device *dev, void *id) {
    devres_node *node;

    list_for_each_entry_reverse (node, &dev->devres_head, entry) {
        if (node->kind != group_begin)
            continue;
        devres_group *grp = container_of(node, devres_group, begin);
        if (id ? grp->id == id : list_empty(&grp->end.entry))
            return grp;
    }
    return nullptr;
}

} // namespace

void devres_init(device *dev) {
    spin_lock_init(&dev->devres_lock);
    INIT_LIST_HEAD(&dev->devres_head);
}

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int, const char *) {
    auto *dr = static_cast<devres *>(kzalloc(sizeof(devres) + size, gfp));

    if (!dr)
        return nullptr;
    INIT_LIST_HEAD(&dr->node.entry);
    dr->node.kind = resource_node;
    dr->node.release = release;
    dr->size = size;
    return dr->data;
}
EXPORT_SYMBOL_GPL(__devres_alloc_node);

void devres_free(void *res) {
    if (!res)
        return;
    devres *dr = devres_of(res);
    BUG_ON(!list_empty(&dr->node.entry));
    kfree(dr);
}
EXPORT_SYMBOL_GPL(devres_free);

void devres_add(device *dev, void *res) {
    devres *dr = devres_of(res);
    devres_lock lock(dev);

    BUG_ON(!list_empty(&dr->node.entry));
    list_add_tail(&dr->node.entry, &dev->devres_head);
}
EXPORT_SYMBOL_GPL(devres_add);

void *devres_find(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    devres_lock lock(dev);
    devres *dr = find_dr(dev, release, match, match_data);

    return dr ? dr->data : nullptr;
}
EXPORT_SYMBOL_GPL(devres_find);

// The one that is there, or new_res, which is added; the other of the two is freed.
void *devres_get(device *dev, void *new_res, dr_match_t match, void *match_data) {
    devres *new_dr = devres_of(new_res);
    devres *dr;
    {
        devres_lock lock(dev);

        dr = find_dr(dev, new_dr->node.release, match, match_data);
        if (!dr) {
            list_add_tail(&new_dr->node.entry, &dev->devres_head);
            return new_dr->data;
        }
    }
    devres_free(new_res);
    return dr->data;
}
EXPORT_SYMBOL_GPL(devres_get);

void *devres_remove(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    devres_lock lock(dev);
    devres *dr = find_dr(dev, release, match, match_data);

    if (!dr)
        return nullptr;
    list_del_init(&dr->node.entry);
    return dr->data;
}
EXPORT_SYMBOL_GPL(devres_remove);

// Forgets the resource without releasing it. 0, -ENOENT.
int devres_destroy(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    void *res = devres_remove(dev, release, match, match_data);

    if (!res)
        return -ENOENT;
    devres_free(res);
    return 0;
}
EXPORT_SYMBOL_GPL(devres_destroy);

int devres_release(device *dev, dr_release_t release, dr_match_t match, void *match_data) {
    void *res = devres_remove(dev, release, match, match_data);

    if (!res)
        return -ENOENT;
    release(dev, res);
    devres_free(res);
    return 0;
}
EXPORT_SYMBOL_GPL(devres_release);

int devres_release_all(device *dev) {
    LIST_HEAD(doomed);

    if (list_empty(&dev->devres_head))
        return 0;
    {
        devres_lock lock(dev);

        list_splice_tail_init(&dev->devres_head, &doomed);
    }
    release_nodes(dev, &doomed);
    return 0;
}

// Groups

void *devres_open_group(device *dev, void *id, gfp_t gfp) {
    auto *grp = static_cast<devres_group *>(kzalloc(sizeof(devres_group), gfp));

    if (!grp)
        return nullptr;
    grp->begin.kind = group_begin;
    grp->end.kind = group_end;
    INIT_LIST_HEAD(&grp->begin.entry);
    INIT_LIST_HEAD(&grp->end.entry);
    grp->id = id ? id : grp;
    devres_lock lock(dev);
    list_add_tail(&grp->begin.entry, &dev->devres_head);
    return grp->id;
}
EXPORT_SYMBOL_GPL(devres_open_group);

void devres_close_group(device *dev, void *id) {
    devres_lock lock(dev);
    devres_group *grp = find_group(dev, id);

    if (!WARN_ON(!grp))
        list_add_tail(&grp->end.entry, &dev->devres_head);
}
EXPORT_SYMBOL_GPL(devres_close_group);

// Forgets the group; its resources stay with the device.
void devres_remove_group(device *dev, void *id) {
    devres_group *grp;
    {
        devres_lock lock(dev);

        grp = find_group(dev, id);
        if (!WARN_ON(!grp)) {
            list_del_init(&grp->begin.entry);
            list_del_init(&grp->end.entry);
        }
    }
    kfree(grp);
}
EXPORT_SYMBOL_GPL(devres_remove_group);

// Releases what is in the group, and the groups within. The number of resources.
int devres_release_group(device *dev, void *id) {
    LIST_HEAD(doomed);
    int count = 0;
    {
        devres_lock lock(dev);
        devres_group *grp = find_group(dev, id);

        if (WARN_ON(!grp))
            return 0;
        list_head *last = list_empty(&grp->end.entry) ? dev->devres_head.prev : &grp->end.entry;
        for (list_head *at = &grp->begin.entry;;) {
            list_head *next = at->next;

            count += list_entry(at, devres_node, entry)->kind == resource_node;
            list_move_tail(at, &doomed);
            if (at == last)
                break;
            at = next;
        }
    }
    release_nodes(dev, &doomed);
    return count;
}
EXPORT_SYMBOL_GPL(devres_release_group);

// Actions

namespace {

struct action_devres {
    void *data;
    void (*action)(void *);
};

void devm_action_release(device *, void *res) {
    auto *dr = static_cast<action_devres *>(res);

    dr->action(dr->data);
}

int devm_action_match(device *, void *res, void *p) {
    auto *dr = static_cast<action_devres *>(res);
    auto *target = static_cast<action_devres *>(p);

    return dr->action == target->action && dr->data == target->data;
}

} // namespace

int devm_add_action(device *dev, void (*action)(void *), void *data) {
    auto *dr = static_cast<action_devres *>(devres_alloc(devm_action_release, sizeof(action_devres), GFP_KERNEL));

    if (!dr)
        return -ENOMEM;
    dr->data = data;
    dr->action = action;
    devres_add(dev, dr);
    return 0;
}
EXPORT_SYMBOL_GPL(devm_add_action);

void devm_remove_action(device *dev, void (*action)(void *), void *data) {
    action_devres target = {data, action};

    WARN_ON(devres_destroy(dev, devm_action_release, devm_action_match, &target));
}
EXPORT_SYMBOL_GPL(devm_remove_action);

void devm_release_action(device *dev, void (*action)(void *), void *data) {
    action_devres target = {data, action};

    WARN_ON(devres_release(dev, devm_action_release, devm_action_match, &target));
}
EXPORT_SYMBOL_GPL(devm_release_action);

// Memory

static void devm_kmalloc_release(device *, void *) {}

static int devm_kmalloc_match(device *, void *res, void *data) {
    return res == data;
}

void *devm_kmalloc(device *dev, size_t size, gfp_t gfp) {
    if (unlikely(!size))
        return ZERO_SIZE_PTR;
    void *res = devres_alloc(devm_kmalloc_release, size, gfp);
    if (res)
        devres_add(dev, res);
    return res;
}
EXPORT_SYMBOL_GPL(devm_kmalloc);

void devm_kfree(device *dev, const void *p) {
    if (unlikely(ZERO_OR_NULL_PTR(p)))
        return;
    WARN_ON(devres_destroy(dev, devm_kmalloc_release, devm_kmalloc_match, const_cast<void *>(p)));
}
EXPORT_SYMBOL_GPL(devm_kfree);

void *devm_krealloc(device *dev, void *ptr, size_t new_size, gfp_t gfp) {
    if (ZERO_OR_NULL_PTR(ptr))
        return devm_kmalloc(dev, new_size, gfp);
    if (!new_size) {
        devm_kfree(dev, ptr);
        return ZERO_SIZE_PTR;
    }
    size_t old_size = devres_of(ptr)->size;
    if (new_size <= old_size)
        return ptr;
    void *bigger = devm_kmalloc(dev, new_size, gfp);
    if (!bigger)
        return nullptr;
    memcpy(bigger, ptr, old_size);
    devm_kfree(dev, ptr);
    return bigger;
}
EXPORT_SYMBOL_GPL(devm_krealloc);

void *devm_kmemdup(device *dev, const void *src, size_t len, gfp_t gfp) {
    void *p = devm_kmalloc(dev, len, gfp);

    if (p)
        memcpy(p, src, len);
    return p;
}
EXPORT_SYMBOL_GPL(devm_kmemdup);

char *devm_kstrdup(device *dev, const char *s, gfp_t gfp) {
    return s ? static_cast<char *>(devm_kmemdup(dev, s, strlen(s) + 1, gfp)) : nullptr;
}
EXPORT_SYMBOL_GPL(devm_kstrdup);

const char *devm_kstrdup_const(device *dev, const char *s, gfp_t gfp) {
    return devm_kstrdup(dev, s, gfp);
}
EXPORT_SYMBOL_GPL(devm_kstrdup_const);

char *devm_kvasprintf(device *dev, gfp_t gfp, const char *fmt, va_list ap) {
    va_list again;

    va_copy(again, ap);
    int len = vsnprintf(nullptr, 0, fmt, again);
    va_end(again);
    auto *p = static_cast<char *>(devm_kmalloc(dev, len + 1, gfp));
    if (p)
        vsnprintf(p, len + 1, fmt, ap);
    return p;
}
EXPORT_SYMBOL(devm_kvasprintf);

char *devm_kasprintf(device *dev, gfp_t gfp, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    char *p = devm_kvasprintf(dev, gfp, fmt, ap);
    va_end(ap);
    return p;
}
EXPORT_SYMBOL_GPL(devm_kasprintf);

static void devm_bitmap_free(void *bitmap) {
    bitmap_free(static_cast<unsigned long *>(bitmap));
}

unsigned long *devm_bitmap_alloc(device *dev, unsigned int nbits, gfp_t flags) {
    unsigned long *bitmap = bitmap_alloc(nbits, flags);

    if (!bitmap || devm_add_action_or_reset(dev, devm_bitmap_free, bitmap))
        return nullptr;
    return bitmap;
}
EXPORT_SYMBOL_GPL(devm_bitmap_alloc);

unsigned long *devm_bitmap_zalloc(device *dev, unsigned int nbits, gfp_t flags) {
    return devm_bitmap_alloc(dev, nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL_GPL(devm_bitmap_zalloc);

// Registers

static void devm_ioremap_release(device *, void *res) {
    iounmap(*static_cast<void __iomem **>(res));
}

static int devm_ioremap_match(device *, void *res, void *match_data) {
    return *static_cast<void **>(res) == match_data;
}

void __iomem *devm_ioremap(device *dev, resource_size_t offset, resource_size_t size) {
    auto *ptr = static_cast<void __iomem **>(devres_alloc(devm_ioremap_release, sizeof(void *), GFP_KERNEL));

    if (!ptr)
        return nullptr;
    *ptr = ioremap(offset, size);
    if (!*ptr) {
        devres_free(ptr);
        return nullptr;
    }
    void __iomem *addr = *ptr;
    devres_add(dev, ptr);
    return addr;
}
EXPORT_SYMBOL(devm_ioremap);

void devm_iounmap(device *dev, void __iomem *addr) {
    WARN_ON(devres_destroy(dev, devm_ioremap_release, devm_ioremap_match, const_cast<void *>(addr)));
    iounmap(addr);
}
EXPORT_SYMBOL(devm_iounmap);

struct region_devres {
    resource *parent;
    resource_size_t start;
    resource_size_t n;
};

static void devm_region_release(device *, void *res) {
    auto *dr = static_cast<region_devres *>(res);

    __release_region(dr->parent, dr->start, dr->n);
}

static int devm_region_match(device *, void *res, void *match_data) {
    auto *dr = static_cast<region_devres *>(res);
    auto *match = static_cast<region_devres *>(match_data);

    return dr->parent == match->parent && dr->start == match->start && dr->n == match->n;
}

resource *__devm_request_region(device *dev, resource *parent, resource_size_t start, resource_size_t n,
                                const char *name) {
    auto *dr = static_cast<region_devres *>(devres_alloc(devm_region_release, sizeof(region_devres), GFP_KERNEL));

    if (!dr)
        return nullptr;
    *dr = {parent, start, n};
    resource *res = __request_region(parent, start, n, name, 0);
    if (res)
        devres_add(dev, dr);
    else
        devres_free(dr);
    return res;
}
EXPORT_SYMBOL(__devm_request_region);

void __devm_release_region(device *dev, resource *parent, resource_size_t start, resource_size_t n) {
    region_devres match = {parent, start, n};

    __release_region(parent, start, n);
    WARN_ON(devres_destroy(dev, devm_region_release, devm_region_match, &match));
}
EXPORT_SYMBOL(__devm_release_region);

void __iomem *devm_ioremap_resource(device *dev, const resource *res) {
    if (!res || resource_type(res) != IORESOURCE_MEM) {
        dev_err(dev, "invalid resource\n");
        return IOMEM_ERR_PTR(-EINVAL);
    }
    resource_size_t size = resource_size(res);
    const char *name = res->name ? devm_kasprintf(dev, GFP_KERNEL, "%s %s", dev_name(dev), res->name)
                                 : devm_kstrdup(dev, dev_name(dev), GFP_KERNEL);
    if (!name)
        return IOMEM_ERR_PTR(-ENOMEM);
    if (!devm_request_mem_region(dev, res->start, size, name)) {
        dev_err(dev, "can't request region for resource %pR\n", res);
        return IOMEM_ERR_PTR(-EBUSY);
    }
    void __iomem *dest = devm_ioremap(dev, res->start, size);
    if (!dest) {
        dev_err(dev, "ioremap failed for resource %pR\n", res);
        devm_release_mem_region(dev, res->start, size);
        return IOMEM_ERR_PTR(-ENOMEM);
    }
    return dest;
}
EXPORT_SYMBOL(devm_ioremap_resource);

void __iomem *devm_of_iomap(device *dev, device_node *node, int index, resource_size_t *size) {
    resource res;

    if (of_address_to_resource(node, index, &res))
        return IOMEM_ERR_PTR(-EINVAL);
    if (size)
        *size = resource_size(&res);
    return devm_ioremap_resource(dev, &res);
}
EXPORT_SYMBOL(devm_of_iomap);

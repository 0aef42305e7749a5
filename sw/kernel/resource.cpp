// SPDX-License-Identifier: Apache-2.0
// Who has which piece of the physical address space. Children of a resource do not overlap and stand in ascending
// order.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct resource iomem_resource = {0, ~0ULL, "PCI mem", IORESOURCE_MEM, 0, NULL, NULL, NULL};
EXPORT_SYMBOL(iomem_resource);
struct resource ioport_resource = {0, 0xffff, "PCI IO", IORESOURCE_IO, 0, NULL, NULL, NULL};
EXPORT_SYMBOL(ioport_resource);

namespace {

DEFINE_SPINLOCK(resource_lock);

// NULL, or the child that is in the way.
struct resource *link_resource(struct resource *parent, struct resource *res) {
    if (res->end < res->start || res->start < parent->start || res->end > parent->end)
        return parent;
    struct resource **p = &parent->child;
    while (*p && (*p)->end < res->start)
        p = &(*p)->sibling;
    if (*p && (*p)->start <= res->end)
        return *p;
    res->sibling = *p;
    res->parent = parent;
    *p = res;
    return NULL;
}

bool unlink_resource(struct resource *res) {
    for (struct resource **p = &res->parent->child; *p; p = &(*p)->sibling) {
        if (*p != res)
            continue;
        *p = res->sibling;
        res->parent = NULL;
        return true;
    }
    return false;
}

} // namespace

int request_resource(struct resource *parent, struct resource *res) {
    unsigned long flags;

    spin_lock_irqsave(&resource_lock, flags);
    struct resource *conflict = link_resource(parent, res);
    spin_unlock_irqrestore(&resource_lock, flags);
    return conflict ? -EBUSY : 0;
}
EXPORT_SYMBOL(request_resource);

int insert_resource(struct resource *parent, struct resource *res) {
    return request_resource(parent, res);
}
EXPORT_SYMBOL_GPL(insert_resource);

int release_resource(struct resource *res) {
    unsigned long flags;

    spin_lock_irqsave(&resource_lock, flags);
    bool found = res->parent && unlink_resource(res);
    spin_unlock_irqrestore(&resource_lock, flags);
    return found ? 0 : -EINVAL;
}
EXPORT_SYMBOL(release_resource);

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n, const char *name,
                                  int flags) {
    struct resource *res = static_cast<struct resource *>(kzalloc(sizeof(*res), GFP_KERNEL));

    if (!res)
        return NULL;
    res->name = name;
    res->start = start;
    res->end = start + n - 1;
    res->flags = resource_type(parent) | IORESOURCE_BUSY | flags;
    if (request_resource(parent, res)) {
        kfree(res);
        return NULL;
    }
    return res;
}
EXPORT_SYMBOL(__request_region);

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n) {
    unsigned long flags;
    struct resource *res;

    spin_lock_irqsave(&resource_lock, flags);
    for (res = parent->child; res; res = res->sibling)
        if (res->start == start && res->end == start + n - 1)
            break;
    if (res)
        unlink_resource(res);
    spin_unlock_irqrestore(&resource_lock, flags);
    if (res)
        kfree(res);
    else
        pr_warn("Trying to free nonexistent resource <%016llx-%016llx>\n", start, start + n - 1);
}
EXPORT_SYMBOL(__release_region);

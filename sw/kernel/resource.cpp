// SPDX-License-Identifier: Apache-2.0
// Who has which piece of the physical address space (Linux: kernel/resource.c). A tree of intervals: children lie
// within their parent, do not overlap and stand in ascending order. A busy one is a driver's, who shares it with
// nothing; one that is not describes hardware, and may have a driver's within.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "lib/guard.h"

struct resource iomem_resource = {0, ~0ULL, "PCI mem", IORESOURCE_MEM, 0, NULL, NULL, NULL};
EXPORT_SYMBOL(iomem_resource);
struct resource ioport_resource = {0, 0xffff, "PCI IO", IORESOURCE_IO, 0, NULL, NULL, NULL};
EXPORT_SYMBOL(ioport_resource);

namespace {

DEFINE_SPINLOCK(resource_lock);

bool contains(const resource &outer, const resource &inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

bool is_same(const resource &a, const resource &b) {
    return a.start == b.start && a.end == b.end;
}

// The link to the first child that does not lie wholly before `res`.
resource **place(resource *parent, const resource &res) {
    resource **link = &parent->child;
    while (*link && (*link)->end < res.start)
        link = &(*link)->sibling;
    return link;
}

// Makes `res` a child. Null, or who is in the way: another child, or the parent, which does not contain it.
resource *claim(resource *parent, resource *res) {
    if (res->end < res->start || !contains(*parent, *res))
        return parent;
    resource **link = place(parent, *res);
    if (*link && (*link)->start <= res->end)
        return *link;
    res->parent = parent;
    res->sibling = *link;
    *link = res;
    return nullptr;
}

// Puts `res` between a parent and those of its children that it contains. Null, or a child that overlaps with its edge.
resource *adopt(resource *parent, resource *res) {
    resource **first = place(parent, *res), **behind = first;

    for (; *behind && (*behind)->start <= res->end; behind = &(*behind)->sibling)
        if (!contains(*res, **behind))
            return *behind;
    resource *rest = *behind;
    *behind = nullptr;
    res->child = *first;
    for (resource *child = res->child; child; child = child->sibling)
        child->parent = res;
    res->parent = parent;
    res->sibling = rest;
    *first = res;
    return nullptr;
}

// As deep in the tree as it fits, around what lies within it.
resource *insert(resource *parent, resource *res) {
    for (;;) {
        resource *in_the_way = claim(parent, res);
        if (!in_the_way || in_the_way == parent || in_the_way == res)
            return in_the_way;
        if (!contains(*in_the_way, *res) || is_same(*in_the_way, *res))
            return adopt(parent, res);
        parent = in_the_way;
    }
}

// Where a piece of `size` bytes is wanted.
struct wish {
    resource_size_t size, min, max, align;
    resource_size_t (*alignf)(void *, const resource *, resource_size_t, resource_size_t);
    void *data;

    // The place within a gap, if it is large enough.
    bool fits(const resource &gap, const resource &flags, resource &place) const {
        resource candidate = flags;
        const resource_size_t low = max_of(gap.start, min);
        candidate.start = (low + align - 1) / align * align;
        candidate.end = min_of(gap.end, max);
        if (alignf)
            candidate.start = alignf(data, &candidate, size, align);
        if (candidate.start < low || candidate.end < candidate.start || candidate.end - candidate.start < size - 1)
            return false;
        place.start = candidate.start;
        place.end = candidate.start + size - 1;
        return true;
    }

private:
    static resource_size_t max_of(resource_size_t a, resource_size_t b) { return a > b ? a : b; }
    static resource_size_t min_of(resource_size_t a, resource_size_t b) { return a < b ? a : b; }
};

// The first gap between the children that serves the wish.
bool find_room(const resource &root, const wish &wanted, resource &res) {
    resource_size_t from = root.start;

    for (const resource *child = root.child;; child = child->sibling) {
        const resource gap = {.start = from, .end = child ? child->start - 1 : root.end};
        const bool empty = child ? child->start <= from : from > root.end;
        if (!empty && wanted.fits(gap, res, res))
            return true;
        if (!child || child->end == root.end)
            return false;
        from = child->end + 1;
    }
}

// Takes `res` out of the tree, with what lies within it.
bool take_out(resource *res) {
    resource **link = res->parent ? place(res->parent, *res) : nullptr;

    if (!link || *link != res)
        return false;
    *link = res->sibling;
    res->parent = nullptr;
    return true;
}

} // namespace

int request_resource(struct resource *parent, struct resource *res) {
    hold_irqsave l(resource_lock);
    return claim(parent, res) ? -EBUSY : 0;
}
EXPORT_SYMBOL(request_resource);

int insert_resource(struct resource *parent, struct resource *res) {
    hold_irqsave l(resource_lock);
    return insert(parent, res) ? -EBUSY : 0;
}
EXPORT_SYMBOL_GPL(insert_resource);

int allocate_resource(struct resource *root, struct resource *res, resource_size_t size, resource_size_t min,
                      resource_size_t max, resource_size_t align,
                      resource_size_t (*alignf)(void *, const struct resource *, resource_size_t, resource_size_t),
                      void *alignf_data) {
    hold_irqsave l(resource_lock);
    const wish wanted = {size, min, max, align ? align : 1, alignf, alignf_data};
    resource place = *res;

    if (!find_room(*root, wanted, place))
        return -EBUSY;
    res->start = place.start;
    res->end = place.end;
    return claim(root, res) ? -EBUSY : 0;
}
EXPORT_SYMBOL(allocate_resource);

int adjust_resource(struct resource *res, resource_size_t start, resource_size_t size) {
    hold_irqsave l(resource_lock);
    const resource bounds = {.start = start, .end = start + size - 1};

    if (const resource *parent = res->parent) {
        if (!contains(*parent, bounds) || (res->sibling && res->sibling->start <= bounds.end))
            return -EBUSY;
        for (const resource *before = parent->child; before != res; before = before->sibling)
            if (before->sibling == res && before->end >= bounds.start)
                return -EBUSY;
    }
    for (const resource *child = res->child; child; child = child->sibling)
        if (!contains(bounds, *child))
            return -EBUSY;
    res->start = bounds.start;
    res->end = bounds.end;
    return 0;
}
EXPORT_SYMBOL(adjust_resource);

int release_resource(struct resource *res) {
    hold_irqsave l(resource_lock);
    return take_out(res) ? 0 : -EINVAL;
}
EXPORT_SYMBOL(release_resource);

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n, const char *name,
                                  int flags) {
    auto *res = static_cast<resource *>(kzalloc(sizeof(resource), GFP_KERNEL));

    if (!res)
        return nullptr;
    *res = {.start = start, .end = start + n - 1, .name = name};
    res->flags = resource_type(parent) | IORESOURCE_BUSY | static_cast<unsigned>(flags);
    on_failure no_memory([res] { kfree(res); });
    hold_irqsave l(resource_lock);
    while (resource *in_the_way = claim(parent, res)) {
        if (in_the_way == parent || (in_the_way->flags & IORESOURCE_BUSY))
            return nullptr;
        parent = in_the_way;
    }
    no_memory.dismiss();
    return res;
}
EXPORT_SYMBOL(__request_region);

// The busy one with exactly these bounds, taken out; those that are not busy are looked into.
static struct resource *take_region(struct resource *parent, const struct resource &bounds) {
    hold_irqsave l(resource_lock);
    resource *at = *place(parent, bounds);
    while (at && contains(*at, bounds) && !(at->flags & IORESOURCE_BUSY))
        at = *place(at, bounds);
    return at && is_same(*at, bounds) && take_out(at) ? at : nullptr;
}

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n) {
    const resource bounds = {.start = start, .end = start + n - 1};

    if (resource *res = take_region(parent, bounds))
        kfree(res);
    else
        pr_warn("Trying to free nonexistent resource <%016llx-%016llx>\n", start, bounds.end);
}
EXPORT_SYMBOL(__release_region);

// A line each, children two columns further in than their parent (proc(5)).
static void show_children(struct seq_file *m, const struct resource &parent, int depth) {
    const int width = iomem_resource.end < 0x10000 ? 4 : 8;
    for (const resource *r = parent.child; r; r = r->sibling) {
        seq_printf(m, "%*s%0*llx-%0*llx : %s\n", 2 * depth, "", width, r->start, width, r->end,
                   r->name ? r->name : "<BAD>");
        show_children(m, *r, depth + 1);
    }
}

static int iomem_show(struct seq_file *m, void *) {
    hold_irqsave l(resource_lock);
    show_children(m, iomem_resource, 0);
    return 0;
}

static int __init iomem_init() {
    return proc_create_single("iomem", 0400, nullptr, iomem_show) ? 0 : -ENOMEM;
}
fs_initcall(iomem_init);

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/compiler.h>
#include <linux/types.h>

/* start and end are inclusive. */
struct resource {
	resource_size_t start;
	resource_size_t end;
	const char *name;
	unsigned long flags;
	unsigned long desc;
	struct resource *parent, *sibling, *child;
};

#define IORESOURCE_BITS 0x000000ff
#define IORESOURCE_TYPE_BITS 0x00001f00
#define IORESOURCE_IO 0x00000100
#define IORESOURCE_MEM 0x00000200
#define IORESOURCE_REG 0x00000300
#define IORESOURCE_IRQ 0x00000400
#define IORESOURCE_DMA 0x00000800
#define IORESOURCE_BUS 0x00001000
#define IORESOURCE_PREFETCH 0x00002000
#define IORESOURCE_READONLY 0x00004000
#define IORESOURCE_DISABLED 0x10000000
#define IORESOURCE_UNSET 0x20000000
#define IORESOURCE_AUTO 0x40000000
#define IORESOURCE_BUSY 0x80000000
#define IORESOURCE_EXCLUSIVE 0x08000000
#define IORESOURCE_MUXED 0x00400000
#define IORESOURCE_SYSTEM_RAM 0x01000200
#define IORESOURCE_IRQ_HIGHEDGE (1 << 0)
#define IORESOURCE_IRQ_LOWEDGE (1 << 1)
#define IORESOURCE_IRQ_HIGHLEVEL (1 << 2)
#define IORESOURCE_IRQ_LOWLEVEL (1 << 3)
#define IORESOURCE_IRQ_SHAREABLE (1 << 4)
#define IORESOURCE_IRQ_OPTIONAL (1 << 5)
#define IORESOURCE_MEM_NONPOSTED (1 << 7)

#define DEFINE_RES_NAMED(_start, _size, _name, _flags)                                                                 \
	{                                                                                                              \
		.start = (_start), .end = (_start) + (_size)-1, .name = (_name), .flags = (_flags)                     \
	}
#define DEFINE_RES_MEM_NAMED(_start, _size, _name) DEFINE_RES_NAMED((_start), (_size), (_name), IORESOURCE_MEM)
#define DEFINE_RES_MEM(_start, _size) DEFINE_RES_MEM_NAMED((_start), (_size), NULL)
#define DEFINE_RES_IRQ_NAMED(_irq, _name) DEFINE_RES_NAMED((_irq), 1, (_name), IORESOURCE_IRQ)
#define DEFINE_RES_IRQ(_irq) DEFINE_RES_IRQ_NAMED((_irq), NULL)

struct device;

__BEGIN_DECLS
extern struct resource iomem_resource;
extern struct resource ioport_resource;
/*
 * Claims a range below `parent`; NULL or -EBUSY when somebody has part of it. May sleep. kernel/resource.cpp
 */
int request_resource(struct resource *parent, struct resource *res);
int insert_resource(struct resource *parent, struct resource *res);
/*
 * Finds room of `size` bytes from min to max, at a multiple of align, and claims it; alignf may move a candidate's start. 0, or
 * -EBUSY.
 */
int allocate_resource(struct resource *root, struct resource *new_res, resource_size_t size, resource_size_t min,
		      resource_size_t max, resource_size_t align,
		      resource_size_t (*alignf)(void *, const struct resource *, resource_size_t, resource_size_t),
		      void *alignf_data);
/* Other bounds: -EBUSY if they leave the parent, cut a child or meet a neighbour. */
int adjust_resource(struct resource *res, resource_size_t start, resource_size_t size);
int release_resource(struct resource *res);
struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n, const char *name,
				  int flags);
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);
struct resource *__devm_request_region(struct device *dev, struct resource *parent, resource_size_t start,
				       resource_size_t n, const char *name);
void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start, resource_size_t n);
__END_DECLS

#define request_region(start, n, name) __request_region(&ioport_resource, (start), (n), (name), 0)
#define request_mem_region(start, n, name) __request_region(&iomem_resource, (start), (n), (name), 0)
#define request_mem_region_exclusive(start, n, name)                                                                   \
	__request_region(&iomem_resource, (start), (n), (name), IORESOURCE_EXCLUSIVE)
#define release_region(start, n) __release_region(&ioport_resource, (start), (n))
#define release_mem_region(start, n) __release_region(&iomem_resource, (start), (n))
#define devm_request_region(dev, start, n, name) __devm_request_region(dev, &ioport_resource, (start), (n), (name))
#define devm_request_mem_region(dev, start, n, name) __devm_request_region(dev, &iomem_resource, (start), (n), (name))
#define devm_release_mem_region(dev, start, n) __devm_release_region(dev, &iomem_resource, (start), (n))

static inline unsigned long resource_type(const struct resource *res)
{
	return res->flags & IORESOURCE_TYPE_BITS;
}

static inline bool resource_contains(const struct resource *r1, const struct resource *r2)
{
	return resource_type(r1) == resource_type(r2) && r1->start <= r2->start && r1->end >= r2->end;
}

static inline bool resource_overlaps(const struct resource *r1, const struct resource *r2)
{
	return r1->start <= r2->end && r1->end >= r2->start;
}

/*
 * The bounds of *r are those of two ranges that meet: the outer ones, or the inner ones. False, and *r as it was: they
 * have nothing in common.
 */
static inline bool __resource_bounds(const struct resource *a, const struct resource *b, struct resource *r, bool outer)
{
	const bool meet = resource_overlaps(a, b);

	if (meet) {
		const struct resource *starts = (a->start < b->start) == outer ? a : b;
		const struct resource *ends = (a->end > b->end) == outer ? a : b;
		const resource_size_t end = ends->end; /* *r may be one of the two */

		r->start = starts->start;
		r->end = end;
	}
	return meet;
}

/* *r is what both have. */
static inline bool resource_intersection(const struct resource *r1, const struct resource *r2, struct resource *r)
{
	return __resource_bounds(r1, r2, r, false);
}

/* *r is all from the lower start to the higher end. */
static inline bool resource_union(const struct resource *r1, const struct resource *r2, struct resource *r)
{
	return __resource_bounds(r1, r2, r, true);
}

/* Both ends belong to it. */
static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

#endif

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Resources: request, conflicts, insertion. */
#include "probe.h"
#include <linux/ioport.h>

static struct resource root = {.name = "root", .start = 0, .end = 0xffff, .flags = IORESOURCE_MEM};

static void tree(struct resource *r, int depth)
{
	for (r = r->child; r; r = r->sibling) {
		SAY("%*s%llx-%llx %s", depth, "", (u64)r->start, (u64)r->end, r->name);
		tree(r, depth + 2);
	}
}

static void probe(void)
{
	static struct resource a = {.name = "a", .start = 0x100, .end = 0x1ff},
			       b = {.name = "b", .start = 0x180, .end = 0x27f},
			       c = {.name = "c", .start = 0x120, .end = 0x13f},
			       d = {.name = "d", .start = 0x0, .end = 0xfff},
			       e = {.name = "e", .flags = IORESOURCE_MEM};

	FACT(request_resource(&root, &a));
	FACT(request_resource(&root, &b));
	FACT(request_resource(&root, &c));
	FACT(request_resource(&a, &c));
	tree(&root, 0);
	FACT(insert_resource(&root, &d));
	tree(&root, 0);
	FACT(release_resource(&c));
	FACT(resource_size(&a));
	FACT(resource_contains(&d, &a));
	FACT(allocate_resource(&root, &e, 0x40, 0, 0xffff, 0x100, NULL, NULL));
	tree(&root, 0);
	FACT(adjust_resource(&a, 0x100, 0x80));
	tree(&root, 0);
	FACT(insert_resource(&root, &b));
	FACT(resource_type(&root));
	FACT(resource_overlaps(&a, &b));
	{
		struct resource *r = __request_region(&root, 0x8000, 0x100, "region", 0);

		SAY("%s", r->name);
		FACT(__request_region(&root, 0x8080, 0x10, "region2", 0) == NULL);
		__release_region(&root, 0x8000, 0x100);
		tree(&root, 0);
	}
}

static void leave(void)
{
}

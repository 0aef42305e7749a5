// SPDX-License-Identifier: Apache-2.0
// Register windows of device tree nodes, translated through the buses above them to CPU addresses.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/string.h>

constexpr u64 bad_address = ~0ull;

const __be32 *of_get_address(device_node *dev, int index, u64 *size, unsigned int *flags) {
    if (!dev->parent)
        return nullptr;
    int na = of_n_addr_cells(dev);
    int ns = of_n_size_cells(dev);
    int length;
    auto *reg = static_cast<const __be32 *>(of_get_property(dev, "reg", &length));

    if (!reg || na < 1 || na > 4 || ns < 0 || index < 0 || (index + 1) * (na + ns) > length / 4)
        return nullptr;
    reg += index * (na + ns);
    if (size)
        *size = of_read_number(reg + na, ns);
    if (flags)
        *flags = IORESOURCE_MEM;
    return reg;
}
EXPORT_SYMBOL(of_get_address);

// `address` on the bus `bus`, as an address of the bus above it. An empty ranges is the identity; no ranges, no way up.
static u64 translate_one(device_node *bus, u64 address) {
    int length;
    auto *ranges = static_cast<const __be32 *>(of_get_property(bus, "ranges", &length));

    if (!ranges && !of_find_property(bus, "ranges", nullptr))
        return bad_address;
    if (!length)
        return address;
    u32 na = 2, ns = 1;
    of_property_read_u32(bus, "#address-cells", &na);
    of_property_read_u32(bus, "#size-cells", &ns);
    int pna = of_n_addr_cells(bus);
    int entry = na + pna + ns;
    for (int at = 0; at + entry <= length / 4; at += entry) {
        u64 child = of_read_number(ranges + at, na);
        u64 parent = of_read_number(ranges + at + na, pna);
        u64 size = of_read_number(ranges + at + na + pna, ns);

        if (address >= child && address - child < size)
            return parent + (address - child);
    }
    return bad_address;
}

u64 of_translate_address(device_node *dev, const __be32 *in_addr) {
    u64 address = of_read_number(in_addr, of_n_addr_cells(dev));

    for (device_node *bus = dev->parent; bus && bus->parent && address != bad_address; bus = bus->parent)
        address = translate_one(bus, address);
    return address;
}
EXPORT_SYMBOL(of_translate_address);

int of_address_to_resource(device_node *dev, int index, resource *r) {
    u64 size;
    unsigned int flags;
    const __be32 *addr = of_get_address(dev, index, &size, &flags);

    if (!addr)
        return -EINVAL;
    u64 base = of_translate_address(dev, addr);
    if (base == bad_address)
        return -EINVAL;
    const char *name = nullptr;
    memset(r, 0, sizeof(*r));
    of_property_read_string_index(dev, "reg-names", index, &name);
    r->start = base;
    r->end = base + size - 1;
    r->flags = flags;
    r->name = name ? name : dev->full_name;
    return 0;
}
EXPORT_SYMBOL_GPL(of_address_to_resource);

void __iomem *of_iomap(device_node *np, int index) {
    resource res;

    return of_address_to_resource(np, index, &res) ? nullptr : ioremap(res.start, resource_size(&res));
}
EXPORT_SYMBOL(of_iomap);

void __iomem *of_io_request_and_map(device_node *np, int index, const char *name) {
    resource res;

    if (of_address_to_resource(np, index, &res))
        return IOMEM_ERR_PTR(-EINVAL);
    if (!request_mem_region(res.start, resource_size(&res), name ? name : res.name))
        return IOMEM_ERR_PTR(-EBUSY);
    void __iomem *mem = ioremap(res.start, resource_size(&res));
    if (!mem) {
        release_mem_region(res.start, resource_size(&res));
        return IOMEM_ERR_PTR(-ENOMEM);
    }
    return mem;
}
EXPORT_SYMBOL(of_io_request_and_map);

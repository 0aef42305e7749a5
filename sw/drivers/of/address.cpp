// SPDX-License-Identifier: Apache-2.0
// Register windows of device tree nodes, translated through the buses above them to CPU addresses (Linux:
// drivers/of/address.c).
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/string.h>

#include "drivers/of/cells.h"

constexpr u64 bad_address = ~0ull;

const __be32 *of_get_address(device_node *dev, int index, u64 *size, unsigned int *flags) {
    if (!dev->parent || index < 0)
        return nullptr;
    const size_t address_cells = static_cast<size_t>(of_n_addr_cells(dev));
    const size_t size_cells = static_cast<size_t>(of_n_size_cells(dev));
    const size_t before = static_cast<size_t>(index) * (address_cells + size_cells);
    cells reg(dev, "reg");

    if (address_cells < 1 || address_cells > 4 || before + address_cells + size_cells > reg.left())
        return nullptr;
    reg.take(before);
    const cells address = reg.take(address_cells);
    if (size)
        *size = reg.take_number(size_cells);
    if (flags)
        *flags = IORESOURCE_MEM;
    return address.at();
}
EXPORT_SYMBOL(of_get_address);

// An address on the bus `bus` as one of the bus above it. An empty ranges is the identity; without ranges there is no
// way up.
static u64 translate_up(device_node *bus, u64 address) {
    const property *ranges = of_find_property(bus, "ranges", nullptr);
    if (!ranges)
        return bad_address;
    if (!ranges->length)
        return address;
    const size_t child_cells = cell_or(bus, "#address-cells", 2), size_cells = cell_or(bus, "#size-cells", 1);
    const size_t parent_cells = static_cast<size_t>(of_n_addr_cells(bus));

    for (cells windows(bus, "ranges"); windows.left() >= child_cells + parent_cells + size_cells;) {
        const u64 offset = address - windows.take_number(child_cells); // huge for what lies below
        const u64 base = windows.take_number(parent_cells);
        if (offset < windows.take_number(size_cells))
            return base + offset;
    }
    return bad_address;
}

u64 of_translate_address(device_node *dev, const __be32 *in_addr) {
    u64 address = of_read_number(in_addr, of_n_addr_cells(dev));

    for (device_node *bus = dev->parent; bus->parent && address != bad_address; bus = bus->parent)
        address = translate_up(bus, address);
    return address;
}
EXPORT_SYMBOL(of_translate_address);

int of_address_to_resource(device_node *dev, int index, resource *r) {
    u64 size;
    unsigned int flags;
    const __be32 *in_addr = of_get_address(dev, index, &size, &flags);
    const u64 base = in_addr ? of_translate_address(dev, in_addr) : bad_address;

    if (base == bad_address)
        return -EINVAL;
    const char *name = dev->full_name;
    of_property_read_string_index(dev, "reg-names", index, &name);
    *r = {.start = base, .end = base + size - 1, .name = name, .flags = flags};
    return 0;
}
EXPORT_SYMBOL_GPL(of_address_to_resource);

void __iomem *of_iomap(device_node *np, int index) {
    resource window;

    return of_address_to_resource(np, index, &window) ? nullptr : ioremap(window.start, resource_size(&window));
}
EXPORT_SYMBOL(of_iomap);

namespace {

// A window of memory that is the driver's, and given back unless it is kept.
class claimed_window {
public:
    claimed_window(const resource &window, const char *name)
        : start_(window.start)
        , size_(resource_size(&window))
        , owned_(request_mem_region(start_, size_, name ? name : window.name) != nullptr) {}
    ~claimed_window() {
        if (owned_)
            release_mem_region(start_, size_);
    }
    claimed_window(const claimed_window &) = delete;
    claimed_window &operator=(const claimed_window &) = delete;

    explicit operator bool() const { return owned_; }
    // Mapped, and kept if that was possible.
    void __iomem *map() {
        void __iomem *base = ioremap(start_, size_);

        owned_ = !base;
        return base;
    }

private:
    resource_size_t start_, size_;
    bool owned_;
};

} // namespace

void __iomem *of_io_request_and_map(device_node *np, int index, const char *name) {
    resource window;

    if (of_address_to_resource(np, index, &window))
        return IOMEM_ERR_PTR(-EINVAL);
    claimed_window claim(window, name);
    void __iomem *base = claim ? claim.map() : IOMEM_ERR_PTR(-EBUSY);

    return base ? base : IOMEM_ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(of_io_request_and_map);

void __iomem *fwnode_iomap(fwnode_handle *fwnode, int index) {
    return is_of_node(fwnode) ? of_iomap(to_of_node(fwnode), index) : nullptr;
}
EXPORT_SYMBOL(fwnode_iomap);

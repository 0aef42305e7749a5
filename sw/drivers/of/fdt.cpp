// SPDX-License-Identifier: Apache-2.0
// Reads the flattened device tree that the boot loader left in DRAM (Devicetree Specification, chapter 5) and builds
// the tree of device_node. Names and values point into the flat tree, which stays where it is.
#include "drivers/of/of_private.h"

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/types.h>

#include <asm/byteorder.h>

#include "kernel/init.h"
#include "port/kernel.h"

namespace {

constexpr u32 fdt_magic = 0xd00dfeed;
constexpr u32 fdt_begin_node = 1, fdt_end_node = 2, fdt_prop = 3, fdt_nop = 4, fdt_end = 9;

// The header's words that are used; all big-endian.
struct fdt_header {
    __be32 magic;
    __be32 totalsize;
    __be32 off_dt_struct;
    __be32 off_dt_strings;
    __be32 off_mem_rsvmap;
    __be32 version;
    __be32 last_comp_version;
    __be32 boot_cpuid_phys;
    __be32 size_dt_strings;
    __be32 size_dt_struct;
};

[[noreturn]] void bad_tree(const char *what, size_t offset) {
    panic("device tree: %s at offset 0x%zx\n", what, offset);
}

// Walks the structure block. Every read is checked against its end.
class fdt_reader {
public:
    explicit fdt_reader(const char *blob) {
        auto *header = reinterpret_cast<const fdt_header *>(blob);

        if (be32_to_cpu(header->magic) != fdt_magic)
            panic("device tree: magic 0x%08x, expected 0x%08x\n", be32_to_cpu(header->magic), fdt_magic);
        begin_ = blob + be32_to_cpu(header->off_dt_struct);
        at_ = begin_;
        end_ = begin_ + be32_to_cpu(header->size_dt_struct);
        strings_ = blob + be32_to_cpu(header->off_dt_strings);
        strings_size_ = be32_to_cpu(header->size_dt_strings);
    }

    u32 token() {
        u32 t;

        do {
            t = word();
        } while (t == fdt_nop);
        return t;
    }

    const char *node_name() {
        const char *name = at_;
        size_t length = strnlen(name, end_ - at_);

        if (name + length >= end_)
            bad_tree("node name without end", offset());
        advance(length + 1);
        return name;
    }

    property *read_property() {
        u32 length = word();
        u32 name = word();

        if (name >= strings_size_ || static_cast<size_t>(end_ - at_) < length)
            bad_tree("property beyond the end", offset());
        auto *prop = static_cast<property *>(of_boot_alloc(sizeof(property)));
        prop->name = const_cast<char *>(strings_ + name);
        prop->length = length;
        prop->value = const_cast<char *>(at_);
        advance(length);
        return prop;
    }

    size_t offset() const { return at_ - begin_; }

private:
    u32 word() {
        if (end_ - at_ < 4)
            bad_tree("end of the structure block", offset());
        u32 value = be32_to_cpu(*reinterpret_cast<const __be32 *>(at_));
        at_ += 4;
        return value;
    }
    void advance(size_t bytes) { at_ += (bytes + 3) & ~size_t(3); }

    const char *begin_, *at_, *end_, *strings_;
    size_t strings_size_;
};

device_node *new_node(const char *full_name, device_node *parent) {
    auto *np = static_cast<device_node *>(of_boot_alloc(sizeof(device_node)));
    const char *unit = strchrnul(full_name, '@');
    auto *name = static_cast<char *>(of_boot_alloc(unit - full_name + 1));

    memcpy(name, full_name, unit - full_name);
    np->name = name;
    np->full_name = full_name;
    np->parent = parent;
    of_node_init(np);
    return np;
}

void add_property(device_node *np, property **&tail, property *prop) {
    *tail = prop;
    tail = &prop->next;
    if ((!strcmp(prop->name, "phandle") || !strcmp(prop->name, "linux,phandle")) && prop->length == 4)
        np->phandle = be32_to_cpu(*static_cast<const __be32 *>(prop->value));
}

// Depth is bounded by what the specification's users ever have; the arrays avoid recursion on a boot stack.
constexpr int max_depth = 32;

device_node *read_tree(fdt_reader &in) {
    device_node *open[max_depth];
    property **prop_tail[max_depth];
    device_node **child_tail[max_depth];
    device_node *root = nullptr;
    int depth = -1;

    for (;;) {
        switch (in.token()) {
        case fdt_begin_node: {
            if (depth + 1 == max_depth)
                bad_tree("nodes nested too deep", in.offset());
            device_node *np = new_node(in.node_name(), depth >= 0 ? open[depth] : nullptr);
            if (depth >= 0) {
                *child_tail[depth] = np;
                child_tail[depth] = &np->sibling;
            } else {
                root = np;
            }
            depth++;
            open[depth] = np;
            prop_tail[depth] = &np->properties;
            child_tail[depth] = &np->child;
            break;
        }
        case fdt_prop:
            if (depth < 0)
                bad_tree("property outside of a node", in.offset());
            add_property(open[depth], prop_tail[depth], in.read_property());
            break;
        case fdt_end_node:
            if (depth < 0)
                bad_tree("end of a node that was not begun", in.offset());
            depth--;
            break;
        case fdt_end:
            if (depth >= 0 || !root)
                bad_tree("end within a node", in.offset());
            return root;
        default:
            bad_tree("unknown token", in.offset());
        }
    }
}

} // namespace

void *of_boot_alloc(size_t bytes) {
    constexpr size_t chunk = 16384;
    static char *free_at;
    static size_t free_bytes;

    bytes = (bytes + 7) & ~size_t(7);
    if (bytes > free_bytes) {
        free_bytes = bytes > chunk ? bytes : chunk;
        free_at = static_cast<char *>(port_alloc(free_bytes, 8));
        if (!free_at)
            panic("device tree: no memory for %zu bytes\n", free_bytes);
    }
    void *p = free_at;
    free_at += bytes;
    free_bytes -= bytes;
    return p;
}

void unflatten_device_tree(void) {
    auto *blob = static_cast<const char *>(port_va(port_boot_info()->dtb_pa));

    if (!blob)
        panic("device tree: none at pa 0x%llx\n", static_cast<unsigned long long>(port_boot_info()->dtb_pa));
    fdt_reader in(blob);
    of_root = read_tree(in);
    of_tree_ready();
}

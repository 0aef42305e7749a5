// SPDX-License-Identifier: Apache-2.0
// Walking the device tree and asking nodes who they are (Linux: drivers/of/base.c). The tree never changes after boot,
// so nothing here locks.
#include "drivers/of/of_private.h"

#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/smp.h>

#include "drivers/of/cells.h"
#include "lib/ranges.h"

device_node *of_root;
EXPORT_SYMBOL(of_root);
device_node *of_chosen;
EXPORT_SYMBOL(of_chosen);
device_node *of_aliases;

namespace {

// phandles are small and dense in trees made by dtc: a table by handle, and a walk for the others.
constexpr u32 phandle_table_size = 4096;
device_node **phandle_table;
u32 phandle_limit;

// stem and number of an alias ("gpio", 3), and the node it stands for.
struct alias {
    const char *stem;
    size_t stem_length;
    int id;
    device_node *np;
    alias *next;
};
alias *aliases;

void read_aliases() {
    alias **tail = &aliases;
    property *pp;

    for_each_property_of_node(of_aliases, pp) {
        if (!strcmp(pp->name, "name") || !strcmp(pp->name, "phandle"))
            continue;
        device_node *np = of_find_node_by_path(static_cast<const char *>(pp->value));
        if (!np)
            continue;
        const char *digits = pp->name + strlen(pp->name);
        while (digits > pp->name && isdigit(digits[-1]))
            digits--;
        if (!*digits)
            continue;
        int id = 0;
        for (const char *p = digits; *p; p++)
            id = id * 10 + (*p - '0');
        auto *entry = static_cast<alias *>(of_boot_alloc(sizeof(alias)));
        *entry = {pp->name, static_cast<size_t>(digits - pp->name), id, np, nullptr};
        *tail = entry;
        tail = &entry->next;
    }
}

} // namespace

device_node *of_next_in_tree(const device_node *root, const device_node *np) {
    if (np->child)
        return np->child;
    while (np && np != root && !np->sibling)
        np = np->parent;
    return np && np != root ? np->sibling : nullptr;
}

void of_tree_ready() {
    device_node *np;

    for_each_of_allnodes(np) {
        if (np->phandle < phandle_table_size && np->phandle >= phandle_limit)
            phandle_limit = np->phandle + 1;
    }
    phandle_table = static_cast<device_node **>(of_boot_alloc((phandle_limit + 1) * sizeof(device_node *)));
    for_each_of_allnodes(np) {
        if (np->phandle && np->phandle < phandle_limit)
            phandle_table[np->phandle] = np;
    }
    of_chosen = of_find_node_by_path("/chosen");
    of_aliases = of_find_node_by_path("/aliases");
    if (of_aliases)
        read_aliases();
}

device_node *of_find_all_nodes(device_node *prev) {
    return prev ? of_next_in_tree(nullptr, prev) : of_root;
}
EXPORT_SYMBOL(of_find_all_nodes);

device_node *of_find_node_by_phandle(phandle handle) {
    device_node *np;

    if (!handle)
        return nullptr;
    if (handle < phandle_limit)
        return phandle_table[handle];
    for_each_of_allnodes(np) {
        if (np->phandle == handle)
            return np;
    }
    return nullptr;
}
EXPORT_SYMBOL(of_find_node_by_phandle);

bool of_node_name_eq(const device_node *np, const char *name) {
    return np && !strcmp(np->name, name);
}
EXPORT_SYMBOL(of_node_name_eq);

bool of_node_name_prefix(const device_node *np, const char *prefix) {
    return np && !strncmp(np->full_name, prefix, strlen(prefix));
}
EXPORT_SYMBOL(of_node_name_prefix);

// Of the nodes behind `from`, the first for which `wanted` says so.
template <typename F>
static device_node *find_from(device_node *from, F wanted) {
    device_node *np = of_find_all_nodes(from);
    while (np && !wanted(np))
        np = of_find_all_nodes(np);
    return np;
}

static bool node_is_type(const device_node *np, const char *type) {
    const char *match = static_cast<const char *>(of_get_property(np, "device_type", nullptr));

    return match && !strcmp(match, type);
}

device_node *of_find_node_by_name(device_node *from, const char *name) {
    return find_from(from, [&](device_node *np) { return of_node_name_eq(np, name); });
}
EXPORT_SYMBOL(of_find_node_by_name);

device_node *of_find_node_by_type(device_node *from, const char *type) {
    return find_from(from, [&](device_node *np) { return node_is_type(np, type); });
}
EXPORT_SYMBOL(of_find_node_by_type);

device_node *of_find_compatible_node(device_node *from, const char *type, const char *compat) {
    return find_from(from, [&](device_node *np) {
        return (!type || node_is_type(np, type)) && of_device_is_compatible(np, compat);
    });
}
EXPORT_SYMBOL(of_find_compatible_node);

device_node *of_find_node_with_property(device_node *from, const char *prop_name) {
    return find_from(from, [&](device_node *np) { return of_find_property(np, prop_name, nullptr) != nullptr; });
}
EXPORT_SYMBOL(of_find_node_with_property);

device_node *of_find_matching_node_and_match(device_node *from, const of_device_id *matches,
                                             const of_device_id **match) {
    const of_device_id *row = nullptr;
    device_node *found = find_from(from, [&](device_node *np) { return (row = of_match_node(matches, np)); });

    if (match)
        *match = row;
    return found;
}
EXPORT_SYMBOL(of_find_matching_node_and_match);

// Paths

namespace {

// A piece of a path: some characters of a longer text.
struct piece {
    const char *text;
    size_t length;

    bool is(const char *name) const { return strlen(name) == length && !strncmp(name, text, length); }
    // Cuts off what stands before the first '/'.
    piece take_component() {
        const char *slash = strnchr(text, length, '/');
        const piece taken = {text, slash ? static_cast<size_t>(slash - text) : length};
        text += taken.length;
        length -= taken.length;
        return taken;
    }
    void skip_slashes() {
        for (; length && *text == '/'; length--)
            text++;
    }
};

// A child by its full name, or by its name alone where no full name fits.
device_node *child_called(const device_node *parent, const piece &component) {
    for (const char *device_node::*name : these(&device_node::full_name, &device_node::name))
        for (device_node *np = parent->child; np; np = np->sibling)
            if (component.is(np->*name))
                return np;
    return nullptr;
}

device_node *node_of_alias(const piece &name) {
    if (of_aliases)
        for (property *pp = of_aliases->properties; pp; pp = pp->next)
            if (name.is(pp->name))
                return of_find_node_by_path(static_cast<const char *>(pp->value));
    return nullptr;
}

} // namespace

device_node *of_find_node_opts_by_path(const char *path, const char **opts) {
    const char *colon = strchr(path, ':');
    piece rest = {path, colon ? static_cast<size_t>(colon - path) : strlen(path)};

    if (opts)
        *opts = colon ? colon + 1 : nullptr;
    device_node *np = *path == '/' ? of_root : node_of_alias(rest.take_component());
    for (rest.skip_slashes(); np && rest.length; rest.skip_slashes())
        np = child_called(np, rest.take_component());
    return np;
}
EXPORT_SYMBOL(of_find_node_opts_by_path);

device_node *of_get_parent(const device_node *node) {
    return node ? node->parent : nullptr;
}
EXPORT_SYMBOL(of_get_parent);

device_node *of_get_next_parent(device_node *node) {
    return node ? node->parent : nullptr;
}
EXPORT_SYMBOL(of_get_next_parent);

device_node *of_get_next_child(const device_node *node, device_node *prev) {
    if (!node)
        return nullptr;
    return prev ? prev->sibling : node->child;
}
EXPORT_SYMBOL(of_get_next_child);

device_node *of_get_next_available_child(const device_node *node, device_node *prev) {
    device_node *next = of_get_next_child(node, prev);

    while (next && !of_device_is_available(next))
        next = next->sibling;
    return next;
}
EXPORT_SYMBOL(of_get_next_available_child);

// The first of a row of siblings for which `wanted` says so.
template <typename F>
static device_node *find_in_row(device_node *first, F wanted) {
    while (first && !wanted(first))
        first = first->sibling;
    return first;
}

device_node *of_get_child_by_name(const device_node *node, const char *name) {
    return find_in_row(of_get_next_child(node, nullptr), [=](device_node *np) { return of_node_name_eq(np, name); });
}
EXPORT_SYMBOL(of_get_child_by_name);

device_node *of_get_compatible_child(const device_node *parent, const char *compatible) {
    return find_in_row(of_get_next_child(parent, nullptr),
                       [=](device_node *np) { return of_device_is_compatible(np, compatible) != 0; });
}
EXPORT_SYMBOL(of_get_compatible_child);

// CPUs

device_node *of_get_next_cpu_node(device_node *prev) {
    const device_node *cpus = prev ? nullptr : of_find_node_by_path("/cpus");
    const auto is_cpu = [](device_node *np) { return of_node_name_eq(np, "cpu") || node_is_type(np, "cpu"); };

    return find_in_row(prev ? prev->sibling : of_get_next_child(cpus, nullptr), is_cpu);
}
EXPORT_SYMBOL(of_get_next_cpu_node);

static u64 cpu_node_hwid(device_node *np) {
    int length;
    auto *reg = static_cast<const __be32 *>(of_get_property(np, "reg", &length));

    return reg ? of_read_number(reg, length / 4) : INVALID_HWID;
}

device_node *of_get_cpu_node(int cpu, unsigned int *thread) {
    device_node *np;

    if (thread)
        *thread = 0;
    for_each_of_cpu_node(np) {
        if (cpu_node_hwid(np) == cpu_logical_map(cpu))
            return np;
    }
    return nullptr;
}
EXPORT_SYMBOL(of_get_cpu_node);

int of_cpu_node_to_id(device_node *np) {
    u64 hwid = cpu_node_hwid(np);
    int cpu;

    for_each_possible_cpu (cpu) {
        if (cpu_logical_map(cpu) == hwid)
            return cpu;
    }
    return -ENODEV;
}
EXPORT_SYMBOL(of_cpu_node_to_id);

// What a node says it is

bool of_device_is_available(const device_node *device) {
    if (!device)
        return false;
    auto *status = static_cast<const char *>(of_get_property(device, "status", nullptr));
    return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}
EXPORT_SYMBOL(of_device_is_available);

// 0: no; else the more the earlier `compat` stands in the list.
int of_device_is_compatible(const device_node *device, const char *compat) {
    int score = INT_MAX / 2;

    for (const char *entry : strings_in(of_find_property(device, "compatible", nullptr))) {
        if (!strcasecmp(entry, compat))
            return score;
        score -= 4; // more than a type and a name can make up for
    }
    return 0;
}
EXPORT_SYMBOL(of_device_is_compatible);

int of_device_compatible_match(device_node *device, const char *const *compat) {
    int best = 0;

    for (; compat && *compat; compat++)
        best = max(best, of_device_is_compatible(device, *compat));
    return best;
}
EXPORT_SYMBOL_GPL(of_device_compatible_match);

int of_machine_is_compatible(const char *compat) {
    return of_device_is_compatible(of_root, compat);
}
EXPORT_SYMBOL(of_machine_is_compatible);

namespace {

// A row of a table as it fits a node (Linux: __of_device_is_compatible).
struct fitting {
    const of_device_id *row;
    int score = 0; // 0: not at all

    // A compatible weighs more than a type, that more than a name. What a row says must be so.
    fitting(const of_device_id &r, const device_node *node)
        : row(&r) {
        const bool type_is = r.type[0] && node_is_type(node, r.type),
                   name_is = r.name[0] && of_node_name_eq(node, r.name);
        const int compatible = r.compatible[0] ? of_device_is_compatible(node, r.compatible) : 0;

        if ((r.compatible[0] && !compatible) || (r.type[0] && !type_is) || (r.name[0] && !name_is))
            return;
        score = compatible + 2 * type_is + name_is;
    }
};

// The rows of a table, up to the empty one that ends it.
struct rows_of {
    const of_device_id *table;

    struct row {
        const of_device_id *at;
        bool operator!=(const void *) const { return at->name[0] || at->type[0] || at->compatible[0]; }
        const of_device_id &operator*() const { return *at; }
        void operator++() { at++; }
    };
    row begin() const { return {table}; }
    const void *end() const { return nullptr; }
};

} // namespace

// The row that fits best; of equals the first.
const of_device_id *of_match_node(const of_device_id *matches, const device_node *node) {
    static const of_device_id no_rows = {};
    fitting best(no_rows, node);

    for (const of_device_id &row : rows_of{matches && node ? matches : &no_rows})
        if (const fitting candidate(row, node); candidate.score > best.score)
            best = candidate;
    return best.score ? best.row : nullptr;
}
EXPORT_SYMBOL(of_match_node);

// An address is one of the parent's bus, so the parent says how many cells it has; where it says nothing, the nearest
// node above that does.
static int inherited_cells(const device_node *np, const char *name, int otherwise) {
    const device_node *bus = np->parent ? np->parent : np;
    u32 cells = static_cast<u32>(otherwise);

    while (bus && of_property_read_u32(bus, name, &cells))
        bus = bus->parent;
    return static_cast<int>(cells);
}

int of_n_addr_cells(device_node *np) {
    return inherited_cells(np, "#address-cells", 1);
}
EXPORT_SYMBOL(of_n_addr_cells);

int of_n_size_cells(device_node *np) {
    return inherited_cells(np, "#size-cells", 1);
}
EXPORT_SYMBOL(of_n_size_cells);

// The largest number of an alias of this stem that `wanted` accepts.
template <typename F>
static int alias_number(const char *stem, F wanted) {
    int number = -ENODEV;

    for (const alias *a = aliases; a; a = a->next)
        if (strlen(stem) == a->stem_length && !strncmp(a->stem, stem, a->stem_length) && wanted(*a))
            number = max(number, a->id);
    return number;
}

int of_alias_get_id(device_node *np, const char *stem) {
    return alias_number(stem, [np](const alias &a) { return a.np == np; });
}
EXPORT_SYMBOL_GPL(of_alias_get_id);

int of_alias_get_highest_id(const char *stem) {
    return alias_number(stem, [](const alias &) { return true; });
}
EXPORT_SYMBOL_GPL(of_alias_get_highest_id);

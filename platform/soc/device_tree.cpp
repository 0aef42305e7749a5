// SPDX-License-Identifier: Apache-2.0
#include "platform/soc/device_tree.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <libfdt.h>
#include <stdexcept>

namespace rk3568 {

namespace {

uint64_t number(const fdt32_t *at, int count) {
    uint64_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 32 | fdt32_to_cpu(at[i]);
    return value;
}

} // namespace

void device_tree::fail(int node, const std::string &why) const {
    throw std::runtime_error(fmt::format("{}: {}: {}", m_path, node_path(node), why));
}

std::string device_tree::node_path(int node) const {
    char text[256];
    return fdt_get_path(m_blob.data(), node, text, sizeof text) == 0 ? text : "?";
}

std::vector<int> device_tree::compatible(const char *name) const {
    std::vector<int> nodes;
    for (int at = fdt_node_offset_by_compatible(m_blob.data(), -1, name); at >= 0;
         at = fdt_node_offset_by_compatible(m_blob.data(), at, name)) {
        const char *status = static_cast<const char *>(fdt_getprop(m_blob.data(), at, "status", nullptr));
        if (!status || std::strcmp(status, "okay") == 0 || std::strcmp(status, "ok") == 0)
            nodes.push_back(at);
    }
    return nodes;
}

std::vector<device_tree::window> device_tree::reg(int node) const {
    const int parent = fdt_parent_offset(m_blob.data(), node);
    const int address_cells = fdt_address_cells(m_blob.data(), parent);
    const int size_cells = fdt_size_cells(m_blob.data(), parent);
    int length = 0;
    const auto *data = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), node, "reg", &length));
    if (!data || address_cells < 1 || size_cells < 0)
        fail(node, "expected a reg property");
    const int entry = address_cells + size_cells;
    if (length <= 0 || length % (4 * entry))
        fail(node, fmt::format("expected reg in groups of {} cells, got {} bytes", entry, length));
    std::vector<window> windows;
    for (int i = 0; i < length / 4; i += entry)
        windows.push_back({number(data + i, address_cells), number(data + i + address_cells, size_cells)});
    return windows;
}

std::vector<device_tree::interrupt> device_tree::interrupts(int node) const {
    int length = 0;
    const auto *data = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), node, "interrupts", &length));
    if (!data || length % 12)
        fail(node, "expected interrupts in groups of three cells (type, number, flags)");
    std::vector<interrupt> list;
    for (int i = 0; i < length / 4; i += 3)
        list.push_back({fdt32_to_cpu(data[i]) == 1, fdt32_to_cpu(data[i + 1]), fdt32_to_cpu(data[i + 2])});
    return list;
}

int device_tree::alias(int node, const char *prefix) const {
    const int aliases = fdt_path_offset(m_blob.data(), "/aliases");
    const std::string target = node_path(node);
    int property = 0;
    for (property = fdt_first_property_offset(m_blob.data(), aliases); property >= 0;
         property = fdt_next_property_offset(m_blob.data(), property)) {
        const char *name = nullptr;
        const auto *path = static_cast<const char *>(fdt_getprop_by_offset(m_blob.data(), property, &name, nullptr));
        const size_t length = std::strlen(prefix);
        if (path && name && target == path && std::strncmp(name, prefix, length) == 0 && name[length])
            return std::atoi(name + length);
    }
    return -1;
}

bool device_tree::has(int node, const char *property) const {
    return fdt_getprop(m_blob.data(), node, property, nullptr) != nullptr;
}

uint32_t device_tree::u32(int node, const char *property, uint32_t otherwise) const {
    int length = 0;
    const auto *data = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), node, property, &length));
    return data && length >= 4 ? fdt32_to_cpu(*data) : otherwise;
}

uint32_t device_tree::clock(int node, uint32_t otherwise) const {
    const std::vector<uint32_t> clocks = cells(node, "clocks");
    const int source = clocks.empty() ? -1 : fdt_node_offset_by_phandle(m_blob.data(), clocks[0]);
    const uint32_t hz = source < 0 ? otherwise : u32(source, "clock-frequency", otherwise);
    if (!hz)
        fail(source, "expected a clock-frequency above 0");
    return hz;
}

std::vector<uint32_t> device_tree::cells(int node, const char *property) const {
    int length = 0;
    const auto *data = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), node, property, &length));
    std::vector<uint32_t> list;
    for (int i = 0; data && i < length / 4; ++i)
        list.push_back(fdt32_to_cpu(data[i]));
    return list;
}

std::vector<int> device_tree::core_nodes() const {
    std::vector<int> nodes;
    const int cpus = fdt_path_offset(m_blob.data(), "/cpus");
    int at = 0;
    if (cpus >= 0)
        fdt_for_each_subnode(at, m_blob.data(), cpus) {
            const char *type = static_cast<const char *>(fdt_getprop(m_blob.data(), at, "device_type", nullptr));
            if (type && std::strcmp(type, "cpu") == 0)
                nodes.push_back(at);
        }
    return nodes;
}

std::vector<uint64_t> device_tree::cores() const {
    std::vector<uint64_t> list;
    for (int node : core_nodes())
        list.push_back(reg(node).at(0).base);
    if (list.empty())
        throw std::runtime_error(fmt::format("{}: expected at least one cpu node in /cpus", m_path));
    return list;
}

device_tree::window device_tree::settle_memory(window least, window own, std::string &note) {
    const auto memory_node = [this](int after) {
        return fdt_node_offset_by_prop_value(m_blob.data(), after, "device_type", "memory", sizeof "memory");
    };
    size_t banks = 0;
    for (int at = memory_node(-1); at >= 0; at = memory_node(at))
        for (const window &bank : has(at, "reg") ? reg(at) : std::vector<window>()) {
            ++banks;
            if (bank.base <= least.base && bank.size > least.base - bank.base &&
                bank.size - (least.base - bank.base) >= least.size)
                return bank;
        }
    note = banks ? fmt::format("{}: none of its {} banks of memory has {} MiB from {:#x} on: the simulation's own "
                               "memory stands in their place",
                               m_path, banks, least.size >> 20, least.base)
                 : fmt::format("{}: it has no memory, which a boot loader would write: the simulation's own is taken",
                               m_path);
    for (int at = memory_node(-1); at >= 0; at = memory_node(-1))
        fdt_del_node(m_blob.data(), at);
    m_blob.resize(m_blob.size() + 1024);
    void *tree = m_blob.data();
    int error = fdt_open_into(tree, tree, static_cast<int>(m_blob.size()));
    const int address_cells = fdt_address_cells(tree, 0), size_cells = fdt_size_cells(tree, 0);
    const int node = error ? error : fdt_add_subnode(tree, 0, fmt::format("memory@{:x}", own.base).c_str());
    if (node < 0)
        throw std::runtime_error(fmt::format("{}: no memory can be added: {}", m_path, fdt_strerror(node)));
    std::vector<fdt32_t> cells;
    for (const auto &[value, count] : {std::pair{own.base, address_cells}, {own.size, size_cells}})
        for (int i = count; i-- > 0;)
            cells.push_back(cpu_to_fdt32(i < 2 ? static_cast<uint32_t>(value >> (32 * i)) : 0));
    error = fdt_setprop_string(tree, node, "device_type", "memory");
    if (!error)
        error = fdt_setprop(tree, node, "reg", cells.data(), static_cast<int>(cells.size() * sizeof cells[0]));
    if (error)
        throw std::runtime_error(fmt::format("{}: no memory can be added: {}", m_path, fdt_strerror(error)));
    return own;
}

uint64_t device_tree::highest_frequency() const {
    uint64_t highest = 0;
    for (int table : compatible("operating-points-v2")) {
        int at = 0;
        fdt_for_each_subnode(at, m_blob.data(), table) {
            int length = 0;
            const auto *hz = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), at, "opp-hz", &length));
            if (hz && length == 8)
                highest = std::max(highest, number(hz, 2));
        }
    }
    return highest;
}

std::string device_tree::node_at(uint64_t address) const {
    int best = -1;
    uint64_t best_size = ~0ull;
    for (int node = fdt_next_node(m_blob.data(), -1, nullptr); node >= 0;
         node = fdt_next_node(m_blob.data(), node, nullptr)) {
        const int parent = fdt_parent_offset(m_blob.data(), node);
        int length = 0;
        const auto *data = static_cast<const fdt32_t *>(fdt_getprop(m_blob.data(), node, "reg", &length));
        if (!data || parent < 0 || fdt_address_cells(m_blob.data(), parent) != 2 ||
            fdt_size_cells(m_blob.data(), parent) != 2)
            continue;
        for (int i = 0; i + 4 <= length / 4; i += 4) {
            const uint64_t base = number(data + i, 2), size = number(data + i + 2, 2);
            if (address - base < size && size < best_size)
                best = node, best_size = size;
        }
    }
    return best < 0 ? "" : node_path(best);
}

void device_tree::keep_cores(unsigned count) {
    m_silicon = cores();
    for (;;) {
        const std::vector<int> nodes = core_nodes();
        if (nodes.size() <= count)
            return;
        const int error = fdt_del_node(m_blob.data(), nodes.back());
        if (error)
            throw std::runtime_error(fmt::format("{}: {}: cannot be left out for --cpus {}: {}", m_path,
                                                 node_path(nodes.back()), count, fdt_strerror(error)));
    }
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// A flattened device tree as the platform reads it (libfdt): what there is, where, and on which interrupt.
#ifndef RK3568_PLATFORM_SOC_DEVICE_TREE_H
#define RK3568_PLATFORM_SOC_DEVICE_TREE_H

#include <cstdint>
#include <string>
#include <vector>

namespace rk3568 {

class device_tree {
public:
    struct window {
        uint64_t base, size;
    };
    // An interrupt of the GIC (#interrupt-cells 3): INTID and whether it is level-triggered.
    struct interrupt {
        bool ppi;
        unsigned number; // within SPIs or PPIs
        unsigned flags;
    };

    // A blob that was checked, and the path of its file, for messages.
    device_tree(std::string path, std::vector<char> blob)
        : m_path(std::move(path))
        , m_blob(std::move(blob)) {}

    const std::string &path() const { return m_path; }
    const std::vector<char> &blob() const { return m_blob; }

    // Offsets of the enabled nodes with this compatible string, in the order of the tree.
    std::vector<int> compatible(const char *name) const;
    std::string node_path(int node) const;
    // `reg`, read with the parent's #address-cells and #size-cells. Throws if it is missing or of the wrong length.
    std::vector<window> reg(int node) const;
    std::vector<interrupt> interrupts(int node) const;
    // The number in the alias of a node, such as 3 of gpio3 = &...; -1 if there is none with this prefix.
    int alias(int node, const char *prefix) const;
    bool has(int node, const char *property) const;
    uint32_t u32(int node, const char *property, uint32_t otherwise) const;
    // The rate in Hz of its first clock, if that is a fixed one. Throws if it is 0.
    uint32_t clock(int node, uint32_t otherwise) const;
    // All cells of a property; empty if it is missing.
    std::vector<uint32_t> cells(int node, const char *property) const;

    // MPIDR affinities of the enabled cores; highest operating point, 0 if none is named.
    std::vector<uint64_t> cores() const;
    // The same of all cores that the tree had before keep_cores().
    std::vector<uint64_t> silicon() const { return m_silicon.empty() ? cores() : m_silicon; }
    // Path of the node whose reg contains an address, the smallest window first; empty if there is none.
    std::string node_at(uint64_t address) const;
    uint64_t highest_frequency() const;
    // The memory that the simulation has: the tree's bank that contains `least`. Without such a bank the tree gets a
    // memory node with `own` in place of what it says, and `note` tells the user. Boards' trees have no memory: their
    // boot loader writes it, in banks around its own.
    window settle_memory(window least, window own, std::string &note);
    // Leaves only the first `count` cores.
    void keep_cores(unsigned count);

private:
    [[noreturn]] void fail(int node, const std::string &why) const;
    std::vector<int> core_nodes() const;

    std::string m_path;
    std::vector<char> m_blob;
    std::vector<uint64_t> m_silicon;
};

} // namespace rk3568

#endif

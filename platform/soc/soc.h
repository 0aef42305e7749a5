// SPDX-License-Identifier: Apache-2.0
//
// The SoC, assembled from the device tree: cluster, interconnect, DRAM, GIC and what else the tree names and a
// model exists for. Nodes without a model are left out, and an access to them is answered with a bus error and a note
// that names the node.
#ifndef RK3568_PLATFORM_SOC_SOC_H
#define RK3568_PLATFORM_SOC_SOC_H

#include "hw/bus/interconnect.h"
#include "hw/cortex_a55/cluster.h"
#include "hw/dram/dram.h"
#include "hw/gicv3/gicv3.h"
#include "hw/grf/grf.h"
#include "hw/msi_generator/msi_generator.h"
#include "hw/rk_gpio/gpio_bank.h"
#include "hw/uart/dw_apb_uart.h"
#include "platform/memory/arena.h"
#include "platform/options.h"
#include "platform/soc/device_tree.h"

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <systemc>
#include <vector>

namespace rk3568 {

class soc : public sc_core::sc_module {
public:
    // Throws std::runtime_error with one line when the tree describes something that cannot be built.
    soc(const sc_core::sc_module_name &name, const device_tree &tree, arena &memory, cpu_page &page,
        const options &wanted);
    ~soc() override;

    std::unique_ptr<interconnect> bus;
    std::unique_ptr<dram> memory;
    std::unique_ptr<cluster> cpu;
    std::unique_ptr<gicv3> gic;
    std::array<std::unique_ptr<gpio_bank>, options::gpio_banks> gpio; // by alias; null where the tree has none
    std::vector<std::unique_ptr<msi_generator>> msi_generators;
    std::map<unsigned, std::unique_ptr<dw_apb_uart>> uarts; // by the alias serialN

    std::vector<std::unique_ptr<grf>> grfs;

    bool all_alarms_kept = true; // no GPIO bank has events of its own
    // By how much the cores may run ahead of each other, and no interrupt comes late, no counter runs backwards.
    sc_core::sc_time exact_lookahead() const;

    // What the RK3568's firmware (TF-A BL31) leaves behind, by secure accesses. Call once, before software starts.
    void run_firmware();

private:
    // The interconnect's socket for a window of the tree. Throws where the window cannot be.
    tlm_utils::simple_initiator_socket<interconnect> &socket(const device_tree &tree, const std::string &name,
                                                             const device_tree::window &window,
                                                             const bus_latency &latency);
    void build_gic(const device_tree &tree, const options &wanted);
    void build_gpio(const device_tree &tree, const options &wanted);
    void build_msi_generators(const device_tree &tree);
    void build_uarts(const device_tree &tree);
    void build_grfs(const device_tree &tree);
    unsigned spi_of(const device_tree &tree, int node) const;
    void firmware_write(uint64_t offset, unsigned size, uint64_t value);

    tlm_utils::simple_initiator_socket<soc> m_firmware{"firmware"};
    uint64_t m_gic_base = 0;
    std::set<std::string> m_named;    // blocks without a model that the user was told of
    sc_core::sc_time m_firmware_time; // when the next of firmware's accesses happens: all within the first microseconds
};

} // namespace rk3568

#endif

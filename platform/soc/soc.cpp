// SPDX-License-Identifier: Apache-2.0
#include "platform/soc/soc.h"

#include "hw/bus/attributes.h"
#include "hw/rk_gpio/rk_gpio.h"
#include "hw/rk_gpio/rk_gpio_lockstep.h"
#include "hw/rk_gpio/rk_gpio_rtl.h"
#include "platform/soc/timing_table.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fmt/format.h>
#include <stdexcept>

namespace rk3568 {

soc::soc(const sc_core::sc_module_name &name, const device_tree &tree, arena &storage, cpu_page &page,
         const options &wanted)
    : sc_module(name) {
    bus = std::make_unique<interconnect>("bus");
    memory = std::make_unique<dram>("dram", arena::host(storage.dram_base()), storage.dram_size());
    bus->map("dram", storage.dram_base(), storage.dram_size(), bus_latency::memory()).bind(memory->bus);
    m_firmware.bind(bus->masters);

    cluster_params params;
    params.mpidr = tree.cores();
    if (params.mpidr.size() > arena::most_cpus)
        throw std::runtime_error(
            fmt::format("{}: expected at most {} cores, got {}", tree.path(), arena::most_cpus, params.mpidr.size()));
    params.frequency =
        wanted.cpu_freq_hz.value_or(tree.highest_frequency() ? tree.highest_frequency() : params.frequency);
    params.cached = wanted.timing == timing_model::cached;
    if (wanted.timing_table)
        read_timing_table(*wanted.timing_table, params.charges);
    if (wanted.timing == timing_model::functional) { // a nanosecond a block, and nothing else
        params.frequency = 1000000000;
        for (charge_entry &entry : params.charges)
            entry.value = entry.low = entry.high = 0;
    }
    cpu = std::make_unique<cluster>("cluster", page, params);
    for (core &c : cpu->cores) {
        c.bus.bind(bus->masters);
        c.bus_timing.bind(bus->timing);
    }

    build_gic(tree, wanted);
    // Where blocks take a nanosecond regardless of what they do, nothing is exact that a shorter lookahead could keep
    // so.
    const bool functional = wanted.timing == timing_model::functional;
    cpu->set_lookahead(wanted.lookahead.value_or(functional ? sc_core::sc_time(1, sc_core::SC_US) : exact_lookahead()));
    build_gpio(tree, wanted);
    build_msi_generators(tree);
    build_uarts(tree);
    build_grfs(tree);
    bus->on_unmapped = [this, &tree](uint64_t address, bool write) {
        const std::string node = tree.node_at(address);
        if (m_named.insert(node).second)
            std::fprintf(stderr, "rk3568-sim: note: a %s at 0x%" PRIx64 " is answered with a bus error: %s\n",
                         write ? "write" : "read", address,
                         node.empty() ? "nothing in the device tree has that address"
                                      : (node + " is not modelled").c_str());
    };
    gic->keep_alarms_in(cpu->alarms());
    for (auto &bank : gpio)
        if (bank)
            all_alarms_kept &= bank->keep_alarms_in(cpu->alarms());
}

soc::~soc() = default;

tlm_utils::simple_initiator_socket<interconnect> &soc::socket(const device_tree &tree, const std::string &name,
                                                              const device_tree::window &window,
                                                              const bus_latency &latency) {
    const std::string other = bus->mapped(window.base, window.size);
    if (!other.empty() || !window.size || window.base + window.size < window.base)
        throw std::runtime_error(fmt::format("{}: {}: expected a window of its own, got {:#x} bytes at {:#x}{}",
                                             tree.path(), name, window.size, window.base,
                                             other.empty() ? "" : ", where " + other + " is"));
    return bus->map(name, window.base, window.size, latency);
}

sc_core::sc_time soc::exact_lookahead() const {
    return std::min(gic->soonest(), cluster::longest_lookahead());
}

void soc::build_gic(const device_tree &tree, const options &wanted) {
    const std::vector<int> nodes = tree.compatible("arm,gic-v3");
    if (nodes.size() != 1)
        throw std::runtime_error(fmt::format("{}: expected one interrupt controller compatible with arm,gic-v3, got {}",
                                             tree.path(), nodes.size()));
    const auto windows = tree.reg(nodes[0]);
    if (windows.size() < 2)
        throw std::runtime_error(fmt::format("{}: {}: expected reg with the distributor and the redistributors",
                                             tree.path(), tree.node_path(nodes[0])));
    gicv3_params params;
    // All redistributors of the silicon: those of cores that --cpus leaves out stay asleep, and the map stays.
    params.aff.clear();
    for (const uint64_t mpidr : tree.silicon())
        params.aff.push_back(static_cast<uint32_t>((mpidr >> 8 & 0xff000000) | (mpidr & 0xffffff)));
    params.ds = wanted.gic == gic_security::ds1;
    gic = std::make_unique<gicv3>("gic", params);
    m_gic_base = windows[0].base;
    if (windows[1].base != m_gic_base + gic->page(gicv3::frame::gicr_rd, 0))
        throw std::runtime_error(fmt::format("{}: expected the redistributors at {:#x} (GIC-600 page map), got {:#x}",
                                             tree.path(), m_gic_base + gic->page(gicv3::frame::gicr_rd, 0),
                                             windows[1].base));
    socket(tree, "gic", {m_gic_base, gic->span()}, bus_latency::gic()).bind(gic->bus);
    gic->dma.bind(bus->masters);
    for (core &c : cpu->cores) {
        const unsigned n = c.number();
        gic->nirq[n].bind(c.nirq);
        gic->nfiq[n].bind(c.nfiq);
        c.icc.bind(gic->icc[n]);
    }
    // The generic timer's PPIs, in the order in which the binding lists them: secure, non-secure, virtual, hypervisor.
    const std::vector<int> timers = tree.compatible("arm,armv8-timer");
    if (timers.empty())
        throw std::runtime_error(fmt::format("{}: expected a timer compatible with arm,armv8-timer", tree.path()));
    const auto ppis = tree.interrupts(timers[0]);
    const auto is_ppi = [](const device_tree::interrupt &i) { return i.ppi && i.number < 16; };
    if (ppis.size() < 4 || !std::all_of(ppis.begin(), ppis.end(), is_ppi))
        throw std::runtime_error(
            fmt::format("{}: {}: expected four PPIs from 0 to 15", tree.path(), tree.node_path(timers[0])));
    for (core &c : cpu->cores) {
        c.timer.out[generic_timer::phys].bind(gic->ppi(c.number(), ppis[1].number));
        c.timer.out[generic_timer::virt].bind(gic->ppi(c.number(), ppis[2].number));
        c.timer.out[generic_timer::hyp].bind(gic->ppi(c.number(), ppis[3].number));
    }
}

namespace {

std::unique_ptr<gpio_bank> make_bank(gpio_model model, const std::string &name) {
    switch (model) {
    case gpio_model::rtl:
        return std::make_unique<rk_gpio_rtl>(name.c_str());
    case gpio_model::lockstep:
        return std::make_unique<rk_gpio_lockstep>(name.c_str());
    case gpio_model::systemc:
        break;
    }
    return std::make_unique<rk_gpio>(name.c_str());
}

} // namespace

unsigned soc::spi_of(const device_tree &tree, int node) const {
    const auto line = tree.interrupts(node);
    if (line.empty() || line[0].ppi || line[0].number >= gic->params().spis)
        throw std::runtime_error(
            fmt::format("{}: {}: expected an SPI below {}", tree.path(), tree.node_path(node), gic->params().spis));
    return line[0].number;
}

void soc::build_gpio(const device_tree &tree, const options &wanted) {
    for (int node : tree.compatible("rockchip,gpio-bank")) {
        const int bank = tree.alias(node, "gpio");
        if (bank < 0 || bank >= static_cast<int>(gpio.size()))
            throw std::runtime_error(fmt::format("{}: {}: expected an alias gpio0 to gpio{}", tree.path(),
                                                 tree.node_path(node), gpio.size() - 1));
        const std::string name = fmt::format("gpio{}", bank);
        gpio[bank] = make_bank(wanted.gpio[bank], name);
        const auto window = tree.reg(node).at(0);
        socket(tree, name, window, bus_latency::peripheral()).bind(gpio[bank]->bus);
        if (direct_target *const target = gpio[bank]->direct())
            bus->allow_direct(window.base, *target);
        gpio[bank]->irq.bind(gic->spi[spi_of(tree, node)]);
    }
}

// The DeviceID of an ITS's device is the cell of its msi-parent; without one (messages to the distributor) it is 0.
void soc::build_msi_generators(const device_tree &tree) {
    for (int node : tree.compatible("rk3568-sim,msi-generator")) {
        const std::vector<uint32_t> parent = tree.cells(node, "msi-parent");
        const std::string name = fmt::format("msi{}", msi_generators.size());
        msi_generators.push_back(std::make_unique<msi_generator>(name.c_str(), parent.size() > 1 ? parent[1] : 0));
        msi_generator &generator = *msi_generators.back();
        const auto window = tree.reg(node).at(0);
        socket(tree, name, window, bus_latency::peripheral()).bind(generator.bus);
        generator.out.bind(bus->masters);
        generator.timing.bind(bus->timing);
    }
}

// Nothing is at the other end of the lines: they are idle.
void soc::build_uarts(const device_tree &tree) {
    for (int node : tree.compatible("snps,dw-apb-uart")) {
        const int number = tree.alias(node, "serial");
        if (number < 0 || number > 9)
            throw std::runtime_error(
                fmt::format("{}: {}: expected an alias serial0 to serial9", tree.path(), tree.node_path(node)));
        uart_params params;
        params.sclk.num = tree.clock(node, static_cast<uint32_t>(params.sclk.num));
        const std::string name = fmt::format("uart{}", number);
        auto &uart = uarts[static_cast<unsigned>(number)];
        uart = std::make_unique<dw_apb_uart>(name.c_str(), params);
        const auto window = tree.reg(node).at(0);
        socket(tree, name, window, bus_latency::peripheral()).bind(uart->bus);
        uart->irq.bind(gic->spi[spi_of(tree, node)]);
    }
}

// By the tree or, since drivers of pins reach for them by address, where the RK3568 has them.
void soc::build_grfs(const device_tree &tree) {
    struct place {
        const char *name, *compatible;
        device_tree::window window;
    };
    static constexpr place places[] = {{"pmugrf", "rockchip,rk3568-pmugrf", {0xfdc20000, 0x10000}},
                                       {"grf", "rockchip,rk3568-grf", {0xfdc60000, 0x10000}}};
    for (const place &p : places) {
        const std::vector<int> nodes = tree.compatible(p.compatible);
        const auto window = nodes.empty() ? p.window : tree.reg(nodes[0]).at(0);
        if (nodes.empty() && !bus->mapped(window.base, window.size).empty())
            continue;
        grfs.push_back(std::make_unique<grf>(p.name, window.size));
        socket(tree, p.name, window, bus_latency::peripheral()).bind(grfs.back()->bus);
    }
}

void soc::firmware_write(uint64_t offset, unsigned size, uint64_t value) {
    tlm::tlm_generic_payload trans;
    bus_attributes attributes;
    attributes.secure = true;
    attributes.arrived = true;
    trans.set_extension(&attributes);
    trans.set_command(tlm::TLM_WRITE_COMMAND);
    trans.set_address(m_gic_base + offset);
    trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
    trans.set_data_length(size);
    trans.set_streaming_width(size);
    trans.set_byte_enable_ptr(nullptr);
    trans.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay = m_firmware_time;
    m_firmware_time += sc_core::sc_time(10, sc_core::SC_NS);
    m_firmware->b_transport(trans, delay);
    trans.clear_extension(&attributes);
    if (!trans.is_response_ok())
        SC_REPORT_FATAL("/rk3568/soc", fmt::format("firmware's write at GIC offset {:#x} failed", offset).c_str());
}

// TF-A: gicv3_spis_config_defaults, gicv3_ppi_sgi_config_defaults, gic600_pwr_on, plat/rockchip/rk3568: everything
// Group 1 Non-secure, priority 0x80, level, disabled; SGI 14 Group 0, PPI 29 Group 1 Secure.
void soc::run_firmware() {
    enum : uint64_t { ctlr = 0x0, igroupr = 0x80, ipriorityr = 0x400, icfgr = 0xc00, igrpmodr = 0xd00 };
    enum : uint64_t { gicr_waker = 0x14, gicr_pwrr = 0x24 };
    constexpr uint64_t ares_both = 1u << 4 | 1u << 5, groups = 1u << 0 | 1u << 1 | 1u << 2;
    constexpr uint32_t highest_ns = 0x80808080;
    const uint64_t gicd = gic->page(gicv3::frame::gicd);
    const unsigned ids = 32 + gic->params().spis;

    // Redistributors first. Each takes a while to power up, and firmware polls until it has (gicv3_latency::power).
    for (core &c : cpu->cores) {
        firmware_write(gic->page(gicv3::frame::gicr_rd, c.number()) + gicr_pwrr, 4, 0);
        m_firmware_time += sc_core::sc_time(200, sc_core::SC_NS);
    }
    firmware_write(gicd + ctlr, 4, ares_both);
    for (unsigned id = 32; id < ids; id += 32)
        firmware_write(gicd + igroupr + id / 8, 4, 0xffffffff);
    for (unsigned id = 32; id < ids; id += 4)
        firmware_write(gicd + ipriorityr + id, 4, highest_ns);
    for (unsigned id = 32; id < ids; id += 16)
        firmware_write(gicd + icfgr + id / 4, 4, 0);
    firmware_write(gicd + ctlr, 4, ares_both | groups);
    for (core &c : cpu->cores) {
        const uint64_t rd = gic->page(gicv3::frame::gicr_rd, c.number());
        const uint64_t sgi = gic->page(gicv3::frame::gicr_sgi, c.number());
        firmware_write(rd + gicr_waker, 4, 0);
        firmware_write(sgi + igroupr, 4, ~(1u << 14 | 1u << 29));
        firmware_write(sgi + igrpmodr, 4, 1u << 29);
        for (unsigned id = 0; id < 32; id += 4)
            firmware_write(sgi + ipriorityr + id, 4, highest_ns);
        firmware_write(sgi + icfgr + 4, 4, 0);
        // ICC_SRE_EL3 and _EL2: system registers on, lower levels may see that; group enables as BL31 leaves them.
        const sysreg_origin el3{3, true, m_firmware_time};
        gic->icc[c.number()]->write_sysreg(sysreg(3, 6, 12, 12, 5), 0xf, el3);
        gic->icc[c.number()]->write_sysreg(sysreg(3, 4, 12, 9, 5), 0xf, el3);
        // A Secure ICC_PMR_EL1 of 0xff: below 0x80, Non-secure writes of it would be ignored.
        gic->icc[c.number()]->write_sysreg(sysreg(3, 0, 4, 6, 0), 0xff, el3);
    }
}

} // namespace rk3568

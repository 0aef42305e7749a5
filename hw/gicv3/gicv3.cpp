// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/gicv3.h"

#include "hw/gicv3/cpu_interface.h"
#include "hw/gicv3/distributor.h"
#include "hw/gicv3/its.h"
#include "hw/gicv3/redistributor.h"
#include "hw/regs/target.h"

#include <algorithm>
#include <fmt/format.h>

namespace rk3568 {

namespace {

constexpr unsigned page_shift = 16;
constexpr uint64_t page_size = 1ull << page_shift;

void check(bool good, const std::string &expectation) {
    if (!good)
        SC_REPORT_FATAL("/rk3568/gicv3", expectation.c_str());
}

const gicv3_params &checked(const gicv3_params &p) {
    check(!p.aff.empty() && p.aff.size() <= 64, fmt::format("1 to 64 cores expected, got {}", p.aff.size()));
    check(p.spis >= 1 && p.spis <= 988, fmt::format("1 to 988 SPIs expected, got {}", p.spis));
    check(p.address_bits >= 32 && p.address_bits <= 52,
          fmt::format("32 to 52 address bits expected, got {}", p.address_bits));
    check(p.clock_hz > 0, "a clock above 0 Hz expected");
    for (size_t i = 0; i < p.aff.size(); ++i) {
        check((p.aff[i] & 0xff) < 16, fmt::format("Aff0 below 16 expected, core {} has {:#x}", i, p.aff[i]));
        check(std::count(p.aff.begin(), p.aff.end(), p.aff[i]) == 1,
              fmt::format("different affinities expected, {:#x} is there twice", p.aff[i]));
    }
    return p;
}

} // namespace

struct gicv3::parts {
    gic::delivery delivery;
    gic::table_memory memory;
    gic::distributor gicd;
    gic::message_page gica;
    gic::frame gict{"GICT", page_size}; // error records and performance counters: read as zero
    gic::frame gicp{"GICP", page_size};
    gic::power_group power;
    std::vector<std::unique_ptr<gic::redistributor>> gicr;
    std::unique_ptr<gic::its> gits;
    std::vector<std::unique_ptr<gic::cpu_interface>> cpu;
    std::vector<register_file *> pages;

    parts(const gicv3_params &params, gicv3 &owner)
        : delivery(params, owner.m_due, owner.state)
        , memory(owner.dma, delivery)
        , gicd(delivery)
        , gica(delivery) {
        for (unsigned c = 0; c < params.aff.size(); ++c) {
            cpu.push_back(std::make_unique<gic::cpu_interface>(
                delivery, c, gic::cpu_interface::outputs{owner.nirq[c], owner.nfiq[c], owner.wake_request[c]}));
            gicr.push_back(std::make_unique<gic::redistributor>(delivery, memory, power, c));
        }
        pages = {&gicd, &gica, &gict, &gicp};
        if (params.its) {
            gits = std::make_unique<gic::its>(delivery, memory, gicr);
            pages.push_back(gits.get());
            pages.push_back(&gits->translation());
        }
        for (auto &r : gicr) {
            pages.push_back(r.get());
            pages.push_back(&r->sgi());
        }
        pages.push_back(&gicd); // GICDA
    }
};

gicv3::gicv3(const sc_core::sc_module_name &name, const gicv3_params &params)
    : sc_module(name)
    , spi("spi", checked(params).spis)
    , ppi_wires("ppi", 16 * params.aff.size())
    , secure_state("secure_state", params.aff.size())
    , nirq("nirq", params.aff.size())
    , nfiq("nfiq", params.aff.size())
    , wake_request("wake_request", params.aff.size())
    , icc("icc", params.aff.size())
    , m_due("due", [this](uint64_t ps) { m_parts->delivery.mature_at(ps); })
    , m_parts(std::make_unique<parts>(params, *this)) {
    bus.register_b_transport(this, &gicv3::b_transport);
    bus.register_transport_dbg(this, &gicv3::transport_dbg);

    const auto follow = [this](wire_in &wire, gic::interrupt &i) {
        wire.on_change([this, &i](bool level, const sc_core::sc_time &delay) {
            gic::delivery &d = m_parts->delivery;
            d.transact(delay, d.params().latency.distributor, [&] { d.line(i, level); });
        });
    };
    gic::delivery &d = m_parts->delivery;
    for (uint32_t n = 0; n < spi.size(); ++n)
        follow(spi[n], *d.find(gic::no_core, gic::private_ids + n));
    for (unsigned c = 0; c < d.cores(); ++c) {
        for (uint32_t n = 0; n < 16; ++n)
            follow(ppi(c, n), *d.find(c, 16 + n));
        icc[c].bind(*m_parts->cpu[c]);
        secure_state[c].on_change(
            [this, c](bool level, const sc_core::sc_time &delay) { m_parts->cpu[c]->secure_state(level, delay); });
    }
    reset.on_change([this](bool level, const sc_core::sc_time &delay) {
        if (level)
            reset_all(delay);
    });
    reset_all(sc_core::SC_ZERO_TIME);
}

gicv3::~gicv3() = default;

const gicv3_params &gicv3::params() const {
    return m_parts->delivery.params();
}

sc_core::sc_time gicv3::soonest() const {
    const gicv3_latency &l = params().latency;
    return time_of_ps(m_parts->delivery.cycles(std::min({l.distributor, l.rearbitration, l.sgi, l.lpi})));
}

uint64_t gicv3::span() const {
    return m_parts->pages.size() * page_size;
}

uint64_t gicv3::page(frame which, unsigned core) const {
    const unsigned redistributors = params().its ? 6 : 4;
    switch (which) {
    case frame::gicr_rd:
        return (redistributors + 2 * core) * page_size;
    case frame::gicr_sgi:
        return (redistributors + 2 * core + 1) * page_size;
    case frame::gicda:
        return span() - page_size;
    default:
        return static_cast<uint64_t>(which) * page_size;
    }
}

std::vector<const register_file *> gicv3::frames() const {
    return {m_parts->pages.begin(), m_parts->pages.end()};
}

register_file *gicv3::decode(uint64_t address) const {
    const uint64_t page = address >> page_shift;
    return page < m_parts->pages.size() ? m_parts->pages[page] : nullptr;
}

void gicv3::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
    register_file *file = decode(trans.get_address());
    if (!file || m_parts->memory.busy()) {
        trans.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
        return;
    }
    gic::delivery &d = m_parts->delivery;
    unsigned latency = d.params().latency.distributor;
    if (gic::its *its = m_parts->gits.get(); its && (file == its || file == &its->translation())) {
        const auto *device = trans.get_extension<msi_device>();
        its->device(device ? device->id : 0);
        latency = d.params().latency.lpi;
    }
    d.transact(delay, latency, [&] { serve(*file, trans.get_address() % page_size, trans, delay); });
}

unsigned gicv3::transport_dbg(tlm::tlm_generic_payload &trans) {
    register_file *file = decode(trans.get_address());
    if (!file || m_parts->memory.busy())
        return 0;
    if (trans.is_read())
        return serve_debug(*file, trans.get_address() % page_size, trans);
    gic::delivery &d = m_parts->delivery;
    unsigned done = 0;
    d.transact(sc_core::SC_ZERO_TIME, d.params().latency.distributor,
               [&] { done = serve_debug(*file, trans.get_address() % page_size, trans); });
    return done;
}

void gicv3::reset_all(const sc_core::sc_time &delay) {
    gic::delivery &d = m_parts->delivery;
    d.transact(delay, 0, [&] {
        d.reset();
        for (auto &cpu : m_parts->cpu)
            cpu->reset();
        for (register_file *file : m_parts->pages)
            file->reset_registers();
        m_parts->gicd.reset();
        for (auto &r : m_parts->gicr)
            r->reset();
        if (m_parts->gits)
            m_parts->gits->reset();
        d.look_again_everywhere();
    });
}

} // namespace rk3568

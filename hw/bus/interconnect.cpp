// SPDX-License-Identifier: Apache-2.0
#include "hw/bus/interconnect.h"

#include "hw/bus/attributes.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

using sc_core::SC_NS;
using sc_core::sc_time;

namespace rk3568 {

// No measurement of the RK3568's own bus was found. A GICD read on another Cortex-A55 SoC takes 222 cycles at 2 GHz,
// 110 ns (seL4 PR 1107); a GPIO read adds the APB at 100 MHz and two clock crossings: 180 ns, range 110..250. A posted
// write needs 120 ns to take effect, range 80..200. DRAM: 145..165 ns a load on RK3568 boards (sbc-bench ramlat). The
// split between the two paths is an estimate.
bus_latency bus_latency::peripheral() {
    return {sc_time(110, SC_NS), sc_time(120, SC_NS), sc_time(70, SC_NS)};
}
bus_latency bus_latency::gic() {
    return {sc_time(60, SC_NS), sc_time(70, SC_NS), sc_time(50, SC_NS)};
}
bus_latency bus_latency::memory() {
    return {sc_time(80, SC_NS), sc_time(80, SC_NS), sc_time(80, SC_NS)};
}

interconnect::interconnect(const sc_core::sc_module_name &name)
    : sc_module(name)
    , m_logged(spdlog::should_log(spdlog::level::trace)) {
    masters.register_b_transport(this, &interconnect::b_transport);
    masters.register_transport_dbg(this, &interconnect::transport_dbg);
    timing.bind(*static_cast<bus_timing_if *>(this));
}

std::string interconnect::mapped(uint64_t base, uint64_t size) const {
    for (const window &w : m_windows)
        if (base < w.base + w.size && w.base < base + size)
            return w.name;
    return {};
}

tlm_utils::simple_initiator_socket<interconnect> &interconnect::map(const std::string &name, uint64_t base,
                                                                    uint64_t size, const bus_latency &latency) {
    if (const std::string there = mapped(base, size); !there.empty())
        SC_REPORT_FATAL("/rk3568/bus", fmt::format("{} at {:#x} overlaps {}", name, base, there).c_str());
    m_sockets.emplace_back(sc_core::sc_gen_unique_name(("to_" + name).c_str()));
    const auto place = std::lower_bound(m_windows.begin(), m_windows.end(), base,
                                        [](const window &w, uint64_t b) { return w.base < b; });
    m_last = nullptr;
    m_windows.insert(place, {name, base, size, latency, &m_sockets.back()});
    return m_sockets.back();
}

const interconnect::window *interconnect::find(uint64_t address, uint64_t size) const {
    if (m_last && covers(*m_last, address, size))
        return m_last;
    auto after = std::upper_bound(m_windows.begin(), m_windows.end(), address,
                                  [](uint64_t a, const window &w) { return a < w.base; });
    if (after == m_windows.begin())
        return nullptr;
    const window &w = *--after;
    return covers(w, address, size) ? m_last = &w : nullptr;
}

sc_time interconnect::request_time(uint64_t address, bool write) const {
    const window *w = find(address, 1);
    if (!w)
        return write ? bus_latency::peripheral().write_request : bus_latency::peripheral().read_request;
    return write ? w->latency.write_request : w->latency.read_request;
}

void interconnect::allow_direct(uint64_t base, direct_target &target) {
    for (window &w : m_windows)
        if (w.base == base)
            w.direct = &target;
}

direct_way interconnect::direct(uint64_t address, unsigned size) const {
    const window *w = m_logged ? nullptr : find(address, size); // the log is of transactions
    return w && w->direct ? direct_way{w->direct, address - w->base, w->latency.response} : direct_way{};
}

std::string interconnect::name_of(uint64_t address) const {
    const window *w = find(address, 1);
    return w ? w->name : std::string();
}

namespace {

// What the transaction carries, as a register's value; of a longer one the first 8 bytes.
uint64_t value_of(const tlm::tlm_generic_payload &trans) {
    uint64_t value = 0;
    std::memcpy(&value, trans.get_data_ptr(), std::min<size_t>(trans.get_data_length(), sizeof(value)));
    return value;
}

} // namespace

void interconnect::b_transport(int, tlm::tlm_generic_payload &trans, sc_time &delay) {
    const uint64_t address = trans.get_address();
    const window *w = find(address, trans.get_data_length());
    const auto *attributes = trans.get_extension<bus_attributes>();
    if (!attributes || !attributes->arrived)
        delay += request_time(address, trans.is_write());
    if (!w) {
        if (on_unmapped)
            on_unmapped(address, trans.is_write());
        trans.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
        delay += bus_latency::peripheral().response;
        return;
    }
    trans.set_address(address - w->base);
    (*w->socket)->b_transport(trans, delay);
    trans.set_address(address);
    if (m_logged)
        spdlog::trace("{} {:x} {} {}+{:#x}", trans.is_write() ? "write" : "read", value_of(trans),
                      trans.is_write() ? "to" : "from", w->name, address - w->base);
    delay += w->latency.response;
}

unsigned interconnect::transport_dbg(int, tlm::tlm_generic_payload &trans) {
    const uint64_t address = trans.get_address();
    const window *w = find(address, 1);
    if (!w)
        return 0;
    trans.set_address(address - w->base);
    const unsigned done = (*w->socket)->transport_dbg(trans);
    trans.set_address(address);
    return done;
}

} // namespace rk3568

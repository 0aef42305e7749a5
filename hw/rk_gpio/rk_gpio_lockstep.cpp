// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/rk_gpio_lockstep.h"

#include "hw/rk_gpio/report.h"

#include <cstring>
#include <fmt/format.h>

namespace rk3568 {

namespace {

constexpr struct {
    uint64_t offset;
    const char *name;
} watched[] = {{0x50, "INT_STATUS"}, {0x58, "INT_RAWSTATUS"}, {0x70, "EXT_PORT"}};

} // namespace

rk_gpio_lockstep::rk_gpio_lockstep(const sc_core::sc_module_name &name, const gpio_params &params)
    : gpio_bank(name)
    , model("model", params)
    , rtl("rtl", params) {
    m_model_bus.bind(model.bus);
    m_rtl_bus.bind(rtl.bus);
    for (unsigned n = 0; n < pins; ++n) {
        m_model_pin[n].bind(model.pin[n]);
        m_rtl_pin[n].bind(rtl.pin[n]);
        model.pad[n].bind(m_model_out[n]);
        rtl.pad[n].bind(m_rtl_out[n]);
        m_wires[n].name = fmt::format("output {}", n);
    }
    model.irq.bind(m_model_out[pins]);
    rtl.irq.bind(m_rtl_out[pins]);
    m_wires[pins].name = "the interrupt line";
    for (unsigned n = 0; n <= pins; ++n) {
        compared_wire &wire = m_wires[n];
        wire_out &outside = n == pins ? irq : pad[n];
        m_model_out[n].on_change([this, &wire, &outside](bool level, const sc_core::sc_time &delay) {
            changed(wire, wire.model, wire.rtl, {time_of(*this, delay), level});
            outside.drive(level, delay);
        });
        m_rtl_out[n].on_change([this, &wire](bool level, const sc_core::sc_time &delay) {
            changed(wire, wire.rtl, wire.model, {time_of(*this, delay), level});
        });
    }
    rtl.leave_log_to_others(); // the model sees the same accesses
    SC_METHOD(check);
    sensitive << m_check;
    dont_initialize();
    SC_METHOD(close_window);
    sensitive << m_close;
    dont_initialize();
}

void rk_gpio_lockstep::on_window(window_report to) {
    m_window_report = std::move(to);
    const auto keep = [this](std::deque<bank_sample> &samples) {
        return [this, &samples](const bank_sample &sample) {
            samples.push_back(sample);
            if (samples.size() > samples_kept && !m_differs)
                samples.pop_front();
        };
    };
    model.watch(keep(m_window.model));
    rtl.watch(keep(m_window.rtl));
}

void rk_gpio_lockstep::end_of_simulation() {
    check_wires(~0ull);
    close_window();
}

void rk_gpio_lockstep::close_window() {
    if (!m_differs || m_closed || !m_window_report)
        return;
    m_closed = true;
    m_window.end_ps = sc_core::sc_time_stamp().value();
    m_window_report(m_window);
}

void rk_gpio_lockstep::changed(compared_wire &wire, std::deque<line_change> &mine, std::deque<line_change> &others,
                               line_change change) {
    if (others.empty()) {
        mine.push_back(change);
        m_check.notify(delay_until(*this, change.ps + tolerance_ps + 1));
        return;
    }
    const line_change other = others.front();
    others.pop_front();
    const uint64_t apart = other.ps > change.ps ? other.ps - change.ps : change.ps - other.ps;
    if (other.level == change.level && apart <= tolerance_ps)
        return;
    const bool model_now = &mine == &wire.model;
    const line_change &in_model = model_now ? change : other, &in_rtl = model_now ? other : change;
    differ(fmt::format("{} went {} at {} ps in the model, {} at {} ps in the RTL", wire.name,
                       in_model.level ? "high" : "low", in_model.ps, in_rtl.level ? "high" : "low", in_rtl.ps),
           std::min(in_model.ps, in_rtl.ps));
}

void rk_gpio_lockstep::check_wires(uint64_t now) {
    for (const compared_wire &wire : m_wires)
        for (const auto *side : {&wire.model, &wire.rtl})
            if (!side->empty() && side->front().ps + tolerance_ps < now) {
                const bool in_model = side == &wire.model;
                differ(fmt::format("{} went {} at {} ps in the {}, and did not in the {}", wire.name,
                                   side->front().level ? "high" : "low", side->front().ps, in_model ? "model" : "RTL",
                                   in_model ? "RTL" : "model"),
                       side->front().ps);
            }
}

void rk_gpio_lockstep::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
    const uint64_t ps = time_of(*this, delay), offset = trans.get_address();
    const unsigned size = trans.get_data_length();
    unsigned char *const data = trans.get_data_ptr();
    uint64_t other = 0;
    sc_core::sc_time rtl_delay = delay;
    if (trans.is_write() || size > sizeof other) {
        m_rtl_bus->b_transport(trans, rtl_delay);
    } else {
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&other));
        m_rtl_bus->b_transport(trans, rtl_delay);
        trans.set_data_ptr(data);
    }
    const auto rtl_response = trans.get_response_status();
    trans.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    m_model_bus->b_transport(trans, delay);

    uint64_t value = 0;
    if (size <= sizeof value)
        std::memcpy(&value, data, size);
    remember({trans.is_write() ? happening::write : happening::read, ps, offset, value});
    if (rtl_response != trans.get_response_status())
        differ(fmt::format("access at {:#x}: the model's response is {}, the RTL's {}", offset,
                           static_cast<int>(trans.get_response_status()), static_cast<int>(rtl_response)),
               ps);
    else if (trans.is_read() && trans.is_response_ok() && value != other)
        differ(
            fmt::format("read at {:#x} at {} ps: {:#010x} in the model, {:#010x} in the RTL", offset, ps, value, other),
            ps);
    compare_registers(ps);
}

unsigned rk_gpio_lockstep::transport_dbg(tlm::tlm_generic_payload &trans) {
    if (trans.is_write())
        m_rtl_bus->transport_dbg(trans);
    return m_model_bus->transport_dbg(trans);
}

void rk_gpio_lockstep::pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) {
    m_rtl_pin[n].drive(level, delay);
    m_model_pin[n].drive(level, delay);
    const uint64_t ps = time_of(*this, delay);
    remember({happening::pin, ps, n, level});
    compare_registers(ps);
}

uint32_t rk_gpio_lockstep::look(tlm_utils::simple_initiator_socket<rk_gpio_lockstep> &at, uint64_t offset) {
    uint32_t value = 0;
    tlm::tlm_generic_payload trans;
    trans.set_read();
    trans.set_address(offset);
    trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
    trans.set_data_length(sizeof value);
    trans.set_streaming_width(sizeof value);
    at->transport_dbg(trans);
    return value;
}

void rk_gpio_lockstep::compare_registers(uint64_t ps) {
    for (const auto &reg : watched) {
        const uint32_t in_model = look(m_model_bus, reg.offset), in_rtl = look(m_rtl_bus, reg.offset);
        if (in_model != in_rtl)
            differ(fmt::format("{} is {:#010x} in the model, {:#010x} in the RTL at {} ps", reg.name, in_model, in_rtl,
                               ps),
                   ps);
    }
}

void rk_gpio_lockstep::remember(const happening &h) {
    m_history.push_back(h);
    if (m_history.size() > history_length && !m_differs)
        m_history.pop_front();
    if (h.what == happening::pin || !m_window_report)
        return;
    m_window.accesses.push_back({h.ps, h.what == happening::write, static_cast<uint32_t>(h.where), register_at(h.where),
                                 static_cast<uint32_t>(h.value)});
    if (m_window.accesses.size() > samples_kept && !m_differs)
        m_window.accesses.pop_front();
}

const char *rk_gpio_lockstep::register_at(uint64_t offset) const {
    for (const reg_base *reg : model.registers())
        if (reg->offset() == offset)
            return reg->name();
    return "";
}

void rk_gpio_lockstep::differ(const std::string &what, uint64_t ps) {
    if (m_differs)
        return;
    m_differs = true;
    m_window.difference_ps = ps;
    if (m_window_report)
        m_close.notify(sc_core::sc_time::from_value(window_after_ps));
    const std::string text = fmt::format("{}: {}\n{}", name(), what, history());
    if (m_report)
        m_report(text);
    else
        SC_REPORT_FATAL("/rk3568/gpio/lockstep", text.c_str());
}

std::string rk_gpio_lockstep::history() const {
    std::string text = fmt::format("the last {} accesses and pin changes:", m_history.size());
    for (const happening &h : m_history) {
        text += fmt::format("\n{:>16} ps  ", h.ps);
        if (h.what == happening::pin)
            text += fmt::format("pin {} {}", h.where, h.value ? "high" : "low");
        else
            text += fmt::format("{} {:#04x} {:#010x}  {}", h.what == happening::write ? "write" : "read ", h.where,
                                h.value, register_at(h.where));
    }
    return text;
}

} // namespace rk3568

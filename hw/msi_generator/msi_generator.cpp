// SPDX-License-Identifier: Apache-2.0
#include "hw/msi_generator/msi_generator.h"

#include "hw/bus/attributes.h"

#include <algorithm>

namespace rk3568 {

using sc_core::sc_time;

msi_generator::msi_generator(const sc_core::sc_module_name &name, uint32_t device_id)
    : register_target(name, 0x1000)
    , m_device_id(device_id) {
    count_of_vectors.read_only().reset_value(vectors);
    send.write_only().on_write([this](const reg_write &w) { post(static_cast<unsigned>(w.value), w.from.delay); });
    sent.read_only();
    failed.read_only();
    count.on_write([this](const reg_write &w) {
        count = static_cast<uint32_t>(w.value);
        m_burst.cancel();
        next_of_burst(w.from.delay);
    });
    reset_registers();

    SC_METHOD(deliver);
    sensitive << m_arrival;
    dont_initialize();
    SC_METHOD(burst);
    sensitive << m_burst;
    dont_initialize();
}

void msi_generator::post(unsigned n, const sc_time &delay) {
    const uint64_t address = n < vectors ? static_cast<uint64_t>(address_hi[n]) << 32 | address_lo[n] : 0;
    if (!address) {
        failed = failed + 1;
        return;
    }
    const sc_time way = timing.size() ? timing->request_time(address, true) : sc_core::SC_ZERO_TIME;
    uint64_t arrival = (sc_core::sc_time_stamp() + delay + way).value();
    if (!m_posted.empty())
        arrival = std::max(arrival, m_posted.back().arrival);
    m_posted.push_back({arrival, address, data[n]});
    if (m_posted.size() == 1)
        m_arrival.notify(sc_time::from_value(arrival) - sc_core::sc_time_stamp());
}

void msi_generator::next_of_burst(const sc_time &delay) {
    if (count)
        m_burst.notify(delay + sc_time(std::max<uint32_t>(period, 1), sc_core::SC_NS));
}

void msi_generator::burst() {
    count = count - 1;
    post(vector, sc_core::SC_ZERO_TIME);
    next_of_burst(sc_core::SC_ZERO_TIME);
}

// The message is at its target now: time has passed on the way, so that what others do meanwhile comes first.
void msi_generator::deliver() {
    while (!m_posted.empty() && m_posted.front().arrival <= sc_core::sc_time_stamp().value()) {
        message m = m_posted.front();
        m_posted.pop_front();
        tlm::tlm_generic_payload trans;
        bus_attributes attributes;
        msi_device device;
        attributes.arrived = true;
        device.id = m_device_id;
        trans.set_extension(&attributes);
        trans.set_extension(&device);
        trans.set_command(tlm::TLM_WRITE_COMMAND);
        trans.set_address(m.address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&m.data));
        trans.set_data_length(sizeof m.data);
        trans.set_streaming_width(sizeof m.data);
        sc_time delay;
        out->b_transport(trans, delay);
        trans.clear_extension(&attributes);
        trans.clear_extension(&device);
        reg<uint32_t> &counter = trans.is_response_ok() ? sent : failed;
        counter = counter + 1;
    }
    if (!m_posted.empty())
        m_arrival.notify(sc_time::from_value(m_posted.front().arrival) - sc_core::sc_time_stamp());
}

} // namespace rk3568

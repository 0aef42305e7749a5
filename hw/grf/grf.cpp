// SPDX-License-Identifier: Apache-2.0
#include "hw/grf/grf.h"

#include <cstring>

namespace rk3568 {

grf::grf(const sc_core::sc_module_name &name, uint64_t span)
    : sc_module(name)
    , m_words(span / 4) {
    bus.register_b_transport(this, &grf::b_transport);
    bus.register_transport_dbg(this, &grf::transport_dbg);
}

void grf::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &) {
    const uint64_t address = trans.get_address();
    if (trans.get_byte_enable_ptr()) {
        trans.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        return;
    }
    if (trans.get_data_length() != 4 || trans.get_streaming_width() < 4 || address % 4) {
        trans.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
        return;
    }
    if (address / 4 >= m_words.size()) {
        trans.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
        return;
    }
    uint16_t &word = m_words[address / 4];
    uint32_t value = word;
    if (trans.is_write()) {
        std::memcpy(&value, trans.get_data_ptr(), sizeof value);
        const auto enabled = static_cast<uint16_t>(value >> 16);
        word = static_cast<uint16_t>((word & ~enabled) | (value & enabled));
    } else if (trans.is_read()) {
        std::memcpy(trans.get_data_ptr(), &value, sizeof value);
    }
    trans.set_response_status(tlm::TLM_OK_RESPONSE);
}

unsigned grf::transport_dbg(tlm::tlm_generic_payload &trans) {
    sc_core::sc_time none;
    if (trans.is_write())
        return 0;
    b_transport(trans, none);
    return trans.is_response_ok() ? 4 : 0;
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#include "hw/dram/dram.h"

#include <cstring>

namespace rk3568 {

dram::dram(const sc_core::sc_module_name &name, uint8_t *storage, uint64_t size)
    : sc_module(name)
    , m_storage(storage)
    , m_size(size) {
    bus.register_b_transport(this, &dram::b_transport);
    bus.register_transport_dbg(this, &dram::transport_dbg);
}

// Bursts of any length, with byte enables; false if the range is not all here.
bool dram::copy(tlm::tlm_generic_payload &trans) {
    const uint64_t address = trans.get_address();
    const unsigned length = trans.get_data_length();
    if (address > m_size || length > m_size - address)
        return false;
    uint8_t *memory = m_storage + address;
    uint8_t *data = trans.get_data_ptr();
    const uint8_t *enables = trans.get_byte_enable_ptr();
    for (unsigned i = 0; enables && i < length; ++i)
        if (enables[i % trans.get_byte_enable_length()] == TLM_BYTE_ENABLED)
            (trans.is_read() ? data[i] : memory[i]) = trans.is_read() ? memory[i] : data[i];
    if (!enables && trans.is_read())
        std::memcpy(data, memory, length);
    else if (!enables && trans.is_write())
        std::memcpy(memory, data, length);
    return true;
}

void dram::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &) {
    if (trans.get_streaming_width() < trans.get_data_length())
        trans.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    else
        trans.set_response_status(copy(trans) ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

unsigned dram::transport_dbg(tlm::tlm_generic_payload &trans) {
    return copy(trans) ? trans.get_data_length() : 0;
}

} // namespace rk3568

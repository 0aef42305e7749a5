// SPDX-License-Identifier: Apache-2.0
#include "hw/regs/target.h"

#include "hw/bus/attributes.h"

#include <cstring>

namespace rk3568 {

namespace {

reg_access access_of(tlm::tlm_generic_payload &trans, const sc_core::sc_time &delay, bool debug) {
    reg_access from;
    from.delay = delay;
    from.debug = debug;
    if (const auto *attributes = trans.get_extension<bus_attributes>()) {
        from.core = attributes->core;
        from.secure = attributes->secure;
    }
    return from;
}

tlm::tlm_response_status status_of(reg_response response) {
    switch (response) {
    case reg_response::ok:
        return tlm::TLM_OK_RESPONSE;
    case reg_response::size_error:
        return tlm::TLM_BURST_ERROR_RESPONSE;
    case reg_response::address_error:
        break;
    }
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
}

// Register buses carry one naturally aligned access of 1, 2, 4 or 8 bytes.
bool plain(const tlm::tlm_generic_payload &trans) {
    const unsigned size = trans.get_data_length();
    return (size == 1 || size == 2 || size == 4 || size == 8) && trans.get_address() % size == 0 &&
           trans.get_streaming_width() >= size;
}

reg_response access(register_file &file, uint64_t offset, tlm::tlm_generic_payload &trans, const reg_access &from) {
    const unsigned size = trans.get_data_length();
    uint64_t value = 0; // little-endian, as the host is: checked when the platform is configured
    if (trans.is_read()) {
        const reg_response response = file.read(offset, size, value, from);
        std::memcpy(trans.get_data_ptr(), &value, size);
        return response;
    }
    std::memcpy(&value, trans.get_data_ptr(), size);
    return file.write(offset, size, value, from);
}

} // namespace

void serve(register_file &file, uint64_t offset, tlm::tlm_generic_payload &trans, const sc_core::sc_time &delay) {
    if (trans.get_command() == tlm::TLM_IGNORE_COMMAND)
        trans.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
    else if (trans.get_byte_enable_ptr())
        trans.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    else if (!plain(trans))
        trans.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    else
        trans.set_response_status(status_of(access(file, offset, trans, access_of(trans, delay, false))));
}

unsigned serve_debug(register_file &file, uint64_t offset, tlm::tlm_generic_payload &trans) {
    if (trans.get_command() == tlm::TLM_IGNORE_COMMAND || trans.get_byte_enable_ptr() || !plain(trans))
        return 0;
    const auto from = access_of(trans, sc_core::SC_ZERO_TIME, true);
    return access(file, offset, trans, from) == reg_response::ok ? trans.get_data_length() : 0;
}

register_target::register_target(const sc_core::sc_module_name &name, uint64_t span)
    : sc_module(name)
    , register_file(static_cast<const char *>(name), span) {
    bus.register_b_transport(this, &register_target::b_transport);
    bus.register_transport_dbg(this, &register_target::transport_dbg);
}

void register_target::b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
    serve(*this, trans.get_address(), trans, delay);
}

unsigned register_target::transport_dbg(tlm::tlm_generic_payload &trans) {
    return serve_debug(*this, trans.get_address(), trans);
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/tlm_to_apb.h"

#include "hw/regs/log.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace rk3568 {

namespace {

// The slave has no error response; which offsets it decodes is known here for the log alone.
bool decoded(uint64_t address) {
    return address <= 0x48 || address == 0x50 || address == 0x58 || address == 0x60 || address == 0x64 ||
           address == 0x70 || address == 0x78;
}

} // namespace

std::optional<apb_transfer> tlm_to_apb::begin(tlm::tlm_generic_payload &trans, bool debug) {
    const unsigned size = trans.get_data_length();
    const uint64_t address = trans.get_address();
    if (trans.get_command() == tlm::TLM_IGNORE_COMMAND) {
        trans.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
        return {};
    }
    if (trans.get_byte_enable_ptr()) {
        trans.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        return {};
    }
    if ((size != 1 && size != 2 && size != 4 && size != 8) || address % size || trans.get_streaming_width() < size) {
        trans.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
        return {};
    }
    trans.set_response_status(tlm::TLM_OK_RESPONSE);
    if (!debug && !m_mute && (size != 4 || !decoded(address)))
        log_once(address, trans.is_write(), size);
    if (size != 4 || address > UINT16_MAX) {
        if (trans.is_read())
            std::memset(trans.get_data_ptr(), 0, size);
        return {};
    }
    apb_transfer transfer{trans.is_write(), static_cast<uint16_t>(address), 0};
    if (transfer.write)
        std::memcpy(&transfer.data, trans.get_data_ptr(), 4);
    return transfer;
}

void tlm_to_apb::end(tlm::tlm_generic_payload &trans, uint32_t read_data) {
    if (trans.is_read())
        std::memcpy(trans.get_data_ptr(), &read_data, 4);
}

void tlm_to_apb::log_once(uint64_t address, bool write, unsigned size) {
    const uint64_t key = address << 1 | static_cast<uint64_t>(write);
    const auto place = std::lower_bound(m_logged.begin(), m_logged.end(), key);
    if (place != m_logged.end() && *place == key)
        return;
    m_logged.insert(place, key);
    guest_error(fmt::format("{} of {} bytes at {:#x} ({}): no register takes it, {}", write ? "write" : "read", size,
                            address, m_name, write ? "ignored" : "reads as zero"));
}

} // namespace rk3568

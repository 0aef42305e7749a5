// SPDX-License-Identifier: Apache-2.0
//
// The GIC as a bus master: it reads and writes the tables of ITS and LPIs in memory.
#ifndef RK3568_HW_GICV3_TABLE_MEMORY_H
#define RK3568_HW_GICV3_TABLE_MEMORY_H

#include "hw/gicv3/delivery.h"
#include "hw/regs/log.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <tlm>

namespace rk3568::gic {

class table_memory {
public:
    using port = sc_core::sc_port_b<tlm::tlm_fw_transport_if<>>;

    table_memory(port &out, delivery &d)
        : m_out(out)
        , m_delivery(d) {}

    // True if memory answered; otherwise `data` is zeros (read) and the failure is in the log, once.
    bool read(uint64_t address, void *data, unsigned bytes) {
        std::memset(data, 0, bytes);
        return transfer(tlm::TLM_READ_COMMAND, address, static_cast<unsigned char *>(data), bytes);
    }
    bool write(uint64_t address, const void *data, unsigned bytes) {
        // A write does not change its data, but the payload has one pointer for both directions.
        auto *bytes_out = const_cast<unsigned char *>(static_cast<const unsigned char *>(data));
        return transfer(tlm::TLM_WRITE_COMMAND, address, bytes_out, bytes);
    }
    template <typename T>
    T get(uint64_t address) {
        T value{};
        read(address, &value, sizeof value);
        return value;
    }
    template <typename T>
    bool put(uint64_t address, T value) {
        return write(address, &value, sizeof value);
    }
    // A transfer is on its way: a table that lies in the GIC's own registers would lead back here.
    bool busy() const { return m_busy; }

private:
    bool transfer(tlm::tlm_command command, uint64_t address, unsigned char *data, unsigned bytes) {
        constexpr unsigned burst = 64;
        if (!m_out.size())
            return failed(address, "the dma socket is not bound");
        m_busy = true;
        bool ok = true;
        while (ok && bytes) {
            const unsigned now = std::min(bytes, burst - static_cast<unsigned>(address % burst));
            tlm::tlm_generic_payload trans;
            trans.set_command(command);
            trans.set_address(address);
            trans.set_data_ptr(data);
            trans.set_data_length(now);
            trans.set_streaming_width(now);
            sc_core::sc_time delay = m_delivery.delay();
            m_out->b_transport(trans, delay);
            ok = trans.is_response_ok();
            address += now;
            data += now;
            bytes -= now;
        }
        m_busy = false;
        return ok || failed(address, "no memory answers there");
    }
    bool failed(uint64_t address, const char *why) {
        if (!m_logged)
            guest_error(fmt::format("GIC: access to a table at {:#x} failed: {}", address, why), m_delivery.delay());
        m_logged = true;
        return false;
    }

    port &m_out;
    delivery &m_delivery;
    bool m_busy = false;
    bool m_logged = false;
};

} // namespace rk3568::gic

#endif

// SPDX-License-Identifier: Apache-2.0
//
// DRAM: bytes that software uses natively and bus masters reach over TLM. The storage is the platform's (an arena that
// the software executes in); the model only answers transactions on it.
#ifndef RK3568_HW_DRAM_DRAM_H
#define RK3568_HW_DRAM_DRAM_H

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

namespace rk3568 {

class dram : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<dram> bus{"bus"};

    // `storage` holds `size` bytes and outlives the model; address 0 of the socket is its first byte.
    dram(const sc_core::sc_module_name &name, uint8_t *storage, uint64_t size);

private:
    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay);
    unsigned transport_dbg(tlm::tlm_generic_payload &trans);
    bool copy(tlm::tlm_generic_payload &trans);

    uint8_t *m_storage;
    uint64_t m_size;
};

} // namespace rk3568

#endif

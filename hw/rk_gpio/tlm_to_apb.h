// SPDX-License-Identifier: Apache-2.0
//
// The TLM side of an APB slave that has words only: what of a transaction becomes a transfer, and what does not.
#ifndef RK3568_HW_RK_GPIO_TLM_TO_APB_H
#define RK3568_HW_RK_GPIO_TLM_TO_APB_H

#include "hw/rk_gpio/verilated_bank.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tlm>
#include <vector>

namespace rk3568 {

class tlm_to_apb {
public:
    explicit tlm_to_apb(std::string name)
        : m_name(std::move(name)) {}

    // The transfer that `trans` asks for. Without one, `trans` is answered already: reads are zero, writes ignored, as
    // the register kit does it, or TLM's error where the transaction is none that a register bus could carry.
    std::optional<apb_transfer> begin(tlm::tlm_generic_payload &trans, bool debug);
    void mute() { m_mute = true; } // logs nothing from now on
    void end(tlm::tlm_generic_payload &trans, uint32_t read_data);

private:
    void log_once(uint64_t address, bool write, unsigned size);

    std::string m_name;
    bool m_mute = false;
    std::vector<uint64_t> m_logged;
};

} // namespace rk3568

#endif

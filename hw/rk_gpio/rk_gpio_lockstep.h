// SPDX-License-Identifier: Apache-2.0
//
// Model and RTL at once: both see the same bus and the same pins, and must answer alike. Software and board see the
// model; what the RTL does differently is reported at the moment at which it shows.
//
// Compared: the data and response of every access; INT_STATUS, INT_RAWSTATUS and EXT_PORT after every access and pin
// change, regardless of the reader; each change of the interrupt line and of an output pin, and its time in
// picoseconds. The clock tolerance is 0: both use the same grids.
#ifndef RK3568_HW_RK_GPIO_RK_GPIO_LOCKSTEP_H
#define RK3568_HW_RK_GPIO_RK_GPIO_LOCKSTEP_H

#include "hw/rk_gpio/gpio_bank.h"
#include "hw/rk_gpio/rk_gpio.h"
#include "hw/rk_gpio/rk_gpio_rtl.h"

#include <array>
#include <deque>
#include <functional>
#include <string>
#include <tlm_utils/simple_initiator_socket.h>

namespace rk3568 {

// What model and RTL were doing around the moment at which they differed.
struct lockstep_window {
    struct access {
        uint64_t ps;
        bool write;
        uint32_t offset;
        const char *name; // of the register, or ""
        uint32_t value;   // as the model has it
    };
    uint64_t difference_ps;
    uint64_t end_ps;
    std::deque<bank_sample> model, rtl; // by time
    std::deque<access> accesses;
};

class rk_gpio_lockstep : public gpio_bank {
public:
    SC_HAS_PROCESS(rk_gpio_lockstep);
    explicit rk_gpio_lockstep(const sc_core::sc_module_name &name, const gpio_params &params = {});

    static constexpr size_t history_length = 64;
    static constexpr uint64_t tolerance_ps = 0;

    static constexpr size_t samples_kept = 1024;            // of each side
    static constexpr uint64_t window_after_ps = 10'000'000; // recorded after a difference

    // Called once, with what differs and the last 64 accesses and pin changes, one a line. The default reports
    // SC_FATAL of type "/rk3568/gpio/lockstep".
    using report = std::function<void(const std::string &text)>;
    void on_difference(report to) { m_report = std::move(to); }
    // Called once, window_after_ps after a difference or when the simulation ends: what both sides did around it.
    using window_report = std::function<void(const lockstep_window &window)>;
    void on_window(window_report to);
    bool differs() const { return m_differs; }

    rk_gpio model;
    rk_gpio_rtl rtl;

private:
    struct happening {
        enum { read, write, pin } what;
        uint64_t ps;
        uint64_t where; // offset or pin
        uint64_t value; // as the model has it
    };
    struct line_change {
        uint64_t ps;
        bool level;
    };
    // A wire that both drive: what one has done and the other has yet to do.
    struct compared_wire {
        std::string name;
        std::deque<line_change> model, rtl;
    };

    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) override;
    unsigned transport_dbg(tlm::tlm_generic_payload &trans) override;
    void pin_changed(unsigned n, bool level, const sc_core::sc_time &delay) override;
    void end_of_simulation() override;

    void changed(compared_wire &wire, std::deque<line_change> &mine, std::deque<line_change> &others,
                 line_change change);
    void check() { check_wires(sc_core::sc_time_stamp().value()); }
    void check_wires(uint64_t now);
    void compare_registers(uint64_t ps);
    uint32_t look(tlm_utils::simple_initiator_socket<rk_gpio_lockstep> &at, uint64_t offset);
    void remember(const happening &h);
    void differ(const std::string &what, uint64_t ps);
    void close_window();
    const char *register_at(uint64_t offset) const;
    std::string history() const;

    tlm_utils::simple_initiator_socket<rk_gpio_lockstep> m_model_bus{"model_bus"};
    tlm_utils::simple_initiator_socket<rk_gpio_lockstep> m_rtl_bus{"rtl_bus"};
    sc_core::sc_vector<wire_out> m_model_pin{"model_pin", pins};
    sc_core::sc_vector<wire_out> m_rtl_pin{"rtl_pin", pins};
    sc_core::sc_vector<wire_in> m_model_out{"model_out", pins + 1}; // pads, and the interrupt line last
    sc_core::sc_vector<wire_in> m_rtl_out{"rtl_out", pins + 1};
    std::array<compared_wire, pins + 1> m_wires;
    std::deque<happening> m_history;
    report m_report;
    window_report m_window_report;
    lockstep_window m_window{};
    bool m_differs = false;
    bool m_closed = false;
    sc_core::sc_event m_close{"close"};
    sc_core::sc_event_queue m_check{"due"};
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// One Cortex-A55: local time, PSTATE, exceptions, system registers, bus port, interrupt inputs, generic timer.
//
// Software runs natively, on contexts that the cluster resumes; what it does to hardware arrives here as calls. A
// core's local time is at or ahead of sc_time_stamp(). Every call that touches something shared first waits for this
// core's turn (cluster::settle), so that all effects of all cores happen in the order of local time.
#ifndef RK3568_HW_CORTEX_A55_CORE_H
#define RK3568_HW_CORTEX_A55_CORE_H

#include "hw/bus/attributes.h"
#include "hw/bus/timing_if.h"
#include "hw/cortex_a55/context.h"
#include "hw/cortex_a55/generic_timer.h"
#include "hw/cortex_a55/timing.h"
#include "hw/regs/probe.h"
#include "hw/regs/sysreg.h"
#include "hw/regs/wire.h"

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

namespace rk3568 {

class cluster;

// Block costs are counted in ticks, a sixteenth of a cycle: dual issue makes halves, a model of a pipeline smaller
// parts.
constexpr int64_t ticks_per_cycle = 16;

// A core that does not run: why, and what wakes it.
enum class core_state : uint8_t {
    off,     // until CPU_ON
    run,     // wants to execute
    wfi,     // until an interrupt is pending
    wfe,     // until an event, or an interrupt that PSTATE allows
    delay,   // until a time, or an interrupt that PSTATE allows
    polling, // as delay, in a loop that only looks at memory or a clock
    stall,   // until the bus has answered; nothing interrupts that
};

// What the vectors are told (Arm ARM, ESR_ELx.EC and ISS).
struct exception_syndrome {
    static constexpr uint64_t undefined = 0x00ull << 26 | 1u << 25;
    static constexpr uint64_t external_abort =
        0x25ull << 26 | 1u << 25 | 0x10;                               // data abort, same level, synchronous external
    static constexpr uint64_t posted_abort = 0x2full << 26 | 1u << 25; // SError
    // A core that is stuck (cluster::set_stuck_after): SError with a syndrome of the implementation's own.
    static constexpr uint64_t stuck = 0x2full << 26 | 1u << 25 | 1u << 24 | 0x10c;
    static constexpr uint64_t alignment = 0x25ull << 26 | 1u << 25 | 0x21;
    static constexpr uint64_t write = 1u << 6; // WnR
};

class core : public sc_core::sc_module {
public:
    using vector = void (*)();
    using fault_vector = void (*)(uint64_t esr, uint64_t far);

    static constexpr uint64_t daif_f = 1u << 6, daif_i = 1u << 7, daif_a = 1u << 8, daif_d = 1u << 9;
    static constexpr uint64_t daif_all = daif_f | daif_i | daif_a | daif_d;

    tlm_utils::simple_initiator_socket<core> bus{"bus"};
    sc_core::sc_port<bus_timing_if, 1, sc_core::SC_ZERO_OR_MORE_BOUND> bus_timing{"bus_timing"};
    sc_core::sc_port<sysreg_if, 1, sc_core::SC_ZERO_OR_MORE_BOUND> icc{"icc"}; // the GIC's CPU interface
    wire_in nirq{"nirq"}, nfiq{"nfiq"};
    generic_timer timer{"timer"};

    probe<uint8_t> p_state{"state", 3}; // core_state
    probe<uint8_t> p_irq_masked{"irq_masked", 1};
    probe<uint8_t> p_nirq{"nirq_in", 1};

    core(const sc_core::sc_module_name &name, cluster &owner, unsigned number, uint64_t mpidr);
    ~core() override;

    unsigned number() const { return m_number; }
    uint64_t mpidr() const { return m_mpidr; }
    core_state state() const { return m_state; }
    uint64_t now() const; // local time, ps

    // The calls of software on this core. `caller` is where software made it: what a fault reports as ELR.
    uint64_t read(uint64_t pa, unsigned size, uint64_t caller);
    void write(uint64_t pa, unsigned size, uint64_t value, uint64_t caller);
    uint64_t read_sysreg(uint32_t reg, uint64_t caller);
    // CNTPCT_EL0 and CNTVCT_EL0: with E2H and TGE set CNTVOFF_EL2 does not apply. read_sysreg() knows them too.
    static constexpr bool is_counter(uint32_t reg) {
        return reg == sysreg(3, 3, 14, 0, 1) || reg == sysreg(3, 3, 14, 0, 2);
    }
    uint64_t read_counter(uint64_t caller);
    void write_sysreg(uint32_t reg, uint64_t value, uint64_t caller);
    void isb();
    void dsb();
    void dmb();
    void wfi();
    void wfe();
    void sev();
    uint64_t daif() const { return m_daif; }
    void write_daif(uint64_t daif);
    // Off until the cluster powers the core on again, with new software: what ran here does not go on.
    [[noreturn]] void power_off();
    void set_vectors(vector irq, vector fiq, fault_vector fault);
    void delay(uint64_t ps);
    // A turn of a loop that polls. `registers` and `stack`, as far as known (0: not): digests of what the loop keeps to
    // itself, which tell its turns apart.
    void relax(uint64_t registers, uint64_t stack = 0);
    // A host fault in software (a wild pointer): an exception like any other.
    void take_fault(uint64_t esr, uint64_t far, uint64_t elr);
    bool has_fault_vector() const { return m_fault != nullptr; }

    // The context this core runs, or ran when another core was resumed.
    context *running() const { return m_context; }
    void switch_to(context &to);

private:
    friend class cluster;

    // Local time is m_epoch_ps plus the ticks since then; fixed delays move the epoch. Within a slice the ticks not yet
    // accounted for are in the cluster's budget word.
    uint64_t ticks_to_ps(int64_t ticks) const {
        return static_cast<uint64_t>(static_cast<unsigned __int128>(ticks) * m_ps_per_tick_q40 >> 40);
    }
    int64_t ps_to_ticks(uint64_t ps) const { // rounded up
        if (ps >= uint64_t{1} << 62)
            return int64_t{1} << 60;
        const auto exact = static_cast<unsigned __int128>(ps) * m_ticks_per_ps_q44;
        return static_cast<int64_t>((exact + ((uint64_t{1} << 44) - 1)) >> 44);
    }
    void set_frequency(uint64_t hz);
    void advance_to(uint64_t ps); // any core: local time is ps
    void advance_ps(uint64_t ps); // the current core: ps pass
    void spend(charge what);      // the current core: the charge passes
    uint64_t ps_of(charge what);

    void interrupt_changed(const sc_core::sc_time &delay);
    bool interrupt_allowed() const {
        return (nirq.level() && !(m_daif & daif_i)) || (nfiq.level() && !(m_daif & daif_f));
    }
    void set_state(core_state state);
    uint64_t stuck_at(uint64_t after);
    void set_daif(uint64_t daif);
    void enter_exception(uint64_t elr);
    void leave_exception(uint64_t saved_daif);
    void wake(uint64_t ps);
    void sleep(core_state state, uint64_t until);
    void stall(uint64_t until);
    sc_core::sc_time ahead() const; // of sc_time_stamp()

    uint64_t transport(uint64_t pa, unsigned size, bool write, uint64_t value, uint64_t arrival, bool &ok);
    void transact(uint64_t pa, unsigned size, bool write, uint64_t &value, sc_core::sc_time &delay, bool &ok);
    bool read_own(uint32_t reg, uint64_t &value);
    bool write_own(uint32_t reg, uint64_t value);

    cluster &m_cluster;
    const unsigned m_number;
    const uint64_t m_mpidr;

    core_state m_state = core_state::off;
    uint64_t m_now = 0;      // local time at the last accounting; until which time a sleeping core sleeps
    uint64_t m_slept_at = 0; // when a sleeping core began to
    uint64_t m_epoch_ps = 0;
    int64_t m_ticks = 0;
    uint64_t m_frequency = 0;       // Hz
    uint64_t m_ps_per_tick_q40 = 0; // fixed point, 40 fractional bits
    uint64_t m_ticks_per_ps_q44 = 0;
    uint64_t m_last_write = 0; // arrival of the last posted write
    bool m_event = false;      // WFE's event register
    bool m_clock_read = false; // since the last relax()
    // relax(): when the last one returned, how long after the one before it was called, and how much of the cluster's
    // activity had been that of others by then.
    uint64_t m_relaxed_at = 0, m_relax_turn = 0, m_others_activity = 0;
    uint64_t m_own_activity = 0;
    // What the loop around it was like, since when, and how far it may leap next.
    uint64_t m_loop = ~0ull, m_loop_stack = 0, m_loop_since = 0, m_leap = 0;
    bool m_in_relax = false;
    bool m_polls = false; // in a loop around it

    context *m_context = nullptr;
    void *m_thread = nullptr, *m_percpu = nullptr; // software's words while another core runs

    uint64_t m_daif = daif_all;
    uint64_t m_pc = 0; // where software was when it last came here
    vector m_irq = nullptr, m_fiq = nullptr;
    fault_vector m_fault = nullptr;
    uint64_t m_elr = 0, m_spsr = 0, m_esr = 0, m_far = 0;
    uint64_t m_tpidr[3] = {};
    uint64_t m_vbar = 0, m_cntvoff = 0;
    struct abort {
        bool pending = false;
        uint64_t esr = 0, far = 0, elr = 0;
    } m_abort;           // a posted write that came back with an error, or the core is stuck
    uint64_t m_open = 0; // when interrupts were last not masked, or the core asleep or off

    tlm::tlm_generic_payload m_trans;
    bus_attributes m_attributes;
    uint8_t m_data[8] = {};
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/core.h"

#include "hw/cortex_a55/cluster.h"

#include <algorithm>
#include <cstring>

using sc_core::sc_time;

namespace rk3568 {

namespace {

constexpr uint64_t never = ~0ull;

// relax(): for so long a loop is executed turn by turn; then it leaps, at first and at most by so much.
constexpr uint64_t turns_one_by_one_ps = 1000000000;
constexpr uint64_t first_leap_ps = 1000000, longest_leap_ps = 1000000000;

} // namespace

core::core(const sc_core::sc_module_name &name, cluster &owner, unsigned number, uint64_t mpidr)
    : sc_module(name)
    , m_cluster(owner)
    , m_number(number)
    , m_mpidr(mpidr)
    , m_now(never) {
    nirq.on_change([this](bool level, const sc_time &delay) {
        p_nirq.set(level, delay);
        interrupt_changed(delay);
    });
    nfiq.on_change([this](bool, const sc_time &delay) { interrupt_changed(delay); });
    m_attributes.core = number;
    m_attributes.arrived = true;
    m_trans.set_extension(&m_attributes);
    m_trans.set_data_ptr(m_data);
    m_trans.set_byte_enable_ptr(nullptr);
}

core::~core() {
    m_trans.clear_extension(&m_attributes);
}

// Local time.

void core::set_frequency(uint64_t hz) {
    if (m_frequency)
        advance_to(m_now);
    m_frequency = hz;
    const auto ticks_per_second = static_cast<unsigned __int128>(hz) * ticks_per_cycle;
    const auto second = static_cast<unsigned __int128>(1000000000000ull) << 40;
    m_ps_per_tick_q40 = static_cast<uint64_t>((second + ticks_per_second / 2) / ticks_per_second);
    // Rounded down: a slice never becomes longer than it may be.
    m_ticks_per_ps_q44 = static_cast<uint64_t>((ticks_per_second << 44) / 1000000000000ull);
}

uint64_t core::now() const {
    if (m_cluster.m_current != this)
        return m_now;
    return m_epoch_ps + ticks_to_ps(m_ticks + m_cluster.m_slice - m_cluster.m_page.budget);
}

sc_time core::ahead() const {
    return time_of_ps(now() - present(*this));
}

void core::advance_to(uint64_t ps) {
    m_epoch_ps = ps;
    m_ticks = 0;
    m_now = ps;
}

// The budget shrinks by what has passed, without counting it as consumed ticks: the epoch has moved instead.
void core::advance_ps(uint64_t ps) {
    const int64_t ticks = ps_to_ticks(ps);
    m_epoch_ps += ps;
    m_now += ps;
    m_cluster.m_page.budget -= ticks;
    m_cluster.m_slice -= ticks;
}

uint64_t core::ps_of(charge what) {
    const cluster::price price = m_cluster.price_of(what);
    return price.ps + ticks_to_ps(price.ticks);
}

// Sleeping and waking.

void core::set_state(core_state state) {
    m_cluster.m_pollers += (state == core_state::polling) - (m_state == core_state::polling);
    m_state = state;
    if (!p_state.attached())
        return;
    const uint64_t stamp = present(*this);
    p_state.set(static_cast<uint8_t>(state), time_of_ps(m_now > stamp ? m_now - stamp : 0));
}

void core::sleep(core_state state, uint64_t until) {
    m_cluster.account();
    m_slept_at = m_now;
    m_polls &= m_in_relax;
    set_state(state);
    m_now = until;
    m_cluster.yield();
}

// Waits for the bus. Where nothing else happens before, that is all there is to it.
void core::stall(uint64_t until) {
    if (!m_cluster.is_undisturbed_until(until)) {
        sleep(core_state::stall, until);
        return;
    }
    m_cluster.account();
    set_state(core_state::stall);
    advance_ps(until - m_now);
    advance_to(until);
    set_state(core_state::run);
}

// Something happened at `ps` that this sleeping core was waiting for.
void core::wake(uint64_t ps) {
    uint64_t at = std::max(ps, m_slept_at);
    if (m_state == core_state::wfi)
        at += ps_of(charge::wfi_exit);
    else if (m_state == core_state::wfe)
        at += ps_of(charge::wfe_exit);
    if (at < m_now) {
        m_now = at;
        m_cluster.m_unsorted = true;
        m_cluster.expect_alarm(at);
    }
}

void core::interrupt_changed(const sc_time &delay) {
    const uint64_t at = present(*this) + delay.value();
    switch (m_state) {
    case core_state::wfi:
        if (nirq.level() || nfiq.level())
            wake(at);
        break;
    case core_state::wfe:
    case core_state::delay:
    case core_state::polling:
        if (interrupt_allowed())
            wake(at);
        break;
    case core_state::run:
    case core_state::stall:
    case core_state::off:
        break;
    }
}

void core::wfi() {
    spend(charge::wfi_entry);
    m_cluster.settle();
    if (!nirq.level() && !nfiq.level() && !m_abort.pending)
        sleep(core_state::wfi, never);
    m_open = m_now;
    m_cluster.take_exceptions();
}

void core::wfe() {
    m_cluster.settle();
    if (!m_event && !interrupt_allowed())
        sleep(core_state::wfe, never);
    m_event = false;
    m_cluster.take_exceptions();
}

void core::sev() {
    m_cluster.settle();
    const uint64_t at = m_now;
    for (core &c : m_cluster.cores) {
        if (c.m_state == core_state::wfe)
            c.wake(at + ps_of(charge::lock_transfer));
        else
            c.m_event = true;
    }
    m_cluster.settle();
    m_cluster.take_exceptions();
}

void core::power_off() {
    set_daif(daif_all);
    dsb(); // posted writes arrive first
    spend(charge::cpu_off);
    m_cluster.settle();
    m_event = false;
    sleep(core_state::off, never);
    __builtin_unreachable();
}

void core::delay(uint64_t ps) {
    m_cluster.settle();
    // Context switches inside an interrupt may bring this loop to another core; the deadline is the same there.
    cluster &owner = m_cluster;
    for (const uint64_t until = m_now + ps;;) {
        core &here = owner.current();
        owner.settle();
        if (here.m_now >= until)
            return;
        if (!here.interrupt_allowed())
            here.sleep(core_state::delay, until);
        owner.take_exceptions();
    }
}

// The loop around this call has looked at something that others may change. If anybody has been active since, it has to
// look again before it may sleep; and the core that acts later wakes it (cluster::acted). A turn of the loop that
// begins with the same state and takes as long as the one before did just the same: it changed nothing that other loops
// of this kind look at.
//
// Turns are executed one by one, as on hardware: software counts them, and gives up after so many. Only a loop whose
// own state does not change, and that has been there for long, leaps over turns in which nothing does anything, further
// and further.
void core::relax(uint64_t registers, uint64_t stack) {
    const uint64_t turn = now() - m_relaxed_at;
    const bool same = registers == m_loop && (!stack || stack == m_loop_stack);
    m_polls = same && turn + 2 >= m_relax_turn && turn <= m_relax_turn + 2; // ps: rounding
    m_relax_turn = turn;
    if (!same) {
        m_loop = registers;
        m_loop_stack = stack;
        m_loop_since = now();
        m_leap = first_leap_ps;
    }
    if (!m_polls)
        m_cluster.acted(now(), this);
    m_in_relax = true;
    spend(charge::relax);
    m_cluster.settle();
    const bool quiet = m_cluster.m_activity - m_own_activity == m_others_activity;
    if (same && quiet && m_now - m_loop_since >= turns_one_by_one_ps && !interrupt_allowed()) {
        uint64_t until = std::min(m_cluster.poll_until(*this), m_now + m_leap);
        if (m_clock_read)
            until = std::min(until, time_of_count(counter_at(m_now) + 1));
        if (until > m_now) {
            m_leap = std::min(2 * m_leap, longest_leap_ps);
            sleep(core_state::polling, until);
        }
    }
    m_clock_read = false;
    m_in_relax = false;
    m_others_activity = m_cluster.m_activity - m_own_activity;
    m_relaxed_at = now();
    m_cluster.take_exceptions();
}

// Exceptions.

void core::set_daif(uint64_t daif) {
    m_daif = daif & daif_all;
    if (!(m_daif & daif_i))
        m_open = m_now;
    if (p_irq_masked.attached())
        p_irq_masked.set((m_daif & daif_i) != 0, ahead());
}

// When it is stuck if it goes on as it does. If that is now, it is told.
uint64_t core::stuck_at(uint64_t after) {
    if (m_now - m_open < after)
        return m_open + after;
    if (!m_abort.pending)
        m_abort = {true, exception_syndrome::stuck, 0, m_pc};
    m_open = m_now;
    return m_now + after;
}

void core::write_daif(uint64_t daif) {
    spend(charge::daif);
    set_daif(daif);
    if (interrupt_allowed())
        m_cluster.expire(m_pc);
}

void core::set_vectors(vector irq, vector fiq, fault_vector fault) {
    m_irq = irq;
    m_fiq = fiq;
    m_fault = fault;
}

void core::enter_exception(uint64_t elr) {
    m_spsr = m_daif | 9; // EL2h
    m_elr = m_cluster.address_of ? m_cluster.address_of(elr) : elr;
    set_daif(daif_all);
}

// ERET is an event: a handler that ran between a test of memory and the WFE behind it is not missed (Arm ARM, D1.17.1).
void core::leave_exception(uint64_t saved) {
    spend(charge::exception_return);
    set_daif(saved);
    m_event = true;
}

void core::take_fault(uint64_t esr, uint64_t far, uint64_t elr) {
    if (!m_fault)
        SC_REPORT_FATAL("/rk3568/cortex_a55", "a fault came and software has set no vector for it");
    const uint64_t saved = m_daif;
    enter_exception(elr);
    m_esr = esr;
    m_far = far;
    spend(charge::exception_entry);
    m_cluster.settle();
    m_fault(esr, far);
    m_cluster.current().leave_exception(saved);
    m_cluster.settle();
}

void core::switch_to(context &to) {
    context &from = *m_context;
    m_context = &to;
    context::jump(from, to);
}

// Memory and registers.

uint64_t core::transport(uint64_t pa, unsigned size, bool write, uint64_t value, uint64_t arrival, bool &ok) {
    const uint64_t stamp = present(*this);
    sc_time delay = time_of_ps(arrival - stamp);
    if (const direct_way way = bus_timing.size() ? bus_timing->direct(pa, size) : direct_way{}; way.target) {
        if (way.target->reaches_systemc)
            m_cluster.concerns_hardware();
        ok = way.target->access(way.offset, size, write, value, {delay, m_number, false, false});
        delay += way.response;
    } else {
        transact(pa, size, write, value, delay, ok);
    }
    if (!write) {
        const uint64_t back = stamp + delay.value();
        if (m_cluster.m_current == this && back > m_now)
            advance_ps(back - m_now);
    }
    return ok ? value : 0;
}

void core::transact(uint64_t pa, unsigned size, bool write, uint64_t &value, sc_time &delay, bool &ok) {
    std::memcpy(m_data, &value, sizeof value);
    m_trans.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
    m_trans.set_address(pa);
    m_trans.set_data_length(size);
    m_trans.set_streaming_width(size);
    m_trans.set_dmi_allowed(false);
    m_trans.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    m_cluster.concerns_hardware();
    bus->b_transport(m_trans, delay);
    ok = m_trans.is_response_ok();
    if (!write) {
        value = 0;
        std::memcpy(&value, m_data, size);
    }
}

uint64_t core::read(uint64_t pa, unsigned size, uint64_t caller) {
    m_pc = caller;
    if (pa % size) {
        take_fault(exception_syndrome::alignment, pa, caller);
        return 0;
    }
    spend(charge::device_read);
    m_cluster.settle();
    const uint64_t way = bus_timing.size() ? bus_timing->request_time(pa, false).value() : 0;
    // A device read does not overtake this core's device writes.
    const uint64_t arrival = std::max(m_now + way, m_last_write);
    if (arrival > m_now)
        stall(arrival);
    bool ok = true;
    const uint64_t value = transport(pa, size, false, 0, m_now, ok);
    if (!ok)
        take_fault(exception_syndrome::external_abort, pa, caller);
    m_cluster.expire(caller);
    return value;
}

void core::write(uint64_t pa, unsigned size, uint64_t value, uint64_t caller) {
    m_pc = caller;
    if (pa % size) {
        take_fault(exception_syndrome::alignment | exception_syndrome::write, pa, caller);
        return;
    }
    spend(charge::device_write);
    m_cluster.settle();
    const uint64_t way = bus_timing.size() ? bus_timing->request_time(pa, true).value() : 0;
    m_last_write = std::max(m_now + way, m_last_write);
    m_cluster.post({m_last_write, this, pa, value, caller, size});
    m_cluster.expire(caller);
}

void core::dsb() {
    spend(charge::dsb);
    m_cluster.settle();
    if (m_last_write > m_now)
        stall(m_last_write);
    m_cluster.take_exceptions();
}

} // namespace rk3568

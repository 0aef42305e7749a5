// SPDX-License-Identifier: Apache-2.0
#include "hw/cortex_a55/cluster.h"

#include <algorithm>

using sc_core::sc_time;

namespace rk3568 {

namespace {

constexpr uint64_t never = ~0ull;
// SystemC's clock follows at least so often: so an observer on that side sees the run go on.
constexpr uint64_t longest_absence_ps = 5000000000;
// A slice never needs to be longer; keeps ticks far from overflow.
constexpr int64_t longest_slice = int64_t{1} << 44;

} // namespace

cluster::cluster(const sc_core::sc_module_name &name, cpu_page &page, cluster_params params)
    : sc_module(name)
    , m_page(page)
    , m_params(std::move(params))
    , m_lookahead(m_params.lookahead.value())
    , m_random(m_params.seed) {
    cores.init(m_params.mpidr.size(), [this](const char *core_name, size_t i) {
        return new core(core_name, *this, static_cast<unsigned>(i), m_params.mpidr[i]);
    });
    for (core &c : cores) {
        c.set_frequency(m_params.frequency);
        m_order.push_back(&c);
        c.timer.keep_alarms_in(m_alarms);
    }
    for (size_t i = 0; i < m_prices.size(); ++i)
        m_prices[i] = price_at(m_params.charges[i], m_params.charges[i].value);
    if (m_params.cached) {
        m_memory = std::make_unique<memory_system>(cores.size());
        price_caches();
    }
    SC_THREAD(run);
}

cluster::~cluster() = default;

int cluster::core_of(uint64_t mpidr) const {
    for (const core &c : cores)
        if (c.mpidr() == mpidr)
            return static_cast<int>(c.number());
    return -1;
}

bool cluster::power_on(unsigned number, void (*entry)(void *), void *arg, void *stack, size_t size) {
    core &c = cores[number];
    if (m_current)
        settle();
    if (c.m_state != core_state::off)
        return false;
    m_boot.push_back(std::make_unique<context>(entry, arg, stack, size));
    c.m_context = m_boot.back().get();
    const uint64_t from = m_current ? m_current->now() : sc_core::sc_time_stamp().value();
    c.advance_to(from + c.ps_of(charge::cpu_on));
    c.m_daif = core::daif_all;
    c.m_open = c.m_now;
    c.set_state(core_state::run);
    m_unsorted = true;
    return true;
}

// The SystemC side: resumes cores for as long as one can go on, then lets the rest of the simulation go on.
void cluster::run() {
    m_return_by = longest_absence_ps;
    while (!m_stopped) {
        if (core *next = choose()) {
            context::jump(m_main, *next->m_context);
            m_current = nullptr;
            if (!m_held)
                continue;
            m_held = false;
            sc_core::sc_pause();
            wait(sc_core::SC_ZERO_TIME);
            m_horizon = 0;
            continue;
        }
        m_waits = true;
        if (m_wait_until == never)
            wait(m_wake);
        else
            wait(time_of_ps(m_wait_until - present(*this)), m_wake);
        m_waits = false;
        // Somebody has stopped the simulation at this moment: nothing is pending any more, and no slice would end.
        if (simcontext()->sim_status() == sc_core::SC_SIM_USER_STOP)
            return;
        m_horizon = 0;
        m_return_by = present(*this) + longest_absence_ps;
        acted(present(*this));
    }
    sc_core::sc_stop();
}

// While the cluster's thread runs, SystemC's next activity changes only by what the cores do to hardware.
uint64_t cluster::find_horizon() {
    // sc_time_to_pending_activity() is these two questions and arithmetic that this undoes.
    const sc_core::sc_simcontext &kernel = *simcontext();
    sc_time next;
    if (kernel.pending_activity_at_current_time())
        m_horizon = present(*this);
    else
        m_horizon = kernel.next_time(next) ? next.value() : never;
    return m_horizon;
}

// Of the cores only the first, which has run, has another time than when they were sorted, unless somebody was woken.
void cluster::sort_order() {
    const size_t count = m_order.size();
    for (size_t sorted = m_unsorted ? count - 1 : 1; sorted > 0; --sorted) {
        core *c = m_order[sorted - 1];
        size_t at = sorted;
        for (; at < count; ++at) {
            core *other = m_order[at];
            if (c->m_now < other->m_now || (c->m_now == other->m_now && c->m_number < other->m_number))
                break;
            m_order[at - 1] = other;
        }
        m_order[at - 1] = c;
    }
    m_unsorted = false;
}

// Picks the next core and gives it its slice; delivers posted writes and rings alarms whose time has come. Null:
// SystemC goes first, and m_wait_until says until when there is nothing for the cores to do.
core *cluster::choose() {
    m_disturbed = false;
    if (m_params.seed)
        std::shuffle(m_order.begin(), m_order.end(), m_random);
    for (;;) {
        // Of cores of equal time the first in order goes first: it may run up to and including the time of one that
        // comes after it, and up to the time of one that comes before it. A core that is off, or sleeps for ever, has
        // time `never`.
        core *first;
        uint64_t core_time, others = never;
        if (!m_params.seed) {
            sort_order();
            first = m_order.front();
            core_time = first->m_now;
            if (m_order.size() > 1 && m_order[1]->m_now != never)
                others = m_order[1]->m_now + (m_order[1]->m_number > first->m_number);
        } else {
            first = nullptr;
            core_time = never;
            for (core *c : m_order) {
                const uint64_t t = c->m_now;
                if (t < core_time) {
                    others = core_time;
                    core_time = t;
                    first = c;
                } else if (t < others) {
                    others = t + 1;
                }
            }
        }
        // Hardware goes first, as long as that does not change whose turn it is.
        uint64_t hardware, pending;
        for (m_unsorted = false;;) {
            const uint64_t write_time = m_posted.empty() ? never : m_posted.front().arrival;
            const uint64_t alarm_time = m_alarms.first();
            hardware = std::min(write_time, alarm_time);
            pending = std::min(horizon(), m_return_by);
            if (hardware > core_time || hardware >= pending || m_unsorted)
                break;
            if (write_time < alarm_time)
                deliver();
            else
                ring();
        }
        if (m_unsorted)
            continue;
        const uint64_t next = std::min(core_time, hardware);
        if (next == never || next >= pending) {
            m_wait_until = next;
            return nullptr;
        }
        const uint64_t outside = std::min(pending, hardware);
        uint64_t limit = std::min(outside, others);
        uint64_t strict = limit;
        if (m_lookahead && others < outside)
            limit = std::min(outside, others + ahead_by());
        // Who leaps does not wait for a core in a polling loop; so that is watched for leaving it.
        if (first->m_polls && m_pollers)
            limit = std::min(limit, (first->m_in_relax ? first->m_now : first->m_relaxed_at) + first->m_relax_turn + 2);
        if (m_stuck_after && (first->m_daif & core::daif_i) && first->m_state != core_state::wfi)
            limit = std::min(limit, first->stuck_at(m_stuck_after));
        strict = std::min(strict, limit);
        activate(*first, limit, strict);
        return first;
    }
}

uint64_t cluster::looked_until() const {
    uint64_t latest = std::max(present(*this), m_waits && m_wait_until != never ? m_wait_until : 0);
    for (const core &c : cores)
        if (c.m_now != never)
            latest = std::max(latest, c.m_now);
    return latest;
}

void cluster::ring() {
    acted(m_alarms.first());
    if (m_alarms.ring())
        concerns_hardware();
}

// Turns of a fixed length would lock the phases of loops on different cores: with a seed they are drawn.
uint64_t cluster::ahead_by() {
    return m_params.seed ? m_random() % (m_lookahead + 1) : m_lookahead;
}

// Gives `next` the core page and a budget that ends strictly before `limit`; from `strict` on it is ahead of others.
void cluster::activate(core &next, uint64_t limit, uint64_t strict) {
    if (next.m_state != core_state::run) {
        next.advance_to(next.m_now);
        next.set_state(core_state::run);
    }
    m_current = &next;
    if (m_loaded != &next) {
        if (m_loaded) {
            m_loaded->m_thread = m_page.thread;
            m_loaded->m_percpu = m_page.percpu;
        }
        m_page.cpu = next.number();
        m_page.thread = next.m_thread;
        m_page.percpu = next.m_percpu;
        m_loaded = &next;
    }
    m_limit = limit;
    m_strict_limit = strict;
    const auto ticks_before = [&next](uint64_t end) {
        return end > next.m_now ? std::min(next.ps_to_ticks(end - next.m_now) - 1, longest_slice) : 0;
    };
    m_page.budget = m_slice = ticks_before(limit);
    m_page.strict = strict < limit ? m_slice - ticks_before(strict) : 0;
}

// Leaves the current core until choose() picks it again. Its local time must be accounted for.
void cluster::yield() {
    core &c = *m_current;
    if (!c.m_in_relax && !(c.m_polls && c.m_now <= c.m_relaxed_at + c.m_relax_turn)) {
        c.m_polls = false;
        acted(c.m_now, &c);
    }
    core *next = choose();
    if (next == &c)
        return;
    context::jump(*c.m_context, next ? *next->m_context : m_main);
}

void cluster::acted(uint64_t ps, core *who) {
    ++m_activity;
    if (who)
        ++who->m_own_activity;
    if (!m_pollers)
        return;
    for (core &c : cores)
        if (c.m_state == core_state::polling && c.m_now > ps) {
            c.m_now = std::max(ps, c.m_slept_at);
            m_unsorted = true;
        }
}

// Interrupts and aborts of the current core, as long as PSTATE allows one. A vector may switch contexts, and this
// context may come back on another core: after each vector the current core is looked up again.
void cluster::deliver_exceptions() {
    for (;;) {
        core &c = *m_current;
        if (c.m_abort.pending) {
            c.m_abort.pending = false;
            c.take_fault(c.m_abort.esr, c.m_abort.far, c.m_abort.elr);
            continue;
        }
        const bool irq = c.nirq.level() && !(c.m_daif & core::daif_i);
        const bool fiq = c.nfiq.level() && !(c.m_daif & core::daif_f);
        if (!irq && !fiq)
            return;
        const core::vector handler = fiq ? c.m_fiq : c.m_irq;
        if (!handler)
            SC_REPORT_FATAL("/rk3568/cortex_a55", "an interrupt came and software has set no vector for it");
        const uint64_t saved = c.m_daif;
        c.enter_exception(c.m_pc);
        c.spend(charge::exception_entry);
        settle();
        handler();
        m_current->leave_exception(saved);
        settle();
    }
}

// Until when a core that only polls need not look again: the next moment at which something other than a poller acts.
uint64_t cluster::poll_until(const core &poller) {
    uint64_t until = std::min(horizon(), m_alarms.first());
    if (!m_posted.empty())
        until = std::min(until, m_posted.front().arrival);
    for (const core &c : cores) {
        if (&c != &poller && c.m_state != core_state::off && c.m_now != never && !c.m_polls)
            until = std::min(until, std::max(c.m_now, poller.m_now));
    }
    return until;
}

bool cluster::is_alone() const {
    for (const core &c : cores)
        if (&c != m_current && (c.m_state == core_state::run || c.m_state == core_state::stall))
            return false;
    return true;
}

void cluster::post(const posted_write &write) {
    const auto place = std::upper_bound(m_posted.begin(), m_posted.end(), write.arrival,
                                        [](uint64_t t, const posted_write &w) { return t < w.arrival; });
    m_posted.insert(place, write);
    expect(write.arrival);
}

void cluster::deliver() {
    const posted_write w = m_posted.front();
    acted(w.arrival);
    m_posted.pop_front();
    bool ok = true;
    w.from->transport(w.pa, w.size, true, w.value, w.arrival, ok);
    if (!ok && !w.from->m_abort.pending)
        w.from->m_abort = {true, exception_syndrome::posted_abort | exception_syndrome::write, w.pa, w.caller};
}

void cluster::hold() {
    settle();
    m_held = true;
    context::jump(*m_current->m_context, m_main);
}

void cluster::stop(int status) {
    m_stopped = true;
    m_status = status;
    context abandoned;
    context::jump(abandoned, m_main);
    __builtin_unreachable();
}

cluster::price cluster::price_at(const charge_entry &entry, double value) {
    if (entry.unit == charge_unit::ns)
        return {0, static_cast<uint64_t>(value * 1000)};
    return {static_cast<int64_t>(value * ticks_per_cycle), 0};
}

cluster::price cluster::drawn_price(charge what) {
    const charge_entry &entry = m_params.charges[static_cast<size_t>(what)];
    // 53 random bits: the same on every standard library, which uniform_real_distribution is not.
    const double fraction = static_cast<double>(m_random() >> 11) / 9007199254740992.0;
    const price p = price_at(entry, entry.low + (entry.high - entry.low) * fraction);
    m_spent[static_cast<size_t>(what)].ticks += p.ticks;
    m_spent[static_cast<size_t>(what)].ps += p.ps;
    return p;
}

} // namespace rk3568

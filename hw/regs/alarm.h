// SPDX-License-Identifier: Apache-2.0
//
// A moment at which a block wants to act.
//
// An alarm rings through an sc_event, as any block of SystemC would have it. Where something runs the blocks' time that
// can do so at less cost (the cluster, which is ahead of SystemC anyway), it keeps a calendar, and alarms that were
// given to it ring from there: in order of time, before anything later happens, and without SystemC's clock having to
// move. So who is rung is told the time, and it may be after sc_time_stamp().
#ifndef RK3568_HW_REGS_ALARM_H
#define RK3568_HW_REGS_ALARM_H

#include "hw/regs/present.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <systemc>
#include <vector>

namespace rk3568 {

class alarm;

// Alarms by time; of equal times, the first that was set rings first.
class calendar {
public:
    static constexpr uint64_t never = ~0ull;

    uint64_t first() const { return m_first; }
    // Rings the first alarm. Whether that may have notified an event.
    bool ring();

protected:
    ~calendar() = default;
    // An alarm was set for `ps`.
    virtual void expected(uint64_t ps) = 0;

private:
    friend class alarm;
    void insert(alarm &a);
    void erase(alarm &a);

    std::vector<alarm *> m_alarms; // the first that rings is the last
    uint64_t m_first = never;
};

class alarm : public sc_core::sc_module {
public:
    using callback = std::function<void(uint64_t ps)>;
    static constexpr uint64_t never = calendar::never;

    SC_HAS_PROCESS(alarm);
    alarm(const sc_core::sc_module_name &name, callback ring)
        : sc_module(name)
        , m_ring(std::move(ring)) {
        SC_METHOD(by_event);
        sensitive << m_event;
        dont_initialize();
    }

    // What it rings may notify events of SystemC's; else it only calls others of a calendar's blocks.
    bool reaches_systemc = true;
    // Before anything was set.
    void keep_in(calendar &where) { m_calendar = &where; }
    bool kept() const { return m_calendar != nullptr; }

    // When it rings; never: it is not set.
    uint64_t time() const { return m_time; }
    // It rings at `ps`, at or after the present, and not when it would have.
    void set(uint64_t ps) {
        if (ps == m_time)
            return;
        clear();
        m_time = ps;
        if (ps == never)
            return;
        if (m_calendar)
            m_calendar->insert(*this);
        else
            m_event.notify(time_of_ps(ps - std::min(ps, present(*this))));
    }
    void clear() {
        if (m_time == never)
            return;
        m_time = never;
        if (m_calendar)
            m_calendar->erase(*this);
        else
            m_event.cancel();
    }

private:
    friend class calendar;
    void by_event() {
        m_time = never;
        m_ring(present(*this));
    }

    callback m_ring;
    calendar *m_calendar = nullptr;
    uint64_t m_time = never;
    sc_core::sc_event m_event{"event"};
};

inline bool calendar::ring() {
    alarm &a = *m_alarms.back();
    m_alarms.pop_back();
    m_first = m_alarms.empty() ? never : m_alarms.back()->m_time;
    const uint64_t ps = a.m_time;
    a.m_time = never;
    a.m_ring(ps);
    return a.reaches_systemc;
}

inline void calendar::insert(alarm &a) {
    size_t at = m_alarms.size();
    m_alarms.push_back(&a);
    for (; at > 0 && m_alarms[at - 1]->m_time <= a.m_time; --at)
        m_alarms[at] = m_alarms[at - 1];
    m_alarms[at] = &a;
    m_first = m_alarms.back()->m_time;
    expected(a.m_time);
}

// By its place: its time is no longer known.
inline void calendar::erase(alarm &a) {
    size_t at = m_alarms.size() - 1;
    while (m_alarms[at] != &a)
        --at;
    m_alarms.erase(m_alarms.begin() + static_cast<std::ptrdiff_t>(at));
    m_first = m_alarms.empty() ? never : m_alarms.back()->m_time;
}

} // namespace rk3568

#endif

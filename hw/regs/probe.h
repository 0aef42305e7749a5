// SPDX-License-Identifier: Apache-2.0
//
// probe<T>: a value inside a block that may be looked at from outside, and the only way to do so.
//
// A block writes its probes as its state changes; an observer attaches a sink. Without a sink a write costs a
// store and a branch. A probe never feeds back into the block: nothing in hw/ reads another block's probe.
#ifndef RK3568_HW_REGS_PROBE_H
#define RK3568_HW_REGS_PROBE_H

#include "hw/regs/present.h"

#include <cstdint>
#include <systemc>

namespace rk3568 {

class probe_base;

// Receives changes. `ps` is the simulated time of the change in picoseconds, at or after sc_time_stamp().
class probe_sink {
public:
    virtual ~probe_sink() = default;
    virtual void changed(const probe_base &probe, uint64_t value, uint64_t ps) = 0;
};

// What observers see of every probe: its SystemC name and place in the hierarchy, its width, its value. Observers
// find probes by walking the object hierarchy (sc_get_top_level_objects).
class probe_base : public sc_core::sc_object {
public:
    // width 0 marks an event: each set() is an occurrence with an argument, even when the value repeats.
    unsigned width() const { return m_width; }
    uint64_t value() const { return m_value; }
    void attach(probe_sink *sink) { m_sink = sink; }
    // Whether somebody looks: a block may then skip what it would compute for set() alone.
    bool attached() const { return m_sink != nullptr; }
    const char *kind() const override { return "probe"; }

protected:
    probe_base(const char *name, unsigned width)
        : sc_object(name)
        , m_width(width) {}

    void publish(uint64_t value, const sc_core::sc_time &delay) {
        if (value == m_value && m_width)
            return;
        m_value = value;
        if (m_sink)
            m_sink->changed(*this, value, present(*this) + delay.value());
    }
    void publish_at(uint64_t value, uint64_t ps) {
        if (value == m_value && m_width)
            return;
        m_value = value;
        if (m_sink)
            m_sink->changed(*this, value, ps);
    }

private:
    probe_sink *m_sink = nullptr;
    uint64_t m_value = 0;
    unsigned m_width;
};

// A state: bool, an unsigned integer or an enumeration, `width` bits wide in a waveform.
template <typename T>
class probe : public probe_base {
public:
    explicit probe(const char *name, unsigned width = sizeof(T) == 1 ? 1 : 8 * sizeof(T))
        : probe_base(name, width) {}
    void set(T value, const sc_core::sc_time &delay = sc_core::SC_ZERO_TIME) {
        publish(static_cast<uint64_t>(value), delay);
    }
    // From absolute time `ps` on, at or after the present.
    void set_at(T value, uint64_t ps) { publish_at(static_cast<uint64_t>(value), ps); }
};

// An occurrence with a number (a pin, an INTID, an address).
class probe_event : public probe_base {
public:
    explicit probe_event(const char *name)
        : probe_base(name, 0) {}
    void fire(uint64_t value, const sc_core::sc_time &delay = sc_core::SC_ZERO_TIME) { publish(value, delay); }
    void fire_at(uint64_t value, uint64_t ps) { publish_at(value, ps); }
};

} // namespace rk3568

#endif

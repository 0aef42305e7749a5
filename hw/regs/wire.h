// SPDX-License-Identifier: Apache-2.0
//
// A wire: one bit of level that one block drives and any number of blocks see.
//
// An sc_signal cannot be written for a later moment, and costs an update phase and a process activation per change.
// Interrupt lines need neither: a wire is a TLM-style interface call that carries the time of the change as an
// annotated delay, exactly as b_transport does. Adapters to and from sc_signal<bool> are at the end of this file.
#ifndef RK3568_HW_REGS_WIRE_H
#define RK3568_HW_REGS_WIRE_H

#include <functional>
#include <systemc>
#include <utility>

namespace rk3568 {

// The receiving side of a wire.
class wire_if : public virtual sc_core::sc_interface {
public:
    // The wire has `level` from sc_time_stamp() + delay on. Calls come in order of that time. Must not wait.
    virtual void set(bool level, const sc_core::sc_time &delay) = 0;
};

// A driver. Remembers its level, so that receivers only ever hear of changes. May stay unconnected.
class wire_out : public sc_core::sc_port<wire_if, 0, sc_core::SC_ZERO_OR_MORE_BOUND> {
public:
    explicit wire_out(const char *name = "wire_out")
        : sc_port(name) {}

    bool level() const { return m_level; }

    void drive(bool level, const sc_core::sc_time &delay = sc_core::SC_ZERO_TIME) {
        if (level == m_level)
            return;
        m_level = level;
        for (int i = 0; i < this->size(); ++i)
            (*this)[i]->set(level, delay);
    }

private:
    bool m_level = false;
};

// A receiver that hands each change to a callback of its owner: on_change(level, delay).
class wire_in : public sc_core::sc_export<wire_if> {
public:
    using callback = std::function<void(bool, const sc_core::sc_time &)>;

    explicit wire_in(const char *name = "wire_in")
        : sc_export(name) {
        this->bind(m_receiver);
    }

    void on_change(callback cb) { m_receiver.on_change = std::move(cb); }
    bool level() const { return m_receiver.level; }

private:
    // Not a base: a port binds to a wire_in by its export, as to any other.
    struct receiver final : wire_if {
        callback on_change;
        bool level = false;

        void set(bool now, const sc_core::sc_time &delay) override {
            if (now == level)
                return;
            level = now;
            if (on_change)
                on_change(now, delay);
        }
    } m_receiver;
};

// For platforms whose lines are signals: follows an sc_signal<bool> and drives a wire.
class signal_to_wire : public sc_core::sc_module {
public:
    sc_core::sc_in<bool> in{"in"};
    wire_out out{"out"};

    SC_HAS_PROCESS(signal_to_wire);
    explicit signal_to_wire(const sc_core::sc_module_name &name)
        : sc_module(name) {
        SC_METHOD(forward);
        sensitive << in;
    }

private:
    void forward() { out.drive(in.read()); }
};

// The other way: receives a wire, drives an sc_signal<bool> when the annotated time has come.
class wire_to_signal : public sc_core::sc_module {
public:
    wire_in in{"in"};
    sc_core::sc_out<bool> out{"out"};

    SC_HAS_PROCESS(wire_to_signal);
    explicit wire_to_signal(const sc_core::sc_module_name &name)
        : sc_module(name)
        , m_queue("queue") {
        in.on_change([this](bool, const sc_core::sc_time &delay) { m_queue.notify(delay); });
        SC_METHOD(forward);
        sensitive << m_queue;
        dont_initialize();
    }

private:
    void forward() {
        m_level = !m_level;
        out.write(m_level);
    }

    sc_core::sc_event_queue m_queue;
    bool m_level = false;
};

} // namespace rk3568

#endif

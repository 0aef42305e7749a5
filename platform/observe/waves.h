// SPDX-License-Identifier: Apache-2.0
//
// What the waveform shows: hardware and software as signals. waves/README.md says what each one means.
#ifndef RK3568_PLATFORM_OBSERVE_WAVES_H
#define RK3568_PLATFORM_OBSERVE_WAVES_H

#include "hw/regs/probe.h"
#include "platform/observe/execution.h"
#include "platform/observe/record.h"
#include "platform/observe/units.h"
#include "platform/observe/wave_sink.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace rk3568 {

class waves {
public:
    // `executes` is ahead of this: it has consumed each record before.
    waves(wave_sink &out, unsigned cpus, const execution &executes);

    // Shows a probe of the unit `of` (null: of none): a state under its place in the design, some events as signals of
    // their own. Returns the number that its HW_probe records must have in `a`.
    uint32_t add_probe(const probe_base &probe, const unit *of);
    // The software's events that this needs.
    static std::vector<port_trace_event> events();
    // Takes the next record, in order of time. `changed`: what its core executes may have changed. May throw
    // output_error.
    void consume(const record &r, bool changed);

private:
    // Values of the signals that say what is going on with an object; waves/activity.filter has the names.
    enum activity : uint64_t { idle, delayed, waiting, running };

    struct probe_signal {
        enum class kind { state, bank_status, gic_state, hidden } what;
        wave_sink::signal value = 0;
        wave_sink::signal line = 0; // bank_status: its OR
    };
    // A handler, a tasklet, a work item, a thread: how many are delayed, waiting, running.
    struct shown_object {
        wave_sink::signal shown = 0;
        std::string name;               // empty: new
        const char *function = nullptr; // what a tasklet or a work item runs
        unsigned counts[4] = {};
    };
    struct core {
        wave_sink::signal context, running, task_name, edge;
        std::map<uint64_t, wave_sink::signal> softirqs;
    };

    void follow(const record &r);
    void gic_state(uint64_t value, uint64_t ps);
    void show(const record &r);
    void step(shown_object &o, activity from, activity to, uint64_t ps);
    shown_object &new_object(shown_object &o, const char *scope, const std::string &name);
    shown_object &of_irq(std::unordered_map<uint64_t, shown_object> &all, const char *scope, const record &r);
    shown_object &of_function(std::unordered_map<uint64_t, shown_object> &all, const char *kind, const record &r);
    shown_object &of(object what, const record &r);
    std::string function_name(const record &r, const char *kind);
    std::string unique(const std::string &scope, const std::string &name);
    void softirq(const record &r, bool on);

    wave_sink &m_out;
    const execution &m_executes;
    std::vector<core> m_cores;
    std::vector<probe_signal> m_probes;
    std::map<std::pair<uint64_t, uint64_t>, wave_sink::signal> m_intids; // by INTID and core
    // Handlers and threads by irq and name, which come again when a module does; the others by their addresses, where
    // something else may stand when they are gone. Only looked up.
    std::unordered_map<uint64_t, shown_object> m_handlers, m_threads, m_tasklets, m_works;
    std::map<std::string, unsigned> m_used;                          // how often a name was given
    std::map<std::pair<std::string, uint64_t>, unsigned> m_nameless; // functions without a symbol, numbered
};

} // namespace rk3568

#endif

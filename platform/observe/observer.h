// SPDX-License-Identifier: Apache-2.0
//
// The observer: the one place where records of the software and probes of the hardware meet. It puts them into order of
// time, follows which pin edge caused what, keeps the latency accounts, and writes the outputs. It changes nothing in
// the simulation and adds no process to it.
#ifndef RK3568_PLATFORM_OBSERVE_OBSERVER_H
#define RK3568_PLATFORM_OBSERVE_OBSERVER_H

#include "hw/regs/probe.h"
#include "platform/observe/order_buffer.h"
#include "platform/observe/output_file.h"
#include "platform/observe/record.h"
#include "platform/observe/text_pool.h"
#include "platform/observe/units.h"
#include "platform/observe/wave_select.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rk3568 {

class causality;
class execution;
class irq_counts;
class off_times;
class recorder;
class trace_decoder;
class trace_writer;
class wave_names;
class waves;

struct observer_config {
    bool latency = true;                     // keep the latency accounts
    std::optional<std::string> latency_json; // --latency
    std::optional<std::string> vcd;          // --vcd
    std::string vcd_filters;                 // the folder of waves/*.filter, for the save files
    std::vector<std::string> vcd_scopes;     // --vcd-scope
    wave_windows vcd_windows;                // --vcd-window
    std::optional<std::string> ftrace;       // --ftrace
    std::optional<std::string> report;       // --report
    std::optional<std::string> uart;         // --uart
    bool live = false;                       // keep what the report shows, for timeline() and live_json()
    std::vector<std::string> command;        // the arguments, for the report
    bool explain = false;                    // find out what stood in the way of the longest samples
    uint64_t seed = 0;                       // for the head of the JSON
    std::string timing = "approx";
    unsigned cpus = 4;
    units blocks; // which module is which bank, core, UART, and which probe which pin
    // The name of a function at the address that a record gives as func; empty if it has none. May be empty.
    std::function<std::string(uint64_t)> symbol_name;
    // The findings of the run for --latency's JSON, asked when it ends. Empty: none.
    std::function<std::string()> findings_json;
    std::string earlier_json; // of the run that this one is compared with, for the report; empty: none
    // The simulated address of a pointer in a record. Empty: the same.
    std::function<uint64_t(uint64_t)> simulated_address;
};

class observer {
public:
    // Opens the outputs: throws output_error, one line, if one cannot be written.
    explicit observer(observer_config config);
    ~observer(); // outputs that finish() has not completed leave nothing behind
    observer(const observer &) = delete;
    observer &operator=(const observer &) = delete;

    // Attaches to every probe that an output needs. Once, after elaboration (start_of_simulation or later).
    void attach_all();

    // One record of the software: what port_trace() was given, the core that runs, and its local time. `text` may be
    // null and need not outlive the call; `state` is record::state. Costs a table look-up where no output wants the
    // event.
    void trace(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
               const char *text, uint16_t state = 0) {
        const uint8_t want = m_wanted[event];
        if (want & want_off)
            count_off(event, cpu, ps, a);
        if (want & want_record)
            put({ps, a, b, c, d, want & want_text ? m_texts.keep(text) : nullptr,
                 want & want_function ? function_at(event, b) : nullptr, 0, static_cast<uint8_t>(event),
                 static_cast<uint8_t>(cpu), state});
    }
    // By port_trace_event, 0 where no output wants the event: lets the port skip what it would compute for trace().
    const uint8_t *wanted() const { return m_wanted.data(); }
    // Whether an output shows the context that events happen in.
    bool wants_state() const { return m_trace != nullptr; }

    // Of a run that was booted before it was known: `latency_json` as in the configuration, which had `explain` set if
    // it is given. Throws as the constructor does.
    void set_run(uint64_t seed, std::vector<std::string> command, const std::optional<std::string> &latency_json);

    // Time zero: edges count from here on.
    void time_zero(uint64_t ps);

    // No record before `ps` will come any more. Optional: sc_time_stamp() is such a time by itself.
    void settle(uint64_t ps);

    // The end of the run, while the SoC still exists: settles everything, leaves the probes alone from here on, and
    // completes the outputs. Returns one line for each output that could not be written. An output that failed earlier
    // (a full disk) has not disturbed the run.
    // `dmesg`, the kernel's log, is for the report.
    // The run is cut off: what is written at its end says so. Before finish().
    void cut() { m_cut = true; }
    std::vector<std::string> finish(uint64_t ps, const std::string &dmesg = {});

    // What the accounts of all lines say so far, on one line.
    std::string statistics() const;

    // After finish(). Every counted edge was handled, merged or lost, each counted at its own place. The text says
    // where not.
    bool accounting_closes() const { return accounting_error().empty(); }
    std::string accounting_error() const;
    // After finish(): the table for the terminal, one row a line and mechanism; empty if no line was requested.
    std::string latency_table() const;
    // After finish(): latency_accounts::hints().
    std::vector<std::string> hints(const std::vector<bool> &moving) const;
    // After finish(): the JSON of docs/OUTPUTS.md.
    std::string latency_json() const;

    // While the run goes on, if the configuration has `live`: the signals so far, as of the last settle(), and the JSON
    // of latencies and interrupts, as the report has them.
    const recorder *timeline() const { return m_live; }
    recorder *timeline() { return m_live; }
    std::string live_json() const;

private:
    enum : uint8_t { want_record = 1, want_text = 2, want_function = 4, want_off = 8 };
    class tap;

    // A core that runs alone may go on for seconds while the simulation's time stands still. Cores overtake each other
    // by a basic block, or by --lookahead, so what is long before the newest record is settled as well: a core that
    // records without end costs time, not memory.
    static constexpr size_t many = 8192;
    static constexpr uint64_t long_before_ps = 1'000'000'000;

    void put(const record &r) {
        if (!m_order.put(r))
            return;
        const uint64_t now = sc_core::sc_time_stamp().value();
        const uint64_t settled = m_order.size() > many && r.ps > long_before_ps ? r.ps - long_before_ps : 0;
        drain(std::max(now, settled));
    }
    const char *function_at(port_trace_event event, uint64_t address);
    void drain(uint64_t ps);
    void show(const record &r);
    void found(const record &r);
    void sent(const record &r);
    void count_off(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a);
    void open_waves();
    void open_report();
    void open_timeline(recorder *&to);
    void complete_report(const std::string &dmesg);
    void attach(probe_base &probe);
    std::string findings() const;
    std::string full_json() const;
    void write_saves(uint64_t ps);
    void want_functions();
    int record_of(const probe_base &probe, const unit &of) const;
    void want(uint16_t event, uint8_t what) { m_wanted[event] |= what; }

    std::array<uint8_t, TRACE_EVENT_COUNT> m_wanted{};
    observer_config m_config;
    text_pool m_texts;
    std::unordered_map<uint64_t, const char *> m_functions; // only looked up
    order_buffer m_order;
    uint64_t m_settled = 0;
    std::vector<std::unique_ptr<tap>> m_taps;
    std::unique_ptr<causality> m_causality;
    std::unique_ptr<output_file> m_json;
    std::unique_ptr<execution> m_execution;
    std::unique_ptr<off_times> m_off;
    std::unique_ptr<wave_tee> m_wave_outputs;
    wave_window *m_window = nullptr; // one of them
    wave_names *m_names = nullptr;   // of --vcd
    recorder *m_recorder = nullptr;  // another: the report's
    recorder *m_live = nullptr;      // and what people look at while the run goes on
    std::unique_ptr<waves> m_waves;
    std::unique_ptr<irq_counts> m_irqs;
    std::unique_ptr<output_file> m_report;
    std::unique_ptr<output_file> m_uart;
    bool m_cut = false;
    uint64_t m_zero = 0;
    std::unique_ptr<trace_decoder> m_decoder;
    std::unique_ptr<trace_writer> m_trace;
    std::vector<std::string> m_errors;
};

} // namespace rk3568

#endif

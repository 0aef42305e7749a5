// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/observer.h"

#include "platform/observe/bounded.h"
#include "platform/observe/causality.h"
#include "platform/observe/event_table.h"
#include "platform/observe/execution.h"
#include "platform/observe/off_times.h"
#include "platform/observe/report/report.h"
#include "platform/observe/save_files.h"
#include "platform/observe/trace/writer.h"
#include "platform/observe/waves.h"

#include <algorithm>
#include <cstring>

namespace rk3568 {
namespace {

// What the report's timeline has.
const std::vector<std::string> report_scopes = {
    "pins", "cores.core?.running", "cores.core?.context", "cores.core?.edge", "cores.core?.task", "irq", "tasklet",
    "work", "gic.interrupts",      "gpio.gpio?.irq"};

constexpr unsigned console_uart = 2; // of the RK3568's boards

} // namespace

// Receives one probe's changes as records: one for the accounts where they need it, one for the waveform.
class observer::tap : public probe_sink {
public:
    tap(observer &owner, probe_base &probe, int event, unsigned number, int wave)
        : m_owner(owner)
        , m_probe(probe)
        , m_event(event)
        , m_number(number)
        , m_wave(wave) {
        m_probe.attach(this);
        if (m_event == HW_pin) // a level that is there already
            changed(probe, probe.value(), 0);
    }
    void detach() { m_probe.attach(nullptr); }

    void changed(const probe_base &, uint64_t value, uint64_t ps) override {
        if (m_event == HW_nirq && value) // only the assertion begins a stage
            m_owner.put({ps, value, 0, 0, 0, nullptr, nullptr, 0, HW_nirq, static_cast<uint8_t>(m_number)});
        else if (m_event == HW_status)
            m_owner.put({ps, m_number, value, 0, 0, nullptr, nullptr, 0, HW_status, 0});
        else if (m_event >= HW_edge_seen && m_event <= HW_edge_withdrawn && value < pins_per_bank)
            m_owner.put(
                {ps, m_number * pins_per_bank + value, 0, 0, 0, nullptr, nullptr, 0, static_cast<uint8_t>(m_event), 0});
        else if (m_event == HW_sent)
            m_owner.put({ps, value, 0, 0, 0, nullptr, nullptr, 0, HW_sent, 0});
        else if (m_event == HW_pin)
            m_owner.put({ps, m_number, value, 0, 0, nullptr, nullptr, 0, HW_pin, 0});
        if (m_wave >= 0)
            m_owner.put({ps, static_cast<uint64_t>(m_wave), value, 0, 0, nullptr, nullptr, 0, HW_probe, 0});
    }

private:
    observer &m_owner;
    probe_base &m_probe;
    int m_event;       // -1: the accounts do not need it
    unsigned m_number; // the bank or the core
    int m_wave;        // -1: not shown
};

observer::observer(observer_config config)
    : m_config(std::move(config)) {
    if (m_config.latency_json)
        m_json = std::make_unique<output_file>(*m_config.latency_json);
    if (m_config.uart)
        m_uart = std::make_unique<output_file>(*m_config.uart);
    open_waves();
    open_report();
    if (m_config.live)
        open_timeline(m_live);
    if (m_config.ftrace)
        m_trace = bound_trace(make_trace_writer(*m_config.ftrace, m_config.cpus), *m_config.ftrace);
    const bool explain = m_config.explain || m_json || m_report || m_live || m_config.vcd;
    if (explain || m_wave_outputs) {
        m_execution = std::make_unique<execution>(m_config.cpus, m_texts);
        for (port_trace_event event : execution::events())
            want(event, want_record | want_text);
        if (m_config.symbol_name)
            want_functions();
    }
    if (explain) {
        m_off = std::make_unique<off_times>(m_config.cpus, m_config.symbol_name);
        for (port_trace_event event : off_times::events)
            want(event, want_off);
    }
    if (m_wave_outputs) {
        m_waves = std::make_unique<waves>(*m_wave_outputs, m_config.cpus, *m_execution);
        for (port_trace_event event : waves::events())
            want(event, want_record | want_text);
        want(TRACE_finding, want_record | want_text);
    }
    if (m_config.latency || m_execution || m_trace) {
        m_causality = std::make_unique<causality>(m_config.cpus, explain ? m_execution.get() : nullptr);
        for (port_trace_event event : causality::events())
            want(event, want_record | (causality::needs_text(event) ? want_text : 0));
    }
    if (m_trace) {
        m_decoder = std::make_unique<trace_decoder>(m_config.cpus, m_texts, m_config.simulated_address);
        for (port_trace_event event : trace_decoder::events())
            want(event, want_record | want_text |
                            (m_config.symbol_name && event_table[event].has_function ? want_function : 0));
        if (m_config.symbol_name)
            want(TRACE_module_free, want_function);
    }
}

void observer::set_run(uint64_t seed, std::vector<std::string> command,
                       const std::optional<std::string> &latency_json) {
    m_config.seed = seed;
    m_config.command = std::move(command);
    if (latency_json)
        m_json = std::make_unique<output_file>(*latency_json);
}

// The names of tasklets' and work items' functions. After module_free, addresses may come to mean something else.
void observer::want_functions() {
    for_each_event(
        [](const event_info &e) { return e.has_function && (e.does == role::schedules || e.does == role::begins); },
        [this](port_trace_event event) {
            const object what = event_table[event].what;
            if (what == object::tasklet || what == object::work || what == object::delayed_work)
                want(event, want_record | want_function);
        });
    want(TRACE_module_free, want_record | want_function);
}

void observer::open_waves() {
    if (!m_config.vcd && !m_config.report && !m_config.live)
        return;
    m_wave_outputs = std::make_unique<wave_tee>();
    if (!m_config.vcd)
        return;
    auto remembered = std::make_unique<wave_names>(bound_waves(make_wave_file(*m_config.vcd), *m_config.vcd));
    m_names = remembered.get();
    std::unique_ptr<wave_sink> file = std::move(remembered);
    if (!m_config.vcd_windows.empty()) {
        auto window = std::make_unique<wave_window>(std::move(file), m_config.vcd_windows);
        m_window = window.get();
        file = std::move(window);
    }
    m_wave_outputs->add_outlet(std::move(file), "--vcd-scope", m_config.vcd_scopes);
}

void observer::open_report() {
    if (!m_config.report)
        return;
    m_report = std::make_unique<output_file>(*m_config.report);
    open_timeline(m_recorder);
}

void observer::open_timeline(recorder *&to) {
    auto timeline = std::make_unique<recorder>();
    to = timeline.get();
    m_wave_outputs->add_outlet(std::move(timeline), "", report_scopes);
    if (!m_irqs)
        m_irqs = std::make_unique<irq_counts>(m_config.cpus);
    for (port_trace_event event : irq_counts::events())
        want(event, want_record | want_text);
}

observer::~observer() = default;

void observer::attach_all() {
    std::vector<sc_core::sc_object *> open(sc_core::sc_get_top_level_objects());
    std::reverse(open.begin(), open.end());
    while (!open.empty()) {
        sc_core::sc_object *const object = open.back();
        open.pop_back();
        if (auto *const probe = dynamic_cast<probe_base *>(object))
            attach(*probe);
        const auto &children = object->get_child_objects();
        open.insert(open.end(), children.rbegin(), children.rend());
    }
}

// The record that an output needs of a probe; -1: none does.
int observer::record_of(const probe_base &probe, const unit &of) const {
    const bool wanted = of.kind == unit_kind::uart  ? m_uart && of.number == console_uart
                        : of.kind == unit_kind::pin ? m_trace != nullptr
                                                    : m_causality != nullptr;
    if (!wanted || !of.records(&probe))
        return -1;
    for (const hw_record &known : hw_records)
        if (known.whose == of.kind && (!*known.probe || !std::strcmp(probe.basename(), known.probe)))
            return known.record;
    return -1;
}

void observer::attach(probe_base &probe) {
    const unit *const of = m_config.blocks.of(&probe);
    const int event = of ? record_of(probe, *of) : -1;
    const int wave = m_waves ? static_cast<int>(m_waves->add_probe(probe, of)) : -1;
    if (event < 0 && wave < 0)
        return;
    m_taps.push_back(std::make_unique<tap>(*this, probe, event, of ? of->number : 0, wave));
}

void observer::time_zero(uint64_t ps) {
    m_zero = ps;
    if (m_off)
        m_off->reset();
    if (m_window)
        m_window->time_zero(ps);
    if (m_causality)
        m_causality->time_zero(ps);
}

// Names are looked up at once: when the record's turn comes, the module may be gone.
const char *observer::function_at(port_trace_event event, uint64_t address) {
    if (event == TRACE_module_free) {
        m_functions.clear();
        return nullptr;
    }
    const auto [at, is_new] = m_functions.try_emplace(address, nullptr);
    if (is_new && address)
        if (const std::string name = m_config.symbol_name(address); !name.empty())
            at->second = m_texts.keep(name.c_str());
    return at->second;
}

void observer::settle(uint64_t ps) {
    m_settled = std::max(m_settled, ps);
    drain(m_settled);
}

void observer::drain(uint64_t ps) {
    m_order.take(std::max(ps, m_settled), [this](record &r) {
        if (r.event == HW_sent)
            return sent(r);
        if (m_causality)
            m_causality->consume(r);
        if (m_execution || m_trace)
            show(r);
    });
}

void observer::show(const record &r) {
    const bool changed = m_execution && m_execution->consume(r);
    if (m_waves)
        m_waves->consume(r, changed);
    if (m_irqs)
        m_irqs->consume(r);
    if (r.event == TRACE_finding)
        found(r);
    // Records come from within the simulation, which cannot do anything about a full disk: the output ends there,
    // and finish() says why.
    if (m_trace)
        try {
            if (const trace_event *const e = m_decoder->decode(r))
                m_trace->write(*e);
        } catch (const output_error &error) {
            m_errors.emplace_back(error.what());
            m_trace.reset();
        }
}

void observer::found(const record &r) {
    if (m_window)
        m_window->finding(r.ps);
}

void observer::sent(const record &r) {
    if (!m_uart)
        return;
    const char character = static_cast<char>(r.a);
    try {
        m_uart->write({&character, 1});
    } catch (const output_error &error) {
        m_errors.emplace_back(error.what());
        m_uart.reset();
    }
}

void observer::count_off(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a) {
    m_off->consume(event, cpu, ps, a);
}

std::vector<std::string> observer::finish(uint64_t ps, const std::string &dmesg) {
    const auto attempt = [this](const auto &write) {
        try {
            write();
        } catch (const output_error &error) {
            m_errors.emplace_back(error.what());
        }
    };
    for (const auto &tap : m_taps)
        tap->detach();
    drain(~0ull);
    if (m_causality)
        m_causality->finish();
    if (m_wave_outputs) {
        m_wave_outputs->finish(ps);
        m_errors.insert(m_errors.end(), m_wave_outputs->errors().begin(), m_wave_outputs->errors().end());
    }
    if (m_names && m_wave_outputs->errors().empty())
        attempt([&] { write_saves(ps); });
    if (m_trace)
        attempt([&] { m_trace->finish(*m_decoder, ps); });
    if (m_json)
        attempt([&] {
            m_json->write(latency_json());
            m_json->commit();
        });
    if (m_uart)
        attempt([&] { m_uart->commit(); });
    if (m_report)
        attempt([&] { complete_report(dmesg); });
    return m_errors;
}

// The viewers' files beside the waveform, which begin at what the accounts say was slowest.
void observer::write_saves(uint64_t ps) {
    std::vector<slow_sample> slowest;
    if (m_config.latency)
        m_causality->accounts().for_each_worst(
            [&slowest](const latency_action &action, mechanism m, const latency_action::worst_sample &worst) {
                slowest.push_back({pin_name(action.line), action.name, info(m).name, worst.at_ps,
                                   action.stage_of(m, info(m).total).max(), worst.cpu});
            });
    write_save_files(*m_config.vcd, m_config.vcd_filters, m_names->names(), slowest, ps);
}

void observer::complete_report(const std::string &dmesg) {
    report_head head;
    head.command = m_config.command;
    head.seed = m_config.seed;
    head.timing = m_config.timing;
    head.cpus = m_config.cpus;
    head.zero_ps = m_zero;
    head.dmesg = dmesg;
    head.earlier_json = m_config.earlier_json;
    write_report(*m_report, head, *m_recorder, full_json(), *m_irqs);
    m_report->commit();
}

std::string observer::full_json() const {
    return m_causality->accounts().json(m_config.seed, m_config.timing, {m_off.get(), true, m_cut, findings()});
}

std::string observer::live_json() const {
    return "{\"latency\":" + full_json() + ",\"irqs\":" + irqs_json(*m_irqs) + "}";
}

std::string observer::findings() const {
    return m_config.findings_json ? m_config.findings_json() : "";
}

std::string observer::statistics() const {
    return m_causality ? m_causality->accounts().statistics() : "";
}
std::string observer::accounting_error() const {
    return m_config.latency ? m_causality->accounts().error() : "";
}
std::string observer::latency_table() const {
    return m_config.latency ? m_causality->accounts().table() : "";
}
std::vector<std::string> observer::hints(const std::vector<bool> &moving) const {
    return m_config.latency ? m_causality->accounts().hints(moving) : std::vector<std::string>();
}
std::string observer::latency_json() const {
    return m_causality
               ? m_causality->accounts().json(m_config.seed, m_config.timing, {m_off.get(), false, m_cut, findings()})
               : "";
}

} // namespace rk3568

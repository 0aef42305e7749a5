// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/waves.h"

#include <algorithm>

#include <fmt/format.h>

namespace rk3568 {
namespace {

std::vector<std::string> parts_of(const std::string &path) {
    std::vector<std::string> parts(1);
    for (char c : path)
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

// Where a probe stands in the waveform. GPIO banks, cores and pins have their place wherever the platform has put them;
// everything else keeps its own, without the name of the whole.
std::pair<std::string, std::string> place_of(const probe_base &probe, const unit *of) {
    std::vector<std::string> parts = parts_of(probe.name());
    const std::string name = parts.back();
    parts.pop_back();
    std::string scope;
    if (of && of->kind == unit_kind::pin)
        return {"pins", name};
    size_t from = parts.size() > 1 ? 1 : 0;
    if (of && (of->kind == unit_kind::bank || of->kind == unit_kind::core)) {
        scope = fmt::format(of->kind == unit_kind::core ? "cores.core{}" : "gpio.gpio{}", of->number);
        from = parts_of(of->object->name()).size();
    }
    for (size_t i = from; i < parts.size(); ++i)
        scope += (scope.empty() ? "" : ".") + parts[i];
    return {scope, name};
}

// What the waveform shows of the software, besides what the cores execute.
bool is_shown(const event_info &event) {
    switch (event.what) {
    case object::handler:
    case object::thread:
    case object::tasklet:
    case object::work:
    case object::delayed_work:
        return event.does != role::other;
    case object::softirq:
        return event.does == role::begins || event.does == role::ends;
    default:
        return false;
    }
}

} // namespace

waves::waves(wave_sink &out, unsigned cpus, const execution &executes)
    : m_out(out)
    , m_executes(executes)
    , m_cores(cpus) {
    for (unsigned cpu = 0; cpu < cpus; ++cpu) {
        core &c = m_cores[cpu];
        const std::string scope = fmt::format("cores.core{}", cpu);
        c.context = m_out.add(scope, "context", 2);
        c.task_name = m_out.add_text(scope, "task", fmt::format("swapper/{}", cpu));
        c.running = m_out.add_text(scope, "running", fmt::format("swapper/{}", cpu));
        c.edge = m_out.add(scope, "edge", 32);
    }
}

uint32_t waves::add_probe(const probe_base &probe, const unit *of) {
    const auto [scope, name] = place_of(probe, of);
    probe_signal shown{probe_signal::kind::state};
    if (probe.width()) {
        shown.value = m_out.add(scope, name, probe.width(), probe.value());
        if (name == "int_status") {
            shown.what = probe_signal::kind::bank_status;
            shown.line = m_out.add(scope, "irq", 1, probe.value() != 0);
        }
    } else if (name == "state") {
        shown.what = probe_signal::kind::gic_state;
    } else {
        shown.what = probe_signal::kind::hidden;
    }
    m_probes.push_back(shown);
    return static_cast<uint32_t>(m_probes.size() - 1);
}

// intid | state << 16 | core << 24 (hw/gicv3/gicv3.h); an interrupt gets its signal when something first happens to it.
void waves::gic_state(uint64_t value, uint64_t ps) {
    const uint64_t intid = value & 0xffff, state = value >> 16 & 0xff, core = value >> 24 & 0xff;
    auto [at, is_new] = m_intids.try_emplace({intid, core}, 0);
    if (is_new) {
        const std::string name = intid < 16     ? fmt::format("sgi{}_core{}", intid, core)
                                 : intid < 32   ? fmt::format("ppi{}_core{}", intid - 16, core)
                                 : intid < 1020 ? fmt::format("spi{}", intid - 32)
                                                : fmt::format("lpi{}", intid);
        at->second = m_out.add("gic.interrupts", name, 2);
    }
    m_out.change(at->second, ps, state & 3);
}

void waves::consume(const record &r, bool changed) {
    if (r.event == HW_probe) {
        const probe_signal &p = m_probes[r.a];
        if (p.what == probe_signal::kind::gic_state)
            return gic_state(r.b, r.ps);
        if (p.what == probe_signal::kind::hidden)
            return;
        m_out.change(p.value, r.ps, r.b);
        if (p.what == probe_signal::kind::bank_status)
            m_out.change(p.line, r.ps, r.b != 0);
        return;
    }
    if (r.event >= TRACE_EVENT_COUNT || r.cpu >= m_cores.size())
        return;
    follow(r);
    if (changed)
        show(r);
}

std::vector<port_trace_event> waves::events() {
    std::vector<port_trace_event> all;
    for_each_event(is_shown, [&all](port_trace_event event) { all.push_back(event); });
    return all;
}

void waves::follow(const record &r) {
    const event_info &event = event_table[r.event];
    if (!is_shown(event))
        return;
    if (event.what == object::softirq)
        return softirq(r, event.does == role::begins);
    if (event.does == role::cancels) {
        if (const auto found = m_works.find(r.a); found != m_works.end()) {
            found->second.counts[delayed] = found->second.counts[waiting] = 0;
            step(found->second, idle, idle, r.ps);
        }
        return;
    }
    shown_object &o = of(event.what, r);
    switch (event.does) {
    case role::schedules:
        if (event.what == object::delayed_work)
            step(o, idle, delayed, r.ps);
        else
            step(o, delayed, waiting, r.ps);
        break;
    case role::begins:
        step(o, waiting, running, r.ps);
        break;
    default:
        step(o, running, idle, r.ps);
    }
}

waves::shown_object &waves::of(object what, const record &r) {
    switch (what) {
    case object::handler:
        return of_irq(m_handlers, "irq.handler", r);
    case object::thread:
        return of_irq(m_threads, "irq.thread", r);
    case object::tasklet:
        return of_function(m_tasklets, "tasklet", r);
    default:
        return of_function(m_works, "work", r);
    }
}

void waves::show(const record &r) {
    const core &c = m_cores[r.cpu];
    const execution::state s = m_executes.now(r.cpu);
    m_out.change(c.task_name, r.ps, s.task);
    m_out.change(c.context, r.ps, static_cast<uint64_t>(s.in));
    m_out.change(c.running, r.ps, s.running);
    m_out.change(c.edge, r.ps, static_cast<uint64_t>(s.cause));
}

// One of what is `from` becomes `to`. The signal shows the most advanced state that any is in.
void waves::step(shown_object &o, activity from, activity to, uint64_t ps) {
    if (from != idle && o.counts[from])
        --o.counts[from];
    // Scheduling what waits already changes nothing: there is one of it.
    if (to == running)
        ++o.counts[to];
    else if (to != idle)
        o.counts[to] = 1;
    m_out.change(o.shown, ps,
                 o.counts[running]   ? running
                 : o.counts[waiting] ? waiting
                 : o.counts[delayed] ? delayed
                                     : idle);
}

waves::shown_object &waves::new_object(shown_object &o, const char *scope, const std::string &name) {
    o = {};
    o.name = name;
    o.shown = m_out.add(scope, name, 2);
    return o;
}

waves::shown_object &waves::of_irq(std::unordered_map<uint64_t, shown_object> &all, const char *scope,
                                   const record &r) {
    // Equal names are one text (record.h).
    shown_object &o = all[reinterpret_cast<uintptr_t>(r.text) ^ r.a << 48];
    if (!o.name.empty())
        return o;
    const std::string name = r.text ? r.text : "-";
    // The same name on another irq says which one it is.
    const bool first = m_used[std::string(scope) + "." + name]++ == 0;
    return new_object(o, scope, first ? name : fmt::format("{}_irq{}", name, r.a));
}

waves::shown_object &waves::of_function(std::unordered_map<uint64_t, shown_object> &all, const char *kind,
                                        const record &r) {
    shown_object &o = all[r.a];
    if (o.name.empty() || (r.function && o.function != r.function)) {
        new_object(o, kind, unique(kind, function_name(r, kind)));
        o.function = r.function;
    }
    return o;
}

std::string waves::function_name(const record &r, const char *kind) {
    if (r.function)
        return r.function;
    const auto at = m_nameless.try_emplace({kind, r.b}, static_cast<unsigned>(m_nameless.size())).first;
    return fmt::format("{}_{}", kind, at->second);
}

// Two objects that run the same function are two signals.
std::string waves::unique(const std::string &scope, const std::string &name) {
    const unsigned before = m_used[scope + "." + name]++;
    return before ? fmt::format("{}_{}", name, before + 1) : name;
}

void waves::softirq(const record &r, bool on) {
    auto [at, is_new] = m_cores[r.cpu].softirqs.try_emplace(r.a, 0);
    if (is_new)
        at->second =
            m_out.add(fmt::format("cores.core{}.softirq", r.cpu), r.text ? r.text : fmt::format("vec{}", r.a), 1);
    m_out.change(at->second, r.ps, on);
}

} // namespace rk3568

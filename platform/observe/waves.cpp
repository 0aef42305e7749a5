// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/waves.h"

#include <algorithm>
#include <cctype>

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

// gpio3, core0, core_0: the word, and a number behind it.
bool is_numbered(const std::string &part, const char *name, std::string &out) {
    const std::string prefix = name;
    if (part.compare(0, prefix.size(), prefix) != 0)
        return false;
    size_t at = prefix.size();
    at += at < part.size() && part[at] == '_';
    if (at + 1 != part.size() || !std::isdigit(static_cast<unsigned char>(part[at])))
        return false;
    out = prefix + part[at];
    return true;
}

// Where a probe stands in the waveform. GPIO banks, cores and pins have their place wherever the platform has put them;
// everything else keeps its own, without the name of the whole.
std::pair<std::string, std::string> place_of(const std::string &path) {
    const auto parts = parts_of(path);
    if (parts.size() == 1)
        return {"", parts[0]};
    std::string name;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const bool bank = is_numbered(parts[i], "gpio", name), core = is_numbered(parts[i], "core", name);
        if (!bank && !core)
            continue;
        std::string scope = (core ? "cores." : "gpio.") + name;
        for (size_t j = i + 1; j + 1 < parts.size(); ++j)
            scope += "." + parts[j];
        return {scope, parts.back()};
    }
    if (parts.back().compare(0, 4, "GPIO") == 0)
        return {"pins", parts.back()};
    std::string scope;
    for (size_t i = parts.size() > 2 ? 1 : 0; i + 1 < parts.size(); ++i)
        scope += (scope.empty() ? "" : ".") + parts[i];
    return {scope, parts.back()};
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

uint32_t waves::add_probe(const probe_base &probe) {
    const auto [scope, name] = place_of(probe.name());
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
    switch (r.event) {
    case TRACE_irq_handler_entry:
        step(handler(r), idle, running, r.ps);
        break;
    case TRACE_irq_handler_exit:
        step(handler(r), running, idle, r.ps);
        break;
    case TRACE_irq_thread_wake:
        step(thread(r), idle, waiting, r.ps);
        break;
    case TRACE_irq_thread_entry:
        step(thread(r), waiting, running, r.ps);
        break;
    case TRACE_irq_thread_exit:
        step(thread(r), running, idle, r.ps);
        break;
    case TRACE_softirq_entry:
        softirq(r, true);
        break;
    case TRACE_softirq_exit:
        softirq(r, false);
        break;
    case TRACE_tasklet_schedule:
        step(tasklet(r), idle, waiting, r.ps);
        break;
    case TRACE_tasklet_entry:
        step(tasklet(r), waiting, running, r.ps);
        break;
    case TRACE_tasklet_exit:
        step(tasklet(r), running, idle, r.ps);
        break;
    case TRACE_workqueue_delay:
        step(work(r), idle, delayed, r.ps);
        break;
    case TRACE_workqueue_queue_work:
        step(work(r), delayed, waiting, r.ps);
        break;
    case TRACE_workqueue_execute_start:
        step(work(r), waiting, running, r.ps);
        break;
    case TRACE_workqueue_execute_end:
        step(work(r), running, idle, r.ps);
        break;
    case TRACE_workqueue_cancel:
        if (const auto found = m_works.find(r.a); found != m_works.end()) {
            found->second.counts[delayed] = found->second.counts[waiting] = 0;
            step(found->second, idle, idle, r.ps);
        }
        break;
    default:
        break;
    }
    if (changed)
        show(r);
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
void waves::step(object &o, activity from, activity to, uint64_t ps) {
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

waves::object &waves::new_object(object &o, const char *scope, const std::string &name) {
    o = {};
    o.name = name;
    o.shown = m_out.add(scope, name, 2);
    return o;
}

waves::object &waves::of_irq(std::unordered_map<uint64_t, object> &all, const char *scope, const record &r) {
    // Equal names are one text (record.h).
    object &o = all[reinterpret_cast<uintptr_t>(r.text) ^ r.a << 48];
    if (!o.name.empty())
        return o;
    const std::string name = r.text ? r.text : "-";
    // The same name on another irq says which one it is.
    const bool first = m_used[std::string(scope) + "." + name]++ == 0;
    return new_object(o, scope, first ? name : fmt::format("{}_irq{}", name, r.a));
}

waves::object &waves::of_function(std::unordered_map<uint64_t, object> &all, const char *kind, const record &r) {
    object &o = all[r.a];
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

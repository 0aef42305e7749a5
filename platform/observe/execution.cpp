// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/execution.h"

#include <algorithm>

#include <fmt/format.h>

namespace rk3568 {

namespace {

// What a core can be said to execute.
bool runs_here(const event_info &event) {
    return (event.does == role::begins || event.does == role::ends) && event.what != object::timer &&
           event.what != object::hrtimer && event.what != object::ipi;
}

execution::context context_of(object what) {
    switch (what) {
    case object::exception:
    case object::handler:
        return execution::in_hardirq;
    case object::softirq:
    case object::tasklet:
        return execution::in_softirq;
    default:
        return execution::in_task;
    }
}

} // namespace

const char *execution::context_name(context c) {
    static constexpr const char *names[] = {"idle", "task", "softirq", "hardirq"};
    return names[c];
}

execution::execution(unsigned cpus, text_pool &texts)
    : m_texts(texts)
    , m_cores(cpus) {
    for (unsigned cpu = 0; cpu < cpus; ++cpu) {
        core &c = m_cores[cpu];
        c.idle.name = texts.keep(fmt::format("swapper/{}", cpu).c_str());
        c.idle.in = in_idle;
        c.current = &c.idle;
    }
}

const std::vector<port_trace_event> &execution::events() {
    static const std::vector<port_trace_event> list = [] {
        std::vector<port_trace_event> all = {TRACE_sched_switch, TRACE_sched_process_exit, TRACE_task_rename};
        for_each_event(runs_here, [&all](port_trace_event event) { all.push_back(event); });
        return all;
    }();
    return list;
}

execution::task &execution::task_of(uint64_t pid) {
    task &t = m_tasks[pid];
    if (!t.name)
        t.name = m_texts.keep("-");
    return t;
}

bool execution::consume(const record &r) {
    if (r.event >= TRACE_EVENT_COUNT || r.cpu >= m_cores.size())
        return false;
    switch (r.event) {
    case TRACE_sched_switch: {
        core &c = m_cores[r.cpu];
        c.current = r.c ? &task_of(r.c) : &c.idle;
        if (r.c && r.text)
            c.current->name = r.text;
        break;
    }
    case TRACE_task_rename:
        if (r.a)
            task_of(r.a).name = r.text ? r.text : "-";
        break;
    case TRACE_sched_process_exit:
        if (r.a)
            task_of(r.a).stack.clear();
        return false;
    default:
        if (!run(r))
            return false;
    }
    core &c = m_cores[r.cpu];
    const state s = now(r.cpu);
    if (!c.count || c.past[(c.count - 1) % remembered].running != s.running ||
        c.past[(c.count - 1) % remembered].in != s.in)
        c.past[c.count++ % remembered] = {r.ps, s.in, s.running};
    return true;
}

// An object begins or ends.
bool execution::run(const record &r) {
    const event_info &event = event_table[r.event];
    if (!runs_here(event))
        return false;
    const uint64_t key = key_of(r);
    if (event.does == role::ends) {
        leave(r, event.what, key);
        return true;
    }
    const char *name = event.has_function ? r.function : r.text;
    if (!name)
        name = object_name(event.what);
    context in = context_of(event.what);
    if (event.what == object::lock) {
        const state here = now(r.cpu);
        in = here.in == in_idle ? in_task : here.in;
        name = m_texts.keep(fmt::format("lock:{}", name).c_str());
    }
    m_cores[r.cpu].current->stack.push_back({in, name, event.what, key, r.cause});
    return true;
}

execution::state execution::now(unsigned cpu) const {
    const task &t = *m_cores[cpu].current;
    if (t.stack.empty())
        return {t.in, t.name, t.name, 0};
    const frame &f = t.stack.back();
    return {f.in, f.name, t.name, f.cause};
}

void execution::leave(const record &r, object what, uint64_t key) {
    auto &stack = m_cores[r.cpu].current->stack;
    for (size_t i = stack.size(); i-- > 0;)
        if (stack[i].what == what && stack[i].key == key) {
            stack.erase(stack.begin() + static_cast<std::ptrdiff_t>(i), stack.end());
            break;
        }
}

std::optional<execution::share> execution::most(unsigned cpu, uint64_t from_ps, uint64_t to_ps) const {
    const core &c = m_cores[cpu];
    std::vector<share> shares;
    uint64_t end = to_ps;
    for (uint64_t n = c.count; n > 0 && c.count - n < remembered && end > from_ps; --n) {
        const change &was = c.past[(n - 1) % remembered];
        const uint64_t begin = std::max(was.ps, from_ps);
        if (begin < end) {
            const auto same = std::find_if(shares.begin(), shares.end(),
                                           [&](const share &s) { return s.in == was.in && s.running == was.running; });
            if (same == shares.end())
                shares.push_back({was.in, was.running, end - begin});
            else
                same->ps += end - begin;
        }
        end = std::min(end, was.ps);
    }
    const auto largest =
        std::max_element(shares.begin(), shares.end(), [](const share &a, const share &b) { return a.ps < b.ps; });
    return largest == shares.end() ? std::nullopt : std::optional<share>(*largest);
}

} // namespace rk3568

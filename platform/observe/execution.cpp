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
        task &left = *c.current;
        c.current = r.c ? &task_of(r.c) : &c.idle;
        if (r.c && r.text)
            c.current->name = r.text;
        if (left.past) {
            const bool waits = !left.stack.empty() && left.stack.back().what == object::lock;
            constexpr uint64_t preempted = 0x100; // in prev_state of sched_switch, as in Linux's trace
            const uint64_t state = r.b >> 32;
            const bool wants_to_run = state == 0 || (state & preempted);
            if (!waits && wants_to_run)
                note(left, {r.ps, doing::preempted, in_task, c.current->name, nullptr});
            else if (!waits)
                note(left, {r.ps, doing::asleep, in_task, left.name, nullptr});
        }
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
    if (c.current->past)
        note(*c.current, step_of(*c.current, r.ps));
    return true;
}

execution::step execution::step_of(const task &t, uint64_t ps) {
    if (t.stack.empty())
        return {ps, doing::executing, t.in, t.name, nullptr};
    const frame &f = t.stack.back();
    return {ps, f.what == object::lock ? doing::waiting_for_lock : doing::executing, f.in, f.name, f.holder};
}

void execution::note(task &t, const step &now) {
    history &h = *t.past;
    if (!h.count || !(h.steps[(h.count - 1) % steps_remembered] == now))
        h.steps[h.count++ % steps_remembered] = now;
}

// Who has the lock that a task finds taken: a task that may sleep, or else what the lock's core executes.
const char *execution::holder_of(const record &r) {
    if (const uint64_t pid = r.d >> 32)
        return task_of(pid).name;
    return r.c < m_cores.size() ? now(static_cast<unsigned>(r.c)).running : nullptr;
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
    task &t = *m_cores[r.cpu].current;
    if (!t.past && (event.what == object::thread || event.what == object::work))
        t.past = std::make_unique<history>();
    t.stack.push_back({in, name, event.what, key, r.cause, event.what == object::lock ? holder_of(r) : nullptr});
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

const char *execution::doing_name(const activity &a) {
    static constexpr const char *names[] = {nullptr, "lock", "preempted", "asleep"};
    return a.what != doing::executing ? names[static_cast<size_t>(a.what)]
           : a.most.in == in_task     ? "computing"
                                      : context_name(a.most.in);
}

std::optional<execution::activity> execution::most_of_run(unsigned cpu, uint64_t from_ps, uint64_t to_ps) const {
    const history *const past = m_cores[cpu].current->past.get();
    if (!past)
        return std::nullopt;
    std::vector<std::pair<step, uint64_t>> sums;
    uint64_t end = to_ps;
    for (uint64_t n = past->count; n > 0 && past->count - n < steps_remembered && end > from_ps; --n) {
        const step &was = past->steps[(n - 1) % steps_remembered];
        const uint64_t begin = std::max(was.ps, from_ps);
        if (begin < end) {
            const auto same = std::find_if(sums.begin(), sums.end(), [&](const auto &s) { return s.first == was; });
            if (same == sums.end())
                sums.emplace_back(was, end - begin);
            else
                same->second += end - begin;
        }
        end = std::min(end, was.ps);
    }
    const auto largest =
        std::max_element(sums.begin(), sums.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    if (largest == sums.end() || end > from_ps)
        return std::nullopt;
    const step &most = largest->first;
    return activity{most.what, {most.in, most.name, largest->second}, most.holder};
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

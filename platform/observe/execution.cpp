// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/execution.h"

#include <algorithm>

#include <fmt/format.h>

namespace rk3568 {

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
    static const std::vector<port_trace_event> list = {
        TRACE_vector_entry,
        TRACE_vector_exit,
        TRACE_irq_handler_entry,
        TRACE_irq_handler_exit,
        TRACE_irq_thread_entry,
        TRACE_irq_thread_exit,
        TRACE_softirq_entry,
        TRACE_softirq_exit,
        TRACE_tasklet_entry,
        TRACE_tasklet_exit,
        TRACE_workqueue_execute_start,
        TRACE_workqueue_execute_end,
        TRACE_sched_switch,
        TRACE_sched_process_exit,
        TRACE_task_rename,
        TRACE_lock_contended,
        TRACE_lock_acquired,
    };
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
    const char *const text = r.text ? r.text : "-";
    switch (r.event) {
    case TRACE_vector_entry:
        enter(r, in_hardirq, "exception", 0);
        break;
    case TRACE_vector_exit:
        leave(r, TRACE_vector_entry, 0);
        break;
    case TRACE_irq_handler_entry:
        enter(r, in_hardirq, text, r.b);
        break;
    case TRACE_irq_handler_exit:
        leave(r, TRACE_irq_handler_entry, r.b);
        break;
    case TRACE_irq_thread_entry:
        enter(r, in_task, text, r.b);
        break;
    case TRACE_irq_thread_exit:
        leave(r, TRACE_irq_thread_entry, r.b);
        break;
    case TRACE_softirq_entry:
        enter(r, in_softirq, text, r.a);
        break;
    case TRACE_softirq_exit:
        leave(r, TRACE_softirq_entry, r.a);
        break;
    case TRACE_tasklet_entry:
        enter(r, in_softirq, r.function ? r.function : "tasklet", r.a);
        break;
    case TRACE_tasklet_exit:
        leave(r, TRACE_tasklet_entry, r.a);
        break;
    case TRACE_workqueue_execute_start:
        enter(r, in_task, r.function ? r.function : "work", r.a);
        break;
    case TRACE_workqueue_execute_end:
        leave(r, TRACE_workqueue_execute_start, r.a);
        break;
    case TRACE_lock_contended: {
        const state here = now(r.cpu);
        enter(r, here.in == in_idle ? in_task : here.in, m_texts.keep(fmt::format("lock:{}", text).c_str()), r.a);
        break;
    }
    case TRACE_lock_acquired:
        leave(r, TRACE_lock_contended, r.a);
        break;
    case TRACE_sched_switch: {
        core &c = m_cores[r.cpu];
        c.current = r.c ? &task_of(r.c) : &c.idle;
        if (r.c && r.text)
            c.current->name = r.text;
        break;
    }
    case TRACE_task_rename:
        if (r.a)
            task_of(r.a).name = text;
        break;
    case TRACE_sched_process_exit:
        if (r.a)
            task_of(r.a).stack.clear();
        return false;
    default:
        return false;
    }
    core &c = m_cores[r.cpu];
    const state s = now(r.cpu);
    if (!c.count || c.past[(c.count - 1) % remembered].running != s.running ||
        c.past[(c.count - 1) % remembered].in != s.in)
        c.past[c.count++ % remembered] = {r.ps, s.in, s.running};
    return true;
}

execution::state execution::now(unsigned cpu) const {
    const task &t = *m_cores[cpu].current;
    if (t.stack.empty())
        return {t.in, t.name, t.name, 0};
    const frame &f = t.stack.back();
    return {f.in, f.name, t.name, f.cause};
}

void execution::enter(const record &r, context in, const char *name, uint64_t key) {
    m_cores[r.cpu].current->stack.push_back({in, name, r.event, key, r.cause});
}

void execution::leave(const record &r, uint8_t entry, uint64_t key) {
    auto &stack = m_cores[r.cpu].current->stack;
    for (size_t i = stack.size(); i-- > 0;)
        if (stack[i].event == entry && stack[i].key == key) {
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

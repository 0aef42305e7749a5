// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/causality.h"

#include <algorithm>
#include <cstring>

namespace rk3568 {
namespace {

constexpr uint64_t max_irqs = 1 << 16;
constexpr uint64_t max_pids = 1 << 22; // PID_MAX_LIMIT of a 64-bit Linux

// The softirqs that carry tasklets and timers and the kernel's own work (include/linux/interrupt.h) are no way in which
// a driver serves an interrupt: HI, TIMER, TASKLET, SCHED, HRTIMER, RCU.
bool serves_drivers(uint64_t vec) {
    return vec > 1 && (vec < 6 || vec > 9);
}

// "gpio3", also as a part of a longer name: 3. Other domains: -1.
int bank_of(const char *domain) {
    const char *at = domain ? std::strstr(domain, "gpio") : nullptr;
    if (!at || at[4] < '0' || at[4] >= static_cast<char>('0' + pin_banks) || (at[5] >= '0' && at[5] <= '9'))
        return -1;
    return at[4] - '0';
}

} // namespace

causality::causality(unsigned cpus, const execution *executes)
    : m_executes(executes)
    , m_cores(cpus) {
    for (core &c : m_cores)
        c.current = &c.idle;
    for (unsigned pin = 0; pin < pin_count; ++pin)
        m_counts[pin] = &m_accounts.line(pin);
}

causality::~causality() = default;

const std::vector<port_trace_event> &causality::events() {
    static const std::vector<port_trace_event> list = {
        TRACE_vector_entry,
        TRACE_vector_exit,
        TRACE_irq_map,
        TRACE_irq_unmap,
        TRACE_irq_request,
        TRACE_irq_free,
        TRACE_irq_handler_entry,
        TRACE_irq_handler_exit,
        TRACE_irq_pending,
        TRACE_irq_pending_merged,
        TRACE_irq_dropped,
        TRACE_irq_thread_wake,
        TRACE_irq_thread_entry,
        TRACE_irq_thread_exit,
        TRACE_softirq_raise,
        TRACE_softirq_entry,
        TRACE_softirq_exit,
        TRACE_tasklet_schedule,
        TRACE_tasklet_entry,
        TRACE_tasklet_exit,
        TRACE_workqueue_queue_work,
        TRACE_workqueue_execute_start,
        TRACE_workqueue_execute_end,
        TRACE_workqueue_delay,
        TRACE_workqueue_cancel,
        TRACE_sched_switch,
        TRACE_sched_process_exit,
        TRACE_timer_start,
        TRACE_timer_expire_entry,
        TRACE_timer_expire_exit,
        TRACE_timer_cancel,
        TRACE_hrtimer_start,
        TRACE_hrtimer_expire_entry,
        TRACE_hrtimer_expire_exit,
        TRACE_hrtimer_cancel,
    };
    return list;
}

bool causality::needs_text(port_trace_event event) {
    return event == TRACE_irq_map || event == TRACE_irq_request || event == TRACE_irq_dropped;
}

void causality::consume(record &r) {
    if (r.event >= TRACE_EVENT_COUNT)
        hardware(r);
    else if (r.cpu < m_cores.size())
        software(r);
}

void causality::finish() {
    for (unsigned pin = 0; pin < pin_count; ++pin)
        m_lines[pin].edges.give_up("pending_at_end", counts(pin));
}

// The hardware's side: from the pin to INT_STATUS and nIRQ.

void causality::hardware(record &r) {
    if (r.event == HW_nirq) {
        if (r.cpu < m_cores.size())
            m_cores[r.cpu].nirq_ps = r.ps;
        return;
    }
    if (r.event == HW_status)
        return bank_status(static_cast<unsigned>(r.a), static_cast<uint32_t>(r.b), r.ps);
    if (r.event > HW_edge_withdrawn)
        return;
    line &l = m_lines[r.a];
    edge_counts &account = counts(static_cast<unsigned>(r.a));
    switch (r.event) {
    case HW_edge_seen:
        r.cause = ++m_edges;
        l.edges.seen({m_edges, l.requests > 0 && r.ps >= m_zero, r.ps}, account);
        break;
    case HW_edge_latched:
        l.edges.latched(r.ps, account);
        break;
    case HW_edge_merged:
        l.edges.merged_in_latch(account);
        break;
    case HW_edge_filtered:
        l.edges.filtered(account);
        break;
    case HW_edge_dropped:
        l.edges.dropped_on_the_way(account);
        break;
    case HW_edge_cleared:
        l.edges.cleared();
        break;
    default:
        l.edges.withdrawn(account);
    }
}

void causality::bank_status(unsigned bank, uint32_t value, uint64_t ps) {
    for (uint32_t changed = value ^ m_status[bank]; changed; changed &= changed - 1) {
        const unsigned pin = static_cast<unsigned>(__builtin_ctz(changed));
        m_lines[bank * pins_per_bank + pin].edges.status(value >> pin & 1, ps);
    }
    m_status[bank] = value;
}

// The software's side.

void causality::software(record &r) {
    switch (r.event) {
    case TRACE_vector_entry:
        enter(current(r), context::exception, 0, r.ps).nirq_ps = m_cores[r.cpu].nirq_ps;
        return;
    case TRACE_vector_exit:
        if (const frame *const f = innermost(current(r), context::exception, 0))
            leave(current(r), f);
        return;
    case TRACE_irq_map: {
        const int bank = bank_of(r.text);
        if (bank >= 0 && r.b < pins_per_bank)
            irq_of(r.a).line = bank * static_cast<int>(pins_per_bank) + static_cast<int>(r.b);
        return;
    }
    case TRACE_irq_unmap:
        irq_of(r.a).line = -1;
        return;
    case TRACE_irq_request:
        return requested(r);
    case TRACE_irq_free:
        return freed(r);
    case TRACE_irq_handler_entry:
        return handler_entry(r);
    case TRACE_irq_handler_exit:
        return handler_exit(r);
    case TRACE_irq_pending:
    case TRACE_irq_pending_merged:
    case TRACE_irq_dropped: {
        const int pin = irq_of(r.a).line;
        if (pin < 0)
            return;
        if (r.event == TRACE_irq_pending)
            m_lines[pin].edges.remembered();
        else if (r.event == TRACE_irq_pending_merged)
            m_lines[pin].edges.merged_in_memory(counts(pin));
        else
            m_lines[pin].edges.dropped(r.text ? r.text : "dropped", counts(pin));
        return;
    }
    case TRACE_irq_thread_wake:
        return thread_wake(r);
    case TRACE_irq_thread_entry:
        return begin(object::thread, context::thread, r, r.b);
    case TRACE_irq_thread_exit:
        return end(object::thread, context::thread, r, r.b);
    case TRACE_softirq_raise:
        return schedule(object::softirq, r, softirq_key(r));
    case TRACE_softirq_entry:
        return begin(object::softirq, context::softirq, r, softirq_key(r));
    case TRACE_softirq_exit:
        return end(object::softirq, context::softirq, r, softirq_key(r));
    case TRACE_tasklet_schedule:
        return schedule(object::tasklet, r, r.a);
    case TRACE_tasklet_entry:
        return begin(object::tasklet, context::tasklet, r, r.a);
    case TRACE_tasklet_exit:
        return end(object::tasklet, context::tasklet, r, r.a);
    case TRACE_workqueue_queue_work:
        return work_queued(r);
    case TRACE_workqueue_execute_start:
        return begin(object::work, context::work, r, r.a);
    case TRACE_workqueue_execute_end:
        return end(object::work, context::work, r, r.a);
    case TRACE_workqueue_delay:
        return schedule(object::delayed_work, r, r.a);
    case TRACE_workqueue_cancel:
        forget(object::work, r.a);
        forget(object::delayed_work, r.a);
        break;
    case TRACE_timer_start:
        return schedule(object::timer, r, r.a);
    case TRACE_timer_expire_entry:
        return begin(object::timer, context::timer, r, r.a);
    case TRACE_timer_expire_exit:
        return end(object::timer, context::timer, r, r.a);
    case TRACE_timer_cancel:
        forget(object::timer, r.a);
        break;
    case TRACE_hrtimer_start:
        return schedule(object::hrtimer, r, r.a);
    case TRACE_hrtimer_expire_entry:
        return begin(object::hrtimer, context::hrtimer, r, r.a);
    case TRACE_hrtimer_expire_exit:
        return end(object::hrtimer, context::hrtimer, r, r.a);
    case TRACE_hrtimer_cancel:
        forget(object::hrtimer, r.a);
        break;
    case TRACE_sched_switch:
        r.cause = cause(r); // of the task that leaves
        m_cores[r.cpu].current = r.c && r.c < max_pids ? &task_of(r.c) : &m_cores[r.cpu].idle;
        return;
    case TRACE_sched_process_exit:
        if (r.a && r.a < max_pids)
            task_of(r.a).stack.clear();
        return;
    default:
        break;
    }
    r.cause = cause(r);
}

void causality::requested(const record &r) {
    irq &i = irq_of(r.a);
    ++i.requests;
    latency_action *accounts = nullptr;
    if (i.line >= 0) {
        // An account for each driver that has the line in turn; handlers that share it share the account.
        if (m_lines[i.line].requests++ == 0)
            m_lines[i.line].owner = r.text ? r.text : "";
        const std::string &owner = m_lines[i.line].owner;
        m_counts[i.line] = &m_accounts.line(i.line, owner);
        accounts = &m_accounts.action(i.line, static_cast<unsigned>(r.a), r.text, owner);
    }
    m_actions[r.b] = {accounts, nullptr};
}

void causality::freed(const record &r) {
    irq &i = irq_of(r.a);
    i.requests -= i.requests > 0;
    m_actions.erase(r.b);
    if (i.line < 0 || !m_lines[i.line].requests)
        return;
    if (--m_lines[i.line].requests == 0)
        m_lines[i.line].edges.give_up("pending_at_free", counts(i.line));
}

// A way's stage from the pin on, which ends with `r`. For `own_ps` of it, the run before was not over.
void causality::total(latency_action &a, mechanism m, stage s, uint64_t pin_ps, uint32_t edge, const record &r,
                      uint64_t own_ps) {
    if (m_executes && r.ps >= pin_ps && a.is_worst(m, s, r.ps - pin_ps)) {
        latency_action::worst_sample worst{r.ps, r.cpu, edge, {}, {}, 0};
        if (const auto most = m_executes->most(r.cpu, pin_ps, r.ps)) {
            worst.kind = execution::context_name(most->in);
            worst.name = most->running;
            worst.ps = most->ps;
        }
        if (own_ps &&
            (worst.kind.empty() || worst.kind == execution::context_name(execution::in_idle) || own_ps > worst.ps)) {
            worst.kind = "busy";
            worst.name = "the run before";
            worst.ps = own_ps;
        }
        a.set_worst(m, std::move(worst));
    }
    a.add(m, s, pin_ps, r.ps);
}

// The next action of the same round: same core, same exception, and not one that this round has called already.
bool causality::joins_round(const irq &i, const record &r, uint64_t exception_ps) const {
    return !i.round_actions.empty() && i.round_cpu == r.cpu && i.round_exception == exception_ps &&
           std::find(i.round_actions.begin(), i.round_actions.end(), r.b) == i.round_actions.end();
}

void causality::handler_entry(record &r) {
    irq &i = irq_of(r.a);
    const auto found = m_actions.find(r.b);
    task &t = current(r);
    if (i.line < 0 || found == m_actions.end() || !found->second.accounts) {
        enter(t, context::handler, r.b, r.ps);
        return;
    }
    const frame *const x = exception(r);
    const uint64_t exception_ps = x ? x->start_ps : no_time;
    line_edges &edges = m_lines[i.line].edges;
    if (!joins_round(i, r, exception_ps)) {
        i.round_edge = edges.serve(counts(i.line));
        i.round_cpu = r.cpu;
        i.round_exception = exception_ps;
        i.round_actions.clear();
    }
    i.round_actions.push_back(r.b);

    const auto &e = i.round_edge;
    const service_ref s = new_service();
    s->action = found->second.accounts;
    s->number = e ? e->number : edges.level_number();
    s->sampled = e && e->counted;
    s->pin_ps = e ? e->pin_ps : 0;
    if (s->sampled) {
        latency_action &a = *s->action;
        const auto sample = [&a](stage of, uint64_t from, uint64_t to) { a.add(mechanism::hardirq, of, from, to); };
        if (e->status_ps != no_time)
            sample(stage::pin_to_status, e->pin_ps, e->status_ps);
        // An edge that came while the core was on its way to the handler already, because of another, has no nIRQ and
        // no vector of its own.
        if (x && e->status_ps != no_time && x->start_ps >= e->status_ps) {
            if (x->nirq_ps != no_time && x->nirq_ps >= e->status_ps) {
                sample(stage::status_to_irq, e->status_ps, x->nirq_ps);
                sample(stage::irq_to_vector, x->nirq_ps, x->start_ps);
            }
            sample(stage::vector_to_handler, x->start_ps, r.ps);
        }
        total(a, mechanism::hardirq, stage::pin_to_handler, e->pin_ps, e->number, r);
    }
    r.cause = s->number;
    enter(t, context::handler, r.b, r.ps).because.push_back({s, s->sampled, false});
    found->second.last = s;
}

void causality::handler_exit(record &r) {
    r.cause = cause(r);
    const frame *const f = innermost(current(r), context::handler, r.b);
    if (!f)
        return;
    for (const reason &why : f->because) {
        why.of->exit_ps = r.ps;
        if (why.sampled)
            why.of->action->add(mechanism::hardirq, stage::handler, f->start_ps, r.ps);
    }
    leave(current(r), f);
}

// Linux wakes the thread when the handler has returned: the edge is that of the action's last run.
void causality::thread_wake(record &r) {
    const auto found = m_actions.find(r.b);
    if (found == m_actions.end() || !found->second.last)
        return;
    r.cause = found->second.last->number;
    append(room(object::thread)[r.b], found->second.last, r.ps, false);
}

// A work item comes into a queue: at once, or because its timer has run out.
void causality::work_queued(record &r) {
    schedulings *waiting = nullptr;
    auto &timers = room(object::delayed_work);
    if (const auto timer = timers.find(r.a); timer != timers.end() && !timer->second.empty()) {
        waiting = &room(object::work)[r.a];
        for (const scheduling &s : timer->second) {
            if (s.of->sampled && !served(*s.of, object::work, r.a))
                s.of->action->add(mechanism::delayed_work, stage::delay, s.ps, r.ps);
            append(*waiting, s.of, r.ps, true);
        }
        timer->second.clear();
    }
    schedule(object::work, r, r.a);
    if (waiting && !r.cause)
        r.cause = waiting->front().of->number;
}

void causality::schedule(object kind, record &r, uint64_t key) {
    const reasons *const why = because(r);
    if (!why)
        return;
    schedulings &waiting = room(kind)[key];
    for (const reason &one : *why)
        append(waiting, one.of, r.ps, false);
    r.cause = why->front().of->number;
}

void causality::forget(object kind, uint64_t key) {
    auto &waiting = room(kind);
    if (const auto found = waiting.find(key); found != waiting.end())
        found->second.clear();
}

// The stages that end when an object's run begins, and the run itself.
struct causality::stages_of {
    mechanism way;
    stage wait, total, run;
};

causality::stages_of causality::stages(object kind, bool delayed) {
    switch (kind) {
    case object::softirq:
        return {mechanism::softirq, stage::handler_to_softirq, stage::pin_to_softirq, stage::softirq};
    case object::tasklet:
        return {mechanism::tasklet, stage::handler_to_tasklet, stage::pin_to_tasklet, stage::tasklet};
    case object::thread:
        return {mechanism::thread, stage::wake_to_thread, stage::pin_to_thread, stage::thread};
    default:
        return {delayed ? mechanism::delayed_work : mechanism::work, stage::queue_to_work, stage::pin_to_work,
                stage::work};
    }
}

void causality::begin(object kind, context as, record &r, uint64_t key) {
    frame &f = enter(current(r), as, key, r.ps);
    auto &waiting = room(kind);
    if (const auto found = waiting.find(key); found != waiting.end()) {
        const bool counts = kind == object::softirq ? serves_drivers(r.a) : kind <= object::work;
        for (scheduling &s : found->second) {
            const bool sampled = counts && s.of->sampled && !served(*s.of, kind, key);
            if (sampled) {
                s.of->served.emplace_back(kind, key);
                const stages_of which = stages(kind, s.delayed);
                latency_action &a = *s.of->action;
                // These stages begin with the return of the handler, the others with the record that scheduled the run.
                const bool from_handler = kind == object::softirq || kind == object::tasklet;
                const uint64_t from = from_handler ? s.of->exit_ps : s.ps;
                if (from != no_time)
                    a.add(which.way, which.wait, from, r.ps);
                // It cannot run again before it has ended.
                const auto ended = m_executes ? m_ended.find(key) : m_ended.end();
                const uint64_t own_ps = ended != m_ended.end() && ended->second > s.ps ? ended->second - s.ps : 0;
                total(a, which.way, which.total, s.of->pin_ps, s.of->number, r, own_ps);
            }
            f.because.push_back({std::move(s.of), sampled, s.delayed});
        }
        found->second.clear();
    }
    if (!f.because.empty())
        r.cause = f.because.front().of->number;
}

void causality::end(object kind, context as, record &r, uint64_t key) {
    r.cause = cause(r);
    if (m_executes && (kind == object::thread || kind == object::work))
        m_ended[key] = r.ps;
    const frame *const f = innermost(current(r), as, key);
    if (!f)
        return;
    for (const reason &why : f->because)
        if (why.sampled) {
            const stages_of which = stages(kind, why.delayed);
            why.of->action->add(which.way, which.run, f->start_ps, r.ps);
        }
    leave(current(r), f);
}

bool causality::served(const service &s, object kind, uint64_t key) {
    return std::find(s.served.begin(), s.served.end(), std::make_pair(kind, key)) != s.served.end();
}

void causality::append(schedulings &to, const service_ref &of, uint64_t ps, bool delayed) {
    for (const scheduling &s : to)
        if (s.of == of)
            return;
    to.push_back({of, ps, delayed});
}

// What the running code runs for: only the innermost context counts, for an interrupt has nothing to do with what it
// interrupts. Null: no edge.
const causality::reasons *causality::because(const record &r) {
    const auto &stack = current(r).stack;
    return stack.empty() || stack.back().because.empty() ? nullptr : &stack.back().because;
}

uint32_t causality::cause(const record &r) {
    const reasons *const why = because(r);
    return why ? why->front().of->number : 0;
}

const causality::frame *causality::exception(const record &r) {
    const auto &stack = current(r).stack;
    const auto found =
        std::find_if(stack.rbegin(), stack.rend(), [](const frame &f) { return f.kind == context::exception; });
    return found == stack.rend() ? nullptr : &*found;
}

// The innermost such frame; null: none.
causality::frame *causality::innermost(task &t, context kind, uint64_t key) {
    for (size_t i = t.stack.size(); i-- > 0;)
        if (t.stack[i].kind == kind && t.stack[i].key == key)
            return &t.stack[i];
    return nullptr;
}

// Takes a frame off, and whatever never ended above it.
void causality::leave(task &t, const frame *f) {
    const size_t depth = static_cast<size_t>(f - t.stack.data());
    while (t.stack.size() > depth)
        t.stack.pop_back();
}

causality::frame &causality::enter(task &t, context kind, uint64_t key, uint64_t ps) {
    frame &f = t.stack.emplace_back();
    f.kind = kind;
    f.key = key;
    f.start_ps = ps;
    return f;
}

causality::irq &causality::irq_of(uint64_t number) {
    if (number >= max_irqs)
        return m_no_irq = {};
    if (number >= m_irqs.size())
        m_irqs.resize(number + 1);
    return m_irqs[number];
}

causality::task &causality::task_of(uint64_t pid) {
    if (pid >= m_tasks.size())
        m_tasks.resize(pid + 1);
    if (!m_tasks[pid])
        m_tasks[pid] = std::make_unique<task>();
    return *m_tasks[pid];
}

causality::service_ref causality::new_service() {
    if (m_free.empty()) {
        m_pool.push_back(std::make_unique<service>());
        m_pool.back()->owner = this;
        m_free.push_back(m_pool.back().get());
    }
    service *const s = m_free.back();
    m_free.pop_back();
    s->exit_ps = no_time;
    s->served.clear();
    return service_ref(s);
}

void causality::release(service *s) {
    m_free.push_back(s);
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/causality.h"

#include <algorithm>

namespace rk3568 {
namespace {

constexpr uint64_t max_irqs = 1 << 16;
constexpr uint64_t max_pids = 1 << 22; // PID_MAX_LIMIT of a 64-bit Linux

// What is scheduled and executed for an edge, or stands on a task's stack meanwhile.
bool is_followed(object what) {
    return what != object::none && what != object::ipi && what != object::lock;
}

// The path on which what begins or ends here serves a driver; nothing: it does not.
std::optional<mechanism> path_of(const record &r) {
    if (event_table[r.event].what == object::softirq &&
        (r.a >= std::size(softirq_table) || !softirq_table[r.a].serves_drivers))
        return std::nullopt;
    for (size_t n = 0; n < mechanism_count; ++n)
        if (path_table[n].begin == r.event || path_table[n].end == r.event)
            return static_cast<mechanism>(n);
    return std::nullopt;
}

} // namespace

causality::causality(unsigned cpus, const execution *executes)
    : m_executes(executes)
    , m_cores(cpus) {
    for (core &c : m_cores)
        c.current = &c.idle;
    for (unsigned pin = 0; pin < pin_count; ++pin)
        m_counts[pin] = &m_accounts.line(pin);
    for (const event_handler &own : own_handlers())
        m_own[own.event] = own.handle;
}

causality::~causality() = default;

// What a record means beyond what it does to an object that is scheduled and executed.
const std::vector<causality::event_handler> &causality::own_handlers() {
    static const std::vector<event_handler> list = {
        {TRACE_vector_exit, &causality::leave_exception, false},
        {TRACE_irq_map, &causality::irq_mapped, false},
        {TRACE_irq_unmap, &causality::irq_unmapped, false},
        {TRACE_irq_request, &causality::requested, true},
        {TRACE_irq_free, &causality::freed, false},
        {TRACE_irq_handler_entry, &causality::handler_entry, false},
        {TRACE_irq_handler_exit, &causality::handler_exit, false},
        {TRACE_irq_pending, &causality::edge_remembered, false},
        {TRACE_irq_pending_merged, &causality::edge_merged, false},
        {TRACE_irq_dropped, &causality::edge_dropped, true},
        {TRACE_irq_thread_wake, &causality::thread_wake, false},
        {TRACE_workqueue_queue_work, &causality::work_queued, false},
        {TRACE_sched_switch, &causality::switched, false},
        {TRACE_sched_process_exit, &causality::exited, false},
    };
    return list;
}

std::vector<port_trace_event> causality::events() {
    std::vector<port_trace_event> all;
    for (const event_handler &own : own_handlers())
        all.push_back(own.event);
    for_each_event([](const event_info &e) { return e.does != role::other && is_followed(e.what); },
                   [&all](port_trace_event event) { all.push_back(event); });
    return all;
}

bool causality::needs_text(port_trace_event event) {
    for (const event_handler &own : own_handlers())
        if (own.event == event)
            return own.needs_text;
    return false;
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
    if (const auto handle = m_own[r.event])
        return (this->*handle)(r);
    const event_info &event = event_table[r.event];
    const uint64_t key = key_of(r);
    if (is_followed(event.what)) {
        switch (event.does) {
        case role::schedules:
            return schedule(event.what, r, key);
        case role::begins:
            return begin(event.what, r, key);
        case role::ends:
            return end(event.what, r, key);
        case role::cancels:
            return cancel(event.what, r, key);
        default:
            break;
        }
    }
    r.cause = cause(r);
}

void causality::leave_exception(record &r) {
    if (const frame *const f = innermost(current(r), object::exception, 0))
        leave(current(r), f);
}

void causality::irq_mapped(record &r) {
    if (r.c < pin_banks && r.b < pins_per_bank)
        irq_of(r.a).line = static_cast<int>(r.c * pins_per_bank + r.b);
}

void causality::irq_unmapped(record &r) {
    irq_of(r.a).line = -1;
}

void causality::edge_remembered(record &r) {
    if (const int pin = irq_of(r.a).line; pin >= 0)
        m_lines[pin].edges.remembered();
}

void causality::edge_merged(record &r) {
    if (const int pin = irq_of(r.a).line; pin >= 0)
        m_lines[pin].edges.merged_in_memory(counts(pin));
}

void causality::edge_dropped(record &r) {
    if (const int pin = irq_of(r.a).line; pin >= 0)
        m_lines[pin].edges.dropped(r.text ? r.text : "dropped", counts(pin));
}

void causality::switched(record &r) {
    r.cause = cause(r); // of the task that leaves
    m_cores[r.cpu].current = r.c && r.c < max_pids ? &task_of(r.c) : &m_cores[r.cpu].idle;
}

void causality::exited(record &r) {
    if (r.a && r.a < max_pids)
        task_of(r.a).stack.clear();
}

void causality::requested(record &r) {
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

void causality::freed(record &r) {
    irq &i = irq_of(r.a);
    i.requests -= i.requests > 0;
    m_actions.erase(r.b);
    if (i.line < 0 || !m_lines[i.line].requests)
        return;
    if (--m_lines[i.line].requests == 0)
        m_lines[i.line].edges.give_up("pending_at_free", counts(i.line));
}

// The edge of `s` has come to `now`: what lies between an earlier moment of it and this one is a sample. For `own_ps`
// of the way from the pin, the run before was not over.
void causality::passed(const service &s, const moments &since, mechanism m, moment now, const record &r,
                       uint64_t own_ps) {
    for (size_t n = 0; n < stage_count; ++n) {
        if (stage_table[n].end != now.event)
            continue;
        const auto is_start = [&](const moment &at) { return at.event == stage_table[n].start; };
        const auto later = std::find_if(since.begin(), since.end(), is_start);
        const auto earlier = std::find_if(s.moments.begin(), s.moments.end(), is_start);
        if (later == since.end() && earlier == s.moments.end())
            continue;
        const uint64_t from_ps = later != since.end() ? later->ps : earlier->ps;
        const auto which = static_cast<stage>(n);
        if (which == info(m).total)
            explain(s, since, m, now, from_ps, r, own_ps);
        if (which == info(m).run)
            explain_run(s, m, now, from_ps, r);
        s.action->add(m, which, from_ps, now.ps);
    }
}

// The stage that ends with this event, best the one that begins with that one; not the whole.
std::optional<stage> causality::part_of_way(uint16_t from, uint16_t to, stage whole) {
    std::optional<stage> found;
    for (size_t n = 0; n < stage_count; ++n) {
        if (stage_table[n].end != to || static_cast<stage>(n) == whole)
            continue;
        if (stage_table[n].start == from)
            return static_cast<stage>(n);
        if (!found)
            found = static_cast<stage>(n);
    }
    return found;
}

// The circumstances of the longest time from the pin to where a path's run begins.
void causality::explain(const service &s, const moments &since, mechanism m, moment now, uint64_t pin_ps,
                        const record &r, uint64_t own_ps) {
    if (!m_executes || now.ps < pin_ps || !s.action->is_worst(m, info(m).total, now.ps - pin_ps))
        return;
    latency_action::worst_sample worst{now.ps, r.cpu, s.number, {}, {}, 0, {}, {}};
    if (const auto most = m_executes->most(r.cpu, pin_ps, now.ps)) {
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
    moments met(s.moments.begin(), s.moments.end());
    met.insert(met.end(), since.begin(), since.end());
    if (std::none_of(met.begin(), met.end(), [&](const moment &at) { return at.event == now.event; }))
        met.push_back(now);
    std::stable_sort(met.begin(), met.end(), [](const moment &a, const moment &b) { return a.ps < b.ps; });
    for (size_t i = 1; i < met.size() && met[i].ps <= now.ps; ++i) {
        const auto part = part_of_way(met[i - 1].event, met[i].event, info(m).total);
        if (part)
            worst.way.push_back({*part, met[i - 1].ps, met[i].ps - met[i - 1].ps});
    }
    s.action->set_worst(m, latency_action::to_begin, std::move(worst));
}

// What the longest run of a path spent its time with.
void causality::explain_run(const service &s, mechanism m, moment now, uint64_t from_ps, const record &r) {
    if (!m_executes || now.ps < from_ps || !s.action->is_worst(m, info(m).run, now.ps - from_ps))
        return;
    latency_action::worst_sample worst{now.ps, r.cpu, s.number, {}, {}, 0, {}, {}};
    if (const auto done = m_executes->most_of_run(r.cpu, from_ps, now.ps)) {
        worst.kind = execution::doing_name(*done);
        worst.name = done->most.running;
        worst.ps = done->most.ps;
        worst.holder = done->holder ? done->holder : "";
    } else if (const auto most = m_executes->most(r.cpu, from_ps, now.ps)) {
        worst.kind = execution::context_name(most->in);
        worst.name = most->running;
        worst.ps = most->ps;
    }
    if (const std::string lock = "lock:"; worst.name.compare(0, lock.size(), lock) == 0) {
        worst.kind = "lock";
        worst.name.erase(0, lock.size());
    }
    s.action->set_worst(m, latency_action::in_run, std::move(worst));
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
        enter(t, object::handler, r.b, r.ps);
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
    if (s->sampled) {
        s->moments.push_back({TRACE_hw_pin_edge, e->pin_ps});
        if (e->status_ps != no_time)
            s->moments.push_back({TRACE_hw_status, e->status_ps});
        // An edge that came while the core was on its way to the handler already, because of another, has no nIRQ and
        // no vector of its own.
        if (x && e->status_ps != no_time && x->start_ps >= e->status_ps) {
            if (x->nirq_ps != no_time && x->nirq_ps >= e->status_ps)
                s->moments.push_back({TRACE_hw_nirq, x->nirq_ps});
            s->moments.push_back({TRACE_vector_entry, x->start_ps});
        }
        s->moments.push_back({TRACE_irq_handler_entry, r.ps});
        for (const moment &at : s->moments)
            passed(*s, {}, mechanism::hardirq, at, r);
    }
    r.cause = s->number;
    enter(t, object::handler, r.b, r.ps).because.push_back({s, {}, s->sampled, false});
    found->second.last = s;
}

void causality::handler_exit(record &r) {
    r.cause = cause(r);
    const frame *const f = innermost(current(r), object::handler, r.b);
    if (!f)
        return;
    for (const reason &why : f->because)
        if (why.sampled) {
            const moment now{TRACE_irq_handler_exit, r.ps};
            passed(*why.of, {}, mechanism::hardirq, now, r);
            why.of->moments.push_back(now);
        }
    leave(current(r), f);
}

// Linux wakes the thread when the handler has returned: the edge is that of the action's last run.
void causality::thread_wake(record &r) {
    const auto found = m_actions.find(r.b);
    if (found == m_actions.end() || !found->second.last)
        return;
    r.cause = found->second.last->number;
    if (scheduling *const s = append(room(object::thread)[r.b], found->second.last, false))
        s->moments.push_back({r.event, r.ps});
}

// A work item comes into a queue: at once, or because its timer has run out.
void causality::work_queued(record &r) {
    schedulings *waiting = nullptr;
    auto &timers = room(object::delayed_work);
    if (const auto timer = timers.find(r.a); timer != timers.end() && !timer->second.empty()) {
        waiting = &room(object::work)[r.a];
        for (const scheduling &s : timer->second) {
            const moment now{r.event, r.ps};
            if (s.of->sampled && !served(*s.of, object::work, r.a))
                passed(*s.of, s.moments, mechanism::delayed_work, now, r);
            if (scheduling *const queued = append(*waiting, s.of, true)) {
                queued->moments = s.moments;
                queued->moments.push_back(now);
            }
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
        if (scheduling *const s = append(waiting, one.of, false))
            s->moments.push_back({r.event, r.ps});
    r.cause = why->front().of->number;
}

void causality::forget(object kind, uint64_t key) {
    auto &waiting = room(kind);
    if (const auto found = waiting.find(key); found != waiting.end())
        found->second.clear();
}

void causality::cancel(object kind, record &r, uint64_t key) {
    forget(kind, key);
    if (kind == object::work)
        forget(object::delayed_work, key);
    r.cause = cause(r);
}

void causality::begin(object kind, record &r, uint64_t key) {
    frame &f = enter(current(r), kind, key, r.ps);
    if (kind == object::exception) {
        f.nirq_ps = m_cores[r.cpu].nirq_ps;
        return;
    }
    auto &waiting = room(kind);
    if (const auto found = waiting.find(key); found != waiting.end()) {
        const auto path = path_of(r);
        for (scheduling &s : found->second) {
            const bool sampled = path && s.of->sampled && !served(*s.of, kind, key);
            const moment now{r.event, r.ps};
            if (sampled) {
                s.of->served.emplace_back(kind, key);
                // It cannot run again before it has ended.
                const auto ended = m_executes ? m_ended.find(key) : m_ended.end();
                const uint64_t scheduled = s.moments.back().ps;
                const uint64_t own_ps =
                    ended != m_ended.end() && ended->second > scheduled ? ended->second - scheduled : 0;
                passed(*s.of, s.moments, s.delayed ? mechanism::delayed_work : *path, now, r, own_ps);
            }
            s.moments.push_back(now);
            f.because.push_back({std::move(s.of), std::move(s.moments), sampled, s.delayed});
        }
        found->second.clear();
    }
    if (!f.because.empty())
        r.cause = f.because.front().of->number;
}

void causality::end(object kind, record &r, uint64_t key) {
    r.cause = cause(r);
    if (m_executes && (kind == object::thread || kind == object::work))
        m_ended[key] = r.ps;
    const frame *const f = innermost(current(r), kind, key);
    if (!f)
        return;
    for (const reason &why : f->because)
        if (why.sampled)
            passed(*why.of, why.moments, why.delayed ? mechanism::delayed_work : *path_of(r), {r.event, r.ps}, r);
    leave(current(r), f);
}

bool causality::served(const service &s, object kind, uint64_t key) {
    return std::find(s.served.begin(), s.served.end(), std::make_pair(kind, key)) != s.served.end();
}

// Null: that is scheduled already.
causality::scheduling *causality::append(schedulings &to, const service_ref &of, bool delayed) {
    for (const scheduling &s : to)
        if (s.of == of)
            return nullptr;
    return &to.emplace_back(scheduling{of, {}, delayed});
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
        std::find_if(stack.rbegin(), stack.rend(), [](const frame &f) { return f.kind == object::exception; });
    return found == stack.rend() ? nullptr : &*found;
}

// The innermost such frame; null: none.
causality::frame *causality::innermost(task &t, object kind, uint64_t key) {
    for (size_t i = t.stack.size(); i-- > 0;)
        if (t.stack[i].kind == kind && t.stack[i].key == key)
            return &t.stack[i];
    return nullptr;
}

// Takes a frame off, and what never ended above it.
void causality::leave(task &t, const frame *f) {
    const size_t depth = static_cast<size_t>(f - t.stack.data());
    while (t.stack.size() > depth)
        t.stack.pop_back();
}

causality::frame &causality::enter(task &t, object kind, uint64_t key, uint64_t ps) {
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
    s->moments.clear();
    s->served.clear();
    return service_ref(s);
}

void causality::release(service *s) {
    m_free.push_back(s);
}

} // namespace rk3568

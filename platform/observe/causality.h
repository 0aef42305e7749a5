// SPDX-License-Identifier: Apache-2.0
//
// Which pin edge is behind what a core does. Every edge has a number; it passes from the bank's latch to the handler of
// the irq that is mapped to that pin, from there to what the handler schedules (a softirq, a tasklet, the irq's
// thread, a work item, a timer), and on to what that schedules in its turn. On the way the latency accounts are kept.
#ifndef RK3568_PLATFORM_OBSERVE_CAUSALITY_H
#define RK3568_PLATFORM_OBSERVE_CAUSALITY_H

#include "platform/observe/edges.h"
#include "platform/observe/execution.h"
#include "platform/observe/latency.h"
#include "platform/observe/record.h"
#include "platform/stimulus/pin_name.h"

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>

namespace rk3568 {

class causality {
public:
    // `executes`, if given, says what stood in the way of the longest samples; it has consumed the records before the
    // one that is consumed here.
    explicit causality(unsigned cpus, const execution *executes = nullptr);
    causality(const causality &) = delete;
    causality &operator=(const causality &) = delete;
    ~causality();

    // The software's events that this needs, and those of them whose text it needs.
    static std::vector<port_trace_event> events();
    static bool needs_text(port_trace_event event);

    void time_zero(uint64_t ps) { m_zero = ps; }
    // Takes the next record, in order of time, and sets its cause.
    void consume(record &r);
    // The end of the run: edges that nothing has handled are lost.
    void finish();

    const latency_accounts &accounts() const { return m_accounts; }

private:
    // When which record of a stage was.
    struct moment {
        uint16_t event; // port_trace_event or hw_event
        uint64_t ps;
    };
    using moments = boost::container::small_vector<moment, 2>;

    // One handler's run for one edge: what everything later refers to.
    struct service {
        unsigned references = 0;
        uint32_t number = 0;                               // of the edge; 0: none
        bool sampled = false;                              // it counts in the latency accounts
        boost::container::small_vector<moment, 6> moments; // up to the handler's return; only if it is sampled
        latency_action *action = nullptr;
        // Each object serves an edge once: a work item that queues itself again serves it no second time.
        boost::container::small_vector<std::pair<object, uint64_t>, 4> served;
        causality *owner = nullptr;
    };
    friend void intrusive_ptr_add_ref(service *s) { ++s->references; }
    friend void intrusive_ptr_release(service *s) {
        if (--s->references == 0)
            s->owner->release(s);
    }
    using service_ref = boost::intrusive_ptr<service>;
    struct scheduling {
        service_ref of;
        causality::moments moments; // what it has passed since the handler; the last one scheduled it
        bool delayed;               // by a timer
    };
    using schedulings = boost::container::small_vector<scheduling, 2>;
    using waiting_room = std::unordered_map<uint64_t, schedulings>; // only looked up, never walked

    // Why something executes. Several edges may have scheduled one run.
    struct reason {
        service_ref of;
        causality::moments moments;
        bool sampled; // this run is what that edge's latency account gets
        bool delayed;
    };
    using reasons = boost::container::small_vector<reason, 2>;

    struct frame {
        object kind = object::exception;
        uint64_t key = 0;
        uint64_t start_ps = 0;
        reasons because;
        uint64_t nirq_ps = no_time; // exception: when the nIRQ that led to it was asserted
    };
    struct task {
        std::vector<frame> stack;
    };
    struct core {
        task *current = nullptr;
        task idle;
        uint64_t nirq_ps = no_time;
    };
    struct action {
        latency_action *accounts; // null: on no pin
        service_ref last;         // what it ran for last
    };
    struct irq {
        int line = -1; // the pin that it is mapped to
        unsigned requests = 0;
        // The flow handler calls all actions of a shared line for one edge: this is that round.
        std::optional<edge> round_edge;
        unsigned round_cpu = 0;
        uint64_t round_exception = no_time;
        boost::container::small_vector<uint64_t, 2> round_actions;
    };
    struct line {
        line_edges edges;
        unsigned requests = 0;
        std::string owner; // who requested it first
    };

    void hardware(record &r);
    void software(record &r);
    struct event_handler {
        port_trace_event event;
        void (causality::*handle)(record &r);
        bool needs_text;
    };
    static const std::vector<event_handler> &own_handlers();

    void irq_mapped(record &r);
    void irq_unmapped(record &r);
    void switched(record &r);
    void exited(record &r);
    void edge_remembered(record &r);
    void edge_merged(record &r);
    void edge_dropped(record &r);
    void requested(record &r);
    void freed(record &r);
    void bank_status(unsigned bank, uint32_t value, uint64_t ps);
    void handler_entry(record &r);
    void handler_exit(record &r);
    void thread_wake(record &r);
    void work_queued(record &r);
    void schedule(object kind, record &r, uint64_t key);
    void forget(object kind, uint64_t key);
    void begin(object kind, record &r, uint64_t key);
    void end(object kind, record &r, uint64_t key);
    void cancel(object kind, record &r, uint64_t key);
    void leave_exception(record &r);

    // What a record that ends stages adds to the account of an edge.
    void passed(const service &s, const moments &since, mechanism m, moment now, const record &r, uint64_t own_ps = 0);
    static std::optional<stage> part_of_way(uint16_t from, uint16_t to, stage whole);
    void explain(const service &s, const moments &since, mechanism m, moment now, uint64_t pin_ps, const record &r,
                 uint64_t own_ps);
    void explain_run(const service &s, mechanism m, moment now, uint64_t from_ps, const record &r);
    bool joins_round(const irq &i, const record &r, uint64_t exception_ps) const;
    service_ref new_service();
    void release(service *s);
    irq &irq_of(uint64_t number);
    task &task_of(uint64_t pid);
    task &current(const record &r) { return *m_cores[r.cpu].current; }
    const reasons *because(const record &r);
    uint32_t cause(const record &r);
    const frame *exception(const record &r);
    static frame &enter(task &t, object kind, uint64_t key, uint64_t ps);
    static frame *innermost(task &t, object kind, uint64_t key);
    static void leave(task &t, const frame *f);
    static bool served(const service &s, object kind, uint64_t key);
    static scheduling *append(schedulings &to, const service_ref &of, bool delayed);
    waiting_room &room(object kind) { return m_waiting[static_cast<size_t>(kind)]; }
    edge_counts &counts(unsigned pin) { return *m_counts[pin]; }

    // First, because everything below refers to them.
    std::vector<std::unique_ptr<service>> m_pool;
    std::vector<service *> m_free;

    std::array<void (causality::*)(record &), TRACE_EVENT_COUNT> m_own{};
    const execution *m_executes;
    latency_accounts m_accounts;
    std::array<line, pin_count> m_lines;
    std::array<edge_counts *, pin_count> m_counts{};
    std::array<uint32_t, pin_banks> m_status{};
    uint32_t m_edges = 0;
    uint64_t m_zero = no_time;

    std::vector<core> m_cores;
    std::vector<std::unique_ptr<task>> m_tasks; // by pid
    std::vector<irq> m_irqs;                    // by number
    irq m_no_irq;                               // for numbers that cannot be
    std::unordered_map<uint64_t, action> m_actions;
    std::array<waiting_room, static_cast<size_t>(object::count)> m_waiting;
    std::unordered_map<uint64_t, uint64_t>
        m_ended; // when each thread and work item last came to its end; only looked up
};

} // namespace rk3568

#endif

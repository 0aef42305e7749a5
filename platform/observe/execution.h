// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_EXECUTION_H
#define RK3568_PLATFORM_OBSERVE_EXECUTION_H

#include "platform/observe/event_table.h"
#include "platform/observe/text_pool.h"

#include <array>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace rk3568 {

// What each core executes, and what it has executed lately.
class execution {
public:
    enum context : uint8_t { in_idle, in_task, in_softirq, in_hardirq };
    static const char *context_name(context c);

    struct state {
        context in;
        const char *running; // the innermost thing: a handler's name, a softirq, a function, a lock that is waited for
        const char *task;    // what the scheduler has put there
        uint32_t cause;      // number of the pin edge that the running thing is done for; 0: none
    };

    execution(unsigned cpus, text_pool &texts);

    static const std::vector<port_trace_event> &events();
    // Takes the next record, in order of time, with its cause. True if what its core executes may have changed.
    bool consume(const record &r);
    state now(unsigned cpu) const;

    struct share {
        context in;
        const char *running;
        uint64_t ps;
    };
    // What a task did most of the time between the begin of what it runs on a core now and the next record, whose time
    // that is: what it executed, or why it did not execute. Nothing if the task is not followed, or that is too long
    // ago.
    enum class doing : uint8_t { executing, waiting_for_lock, preempted, asleep };
    struct activity {
        doing what;
        share most;         // of executing: in which context; of a lock, its name; of preempted, by which task
        const char *holder; // of the lock when the wait began; null: not known
    };
    static const char *doing_name(const activity &a);
    std::optional<activity> most_of_run(unsigned cpu, uint64_t from_ps, uint64_t to_ps) const;

    // What a core has executed most between two times, the second of which is that of the next record. Nothing if that
    // is too long ago.
    std::optional<share> most(unsigned cpu, uint64_t from_ps, uint64_t to_ps) const;

private:
    struct frame {
        context in;
        const char *name;
        object what;
        uint64_t key;
        uint32_t cause;
        const char *holder; // of a lock
    };
    struct change {
        uint64_t ps;
        context in;
        const char *running;
    };
    // Of a task: since when it does what.
    struct step {
        uint64_t ps;
        doing what;
        context in;
        const char *name, *holder;
        bool operator==(const step &other) const { // apart from the time
            return what == other.what && in == other.in && name == other.name && holder == other.holder;
        }
    };
    static constexpr size_t remembered = 512, steps_remembered = 128;
    struct history {
        std::array<step, steps_remembered> steps;
        uint64_t count = 0;
    };
    struct task {
        const char *name;
        context in = in_task;
        std::vector<frame> stack;
        std::unique_ptr<history> past; // of a task that has run a line's thread or a work item
    };
    struct core {
        task idle;
        task *current;
        std::array<change, remembered> past;
        uint64_t count = 0; // of changes; past[n % remembered] is the n-th
    };

    bool run(const record &r);
    void leave(const record &r, object what, uint64_t key);
    const char *holder_of(const record &r);
    static void note(task &t, const step &now);
    static step step_of(const task &t, uint64_t ps);
    task &task_of(uint64_t pid);

    text_pool &m_texts;
    std::vector<core> m_cores;
    std::unordered_map<uint64_t, task> m_tasks; // by pid; only looked up
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The race detector (docs/design/races.md): hears of accesses of modules and of what orders what, and tells of pairs of
// accesses that conflict and that nothing orders. It takes no simulated time and changes nothing.
#ifndef RK3568_PLATFORM_RACES_DETECTOR_H
#define RK3568_PLATFORM_RACES_DETECTOR_H

#include "platform/races/lane.h"
#include "platform/races/shadow.h"
#include "sw/port/order.h"
#include "sw/port/trace.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rk3568::races {

// Where software is when it tells something.
struct whereabouts {
    unsigned cpu;
    uint64_t ps;
    const void *task;       // what runs, or was interrupted; null: none yet
    uint32_t preempt_count; // as Linux lays it out
    bool irqs_off;
    uint64_t pc;           // of the access, or of the call
    const uint64_t *frame; // of the function there: its caller's frame, its return address
};

// One of the two accesses of a race.
struct side {
    note what;
    stack_table::frames stack; // what.pc is not in it
    std::string context;       // "timer blink_timer", "task cat/123"
    std::vector<std::string> locks;
    bool in_interrupt;
    int pid;
};

struct race {
    side first, second; // in the order in which they were executed
    bool assertion;
    std::string odd; // a lock that is held at most other accesses, and which one does without it; empty: no such lock
};

struct detector_hooks {
    std::function<bool(uint64_t address)> is_per_cpu;
    std::function<std::string(uint64_t code)> name_of; // of a function
    std::function<void(const race &)> report;
};

class detector {
public:
    static constexpr size_t most_races = 200; // that are reported

    explicit detector(detector_hooks hooks);

    // An access of a module: `shape` is that of platform/cost_pass/access.h.
    void access(const whereabouts &at, uint64_t address, uint64_t shape);
    // A full barrier in a module's code.
    void barrier(const whereabouts &at);
    // sw/port/order.h.
    void order(const whereabouts &at, enum port_order what, uint64_t object, uint64_t detail, const char *name);
    // Records of sw/port/trace.h; those that it wants.
    void trace(const whereabouts &at, port_trace_event event, uint64_t a, uint64_t b, uint64_t c, const char *text);
    static bool wants(port_trace_event event);

    uint64_t accesses() const { return m_accesses; }
    size_t pairs() const { return m_seen.size(); } // places that conflicted without an order

private:
    // What a clock is kept for, of an object.
    enum sync : uint64_t { sync_start, sync_end, sync_serial, sync_event, sync_reader, sync_left };
    // What calls back. The order is that of kind_names in detector.cpp.
    enum run_kind : uint64_t {
        run_handler,
        run_thread,
        run_tasklet,
        run_timer,
        run_hrtimer,
        run_work,
        run_call,
        run_softirq
    };
    struct run {
        lane *of;
        level at;
    };
    struct task {
        lane *own = nullptr;
        std::vector<run> runs; // callbacks in progress, the innermost last
    };

    lane &new_lane(std::string kind, std::string name, int pid = 0);
    lane &lane_of(uint64_t object, run_kind kind, uint64_t function, const char *name);
    task &task_at(const whereabouts &at);
    lane &current(const whereabouts &at);
    static level level_of(const whereabouts &at);
    static level mask_of(const whereabouts &at);

    vector_clock &clock_of(uint64_t object, sync what) { return m_clocks[object << 3 | what]; }
    void release(lane &l, vector_clock &to);
    void acquire(lane &l, uint64_t object, sync what);
    void begin(const whereabouts &at, uint64_t object, run_kind kind, uint64_t function, const char *name);
    void end(const whereabouts &at, uint64_t object, run_kind kind);
    void lock(lane &l, uint64_t lock, bool shared, const char *name);
    void unlock(lane &l, uint64_t address);

    void access(const whereabouts &at, lane &l, uint64_t address, uint64_t bytes, uint16_t kind);
    void access_cell(const whereabouts &at, lane &l, cell &c, note &n);
    bool races(lane &l, const note &before, const note &now);
    void free(const whereabouts &at, lane &l, uint64_t address, uint64_t bytes);
    void tell(const cell &c, const note &before, const note &now);
    side side_of(const note &n) const;
    std::string odd_one(const cell &c, const note &before, const note &now) const;
    stack_table::frames walk(const whereabouts &at) const;
    void note_stack(const whereabouts &at, note &n);

    detector_hooks m_hooks;
    std::deque<lane> m_lanes;
    std::unordered_map<uint64_t, lane *> m_by_object; // and kind
    std::unordered_map<const void *, task> m_tasks;
    const void *m_last_task = nullptr;
    task *m_last = nullptr;
    std::array<std::vector<run>, 8> m_runs;      // in interrupts, of each CPU
    std::array<lane *, 16> m_generic{};          // other code in interrupts: of each CPU, soft and hard
    std::map<uint64_t, vector_clock> m_clocks;   // by object << 3 | sync
    std::map<uint64_t, vector_clock> m_words;    // of marked accesses, by address
    std::map<uint64_t, uint64_t> m_lock_numbers; // by address: another lock may come to stand there
    uint64_t m_locks = 0;
    std::unordered_map<uint64_t, std::pair<uint64_t, bool>> m_group; // of an object; whether one runs at a time
    std::unordered_map<uint64_t, std::unordered_map<uint32_t, vector_clock>>
        m_unlocked; // by number of the lock, and lane
    std::unordered_map<uint64_t, std::string> m_lock_names;
    std::unordered_map<uint64_t, uint64_t> m_carriers; // of an irq: what stands for the line that carries it; 0: none
    std::unordered_map<uint64_t, bool> m_oneshot;      // by action
    vector_clock m_published, m_ready;
    uint64_t m_ready_version = 0;
    uint32_t m_slots = 0;
    lock_sets m_sets;
    shadow m_shadow;
    stack_table m_stacks;
    struct known_stack {
        uint64_t pc, frame, caller;
        uint32_t number;
    };
    std::array<known_stack, 1024> m_known_stacks{};
    std::set<std::pair<uint64_t, uint64_t>> m_seen; // pairs of places
    uint64_t m_accesses = 0;
    bool m_modules = false; // one was loaded
};

} // namespace rk3568::races

#endif

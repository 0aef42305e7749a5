// SPDX-License-Identifier: Apache-2.0
//
// Lanes: what runs step by step. A task, the runs of one handler, thread function, tasklet, timer or work item, and
// what else runs in interrupts of a CPU.
#ifndef RK3568_PLATFORM_RACES_LANE_H
#define RK3568_PLATFORM_RACES_LANE_H

#include "platform/races/clock.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rk3568::races {

// A lock that is held: by its address.
struct held_lock {
    uint64_t lock;
    bool shared;   // by readers
    bool accessed; // memory was accessed while it was held
};

// Sets of locks by number: most accesses have the same few. 0 is the empty set.
class lock_sets {
public:
    uint32_t number_of(const std::vector<held_lock> &locks);
    // A lock of both that shuts one out while the other holds it; 0: none.
    uint64_t common(uint32_t a, uint32_t b);
    const std::vector<std::pair<uint64_t, bool>> &set(uint32_t number) const { return m_sets[number]; }

private:
    std::vector<std::vector<std::pair<uint64_t, bool>>> m_sets{1};
    std::map<std::vector<std::pair<uint64_t, bool>>, uint32_t> m_numbers;
    std::unordered_map<uint64_t, uint64_t> m_common;
};

// Where code runs: what can interrupt it is above its mask.
enum class level : int8_t { none = -1, task, softirq, hardirq };

struct lane {
    uint32_t number = 0;
    int slot = -1; // in clocks; none before the first access
    vector_clock clock;
    vector_clock fenced;  // the clock at the last full barrier
    vector_clock pending; // what was read without an order: known after the next barrier
    std::vector<held_lock> locks;
    uint32_t lock_set = 0;
    bool locks_changed = false;
    int quiet = 0, condition = 0;
    uint64_t seq_reader = 0, seq_writer = 0;
    bool follows_ready = false; // it relies on what was initialised before it called a module
    uint64_t ready_seen = 0;
    level runs_at = level::task;
    std::string kind, name; // "timer", its function
    int pid = 0;

    uint32_t step() const { return clock.at(static_cast<size_t>(slot)); }
    // What it does from here on is later than what others were told.
    void tick() {
        if (slot >= 0)
            clock.raise(static_cast<size_t>(slot), step() + 1);
    }
};

} // namespace rk3568::races

#endif

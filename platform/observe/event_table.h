// SPDX-License-Identifier: Apache-2.0
//
// sw/port/trace_table.h as data: what each event means for the objects that execute, and between which records each
// stage lies.
#ifndef RK3568_PLATFORM_OBSERVE_EVENT_TABLE_H
#define RK3568_PLATFORM_OBSERVE_EVENT_TABLE_H

#include "platform/observe/record.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace rk3568 {

// What can execute. `exception` is the time from the vector to ERET. A delayed work item is one whose timer runs: it
// becomes work. A lock's contention is the time for which a core waits for it.
enum class object : uint8_t {
    none,
    exception,
    handler,
    softirq,
    tasklet,
    thread,
    work,
    delayed_work,
    timer,
    hrtimer,
    ipi,
    lock,
    count
};
// What it is called where it has no name of its own.
constexpr const char *object_name(object o) {
    switch (o) {
    case object::exception:
        return "exception";
    case object::tasklet:
        return "tasklet";
    case object::work:
    case object::delayed_work:
        return "work";
    case object::timer:
    case object::hrtimer:
        return "timer";
    default:
        return "-";
    }
}

enum class role : uint8_t { other, schedules, begins, ends, cancels };
enum class key_argument : uint8_t { none, a, b };

struct event_info {
    const char *system, *name; // Linux's: "irq", "irq_handler_entry"
    role does;
    object what;
    key_argument key;
    bool has_function; // argument b is one
};

namespace table {
constexpr event_info make(const char *system, const char *name, role does, object what, key_argument key,
                          std::string_view b) {
    return {system, name, does, what, key, b == "func"};
}
} // namespace table

inline constexpr std::array<event_info, TRACE_EVENT_COUNT> event_table = {{
#define SCHEDULES(what, key) role::schedules, object::what, key_argument::key
#define BEGINS(what, key) role::begins, object::what, key_argument::key
#define ENDS(what, key) role::ends, object::what, key_argument::key
#define CANCELS(what, key) role::cancels, object::what, key_argument::key
#define OTHER role::other, object::none, key_argument::none
#define RK3568_EVENT(event, system, name, role, a, b, ...) table::make(#system, #name, role, #b),
    PORT_TRACE_EVENTS(RK3568_EVENT)
#undef RK3568_EVENT
#undef SCHEDULES
#undef BEGINS
#undef ENDS
#undef CANCELS
#undef OTHER
}};

// An object is known by its kind and this. Softirqs are a CPU's own.
inline uint64_t key_of(const record &r) {
    const event_info &event = event_table[r.event];
    if (event.what == object::softirq)
        return static_cast<uint64_t>(r.cpu) << 32 | r.a;
    return event.key == key_argument::a ? r.a : event.key == key_argument::b ? r.b : 0;
}

// Calls use(event) for each of the software's events whose info fulfils `wanted`, in the table's order.
template <typename Wanted, typename Use>
void for_each_event(Wanted wanted, Use use) {
    for (size_t n = 0; n < event_table.size(); ++n)
        if (wanted(event_table[n]))
            use(static_cast<port_trace_event>(n));
}

// Stages.
enum class stage : uint8_t {
#define RK3568_STAGE(name, ...) name,
    PORT_TRACE_STAGES(RK3568_STAGE)
#undef RK3568_STAGE
        count
};
constexpr size_t stage_count = static_cast<size_t>(stage::count);

struct stage_info {
    const char *name;
    uint16_t start, end; // port_trace_event or hw_event
    const char *start_name, *end_name;
    const char *what;
};
inline constexpr std::array<stage_info, stage_count> stage_table = {{
#define RK3568_STAGE(name, start, end, what) {#name, TRACE_##start, TRACE_##end, #start, #end, what},
    PORT_TRACE_STAGES(RK3568_STAGE)
#undef RK3568_STAGE
}};
constexpr const stage_info &info(stage s) {
    return stage_table[static_cast<size_t>(s)];
}

// The stage between two records; stage::count if there is none.
constexpr stage stage_between(uint16_t start, uint16_t end) {
    size_t n = 0;
    while (n < stage_count && (stage_table[n].start != start || stage_table[n].end != end))
        ++n;
    return static_cast<stage>(n);
}

// Mechanisms by which a line is served.
enum class mechanism : uint8_t {
#define RK3568_PATH(name, ...) name,
    PORT_TRACE_PATHS(RK3568_PATH)
#undef RK3568_PATH
        count
};
constexpr size_t mechanism_count = static_cast<size_t>(mechanism::count);

struct path_info {
    const char *name;
    uint16_t begin, end;
    stage total, run; // from the pin to the begin; from the begin to the end
};
inline constexpr std::array<path_info, mechanism_count> path_table = {{
#define RK3568_PATH(name, begin, end)                                                                                  \
    {#name, TRACE_##begin, TRACE_##end, stage_between(TRACE_hw_pin_edge, TRACE_##begin),                               \
     stage_between(TRACE_##begin, TRACE_##end)},
    PORT_TRACE_PATHS(RK3568_PATH)
#undef RK3568_PATH
}};
constexpr const path_info &info(mechanism m) {
    return path_table[static_cast<size_t>(m)];
}
constexpr bool paths_have_stages() {
    for (const path_info &p : path_table)
        if (p.total == stage::count || p.run == stage::count)
            return false;
    return true;
}
static_assert(paths_have_stages(), "each path of PORT_TRACE_PATHS has a stage from hw_pin_edge and one of its run");

// All paths of a handler share the stages that end with a record up to its return.
constexpr bool is_shared(stage s) {
    const uint16_t end = info(s).end;
    return end >= TRACE_EVENT_COUNT || end == TRACE_vector_entry || end == TRACE_irq_handler_entry ||
           end == TRACE_irq_handler_exit;
}

// Softirqs, by number.
struct softirq_info {
    const char *name;
    bool serves_drivers;
};
inline constexpr softirq_info softirq_table[] = {
#define RK3568_SOFTIRQ(name, whose) {#name, std::string_view(#whose) == "drivers"},
    PORT_SOFTIRQS(RK3568_SOFTIRQ)
#undef RK3568_SOFTIRQ
};

} // namespace rk3568

#endif

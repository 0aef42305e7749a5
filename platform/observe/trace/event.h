// SPDX-License-Identifier: Apache-2.0
//
// The kernel's trace events as Linux 6.1 has them: names, fields and the text of each (its
// /sys/kernel/tracing/events/*/*/format). A record becomes one such event, and the writers of the trace's formats
// know nothing else.
//
// What Linux has no event for is written as its user space would: a mark in the trace (trace_marker) in the form that
// Perfetto and KernelShark's users know from Android. C|0|GPIO3_A5|1: a pin's level. B|pid|name and E|pid: an
// interrupt thread's function begins and ends. I|0|text: a finding.
#ifndef RK3568_PLATFORM_OBSERVE_TRACE_EVENT_H
#define RK3568_PLATFORM_OBSERVE_TRACE_EVENT_H

#include "platform/observe/record.h"
#include "platform/observe/text_pool.h"

#include <array>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace rk3568 {

struct trace_field {
    enum class form : uint8_t {
        number,
        address,    // a pointer, as simulated address
        function,   // the same, with the name of what it points at
        fixed_text, // char[16]
        text,       // __data_loc char[]
        literal,    // const char *: a constant text of the kernel's
        cpus,       // __data_loc unsigned long[]: a bit for each CPU
        mark,       // char[] at the end
    };
    const char *type, *name;
    uint8_t size; // in the binary record
    bool is_signed;
    form as;
};

struct trace_event;

struct trace_schema {
    uint16_t event; // port_trace_event or hw_event that it is made of
    const char *system, *name;
    std::vector<trace_field> fields;
    const char *print_format;                                     // Linux's print fmt, for readers of the binary form
    void (*print)(const trace_event &e, fmt::memory_buffer &out); // what that says
};

struct trace_event {
    static constexpr size_t most_fields = 8;
    struct value {
        uint64_t number = 0;
        const char *text = nullptr; // lives as long as the observer
    };

    const trace_schema *schema;
    uint64_t ps;
    uint32_t cause; // number of the pin edge; 0: none
    uint32_t pid;   // of what the CPU executes
    const char *comm;
    unsigned cpu;
    uint16_t state; // record::state
    std::array<value, most_fields> values;
};

// All that there are. The binary form's number of an event is its index and first_trace_id.
const std::vector<trace_schema> &trace_schemas();
constexpr unsigned first_trace_id = 100;

// Makes events of records. Follows which task is where, as Linux's records name the one that they happen in.
class trace_decoder {
public:
    // `simulated` gives the simulated address of a pointer of the software.
    trace_decoder(unsigned cpus, text_pool &texts, std::function<uint64_t(uint64_t)> simulated);

    static std::vector<port_trace_event> events();
    static bool has_function(port_trace_event event);

    // Takes the next record, in order of time. Null: it is no event of the trace. What is returned is good until the
    // next call.
    const trace_event *decode(const record &r);

    // Names of all tasks that there were.
    const std::unordered_map<uint64_t, const char *> &tasks() const { return m_comms; }

private:
    struct core {
        uint64_t pid = 0;
        const char *comm = nullptr, *idle_comm = nullptr;
    };

    void fill(const record &r);
    void mark(const std::string &text);
    const char *comm_of(uint64_t pid, const core &c) const;
    uint64_t address(uint64_t pointer) const { return m_simulated ? m_simulated(pointer) : pointer; }

    text_pool &m_texts;
    std::function<uint64_t(uint64_t)> m_simulated;
    std::vector<core> m_cores;
    std::unordered_map<uint64_t, const char *> m_comms; // by pid
    std::array<const trace_schema *, HW_EVENT_COUNT> m_schema{};
    trace_event m_event{};
};

} // namespace rk3568

#endif

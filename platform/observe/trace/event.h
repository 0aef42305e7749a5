// SPDX-License-Identifier: Apache-2.0
//
// The kernel's trace events as Linux 6.1 has them: names, fields and the text of each (its
// /sys/kernel/tracing/events/*/*/format), made from sw/port/trace_table.h. A record becomes one such event, and the
// writers of the trace's formats know nothing else.
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
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace rk3568 {

struct trace_event;

struct trace_field {
    enum class form : uint8_t {
        number,
        address,    // a pointer, as simulated address
        object,     // the same, shown as a symbol
        function,   // the same, with the function's name
        fixed_text, // char[16]
        task_name,  // the same, the name of the task by this number
        text,       // __data_loc char[]
        literal,    // const char *: a constant text of the kernel's
        cpus,       // __data_loc unsigned long[]: a bit for each CPU
        mark,       // char[] at the end
    };
    const char *type, *name;
    uint8_t size; // in the binary record
    bool is_signed;
    form as;
    uint64_t (*number)(uint64_t a, uint64_t b, uint64_t c, uint64_t d); // of a record; null: its text
};

class event_form;

struct trace_schema {
    uint16_t event; // port_trace_event or hw_event that it is made of
    const char *system, *name;
    std::vector<trace_field> fields;
    std::shared_ptr<const event_form> form; // null: a mark
    std::string print_format;               // Linux's print fmt, for readers of the binary form

    bool is_mark() const { return !form; }
    void print(const trace_event &e, fmt::memory_buffer &out) const; // what that says
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
    uint16_t state;              // record::state
    const char *text, *function; // of the record
    std::array<value, most_fields> values;
};

// All that there are.
const std::vector<trace_schema> &trace_schemas();
// The event's number in the binary form. All marks are one event.
unsigned trace_id(const trace_schema &s);
// Linux's format file of the event.
std::string trace_format(const trace_schema &s);
// Where fields stand in the binary record: behind the common ones, each aligned.
constexpr size_t common_field_size = 8;
size_t field_alignment(const trace_field &f);
constexpr size_t aligned(size_t offset, size_t size) {
    return size ? (offset + size - 1) / size * size : offset;
}

// Makes events of records. Follows which task is where, as Linux's records name the one that they happen in.
class trace_decoder {
public:
    // `simulated` gives the simulated address of a pointer of the software.
    trace_decoder(unsigned cpus, text_pool &texts, std::function<uint64_t(uint64_t)> simulated);

    static std::vector<port_trace_event> events();

    // Takes the next record, in order of time. Null: it is not an event of the trace. What is returned is good until
    // the next call.
    const trace_event *decode(const record &r);

    // Names of all tasks that there were.
    const std::unordered_map<uint64_t, const char *> &tasks() const { return m_comms; }

private:
    struct core {
        uint64_t pid = 0;
        const char *comm = nullptr, *idle_comm = nullptr;
    };

    void fill(const record &r);
    void mark(const record &r);
    const char *comm_of(uint64_t pid, const core &c) const;
    uint64_t address(uint64_t pointer) const { return m_simulated ? m_simulated(pointer) : pointer; }

    text_pool &m_texts;
    std::function<uint64_t(uint64_t)> m_simulated;
    std::vector<core> m_cores;
    std::unordered_map<uint64_t, const char *> m_comms; // by pid
    std::array<const trace_schema *, HW_EVENT_COUNT> m_schema{};
    std::array<const char *, HW_EVENT_COUNT> m_marks{}; // templates of marks
    trace_event m_event{};
};

} // namespace rk3568

#endif

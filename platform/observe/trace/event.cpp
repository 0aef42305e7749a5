// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/trace/event.h"

#include "platform/observe/event_table.h"
#include "platform/observe/trace/form.h"
#include "platform/stimulus/pin_name.h"

#include <algorithm>
#include <type_traits>

namespace rk3568 {
namespace {

using form = trace_field::form;

// Linux's types of fields; their sizes are those of the record.
using u32 = uint32_t;
using s64 = int64_t;
using pid_t = int32_t;
enum hrtimer_mode : uint32_t {};

template <typename T>
constexpr bool is_signed_field() {
    if constexpr (std::is_enum_v<T>)
        return false;
    else
        return std::is_signed_v<T>;
}

// Where a mark comes from: this function has no place in the image, so it gets one behind it.
constexpr const char *mark_function = "tracing_mark_write";
constexpr uint64_t mark_address = 0xffff80000f000000;
const std::vector<trace_field> mark_fields = {{"unsigned long", "ip", 8, false, form::function, nullptr},
                                              {"char[]", "buf", 0, false, form::mark, nullptr}};
constexpr const char *mark_format = R"("%ps: %s", (void *)REC->ip, REC->buf)";

struct table_entry {
    uint16_t event;
    const char *system, *name, *shown;
    std::vector<trace_field> fields;
};

const std::vector<table_entry> &table_entries() {
    static const std::vector<table_entry> all = {
#define VALUE(expression)                                                                                              \
    [](uint64_t a, uint64_t b, uint64_t c, uint64_t d) {                                                               \
        static_cast<void>(a), static_cast<void>(b), static_cast<void>(c), static_cast<void>(d);                        \
        return static_cast<uint64_t>(expression);                                                                      \
    }
#define NUMBER(type, name, value) {#type, #name, sizeof(type), is_signed_field<type>(), form::number, VALUE(value)},
#define POINTER(name, value) {"void *", #name, 8, false, form::address, VALUE(value)},
#define OBJECT(name, value) {"void *", #name, 8, false, form::object, VALUE(value)},
#define FUNCTION(name, value) {"void *", #name, 8, false, form::function, VALUE(value)},
#define COMM(name) {"char", #name, 16, false, form::fixed_text, nullptr},
#define COMM_OF(name, pid) {"char", #name, 16, false, form::task_name, VALUE(pid)},
#define STRING(name) {"__data_loc char[]", #name, 4, false, form::text, nullptr},
#define LITERAL(name) {"const char *", #name, 8, false, form::literal, nullptr},
#define CPUS(name, value) {"__data_loc unsigned long[]", #name, 4, false, form::cpus, VALUE(value)},
#define MARK {"char[]", "buf", 0, false, form::mark, nullptr},
#define FIELDS(...) __VA_ARGS__
#define RK3568_ENTRY(event, system, name, role, a, b, c, d, text, fields, shown)                                       \
    {TRACE_##event, #system, #name, shown, {FIELDS fields}},
        PORT_TRACE_EVENTS(RK3568_ENTRY)
#undef RK3568_ENTRY
#undef FIELDS
#undef VALUE
#undef NUMBER
#undef POINTER
#undef OBJECT
#undef FUNCTION
#undef COMM
#undef COMM_OF
#undef STRING
#undef LITERAL
#undef CPUS
#undef MARK
            {HW_pin, "hw", "pin", "C|0|{pin}|{level}", mark_fields},
    };
    return all;
}

std::vector<trace_schema> make_schemas() {
    std::vector<trace_schema> all;
    for (const table_entry &entry : table_entries()) {
        if (entry.fields.empty())
            continue;
        trace_schema &s = all.emplace_back();
        s.event = entry.event;
        if (entry.fields.back().as == form::mark) {
            s.system = "ftrace";
            s.name = "print";
            s.fields = mark_fields;
            s.print_format = mark_format;
        } else {
            s.system = entry.system;
            s.name = entry.name;
            s.fields = entry.fields;
            s.form = std::make_shared<event_form>(entry.shown, entry.fields);
            s.print_format = s.form->print_format();
        }
    }
    return all;
}

// A field's text in an event's description.
std::string describe(const trace_field &f, size_t offset) {
    std::string declaration = fmt::format("{} {}", f.type, f.name);
    if (f.as == form::fixed_text || f.as == form::task_name)
        declaration += fmt::format("[{}]", f.size);
    else if (f.as == form::mark)
        declaration = fmt::format("char {}[]", f.name);
    return fmt::format("\tfield:{};\toffset:{};\tsize:{};\tsigned:{};\n", declaration, offset, f.size, f.is_signed);
}

} // namespace

const std::vector<trace_schema> &trace_schemas() {
    static const std::vector<trace_schema> all = make_schemas();
    return all;
}

void trace_schema::print(const trace_event &e, fmt::memory_buffer &out) const {
    if (is_mark())
        out.append(std::string_view(e.values[1].text));
    else
        form->print(e, out);
}

unsigned trace_id(const trace_schema &s) {
    constexpr unsigned first = 100;
    const auto &all = trace_schemas();
    const auto at = s.is_mark()
                        ? std::find_if(all.begin(), all.end(), [](const auto &x) { return x.is_mark(); }) - all.begin()
                        : &s - all.data();
    return first + static_cast<unsigned>(at);
}

size_t field_alignment(const trace_field &f) {
    return f.as == form::fixed_text || f.as == form::task_name || f.as == form::mark ? 1 : f.size;
}

std::string trace_format(const trace_schema &s) {
    std::string out = fmt::format("name: {}\nID: {}\nformat:\n", s.name, trace_id(s));
    out += "\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
           "\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;\n"
           "\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;\n"
           "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n";
    size_t offset = common_field_size;
    for (const trace_field &f : s.fields) {
        offset = aligned(offset, field_alignment(f));
        out += describe(f, offset);
        offset += f.size;
    }
    return out + fmt::format("\nprint fmt: {}\n", s.print_format);
}

trace_decoder::trace_decoder(unsigned cpus, text_pool &texts, std::function<uint64_t(uint64_t)> simulated)
    : m_texts(texts)
    , m_simulated(std::move(simulated))
    , m_cores(cpus) {
    for (unsigned cpu = 0; cpu < cpus; ++cpu)
        m_cores[cpu].idle_comm = texts.keep(fmt::format("swapper/{}", cpu).c_str());
    for (const trace_schema &s : trace_schemas())
        m_schema[s.event] = &s;
    for (const table_entry &entry : table_entries())
        m_marks[entry.event] = entry.shown;
}

std::vector<port_trace_event> trace_decoder::events() {
    std::vector<port_trace_event> list;
    for (const trace_schema &s : trace_schemas())
        if (s.event < TRACE_EVENT_COUNT)
            list.push_back(static_cast<port_trace_event>(s.event));
    return list;
}

const char *trace_decoder::comm_of(uint64_t pid, const core &c) const {
    if (!pid)
        return c.idle_comm;
    const auto found = m_comms.find(pid);
    return found == m_comms.end() ? "<...>" : found->second;
}

// A mark's text, from its template.
void trace_decoder::mark(const record &r) {
    std::string out;
    const std::string_view shown = m_marks[r.event];
    for (size_t at = 0; at < shown.size(); ++at) {
        if (shown[at] != '{') {
            out += shown[at];
            continue;
        }
        const size_t close = shown.find('}', at);
        const std::string_view name = shown.substr(at + 1, close - at - 1);
        out += name == "pid"     ? std::to_string(m_event.pid)
               : name == "pin"   ? pin_name(static_cast<unsigned>(r.a))
               : name == "level" ? std::to_string(r.b)
               : r.text          ? r.text
                                 : "-";
        at = close;
    }
    m_event.values[0] = {mark_address, m_texts.keep(mark_function)};
    m_event.values[1] = {0, m_texts.keep(out.c_str())};
}

const trace_event *trace_decoder::decode(const record &r) {
    const trace_schema *const schema = r.event < m_schema.size() ? m_schema[r.event] : nullptr;
    if (!schema || r.cpu >= m_cores.size())
        return nullptr;
    core &c = m_cores[r.cpu];
    m_event = {
        schema, r.ps,       r.cause, static_cast<uint32_t>(c.pid), c.pid ? comm_of(c.pid, c) : "<idle>", r.cpu, r.state,
        r.text, r.function, {}};
    fill(r);
    switch (r.event) {
    case TRACE_sched_switch:
        c.pid = r.c;
        [[fallthrough]];
    case TRACE_sched_process_new:
    case TRACE_task_rename: {
        const uint64_t pid = r.event == TRACE_sched_switch ? r.c : r.a;
        if (pid && r.text)
            m_comms[pid] = r.text;
        break;
    }
    default:
        break;
    }
    return &m_event;
}

void trace_decoder::fill(const record &r) {
    if (m_event.schema->is_mark())
        return mark(r);
    const auto &fields = m_event.schema->fields;
    for (size_t n = 0; n < fields.size(); ++n) {
        const trace_field &f = fields[n];
        trace_event::value &v = m_event.values[n];
        if (!f.number) {
            v.text = r.text;
            continue;
        }
        v.number = f.number(r.a, r.b, r.c, r.d);
        if (f.as == form::task_name) {
            v = {0, comm_of(v.number, m_cores[r.cpu])};
        } else if (f.as == form::address || f.as == form::object || f.as == form::function) {
            v.number = address(v.number);
            v.text = f.as == form::function ? r.function : nullptr;
        }
    }
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/trace/form.h"

#include "platform/observe/event_table.h"

#include <algorithm>
#include <stdexcept>

namespace rk3568 {
namespace {

using out_buffer = fmt::memory_buffer;
using value = trace_event::value;

template <typename... Args>
void put(out_buffer &out, fmt::format_string<Args...> format, Args &&...args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

// Names of numbers, or of bits.
struct number_name {
    uint32_t number;
    const char *name;
};
using names = std::vector<number_name>;

const names lock_flags = {{1, "SPIN"}, {2, "READ"}, {4, "WRITE"}, {8, "RT"}, {16, "PERCPU"}, {32, "MUTEX"}};
const names timer_flags = {{0x40000, "M"}, {0x80000, "D"}, {0x100000, "P"}, {0x200000, "I"}};
const names task_states = {{1, "S"}, {2, "D"}, {4, "T"}, {8, "t"}, {0x10, "X"}, {0x20, "Z"}, {0x40, "P"}, {0x80, "I"}};
const names taints = {{0x1, "P"}, {0x1000, "O"}};
const names hrtimer_modes = {{0, "ABS"},      {1, "REL"},      {2, "ABS|PINNED"},       {3, "REL|PINNED"},
                             {4, "ABS|SOFT"}, {5, "REL|SOFT"}, {6, "ABS|PINNED|SOFT"},  {7, "REL|PINNED|SOFT"},
                             {8, "ABS|HARD"}, {9, "REL|HARD"}, {10, "ABS|PINNED|HARD"}, {11, "REL|PINNED|HARD"}};
constexpr uint32_t task_preempted = 0x100; // TASK_REPORT_MAX

names softirq_names() {
    names all;
    for (const softirq_info &s : softirq_table)
        all.push_back({static_cast<uint32_t>(all.size()), s.name});
    return all;
}

uint32_t all_bits(const names &of) {
    uint32_t bits = 0;
    for (const number_name &n : of)
        bits |= n.number;
    return bits;
}

void put_flags(out_buffer &out, uint64_t bits, const names &of, const char *between = "|") {
    bool first = true;
    for (const number_name &n : of)
        if (bits & n.number) {
            put(out, "{}{}", first ? "" : between, n.name);
            first = false;
        }
}

std::string list(const names &of) {
    std::string text;
    for (const number_name &n : of)
        text += fmt::format(", {{ {:#x}, \"{}\" }}", n.number, n.name);
    return text;
}

// Linux's helpers of a print fmt.
std::string flags_of(const char *expression, const names &of, const char *between = "|") {
    return fmt::format("__print_flags({}, \"{}\"{})", expression, between, list(of));
}
std::string symbol_of(const names &of) {
    return fmt::format("__print_symbolic($, {})", list(of).substr(2));
}

uint32_t low(const value &v) {
    return static_cast<uint32_t>(v.number);
}
int32_t low_signed(const value &v) {
    return static_cast<int32_t>(v.number);
}
const char *text_of(const value &v) {
    return v.text ? v.text : "";
}

} // namespace

struct value_form {
    const char *name;
    const char *conversion; // of printf
    std::string argument;   // $ is the field
    void (*print)(const value &v, out_buffer &out);
};

namespace {

const std::vector<value_form> &forms() {
    static const std::vector<value_form> all = {
        {"%d", "%d", "$", [](const value &v, out_buffer &out) { put(out, "{}", low_signed(v)); }},
        {"%03d", "%03d", "$", [](const value &v, out_buffer &out) { put(out, "{:03}", low_signed(v)); }},
        {"%hd", "%hd", "$", [](const value &v, out_buffer &out) { put(out, "{}", static_cast<int16_t>(v.number)); }},
        {"%u", "%u", "$", [](const value &v, out_buffer &out) { put(out, "{}", low(v)); }},
        {"%lu", "%lu", "(unsigned long)$", [](const value &v, out_buffer &out) { put(out, "{}", v.number); }},
        {"%ld", "%ld", "(long)$",
         [](const value &v, out_buffer &out) { put(out, "{}", static_cast<int64_t>(v.number)); }},
        {"%llu", "%llu", "(unsigned long long)$", [](const value &v, out_buffer &out) { put(out, "{}", v.number); }},
        // Not hashed: what it points at is simulated, so there is nothing to hide.
        {"%p", "%p", "$", [](const value &v, out_buffer &out) { put(out, "{:016x}", v.number); }},
        {"%ps", "%ps", "$",
         [](const value &v, out_buffer &out) {
             if (v.text)
                 put(out, "{}", v.text);
             else
                 put(out, "{:#x}", v.number);
         }},
        {"%s", "%s", "$", [](const value &v, out_buffer &out) { put(out, "{}", text_of(v)); }},
        {"handled", "%s", R"($ ? "handled" : "unhandled")",
         [](const value &v, out_buffer &out) { put(out, "{}", low(v) ? "handled" : "unhandled"); }},
        {"direction", "%3s", R"($ ? "in" : "out")",
         [](const value &v, out_buffer &out) { put(out, "{:>3}", low(v) ? "in" : "out"); }},
        {"access", "%3s", R"($ ? "get" : "set")",
         [](const value &v, out_buffer &out) { put(out, "{:>3}", low(v) ? "get" : "set"); }},
        {"cpus", "%s", "$", [](const value &v, out_buffer &out) { put(out, "00000000,{:08x}", low(v)); }},
        {"softirq", "%s", symbol_of(softirq_names()),
         [](const value &v, out_buffer &out) {
             put(out, "{}", v.number < std::size(softirq_table) ? softirq_table[v.number].name : "");
         }},
        {"hrtimer_mode", "%s", symbol_of(hrtimer_modes),
         [](const value &v, out_buffer &out) {
             put(out, "{}", v.number < hrtimer_modes.size() ? hrtimer_modes[v.number].name : "");
         }},
        {"lock_flags", "%s", flags_of("$", lock_flags),
         [](const value &v, out_buffer &out) { put_flags(out, v.number, lock_flags); }},
        {"timer_cpu", "%u", "$ & 0x0003ffff",
         [](const value &v, out_buffer &out) { put(out, "{}", low(v) & 0x3ffff); }},
        {"timer_index", "%u", "$ >> 22", [](const value &v, out_buffer &out) { put(out, "{}", low(v) >> 22); }},
        {"timer_flags", "%s", flags_of(fmt::format("$ & {:#x}", all_bits(timer_flags)).c_str(), timer_flags),
         [](const value &v, out_buffer &out) { put_flags(out, v.number, timer_flags); }},
        {"taints", "%s", flags_of("$", taints, ""),
         [](const value &v, out_buffer &out) { put_flags(out, v.number, taints, ""); }},
        {"task_state", "%s%s",
         fmt::format(R"(($ & 0xff) ? {} : "R", $ & 0x100 ? "+" : "")", flags_of("$ & 0xff", task_states)),
         [](const value &v, out_buffer &out) {
             if (v.number & all_bits(task_states))
                 put_flags(out, v.number, task_states);
             else
                 put(out, "R");
             put(out, "{}", v.number & task_preempted ? "+" : "");
         }},
    };
    return all;
}

std::string field_expression(const trace_field &f) {
    switch (f.as) {
    case trace_field::form::text:
        return fmt::format("__get_str({})", f.name);
    case trace_field::form::cpus:
        return fmt::format("__get_bitmask({})", f.name);
    default:
        return fmt::format("REC->{}", f.name);
    }
}

} // namespace

event_form::event_form(std::string_view shown, const std::vector<trace_field> &fields)
    : m_fields(&fields) {
    const auto field_called = [&](std::string_view name) {
        const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto &f) { return name == f.name; });
        if (found == fields.end())
            throw std::logic_error(fmt::format("trace_table.h: '{}' shows a field {} that it has not", shown, name));
        return static_cast<size_t>(found - fields.begin());
    };
    for (size_t at = 0;;) {
        const size_t open = shown.find('{', at);
        if (open == std::string_view::npos) {
            m_after = shown.substr(at);
            return;
        }
        const size_t colon = shown.find(':', open), close = shown.find('}', open);
        std::string_view name = shown.substr(open + 1, colon - open - 1);
        const std::string_view as = shown.substr(colon + 1, close - colon - 1);
        piece p;
        p.before = shown.substr(at, open - at);
        if (const size_t minus = name.find('-'); minus != std::string_view::npos) {
            p.minus = field_called(name.substr(minus + 1));
            name = name.substr(0, minus);
        }
        p.field = field_called(name);
        const auto form = std::find_if(forms().begin(), forms().end(), [&](const auto &f) { return as == f.name; });
        if (form == forms().end())
            throw std::logic_error(fmt::format("trace_table.h: '{}' has a form {} that does not exist", shown, as));
        p.form = &*form;
        m_pieces.push_back(std::move(p));
        at = close + 1;
    }
}

void event_form::print(const trace_event &e, out_buffer &out) const {
    for (const piece &p : m_pieces) {
        out.append(p.before);
        value v = e.values[p.field];
        if (p.minus != none)
            v.number -= e.values[p.minus].number;
        p.form->print(v, out);
    }
    out.append(m_after);
}

std::string event_form::print_format() const {
    std::string format, arguments;
    for (const piece &p : m_pieces) {
        format += p.before + p.form->conversion;
        std::string argument = p.form->argument;
        const std::string field = field_expression((*m_fields)[p.field]);
        for (size_t at; (at = argument.find('$')) != std::string::npos;)
            argument.replace(at, 1, field);
        arguments += ", " + argument;
        if (p.minus != none)
            arguments += " - " + field_expression((*m_fields)[p.minus]);
    }
    return fmt::format("\"{}{}\"{}", format, m_after, arguments);
}

} // namespace rk3568

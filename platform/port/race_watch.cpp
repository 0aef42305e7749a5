// SPDX-License-Identifier: Apache-2.0
#include "platform/port/race_watch.h"

#include "platform/port/machine.h"
#include "platform/port/source_line.h"
#include "sw/port/findings.h"
#include "sw/port/kernel.h"

#include <algorithm>
#include <cinttypes>
#include <fmt/format.h>

namespace rk3568 {

namespace {

const void *pointer(uint64_t address) {
    return reinterpret_cast<const void *>(address);
}

// As %pS has it.
std::string symbol_text(uint64_t code) {
    struct port_symbol s;
    if (!port_symbol(pointer(code), &s))
        return fmt::format("{:#x}", port_address(pointer(code)));
    const std::string at = fmt::format("{}+{:#x}/{:#x}", s.name, s.offset, s.size);
    return s.module ? fmt::format("{} [{}]", at, s.module) : at;
}

std::string name_text(uint64_t code) {
    struct port_symbol s;
    return port_symbol(pointer(code), &s) ? s.name : "?";
}

bool is_per_cpu_address(const machine &m, uint64_t address) {
    const uint64_t pa = address - arena::base;
    if (pa >= arena::images_end && pa < arena::heap)
        return true; // another CPU's copy of the images
    const image *const home = m.image_at(pointer(address));
    size_t bytes = 0;
    const void *const section = home ? home->section(".data..percpu", bytes) : nullptr;
    return section && address - reinterpret_cast<uint64_t>(section) < bytes;
}

std::string line_of(uint64_t code) {
    const image *const home = code ? machine::get().image_at(pointer(code)) : nullptr;
    return home ? source_line(home->path(), code - reinterpret_cast<uint64_t>(home->base())) : std::string();
}

// KCSAN's words.
const char *type_of(unsigned kind) {
    using namespace races;
    if (kind & kind_assert)
        return kind & kind_write ? "assert no accesses" : "assert no writes";
    if (kind & kind_free)
        return "free";
    if ((kind & (kind_read | kind_write)) == (kind_read | kind_write))
        return kind & kind_marked ? "read-write (marked)" : "read-write";
    if (kind & kind_write)
        return kind & kind_marked ? "write (marked)" : "write";
    return kind & kind_marked ? "read (marked)" : "read";
}

} // namespace

race_watch::race_watch(machine &m, bool detect, bool hold)
    : m_machine(m) {
    if (detect)
        detector = std::make_unique<races::detector>(
            races::detector_hooks{[&m](uint64_t address) { return is_per_cpu_address(m, address); }, name_text,
                                  [this](const races::race &r) { report(r); }});
    if (hold)
        holder = std::make_unique<races::holder>(
            std::vector<races::hold>{}, races::board_load::none,
            races::holder::naming{[](uint64_t code) { return fmt::format("{:#x}", port_address(pointer(code))); },
                                  line_of, name_text});
}

// The core stands still; where the hold ends with another place being reached, it looks now and then, often at first.
void race_watch::stall(const races::holder::decision &d, uint64_t pc) {
    constexpr uint64_t soonest = 50000, latest = 1000000; // ps
    if (!d.ps)
        return;
    if (!d.until)
        return m_machine.cpu.stall(d.ps, pc);
    const std::string until = *d.until;
    const uint64_t before = holder->count_of(until);
    for (uint64_t ps = 0, look = 0; ps < d.ps && holder->count_of(until) == before; ps += look) {
        look = std::clamp(ps / 16, soonest, latest);
        m_machine.cpu.stall(look, pc);
    }
}

void race_watch::pass_access(const void *frame, uint64_t address, bool writes) {
    const auto *const at = static_cast<const uint64_t *>(frame);
    const races::whereabouts w = here(frame);
    const uint64_t who = w.preempt_count & 0xff0100 ? 1 + w.cpu * 2 + ((w.preempt_count & 0xff0000) != 0)
                                                    : reinterpret_cast<uint64_t>(w.task);
    stall(holder->access(at[1] - 1, address, writes, who, w.cpu, w.ps), at[1]);
}

// Named after the module's code that called the function of the kernel which tells.
void race_watch::pass_order(const void *frame, enum port_order what) {
    switch (what) {
    case ORDER_lock:
    case ORDER_unlock:
    case ORDER_hand_over:
    case ORDER_signal:
    case ORDER_waited:
    case ORDER_memory_free:
        break;
    default:
        return;
    }
    const auto *at = static_cast<const uint64_t *>(frame);
    const uint64_t pc = at[1];
    for (unsigned depth = 0; depth < 6; ++depth) {
        if (is_module_code(at[1])) {
            const core &c = m_machine.cpu.current();
            return stall(holder->order(at[1] - 1, c.number(), c.now()), pc);
        }
        const auto *const next = reinterpret_cast<const uint64_t *>(at[0]);
        if (next <= at || next > at + 4096)
            return;
        at = next;
    }
}

bool race_watch::is_point(port_trace_event event) {
    return event == TRACE_irq_handler_entry || event == TRACE_irq_thread_entry || event == TRACE_tasklet_entry ||
           event == TRACE_timer_expire_entry || event == TRACE_hrtimer_expire_entry ||
           event == TRACE_workqueue_execute_start;
}

void race_watch::pass_event(port_trace_event event, uint64_t function, const void *frame) {
    static constexpr const char *names[] = {
#define EVENT_NAME(event, ...) #event,
        PORT_TRACE_EVENTS(EVENT_NAME)
#undef EVENT_NAME
    };
    const bool any = event == TRACE_irq_handler_entry || event == TRACE_irq_thread_entry;
    if (!any && !is_module_code(function))
        return;
    const core &c = m_machine.cpu.current();
    stall(holder->event(names[event], c.number(), c.now()), static_cast<const uint64_t *>(frame)[1]);
}

std::string race_watch::points_report() const {
    nlohmann::json all = holder->report();
    const auto place = [](uint64_t code) { return fmt::format("{:#x}", port_address(pointer(code))); };
    all["pairs"] = nlohmann::json::array();
    for (const pair &p : m_pairs)
        all["pairs"].push_back({{"title", p.title},
                                {"first", place(p.first_code)},
                                {"second", place(p.second_code)},
                                {"first_line", p.first},
                                {"second_line", p.second}});
    return all.dump(1);
}

races::whereabouts race_watch::here(const void *frame) const {
    const core &c = m_machine.cpu.current();
    const auto *const task = static_cast<const port_thread *>(PORT_CPU_PAGE->thread);
    const auto *const at = static_cast<const uint64_t *>(frame);
    return {c.number(),
            c.now(),
            task,
            task ? task->preempt_count : 0,
            (c.daif() & core::daif_i) != 0,
            at[1],
            reinterpret_cast<const uint64_t *>(at[0])};
}

bool race_watch::is_module_code(uint64_t pc) const {
    const uint64_t pa = pc - arena::base;
    return pa >= arena::modules && pa < arena::images_end;
}

// The innermost code of a module.
uint64_t race_watch::driver_code(const races::side &s) const {
    if (is_module_code(s.what.pc))
        return s.what.pc - 1;
    const auto found = std::find_if(s.stack.begin(), s.stack.end(), [this](uint64_t pc) { return is_module_code(pc); });
    return found == s.stack.end() ? 0 : *found - 1;
}

// What the access is called after: its function, or the one of the kernel that the module called for it.
std::string race_watch::function_of(const races::side &s) const {
    if (s.what.kind & races::kind_free) {
        const auto unloads = [](uint64_t pc) { return pc && name_text(pc - 1) == "free_module"; };
        return std::any_of(s.stack.begin(), s.stack.end(), unloads) ? "free_module" : "kfree";
    }
    uint64_t outermost = s.what.pc;
    for (const uint64_t pc : s.stack) {
        if (is_module_code(outermost) || !pc || is_module_code(pc))
            break;
        outermost = pc;
    }
    // Without a module in the stack the innermost function is as good as any.
    return name_text((driver_code(s) ? outermost : s.what.pc) - 1);
}

std::string race_watch::side_text(const races::side &s) const {
    const std::string who = s.in_interrupt ? "interrupt" : s.pid ? fmt::format("task {}", s.pid) : s.context;
    std::string text =
        fmt::format("{} to {:#x} of {} bytes by {} on cpu {}:\n", type_of(s.what.kind),
                    port_address(pointer(s.what.address)), s.what.bytes, who, static_cast<unsigned>(s.what.cpu));
    text += fmt::format(" {}\n", symbol_text(s.what.pc - 1));
    for (const uint64_t pc : s.stack) {
        struct port_symbol known;
        if (!pc || !port_symbol(pointer(pc - 1), &known))
            break;
        text += fmt::format(" {}\n", symbol_text(pc - 1));
    }
    text +=
        fmt::format(" at {}.{:09} s, in {}, locks held: {}\n", s.what.ps / 1000000000000, s.what.ps / 1000 % 1000000000,
                    s.context, s.locks.empty() ? "none" : fmt::format("{}", fmt::join(s.locks, ", ")));
    return text;
}

void race_watch::report(const races::race &r) {
    const std::string first_line = line_of(driver_code(r.first)), second_line = line_of(driver_code(r.second));
    if (!m_told.insert(std::minmax(first_line, second_line)).second)
        return;
    std::string a = function_of(r.first), b = function_of(r.second);
    if (b < a)
        std::swap(a, b);
    const std::string title =
        fmt::format("BUG: KCSAN: {} in {} / {}", r.assertion ? "assert: race" : "data-race", a, b);
    m_pairs.push_back({title, first_line, second_line, driver_code(r.first), driver_code(r.second)});
    const auto with_line = [&](const races::side &s, const std::string &line) {
        return side_text(s) + (line.empty() ? "" : fmt::format("driver: {}\n", line));
    };
    const std::string rule(66, '=');
    const std::string text = fmt::format("{}\n{}\n\n{}\n{}{}\n{}\n", rule, title, with_line(r.second, second_line),
                                         with_line(r.first, first_line), r.odd.empty() ? "" : "\n" + r.odd, rule);
    const core &here = m_machine.cpu.current();
    const std::string stamp = fmt::format("[{:5}.{:06}] ", here.now() / 1000000000000, here.now() / 1000000 % 1000000);
    for (size_t from = 0, end; from < text.size(); from = end + 1) {
        end = text.find('\n', from);
        if (m_machine.on_console)
            m_machine.on_console(1, stamp + text.substr(from, end - from + 1));
    }
    port_trace(TRACE_finding, FINDING_race, 0, 0, 0, title.c_str());
    const auto lines = std::minmax(first_line, second_line);
    const bool both = !lines.first.empty() && lines.first != lines.second;
    m_machine.findings.place(both ? lines.first + ", " + lines.second : lines.second);
}

} // namespace rk3568

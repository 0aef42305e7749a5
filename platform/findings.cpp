// SPDX-License-Identifier: Apache-2.0
#include "platform/findings.h"

#include "platform/time_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

namespace rk3568 {

namespace {

struct advice {
    const char *text; // the finding contains it
    const char *kind; // the stable name of its check, docs/OUTPUTS.md
    const char *what;
};

// The first that fits counts.
constexpr advice all_advice[] = {
    {"sleeping function called", "sleep-in-atomic",
     "the call may sleep; handlers, tasklets, timers and code under a spinlock must not"},
    {"scheduling while atomic", "sleep-in-atomic", "it slept in a handler, a tasklet, a timer or under a spinlock"},
    {"do not call blocking ops", "nested-sleep",
     "the task had set its state for a sleep of its own; set it back before the call"},
    {"inconsistent lock state", "lock-in-interrupt",
     "the lock is also taken in an interrupt: take it with _irqsave (or _bh) here"},
    {"unsafe lock order", "lock-in-interrupt",
     "a lock that interrupts take must not be followed by one that is taken with them enabled"},
    {"irq lock inversion", "lock-in-interrupt",
     "a lock that interrupts take must not be followed by one that is taken with them enabled"},
    {"circular locking dependency", "lock-order",
     "two orders of the same locks: see the chain in the log for both places"},
    {"recursive locking", "lock-recursion",
     "the same lock, or one of its class, is held already: see both places in the log"},
    {"spinlock recursion", "lock-recursion", "the same CPU holds the lock already"},
    {"bad unlock balance", "lock-balance", "the lock is not held here"},
    {"held lock freed", "lock-lifetime", "unlock before the memory goes"},
    {"still has locks held", "lock-balance", "the task ends with a lock"},
    {"bad magic", "lock-uninitialised", "the lock was never initialised, or overwritten"},
    {"non-static key", "lock-uninitialised", "the lock was never initialised"},
    {"lock->magic != lock", "lock-uninitialised", "the mutex was never initialised, or copied"},
    {"ODEBUG: free active", "object-lifetime", "cancel it, and wait for it, before its memory goes"},
    {"ODEBUG: init active", "object-lifetime", "it is armed or queued: initialise it once"},
    {"ODEBUG: assert_init", "object-uninitialised", "it was never set up"},
    {"Flags mismatch", "irq-flags", "all who share a line need IRQF_SHARED and the same trigger"},
    {"already-free IRQ", "irq-lifetime", "freed twice, or with another dev_id than it was requested with"},
    {"Unbalanced enable", "irq-balance", "more enable_irq() than disable_irq()"},
    {"IRQF_ONESHOT is missing", "irq-flags",
     "the level comes again before its thread has run: the line must stay masked until then"},
    {"nobody cared", "irq-unhandled",
     "no handler of the line returned IRQ_HANDLED: the device still asks, or is another's"},
    {"bogus return value", "irq-return-value", "a handler returns IRQ_NONE, IRQ_HANDLED or IRQ_WAKE_THREAD"},
    {"IRQ_WAKE_THREAD", "irq-return-value", "request it with request_threaded_irq()"},
    {"enabled interrupts", "irq-context", "a handler runs with interrupts off and must leave them so"},
    {"waits for itself", "irq-deadlock", "disable_irq() waits for the handler: use disable_irq_nosync() in it"},
    {"preempt", "atomic-leak", "a lock is taken or preemption disabled, and not given back, on one of its ways out"},
    {"soft lockup", "lockup", "the CPU computes with preemption off for too long"},
    {"blocked for more than", "hung-task", "nobody wakes the task: a wake-up is lost, or its condition never comes"},
    {"still requested", "left-at-unload", "the exit function, or the error path of init, misses a free_irq()"},
    {"unloaded with", "left-at-unload", "the exit function, or the error path of init, misses its release"},
    {"Redzone overwritten", "memory-overwritten", "written beyond the end of the object"},
    {"already free", "memory-double-free", "freed twice: the log says where the first time was"},
    {"list_", "list-corruption", "a list is changed without its lock, or an entry added or removed twice"},
    {"use-after-free", "memory-use-after-free", "the last reference is gone already"},
};

// Text that any XML reader takes: bytes that are no UTF-8, and control characters, as \\xNN.
std::string readable(const std::string &text) {
    std::string out;
    for (size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const size_t length = lead < 0x80                   ? 1
                              : lead >= 0xc2 && lead < 0xe0 ? 2
                              : lead >= 0xe0 && lead < 0xf0 ? 3
                              : lead >= 0xf0 && lead < 0xf5 ? 4
                                                            : 0;
        bool good = length > 1 || (length == 1 && (lead >= ' ' || lead == '\n' || lead == '\t') && lead != 0x7f);
        for (size_t k = 1; k < length; ++k)
            good = good && i + k < text.size() && (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
        if (good)
            out.append(text, i, length);
        else
            out += fmt::format("\\x{:02x}", lead);
        i += good ? length : 1;
    }
    return out;
}

const advice *advice_on(const std::string &text) {
    for (const advice &a : all_advice)
        if (text.find(a.text) != text.npos)
            return &a;
    return nullptr;
}

// "3 times, last at 12ms"; empty for one report.
std::string repeated(const finding &f) {
    return f.count < 2 ? "" : fmt::format(" ({} times, last at {})", f.count, format_time_ps(f.last_ps));
}

std::string where(const finding &f) {
    return f.place.empty() ? "" : f.place + ": ";
}

} // namespace

std::string advice_for(const std::string &text) {
    const advice *const a = advice_on(text);
    return a ? a->what : "";
}

std::string findings_json(const finding_log &log) {
    using nlohmann::ordered_json;
    const auto ns = [](uint64_t ps) { return static_cast<double>(ps) / 1000; };
    const auto known = [](const std::string &text) {
        return text.empty() ? ordered_json() : ordered_json(readable(text));
    };
    ordered_json all = ordered_json::array();
    for (const finding &f : log.findings()) {
        const advice *const a = advice_on(f.text);
        ordered_json one = {{"kind", a ? a->kind : "other"},
                            {"text", readable(f.text)},
                            {"place", known(f.place)},
                            {"cpu", f.cpu},
                            {"count", f.count},
                            {"first_ns", ns(f.ps)},
                            {"last_ns", ns(f.last_ps)},
                            {"hint", a ? ordered_json(a->what) : ordered_json()},
                            {"stack", ordered_json::array()}};
        for (const finding_frame &frame : f.stack)
            one["stack"].push_back(
                {{"symbol", known(frame.symbol)}, {"module", known(frame.module)}, {"place", known(frame.place)}});
        all.push_back(std::move(one));
    }
    return all.dump();
}

std::string summary_of(const finding_log &log) {
    const std::vector<finding> &findings = log.findings();
    if (findings.empty())
        return {};
    constexpr size_t most = 20;
    std::string out = fmt::format("{} finding{}:\n", findings.size(), findings.size() == 1 ? "" : "s");
    for (size_t i = 0; i < findings.size() && i < most; ++i) {
        const finding &f = findings[i];
        out +=
            fmt::format("  {} CPU{}: {}{}{}\n", format_time_ps(f.ps), f.cpu, where(f), readable(f.text), repeated(f));
        if (const std::string advice = advice_for(f.text); !advice.empty())
            out += fmt::format("      {}\n", advice);
    }
    if (findings.size() + log.not_kept() > most)
        out += fmt::format("  and {} more\n", findings.size() + log.not_kept() - most);
    return out;
}

std::string junit_of(const finding_log &log, const std::string &command) {
    const std::vector<finding> &findings = log.findings();
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
    suite.append_attribute("name") = "rk3568-sim";
    suite.append_attribute("tests") = static_cast<unsigned>(findings.empty() ? 1 : findings.size());
    suite.append_attribute("failures") = static_cast<unsigned>(findings.size());
    pugi::xml_node property = suite.append_child("properties").append_child("property");
    property.append_attribute("name") = "command";
    property.append_attribute("value") = readable(command).c_str();
    const auto add_case = [&suite](const std::string &name) {
        pugi::xml_node made = suite.append_child("testcase");
        made.append_attribute("classname") = "rk3568-sim";
        made.append_attribute("name") = name.c_str();
        return made;
    };
    if (findings.empty())
        add_case("run");
    for (const finding &f : findings) {
        const std::string text = readable(f.text);
        pugi::xml_node failure = add_case(text).append_child("failure");
        failure.append_attribute("message") = text.c_str();
        failure.text() = fmt::format("{}{} CPU{}{}\n{}", readable(where(f)), format_time_ps(f.ps), f.cpu, repeated(f),
                                     advice_for(f.text))
                             .c_str();
    }
    std::ostringstream out;
    document.save(out, " ", pugi::format_raw);
    return out.str();
}

} // namespace rk3568

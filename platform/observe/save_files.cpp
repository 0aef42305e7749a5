// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/save_files.h"

#include "platform/observe/output_file.h"
#include "platform/stimulus/pin_name.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>

#include <fmt/format.h>

namespace rk3568 {
namespace {

constexpr std::string_view gtkwave_mark = "[*] rk3568-sim", surfer_mark = "# rk3568-sim";
constexpr double window_share = 6;                    // GTKWave's zoom is of a sixth of its window
constexpr uint64_t longest_way_through_gic = 3000000; // ps
constexpr size_t most_rows = 40;                      // of one group

using wanted = std::function<bool(const named_signal &)>;

bool begins(const std::string &text, std::string_view head) {
    return text.compare(0, head.size(), head) == 0;
}

struct row_group {
    std::string title;
    std::vector<const named_signal *> rows;
};

// The rows of one picture, and where it begins.
struct view {
    std::string question;
    std::vector<row_group> groups;
    std::optional<slow_sample> at;

    // In the order of the functions, then of the waveform.
    void add(const std::string &title, const std::vector<named_signal> &signals, const std::vector<wanted> &all) {
        row_group group{title, {}};
        for (const wanted &wants : all)
            for (const named_signal &s : signals)
                if (group.rows.size() < most_rows && wants(s) &&
                    std::find(group.rows.begin(), group.rows.end(), &s) == group.rows.end())
                    group.rows.push_back(&s);
        if (!group.rows.empty())
            groups.push_back(std::move(group));
    }
};

wanted named(const std::string &full) {
    return [full](const named_signal &s) { return s.full() == full; };
}

wanted moved_in(const std::string &scope) {
    return [scope](const named_signal &s) { return s.scope == scope && s.moved; };
}

// How a signal is shown: the flags of GTKWave's rows, and the file that turns its numbers into words.
struct looks {
    const char *flags, *filter;
};

looks looks_of(const named_signal &s) {
    if (s.width == 0)
        return {"820", nullptr};
    if (s.width == 1)
        return {"28", nullptr};
    if (begins(s.scope, "gic.interrupts"))
        return {"2022", "gic_state"};
    if (begins(s.scope, "irq.") || s.scope == "tasklet" || s.scope == "work")
        return {"2022", "activity"};
    if (begins(s.scope, "cores.") && s.name == "state")
        return {"2022", "core_state"};
    if (begins(s.scope, "cores.") && s.name == "context")
        return {"2022", "context"};
    return {begins(s.scope, "gpio.") ? "22" : "24", nullptr};
}

std::string gtkwave_text(const view &of, const std::string &file, const std::string &filters, uint64_t end_ps) {
    const uint64_t length = of.at ? std::max<uint64_t>(of.at->length_ps, 1000000) : end_ps;
    const uint64_t shown = of.at ? length * 2 : end_ps;
    const uint64_t marker = of.at ? of.at->at_ps : 0;
    const uint64_t begin = marker > length * 3 / 2 ? marker - length * 3 / 2 : 0;
    std::string out =
        fmt::format("{}: {} waves/README.md\n[savefile] \"{}\"\n[timestart] {}\n[size] 1600 1000\n[pos] -1 -1\n",
                    gtkwave_mark, of.question, file, begin);
    out += fmt::format("*{:.6f} {}", -std::log2(static_cast<double>(shown) / window_share), marker);
    for (int i = 0; i < 26; ++i)
        out += " -1";
    out += "\n[sst_expanded] 0\n[signals_width] 330\n";
    for (const row_group &group : of.groups) {
        out += "@200\n-" + group.title + "\n";
        for (const named_signal *s : group.rows) {
            const looks l = looks_of(*s);
            out += fmt::format("@{}\n", l.flags);
            if (l.filter)
                out += fmt::format("^1 {}/{}.filter\n", filters, l.filter);
            out += s->full() + (s->width > 1 ? fmt::format("[{}:0]", s->width - 1) : "") + "\n";
        }
    }
    return out;
}

std::string surfer_text(const view &of) {
    std::string out = fmt::format("{}: {}\n", surfer_mark, of.question);
    for (const row_group &group : of.groups) {
        out += "divider_add " + group.title + "\n";
        for (const named_signal *s : group.rows)
            out += "variable_add " + s->full() + "\n";
    }
    return out + "zoom_fit\n";
}

// A person's own file has no mark of ours in its first line.
bool may_write(const std::string &path, std::string_view mark) {
    std::ifstream file(path);
    std::string first;
    return !file || !std::getline(file, first) || begins(first, mark);
}

void write(const std::string &path, std::string_view mark, const std::string &text) {
    if (!may_write(path, mark))
        return;
    output_file file(path);
    file.write(text);
    file.commit();
}

// What all pictures have in common: signals of the sample's line, handler and CPU, or of what moved.
class run_signals {
public:
    run_signals(const std::vector<named_signal> &all, const std::optional<slow_sample> &at)
        : m_all(all)
        , m_at(at) {}

    void pin(view &to) const { to.add("Pin", m_all, {m_at ? named("pins." + m_at->line) : moved_in("pins")}); }
    void bank(view &to) const {
        for (unsigned n = 0; n < pin_banks; ++n) {
            const std::string bank = fmt::format("gpio.gpio{}", n);
            if (m_at ? begins(m_at->line, fmt::format("GPIO{}_", n)) : moved(bank + ".irq"))
                to.add(fmt::format("GPIO bank {}", n), m_all,
                       {named(bank + ".ext_port"), named(bank + ".int_rawstatus"), named(bank + ".int_status"),
                        named(bank + ".irq")});
        }
    }
    void interrupts(view &to) const { to.add("Interrupts", m_all, {moved_in("gic.interrupts")}); }
    void interface(view &to, unsigned cpu, bool all) const {
        const std::string gic = fmt::format("gic.cpu{}_", cpu), core = fmt::format("cores.core{}.", cpu);
        if (moved(gic + "nirq"))
            to.add(fmt::format("CPU interface {}", cpu), m_all,
                   {named(gic + "nirq"), named(gic + "hppi"), named(gic + "acknowledged"), named(gic + "rpr"),
                    named(all ? gic + "pmr" : ""), named(all ? core + "irq_masked" : ""),
                    named(all ? core + "state" : ""), named(all ? core + "running" : "")});
    }
    void core(view &to, unsigned cpu) const {
        const std::string core = fmt::format("cores.core{}.", cpu);
        if (moved(core + "running"))
            to.add(fmt::format("Core {}", cpu), m_all,
                   {named(core + "state"), named(core + "context"), named(core + "running"), named(core + "task"),
                    named(core + "edge"), named(core + "irq_masked")});
    }
    // First those of the sample's name.
    void handlers(view &to) const {
        const std::string name = m_at ? m_at->name : "";
        const wanted own = [name](const named_signal &s) {
            return begins(s.scope, "irq.") && s.moved && !name.empty() && s.name.find(name) != s.name.npos;
        };
        to.add("Handlers and threads", m_all, {own, moved_in("irq.handler"), moved_in("irq.thread")});
    }
    void deferred(view &to) const { to.add("Tasklets and work", m_all, {moved_in("tasklet"), moved_in("work")}); }
    void work(view &to) const { to.add("Work", m_all, {moved_in("work")}); }
    bool has(const std::string &scope) const { return std::any_of(m_all.begin(), m_all.end(), moved_in(scope)); }

private:
    bool moved(const std::string &full) const {
        return std::any_of(m_all.begin(), m_all.end(),
                           [&full](const named_signal &s) { return s.moved && s.full() == full; });
    }
    const std::vector<named_signal> &m_all;
    const std::optional<slow_sample> &m_at;
};

std::optional<slow_sample> slowest_of(const std::vector<slow_sample> &all,
                                      std::initializer_list<const char *> mechanisms) {
    std::optional<slow_sample> found;
    for (const slow_sample &s : all)
        if (std::find(mechanisms.begin(), mechanisms.end(), s.mechanism) != mechanisms.end() &&
            (!found || s.length_ps > found->length_ps))
            found = s;
    return found;
}

constexpr unsigned most_cpus = 4;

} // namespace

wave_sink::signal wave_names::add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) {
    m_names.push_back({std::string(scope), std::string(name), width});
    return m_to->add(scope, name, width, initial);
}

wave_sink::signal wave_names::add_text(std::string_view scope, std::string_view name, std::string_view initial) {
    m_names.push_back({std::string(scope), std::string(name), 0});
    return m_to->add_text(scope, name, initial);
}

void write_save_files(const std::string &waves, const std::string &filters, const std::vector<named_signal> &signals,
                      const std::vector<slow_sample> &slowest, uint64_t end_ps) {
    const std::filesystem::path path(waves);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))
        return; // a pipe or a device: nothing lies beside it
    const std::string stem = (path.parent_path() / path.stem()).string();
    const auto save = [&](const view &v, const std::string &name) {
        const std::string file = stem + name + ".gtkw";
        write(file, gtkwave_mark, gtkwave_text(v, file, filters, end_ps));
    };

    // A timer's delay is what the driver asked for.
    auto any = slowest_of(slowest, {"hardirq", "softirq", "tasklet", "thread", "work"});
    if (!any)
        any = slowest_of(slowest, {"delayed_work"});
    const run_signals all(signals, any);
    view whole{"What happened to the slowest edge?", {}, any};
    all.pin(whole);
    all.bank(whole);
    all.interrupts(whole);
    all.interface(whole, any ? any->cpu : 0, false);
    all.handlers(whole);
    all.deferred(whole);
    for (unsigned cpu = 0; cpu < most_cpus; ++cpu)
        all.core(whole, cpu);
    save(whole, "");
    write(stem + ".sucl", surfer_mark, surfer_text(whole));

    if (const auto late = slowest_of(slowest, {"thread"})) {
        const run_signals of(signals, late);
        view v{"Why was the thread late?", {}, late};
        of.pin(v);
        of.handlers(v);
        for (unsigned cpu = 0; cpu < most_cpus; ++cpu)
            of.core(v, (late->cpu + cpu) % most_cpus);
        of.interrupts(v);
        save(v, ".late_thread");
    }
    if (auto first = slowest_of(slowest, {"hardirq"})) {
        first->length_ps = std::min(first->length_ps, longest_way_through_gic); // before that the pin was filtered
        const run_signals of(signals, first);
        view v{"What did the GIC do?", {}, first};
        of.pin(v);
        of.bank(v);
        of.interrupts(v);
        for (unsigned cpu = 0; cpu < most_cpus; ++cpu)
            of.interface(v, cpu, true);
        save(v, ".gic");
    }
    if (all.has("work")) {
        auto item = slowest_of(slowest, {"work"});
        if (!item)
            item = slowest_of(slowest, {"delayed_work"});
        const run_signals of(signals, item);
        view v{"Which worker ran the work?", {}, item};
        of.pin(v);
        of.handlers(v);
        of.work(v);
        for (unsigned cpu = 0; cpu < most_cpus; ++cpu)
            of.core(v, cpu);
        save(v, ".worker");
    }
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// What an edge goes through, in numbers: for each line, irq and handler the durations of each stage
// (sw/port/trace_table.h) on each path that the line used, and the account of its edges. Filled by causality; read at
// the end.
#ifndef RK3568_PLATFORM_OBSERVE_LATENCY_H
#define RK3568_PLATFORM_OBSERVE_LATENCY_H

#include "platform/observe/event_table.h"
#include "platform/observe/histogram.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace rk3568 {

class off_times;

// The account of one line's edges for as long as one driver has the line. Each number is counted where that happens;
// none follows from the others.
struct edge_counts {
    uint64_t edges = 0;
    uint64_t handled = 0;
    uint64_t merged = 0;
    std::map<std::string, uint64_t> lost; // by reason

    uint64_t lost_sum() const;
    bool closes() const { return edges == handled + merged + lost_sum(); }
};

// One path that edges of a line took, from the pin to its mechanism's end. The stages up to the handler are the same
// for all paths of one handler and kept with the first, hardirq.
struct latency_path {
    std::array<histogram, stage_count> stages;
};

// A handler on a line: what one request_irq() installed, or several in turn by the same name.
class latency_action {
public:
    latency_action(unsigned line, unsigned irq, std::string name, const edge_counts &counts)
        : line(line)
        , irq(irq)
        , name(std::move(name))
        , counts(counts) {
        use(mechanism::hardirq);
    }

    // Whether a sample of so long would be the longest so far.
    bool is_worst(mechanism m, stage s, uint64_t ps) const {
        const histogram &h = stage_of(m, s);
        return !h.count() || ps > h.max();
    }
    // The circumstances of the longest sample of what a path has in all, from the pin to its mechanism, or of the run
    // of that.
    struct worst_sample {
        uint64_t at_ps = 0; // its end
        unsigned cpu = 0;
        uint32_t edge = 0;
        // What was done most of that time, by the core, or in a run by the task: "lock" and its name, "preempted" and
        // by which task, "asleep", "computing", or a context and what executed in it.
        std::string kind, name;
        uint64_t ps = 0;    // how long
        std::string holder; // of the lock, if that is known
        // From the pin to there: the stages that this edge went through, one behind the other.
        struct part {
            stage which;
            uint64_t at_ps, ps;
        };
        std::vector<part> way;
    };
    enum part_of_path { to_begin, in_run };
    void set_worst(mechanism m, part_of_path part, worst_sample worst) {
        m_worst[static_cast<size_t>(m)][part] = std::move(worst);
    }
    const std::optional<worst_sample> &worst(mechanism m, part_of_path part) const {
        return m_worst[static_cast<size_t>(m)][part];
    }

    void add(mechanism m, stage s, uint64_t start_ps, uint64_t end_ps) {
        if (end_ps >= start_ps) // cores of one quantum may disagree by it
            use(m).stages[static_cast<size_t>(s)].add(end_ps - start_ps);
    }
    const latency_path *path(mechanism m) const { return m_paths[static_cast<size_t>(m)].get(); }
    const histogram &stage_of(mechanism m, stage s) const;

    const unsigned line, irq;
    const std::string name;
    const edge_counts &counts; // of the line while this action, or the one it shares with, has it

private:
    latency_path &use(mechanism m) {
        auto &path = m_paths[static_cast<size_t>(m)];
        if (!path)
            path = std::make_unique<latency_path>();
        return *path;
    }

    std::array<std::unique_ptr<latency_path>, mechanism_count> m_paths;
    std::array<std::array<std::optional<worst_sample>, 2>, mechanism_count> m_worst;
};

// What --latency's JSON has besides the paths.
struct latency_json_options {
    const off_times *off = nullptr; // adds the longest times without interrupts and preemption
    bool distributions = false;     // adds to each stage what a picture of it needs
    bool cut = false;               // says that the run was cut off
    std::string findings;           // a JSON array; empty: []
};

// The version of that JSON (docs/OUTPUTS.md).
constexpr unsigned latency_schema = 2;

class latency_accounts {
public:
    // A line's account under the name of the driver that requested it first; made if it is new. The address stays.
    edge_counts &line(unsigned line, const std::string &owner = {}) { return m_lines[{line, owner}]; }
    // All accounts of a line together.
    edge_counts total(unsigned line) const;
    // The action by that name on that line, whose edges are in the account of `owner`; made if it is new. The address
    // stays.
    latency_action &action(unsigned line, unsigned irq, const char *name, const std::string &owner = {});

    bool empty() const { return m_actions.empty(); }
    // What may be a mistake of wiring: a pin that moves (`moving`, by pin number) and has no interrupt, and a line with
    // an interrupt whose pin never moves. A line of text each, in the order of pins.
    std::vector<std::string> hints(const std::vector<bool> &moving) const;
    std::string error() const; // the lines whose account does not close; empty if all do
    std::string json(uint64_t seed, const std::string &timing, const latency_json_options &with = {}) const;
    std::string table() const;
    // Calls visit(action, mechanism, sample) for the slowest way of each, where its circumstances are known.
    template <class Visit>
    void for_each_worst(Visit visit) const {
        for (const auto &[key, action] : m_actions)
            for (size_t i = 0; i < mechanism_count; ++i)
                if (const auto &worst = action.worst(static_cast<mechanism>(i), latency_action::to_begin))
                    visit(action, static_cast<mechanism>(i), *worst);
    }
    // "N edges: N handled, N merged, N lost"
    std::string statistics() const;

private:
    // Ordered by what a reader looks for, and thereby deterministic.
    std::map<std::tuple<unsigned, unsigned, std::string>, latency_action> m_actions;
    std::map<std::pair<unsigned, std::string>, edge_counts> m_lines;
};

} // namespace rk3568

#endif

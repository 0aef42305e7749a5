// SPDX-License-Identifier: Apache-2.0
//
// The race detector on the one machine: where software is when it tells something, and what a report looks like.
#ifndef RK3568_PLATFORM_PORT_RACE_WATCH_H
#define RK3568_PLATFORM_PORT_RACE_WATCH_H

#include "platform/races/detector.h"
#include "platform/races/holder.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rk3568 {

class machine;

class race_watch {
public:
    race_watch(machine &m, bool detect, bool hold);
    race_watch(const race_watch &) = delete;
    race_watch &operator=(const race_watch &) = delete;

    // `frame`: of the function of the port that software called.
    races::whereabouts here(const void *frame) const;
    bool is_module_code(uint64_t pc) const;

    // What the detector hears; null where only cores are held.
    std::unique_ptr<races::detector> detector;
    // Null where no core is held.
    std::unique_ptr<races::holder> holder;
    // A point is passed: `code` of the module for it, 0 if it is the kernel's own.
    void pass_access(const void *frame, uint64_t address, bool writes);
    void pass_order(const void *frame, enum port_order what);
    void pass_event(port_trace_event event, uint64_t function, const void *frame);
    static bool is_point(port_trace_event event);
    // --points, as text.
    std::string points_report() const;

private:
    // The two places of each pair that was reported, "FILE:LINE", in the order in which they were executed.
    struct pair {
        std::string title, first, second;
        uint64_t first_code, second_code; // of the module, of the host
    };

    void stall(const races::holder::decision &d, uint64_t pc);
    void report(const races::race &r);
    std::string side_text(const races::side &s) const;
    std::string function_of(const races::side &s) const;
    uint64_t driver_code(const races::side &s) const;

    machine &m_machine;
    std::set<std::pair<std::string, std::string>> m_told; // pairs of lines
    std::vector<pair> m_pairs;
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The defects of drivers that the kernel reported, each once: the same report from the same place is counted.
#ifndef RK3568_PLATFORM_PORT_FINDING_LOG_H
#define RK3568_PLATFORM_PORT_FINDING_LOG_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rk3568 {

// A call on the stack of the code that a report is about.
struct finding_frame {
    std::string symbol, module, place; // place: FILE:LINE, of a module's code; what is not known is empty
};

struct finding {
    unsigned kind;                    // of PORT_FINDINGS (sw/port/findings.h)
    std::string text;                 // of the first report
    std::string place;                // FILE:LINE of the driver; empty: not known
    uint64_t ps = 0;                  // when it was reported first, after power-on
    uint64_t last_ps = 0;             // and last
    unsigned cpu = 0;                 // of the first report
    uint64_t count = 0;               // of reports
    std::vector<finding_frame> stack; // of the first report, the innermost call first
};

class finding_log {
public:
    // Different findings that are kept; more are counted alone.
    static constexpr size_t most_kept = 1000;
    // Reports of one finding after which a run says nothing new.
    static constexpr uint64_t most_repeated = 10000;

    // A report. `stack` are return addresses, the innermost first. Its place may follow by place().
    void report(unsigned kind, std::string text, uint64_t ps, unsigned cpu, std::vector<uint64_t> stack = {});
    // What code a return address belongs to; asked at once, for the report of a new finding.
    std::function<finding_frame(uint64_t)> frame_at;
    // The driver's line for the last report.
    void place(const std::string &line);
    // All reports have their places.
    void settle();

    // In the order of the first reports; after settle().
    const std::vector<finding> &findings() const { return m_findings; }
    uint64_t reports() const { return m_reports; }
    uint64_t not_kept() const { return m_not_kept; } // different findings beyond most_kept
    // A finding was reported most_repeated times.
    bool goes_on_for_ever() const { return m_for_ever; }

private:
    std::vector<finding> m_findings;
    std::unordered_map<std::string, size_t> m_index; // only looked up, never walked
    finding m_last;                                  // waits for its place
    std::vector<uint64_t> m_stack;                   // of it
    bool m_waiting = false, m_for_ever = false;
    uint64_t m_reports = 0, m_not_kept = 0;
};

} // namespace rk3568

#endif

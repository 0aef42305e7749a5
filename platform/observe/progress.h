// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_PROGRESS_H
#define RK3568_PLATFORM_OBSERVE_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <string>

namespace rk3568 {

// A line on standard error that says how far the run is: simulated time, speed, time left. Only where standard error is
// a terminal. This is the one place that looks at a real clock; nothing of it reaches a result.
class progress {
public:
    using clock = std::chrono::steady_clock;

    // `fd` is where it goes; nothing is printed if that is not a terminal.
    explicit progress(int fd = 2);
    ~progress() { clear(); }

    // The run is at `ps`; its end is `end_ps`, or unknown (0). Prints at most ten times a second; cheap otherwise.
    void update(uint64_t ps, uint64_t end_ps) {
        if (m_on && clock::now() >= m_next)
            print(ps, end_ps);
    }
    // Takes the line away, before other output.
    void clear();

    // The line itself, for `seconds` of real time since the start.
    static std::string line(uint64_t ps, uint64_t end_ps, double seconds);

private:
    void print(uint64_t ps, uint64_t end_ps);

    int m_fd;
    bool m_on;
    bool m_shown = false;
    clock::time_point m_start = clock::now();
    clock::time_point m_next = m_start + std::chrono::milliseconds(200); // short runs show none
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// --tries: many runs from one boot. The process that has booted is the parent of them all and forks one for each line
// of a list, some at the same time.
#ifndef RK3568_PLATFORM_TRIES_H
#define RK3568_PLATFORM_TRIES_H

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rk3568 {

class tries {
public:
    // `list`: a file with a line a run, "-": standard input, where a line may also come when earlier runs have ended.
    // Empty lines and what begins with # are no runs. `jobs`: at the same time, 0: one a processor. `limit`: a run that
    // takes longer is ended. Throws std::runtime_error.
    tries(const std::string &list, unsigned jobs, bool until_failure, std::optional<std::chrono::milliseconds> limit);
    ~tries();
    tries(const tries &) = delete;
    tries &operator=(const tries &) = delete;

    static constexpr int status_of_late = 124;

    // In each run's own process: its line; standard output goes nowhere there, and standard error is kept. In the
    // parent nothing, when all have ended. As each ends, "STATUS LINE" is printed, and behind it, if it has failed,
    // what it said on standard error, indented by two blanks.
    std::optional<std::string> next();
    // What the first line that failed ended with; 0: none did.
    int status() const { return m_status; }

private:
    using clock = std::chrono::steady_clock;
    struct attempt {
        size_t number;
        std::string line;
        int pid, handle, said; // `handle`: readable when it has ended
        clock::time_point until;
    };

    bool wants_line() const { return m_fd >= 0 && m_running.size() < m_jobs && !(m_until_failure && m_status); }
    std::optional<std::string> take_line();
    void read_list();
    bool start(const std::string &line);
    void wait_for_something(bool list_too);
    void end(attempt &one, bool late);

    int m_fd;
    size_t m_jobs;
    bool m_until_failure;
    std::optional<std::chrono::milliseconds> m_limit;
    std::string m_text; // read, and no line yet
    bool m_at_end = false;
    size_t m_started = 0;
    std::vector<attempt> m_running;
    size_t m_failed = 0; // number of the first line that has
    int m_status = 0;
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "platform/tries.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rk3568 {

tries::tries(const std::string &list, unsigned jobs, bool until_failure, std::optional<std::chrono::milliseconds> limit)
    : m_fd(list == "-" ? STDIN_FILENO : open(list.c_str(), O_RDONLY | O_CLOEXEC))
    , m_jobs(jobs ? jobs : static_cast<size_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN))))
    , m_until_failure(until_failure)
    , m_limit(limit) {
    if (m_fd < 0)
        throw std::runtime_error(fmt::format("--tries: {}: cannot be read: {}", list, std::strerror(errno)));
}

tries::~tries() {
    if (m_fd > STDIN_FILENO)
        close(m_fd);
}

std::optional<std::string> tries::take_line() {
    for (;;) {
        const size_t end = m_text.find('\n');
        if (end == m_text.npos && !(m_at_end && !m_text.empty()))
            return std::nullopt;
        std::string line = m_text.substr(0, end);
        m_text.erase(0, end == m_text.npos ? end : end + 1);
        const size_t first = line.find_first_not_of(" \t\r");
        if (first == line.npos || line[first] == '#')
            continue;
        return line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
    }
}

void tries::read_list() {
    char block[1 << 14];
    const ssize_t got = read(m_fd, block, sizeof block);
    if (got > 0)
        m_text.append(block, static_cast<size_t>(got));
    else if (got == 0 || errno != EINTR)
        m_at_end = true;
}

// Whether this is the new process.
bool tries::start(const std::string &line) {
    std::fflush(stdout);
    std::fflush(stderr);
    // Nothing writes into the pipe: its end is the run's.
    int ends[2] = {-1, -1};
    const int said = memfd_create("said", MFD_CLOEXEC);
    const int pid = said < 0 || pipe(ends) != 0 ? -1 : fork();
    if (pid < 0)
        throw std::runtime_error(fmt::format("--tries: no process for a run: {}", std::strerror(errno)));
    if (pid == 0) {
        const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
        dup2(said, STDERR_FILENO);
        close(ends[0]);
        return true;
    }
    close(ends[1]);
    const auto until = m_limit ? clock::now() + *m_limit : clock::time_point::max();
    m_running.push_back({++m_started, line, pid, ends[0], said, until});
    return false;
}

// For a run's end, its time limit, or a part of the list.
void tries::wait_for_something(bool list_too) {
    std::vector<pollfd> asked;
    auto soonest = clock::time_point::max();
    for (const attempt &one : m_running) {
        asked.push_back({one.handle, POLLIN, 0});
        soonest = std::min(soonest, one.until);
    }
    if (list_too)
        asked.push_back({m_fd, POLLIN, 0});
    int timeout = -1;
    if (soonest != clock::time_point::max())
        timeout = static_cast<int>(std::clamp<int64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(soonest - clock::now()).count() + 1, 0, 60000));
    if (poll(asked.data(), asked.size(), timeout) < 0)
        return;
    const size_t count = m_running.size();
    for (size_t i = count; i-- > 0;) {
        const bool late = m_running[i].until <= clock::now();
        if (!asked[i].revents && !late)
            continue;
        end(m_running[i], !asked[i].revents);
        m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (list_too && asked[count].revents)
        read_list();
}

void tries::end(attempt &one, bool late) {
    if (late)
        kill(one.pid, SIGKILL);
    int raw = 0;
    while (waitpid(one.pid, &raw, 0) < 0 && errno == EINTR) {
    }
    const int status = late ? status_of_late : WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    std::printf("%d %s\n", status, one.line.c_str());
    if (status) {
        if (!m_failed || one.number < m_failed) {
            m_failed = one.number;
            m_status = status;
        }
        std::string text;
        char block[1 << 12];
        off_t at = 0;
        for (ssize_t got; (got = pread(one.said, block, sizeof block, at)) > 0; at += got)
            text.append(block, static_cast<size_t>(got));
        for (size_t from = 0, to; from < text.size(); from = to + 1) {
            to = std::min(text.find('\n', from), text.size());
            std::printf("  %.*s\n", static_cast<int>(to - from), text.data() + from);
        }
    }
    std::fflush(stdout);
    close(one.handle);
    close(one.said);
}

std::optional<std::string> tries::next() {
    for (;;) {
        while (wants_line())
            if (auto line = take_line()) {
                if (start(*line))
                    return line;
            } else if (m_at_end) {
                break;
            } else {
                wait_for_something(true);
            }
        if (m_running.empty())
            return std::nullopt;
        wait_for_something(false);
    }
}

} // namespace rk3568

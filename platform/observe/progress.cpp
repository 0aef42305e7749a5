// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/progress.h"

#include "platform/time_text.h"

#include <algorithm>
#include <cmath>
#include <unistd.h>

#include <fmt/format.h>

namespace rk3568 {
namespace {

std::string clock_text(double seconds) {
    const auto s = static_cast<uint64_t>(std::llround(seconds));
    return s >= 3600 ? fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
                     : fmt::format("{}:{:02}", s / 60, s % 60);
}

} // namespace

progress::progress(int fd)
    : m_fd(fd)
    , m_on(isatty(fd)) {}

std::string progress::line(uint64_t ps, uint64_t end_ps, double seconds) {
    const double simulated = static_cast<double>(ps) / 1e12;
    const double speed = seconds > 0 ? simulated / seconds : 0;
    std::string out;
    if (end_ps) {
        const double share = std::min(1.0, static_cast<double>(ps) / static_cast<double>(end_ps));
        constexpr int width = 30;
        const int full = static_cast<int>(share * width);
        out = fmt::format("[{:#<{}}{:.<{}}] {:3.0f} %  {} of {}", "", full, "", width - full, share * 100,
                          format_time_ps(ps), format_time_ps(end_ps));
    } else {
        out = fmt::format("{} simulated", format_time_ps(ps));
    }
    out += fmt::format("  {:.3g} x real time", speed);
    if (end_ps > ps && speed > 0)
        out += fmt::format("  {} left", clock_text(static_cast<double>(end_ps - ps) / 1e12 / speed));
    return out;
}

void progress::print(uint64_t ps, uint64_t end_ps) {
    const auto now = clock::now();
    m_next = now + std::chrono::milliseconds(100);
    m_shown = true;
    const std::string text = "\r" + line(ps, end_ps, std::chrono::duration<double>(now - m_start).count()) + "\x1b[K";
    [[maybe_unused]] const auto done = write(m_fd, text.data(), text.size());
}

void progress::clear() {
    if (!m_shown)
        return;
    m_shown = false;
    constexpr char text[] = "\r\x1b[K";
    [[maybe_unused]] const auto done = write(m_fd, text, sizeof(text) - 1);
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_LIVE_PUBLISHER_H
#define RK3568_PLATFORM_LIVE_PUBLISHER_H

#include "platform/live/control.h"
#include "platform/live/server.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rk3568::live {

// Tells viewers what happens, as messages (platform/live/web/link.js reads them):
//   text    JSON objects with a "type": head, state, log, latency, pins, error, recording, ended
//   binary  what the signals did since the last one, LEB128 numbers: for each signal that changed its number + 1, how
//           many changes, their distances in time, their values; then 0, and the time up to which this is all
class publisher {
public:
    struct parts {
        control &people;
        observer &watch;
        server &web;
        std::vector<std::string> command;
        unsigned cpus;
        uint64_t seed;
        std::string timing;
        std::function<uint32_t(unsigned bank)> driven; // the pins that a bank drives high
    };
    explicit publisher(parts of);

    // Between slices and while time stands still. Not more often than people see, unless `now`.
    void turn(bool now);
    void log(const std::string &text);
    void end(const std::string &summary);

private:
    void opened(viewer &to);
    void asked(viewer &by, const std::string &words);
    void publish_signals();
    void publish_state();
    void publish_latencies();
    std::string head() const;
    std::string state() const;
    std::string pins() const;
    void send_all(std::string text) { m_of.web.send_all(std::make_shared<message>(message{std::move(text), true})); }
    void forget();

    parts m_of;
    std::chrono::steady_clock::time_point m_next, m_next_latencies;
    std::vector<std::pair<size_t, size_t>> m_sent; // of each signal: bytes of times and of values
    std::vector<uint64_t> m_sent_count;
    size_t m_texts = 0, m_signals = 0;
    uint64_t m_changes = 0; // when latencies were sent
    std::string m_last_state, m_last_pins, m_last_latencies;
    std::string m_history, m_log; // for those who come, and what is to be sent
};

} // namespace rk3568::live

#endif

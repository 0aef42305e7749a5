// SPDX-License-Identifier: Apache-2.0
//
// All that --live and --shell add to a session.
#ifndef RK3568_PLATFORM_LIVE_LIVE_H
#define RK3568_PLATFORM_LIVE_LIVE_H

#include "platform/live/control.h"
#include "platform/live/publisher.h"
#include "platform/live/server.h"
#include "platform/live/terminal.h"
#include "platform/observe/output_file.h"
#include "platform/options.h"

#include <cstdio>
#include <memory>
#include <string>

namespace rk3568::live {

class live_run {
public:
    struct parts {
        machine &software;
        pin_player &pins;
        std::bitset<pin_count> recorded; // pins that a recording drives
        observer &watch;
        std::function<uint32_t(unsigned bank)> driven; // the pins that a bank drives high
    };
    // Opens what is asked for. Throws std::runtime_error or output_error, one line.
    live_run(const options &wanted, const std::string &timing, unsigned cpus, parts of);
    ~live_run();

    control &people() { return m_people; }
    void begin_output();
    void end_output(const std::string &text);
    // The run has ended. Throws output_error if the record cannot be written.
    void end(const std::string &summary);

private:
    void write_record();
    void show(const std::string &text, std::FILE *to);

    boost::asio::io_context m_io;
    control m_people;
    std::unique_ptr<server> m_server;
    std::unique_ptr<publisher> m_publisher;
    std::unique_ptr<terminal> m_terminal;
    std::unique_ptr<output_file> m_stimulus, m_command;
    std::string m_record;
};

} // namespace rk3568::live

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_LIVE_TERMINAL_H
#define RK3568_PLATFORM_LIVE_TERMINAL_H

#include "platform/live/control.h"

#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace rk3568::live {

// --shell: lines from the terminal, edited with libedit where it is there, or from standard input that is none. A line
// that begins with ':' is for the board, not for the kernel's shell. Only one at a time.
class terminal {
public:
    terminal(boost::asio::io_context &io, control &people);
    ~terminal();
    terminal(const terminal &) = delete;
    terminal &operator=(const terminal &) = delete;

    // Around what is printed: the line that is being typed makes room, and comes back behind a whole line.
    void begin_output();
    void end_output(bool ends_line);

private:
    void wait();
    void take(const std::string &line);
    void read_script();
    static void line_edited(char *line);

    control &m_people;
    boost::asio::posix::stream_descriptor m_in;
    bool m_is_terminal, m_edits = false, m_hidden = false;
    std::string m_left; // behind the last line that was read
    static terminal *s_open;
};

} // namespace rk3568::live

#endif

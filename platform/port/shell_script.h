// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_PORT_SHELL_SCRIPT_H
#define RK3568_PLATFORM_PORT_SHELL_SCRIPT_H

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace rk3568 {

// A line for the kernel's shell. at_ns: 0 before time zero, else nanoseconds after it.
struct script_line {
    uint64_t at_ns;
    std::string text;
    std::string unloads; // the module, where the line is the automatic unloading at the end of a run
    bool echo = false;   // the user's own words, shown before their output
};

// The lines that the kernel's shell asks for, by time. With a console, the shell asks at every multiple of a period,
// and gets the lines whose time has come by then: so a line that was typed runs at the same time as the same line of a
// script. A line's text stays where it is as long as the script does.
class shell_script {
public:
    struct answer {
        const script_line *line; // null: there is none for this moment
        uint64_t at_ns;          // when it starts, or when to ask again
    };

    // All lines that are known, by time.
    void set(std::vector<script_line> lines);
    // Before the shell has asked.
    void look_every(uint64_t ns) { m_period = ns; }
    uint64_t period_ns() const { return m_period; }
    // What the script ends with comes when end() says so.
    void leave_open() { m_open = true; }

    // The shell asks. None: the script has ended.
    std::optional<answer> next();
    bool begun() const { return m_begun; }

    // The next moment at which a line can start that is typed now: the one that the shell waits for.
    uint64_t next_look_ns() const { return m_look ? m_look : m_period; }
    // A line that was typed, for that moment or a later one.
    void add(uint64_t at_ns, const std::string &text);
    // The lines that end the run follow then.
    void end(uint64_t at_ns);
    bool ending() const { return !m_open; }

    // When the run ends; none: that is not known yet.
    std::optional<uint64_t> end_ns() const;
    // The automatic unloading that has this text; null: there is none.
    const script_line *unloading(const std::string &text) const;

private:
    uint64_t on_time(uint64_t at_ns) const;

    std::list<script_line> m_given, m_left, m_last; // m_last: what an open script ends with
    uint64_t m_period = 0, m_look = 0;
    bool m_begun = false, m_open = false;
};

} // namespace rk3568

#endif

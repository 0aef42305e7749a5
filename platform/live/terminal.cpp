// SPDX-License-Identifier: Apache-2.0
#include "platform/live/terminal.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

namespace rk3568::live {
namespace {

// libedit comes with LLVM; its headers would be one more package for all, so its few functions are looked up. They
// have readline's names and types.
struct editor {
    void (*install)(const char *prompt, void (*line)(char *)) = nullptr;
    void (*read_char)() = nullptr;
    void (*remove)() = nullptr;
    int (*remember)(const char *line) = nullptr;
    void (*redraw)() = nullptr;

    bool open() {
        void *const library = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);
        if (!library)
            return false;
        const auto find = [library](auto &function, const char *name) {
            function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
            return function != nullptr;
        };
        return find(install, "rl_callback_handler_install") && find(read_char, "rl_callback_read_char") &&
               find(remove, "rl_callback_handler_remove") && find(remember, "add_history") &&
               find(redraw, "rl_forced_update_display");
    }
};

editor s_editor;
constexpr const char *prompt = "# ";

constexpr const char *help =
    ":press PIN, :release PIN, :level PIN 0|1, :bounce on|off   what happens at a pin such as GPIO3_A5\n"
    ":run, :pause, :step edge|irq|switch|finding, :speed N|max  time\n"
    ":interrupt                                                 ends the line that runs\n"
    ":quit                                                      unloads the modules and ends the run\n"
    "All else goes to the kernel's shell, which has a help of its own.\n";

} // namespace

terminal *terminal::s_open;

terminal::terminal(boost::asio::io_context &io, control &people)
    : m_people(people)
    , m_in(io, dup(STDIN_FILENO))
    , m_is_terminal(isatty(STDIN_FILENO) != 0) {
    s_open = this;
    if (!m_is_terminal) {
        m_people.on_free_prompt = [this] { read_script(); };
        m_people.ask("speed max");
        return;
    }
    m_edits = s_editor.open();
    if (m_edits)
        s_editor.install(prompt, line_edited);
    wait();
}

terminal::~terminal() {
    if (m_edits)
        s_editor.remove();
    s_open = nullptr;
}

void terminal::wait() {
    m_in.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code &error) {
        if (error || s_open != this)
            return;
        if (m_edits)
            s_editor.read_char();
        else
            read_script();
        if (!m_people.quitting())
            wait();
    });
}

void terminal::line_edited(char *line) {
    if (!s_open)
        return;
    if (!line) {
        std::fputs("\n", stdout);
        s_open->m_people.quit();
        return;
    }
    s_editor.remove();
    if (*line)
        s_editor.remember(line);
    if (line[0] != ':' && *line) // the kernel's console shows it when it begins
        std::fputs("\033[A\r\033[K", stdout);
    s_open->take(line);
    std::free(line);
    s_editor.install(prompt, line_edited); // with an empty line
}

// The next line, for which time waits; behind the last one the run ends.
void terminal::read_script() {
    size_t end;
    while ((end = m_left.find('\n')) == m_left.npos) {
        char chunk[4096];
        const ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            return;
        if (got <= 0) {
            if (m_left.empty())
                return m_people.quit();
            m_left += '\n';
            continue;
        }
        m_left.append(chunk, static_cast<size_t>(got));
    }
    const std::string line = m_left.substr(0, end);
    m_left.erase(0, end + 1);
    take(line);
}

void terminal::take(const std::string &line) {
    if (line == ":help") {
        std::fputs(help, stdout);
        return;
    }
    const bool for_board = !line.empty() && line[0] == ':';
    const std::string error = for_board ? m_people.ask(line.substr(1)) : m_people.type(line);
    if (!error.empty())
        std::fprintf(stderr, "rk3568-sim: %s\n", error.c_str());
}

void terminal::begin_output() {
    if (!m_edits || m_hidden)
        return;
    m_hidden = true;
    std::fputs("\r\033[K", stdout);
}

void terminal::end_output(bool ends_line) {
    if (!m_hidden || !ends_line)
        return;
    m_hidden = false;
    std::fflush(stdout);
    s_editor.redraw();
}

} // namespace rk3568::live

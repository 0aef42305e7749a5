// SPDX-License-Identifier: Apache-2.0
#include "platform/live/live.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

// The page, from live.html.
extern "C" const char rk3568_live_page[], rk3568_live_page_end[];
asm(".section .rodata\n"
    ".global rk3568_live_page, rk3568_live_page_end\n"
    "rk3568_live_page:\n"
    ".incbin \"" RK3568_LIVE_PAGE "\"\n"
    "rk3568_live_page_end:\n"
    ".byte 0\n"
    ".text\n");

namespace rk3568::live {

live_run::live_run(const options &wanted, const std::string &timing, unsigned cpus, parts of)
    : m_people({of.software, of.pins, of.recorded, of.watch, m_io, wanted.command, wanted.seed}) {
    if (wanted.record) {
        m_record = *wanted.record;
        m_stimulus = std::make_unique<output_file>(m_record + ".stim");
        m_command = std::make_unique<output_file>(m_record + ".sh");
    }
    of.software.on_print = [this](const std::string &text) { show(text, stdout); };
    of.software.on_failure = [this](const std::string &text) { show(text, stderr); };
    of.software.on_line_ended = [this] { m_people.line_ended(); };
    if (wanted.shell)
        m_terminal = std::make_unique<terminal>(m_io, m_people);
    if (!wanted.live)
        return;
    const std::string_view page(rk3568_live_page, static_cast<size_t>(rk3568_live_page_end - rk3568_live_page));
    m_server = std::make_unique<server>(m_io, *wanted.live, page);
    m_publisher = std::make_unique<publisher>(publisher::parts{m_people, of.watch, *m_server, wanted.command, cpus,
                                                               wanted.seed, timing, std::move(of.driven)});
    m_people.on_turn = [this](bool now) { m_publisher->turn(now); };
    std::fprintf(stderr, "rk3568-sim: live: %s\n", m_server->address().c_str());
}

live_run::~live_run() = default;

void live_run::show(const std::string &text, std::FILE *to) {
    begin_output();
    std::fputs(text.c_str(), to);
    end_output(text);
}

void live_run::begin_output() {
    if (m_terminal)
        m_terminal->begin_output();
}

void live_run::end_output(const std::string &text) {
    if (m_publisher)
        m_publisher->log(text);
    if (m_terminal)
        m_terminal->end_output(!text.empty() && text.back() == '\n');
}

void live_run::end(const std::string &summary) {
    m_terminal.reset();
    if (m_publisher) {
        m_publisher->end(summary);
        m_io.run_for(std::chrono::milliseconds(200)); // so that it reaches the viewers
    }
    if (!m_record.empty())
        write_record();
}

void live_run::write_record() {
    const std::string stimulus = m_record + ".stim";
    m_stimulus->write(m_people.recording());
    m_stimulus->commit();
    m_command->write("#!/bin/sh\n" + m_people.replay(stimulus) + " \"$@\"\n");
    m_command->commit();
    std::error_code ignored;
    namespace fs = std::filesystem;
    fs::permissions(m_record + ".sh", fs::perms::owner_exec, fs::perm_options::add, ignored);
}

} // namespace rk3568::live

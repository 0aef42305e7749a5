// SPDX-License-Identifier: Apache-2.0
//
// The text that /sys/kernel/tracing/trace gives (Documentation/trace/ftrace.rst), with nanoseconds where the kernel
// prints microseconds: most stages of an interrupt are shorter than one.
#include "platform/observe/trace/writer.h"

namespace rk3568 {
namespace {

// irqs-off, need-resched, hard or soft irq, preempt depth, migrate-disable.
std::array<char, 6> context(uint16_t state) {
    const auto digit = [](unsigned n) { return n ? "0123456789abcdef"[n & 15] : '.'; };
    const bool off = state & state_irqs_off, bh = state & state_bh_off, hard = state & state_hardirq,
               soft = state & state_softirq;
    return {off && bh ? 'D'
            : off     ? 'd'
            : bh      ? 'b'
                      : '.',
            state & state_need_resched ? 'N' : '.',
            hard && soft ? 'H'
            : hard       ? 'h'
            : soft       ? 's'
                         : '.',
            digit(state >> state_preempt_shift & state_preempt_most),
            digit(state >> 12),
            '\0'};
}

class ftrace_text : public trace_writer {
public:
    ftrace_text(const std::string &path, unsigned cpus)
        : m_file(path)
        , m_body(path)
        , m_cpus(cpus) {}

    void write(const trace_event &e) override {
        ++m_count;
        m_line.clear();
        const uint64_t ns = e.ps / 1000;
        fmt::format_to(std::back_inserter(m_line), "{:>16}-{:<7} [{:03}] {} {:5}.{:09}: {}: ", e.comm, e.pid, e.cpu,
                       context(e.state).data(), ns / 1000000000, ns % 1000000000,
                       e.schema->is_mark() ? "tracing_mark_write" : e.schema->name);
        e.schema->print(e, m_line);
        // Names come from modules; a line is a line.
        for (char &c : m_line)
            if (static_cast<unsigned char>(c) < ' ')
                c = ' ';
        m_line.push_back('\n');
        m_body.write({m_line.data(), m_line.size()});
    }

    void finish(const trace_decoder &, uint64_t) override {
        m_file.write(fmt::format("# tracer: nop\n"
                                 "#\n"
                                 "# entries-in-buffer/entries-written: {}/{}   #P:{}\n"
                                 "#\n"
                                 "#                                _-----=> irqs-off/BH-disabled\n"
                                 "#                               / _----=> need-resched\n"
                                 "#                              | / _---=> hardirq/softirq\n"
                                 "#                              || / _--=> preempt-depth\n"
                                 "#                              ||| / _-=> migrate-disable\n"
                                 "#                              |||| /     delay\n"
                                 "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n"
                                 "#              | |         |   |||||     |         |\n",
                                 m_count, m_count, m_cpus));
        m_body.append_to(m_file);
        m_file.commit();
    }

private:
    output_file m_file;
    spool m_body; // the header says how many lines there are
    unsigned m_cpus;
    uint64_t m_count = 0;
    fmt::memory_buffer m_line;
};

bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

} // namespace

std::unique_ptr<trace_writer> make_ftrace_text(const std::string &path, unsigned cpus) {
    return std::make_unique<ftrace_text>(path, cpus);
}

std::unique_ptr<trace_writer> make_trace_writer(const std::string &path, unsigned cpus) {
    return ends_with(path, ".dat")    ? make_trace_dat(path, cpus)
           : ends_with(path, ".json") ? make_chrome_json(path, cpus)
                                      : make_ftrace_text(path, cpus);
}

} // namespace rk3568

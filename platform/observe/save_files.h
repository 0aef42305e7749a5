// SPDX-License-Identifier: Apache-2.0
//
// Beside a waveform: what a viewer needs to show this run's own names, in groups, at the slowest sample. A save file of
// GTKWave's for each question of waves/README.md, and commands for Surfer.
#ifndef RK3568_PLATFORM_OBSERVE_SAVE_FILES_H
#define RK3568_PLATFORM_OBSERVE_SAVE_FILES_H

#include "platform/observe/wave_sink.h"

#include <memory>
#include <string>
#include <vector>

namespace rk3568 {

struct named_signal {
    std::string scope, name;
    unsigned width; // 0: text
    bool moved = false;
    std::string full() const { return scope + "." + name; }
};

// Passes everything on, and remembers which signals there are and which of them change.
class wave_names final : public wave_sink {
public:
    explicit wave_names(std::unique_ptr<wave_sink> to)
        : m_to(std::move(to)) {}

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override;
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override;
    void change(signal s, uint64_t ps, uint64_t value) override {
        m_names[s].moved = true;
        m_to->change(s, ps, value);
    }
    void change(signal s, uint64_t ps, std::string_view text) override {
        m_names[s].moved = true;
        m_to->change(s, ps, text);
    }
    void pause(uint64_t ps) override { m_to->pause(ps); }
    void resume(uint64_t ps) override { m_to->resume(ps); }
    void finish(uint64_t ps) override { m_to->finish(ps); }

    const std::vector<named_signal> &names() const { return m_names; }

private:
    std::unique_ptr<wave_sink> m_to;
    std::vector<named_signal> m_names; // by signal: the sink below counts from 0, too
};

// The slowest sample of a line's handler, thread, ...: from the edge to where it began.
struct slow_sample {
    std::string line, name, mechanism;
    uint64_t at_ps, length_ps;
    unsigned cpu;
};

// Writes X.gtkw, X.late_thread.gtkw, X.gic.gtkw, X.worker.gtkw and X.sucl for a waveform X.vcd or X.fst; a question on
// which the run has nothing gets no file. A file of that name that is not of this kind is a person's own and stays.
// `filters`: the folder of waves/*.filter. Throws output_error.
void write_save_files(const std::string &waves, const std::string &filters, const std::vector<named_signal> &signals,
                      const std::vector<slow_sample> &slowest, uint64_t end_ps);

} // namespace rk3568

#endif

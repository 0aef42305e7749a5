// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_REPORT_RECORDER_H
#define RK3568_PLATFORM_OBSERVE_REPORT_RECORDER_H

#include "platform/observe/wave_sink.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace rk3568 {

// The number as the pages read it.
void append_leb128(std::string &out, uint64_t n);

// Keeps signals in memory the way the report's page wants them: for each a column of times since the last change, in
// ps, and a column of values, both as LEB128; texts by number. A change takes four to eight bytes, and less when the
// columns are compressed.
class recorder final : public wave_sink {
public:
    struct signal_data {
        std::string scope, name;
        unsigned width; // 0: text
        uint64_t initial;
        std::string times, values;
        uint64_t count = 0, value = 0, ps = 0;
        uint64_t forgotten = 0, first_kept = initial, kept_from_ps = 0; // what forget() left
    };

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override;
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override;
    void change(signal s, uint64_t ps, uint64_t value) override;
    void change(signal s, uint64_t ps, std::string_view text) override { change(s, ps, number_of(text)); }
    void pause(uint64_t) override {}
    void resume(uint64_t) override {}
    void finish(uint64_t ps) override { m_end_ps = ps; }

    const std::vector<signal_data> &signals() const { return m_signals; }
    const std::vector<std::string> &texts() const { return m_texts; }
    uint64_t end_ps() const { return m_end_ps; }
    uint64_t changes() const { return m_changes; }

    // So that memory stays bounded where no report is written: the columns begin anew, with the values of now.
    void forget();
    uint64_t kept() const { return m_changes - m_forgotten; }

private:
    uint64_t number_of(std::string_view text);

    std::vector<signal_data> m_signals;
    std::vector<std::string> m_texts;
    std::unordered_map<std::string, uint64_t> m_numbers; // only looked up
    uint64_t m_end_ps = 0, m_changes = 0, m_forgotten = 0;
};

} // namespace rk3568

#endif

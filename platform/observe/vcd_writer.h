// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_VCD_WRITER_H
#define RK3568_PLATFORM_OBSERVE_VCD_WRITER_H

#include "platform/observe/output_file.h"
#include "platform/observe/wave_sink.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

// Writes a VCD (IEEE 1364, clause 18). The header is put before the changes at the end. Text signals are GTKWave's
// `string` variables, which vcd2fst knows too; other readers pass them over.
class vcd_writer final : public wave_sink {
public:
    // Throws output_error, as everything below may.
    explicit vcd_writer(const std::string &path);

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial = 0) override;
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial = "-") override;
    void change(signal s, uint64_t ps, uint64_t value) override {
        variable &v = m_variables[s];
        if (v.value == value)
            return;
        v.value = value;
        write_value(v, ps);
    }
    void change(signal s, uint64_t ps, std::string_view text) override;
    void pause(uint64_t ps) override;
    void resume(uint64_t ps) override;
    void finish(uint64_t ps) override;

private:
    struct variable {
        std::string scope, name, code;
        unsigned width; // 0: text
        uint64_t value, initial;
        std::string text, initial_text;
    };

    signal add(variable v);
    void time(uint64_t ps);
    void write_value(const variable &v, uint64_t ps);
    std::string header() const;
    static void append_unknown(std::string &out, const variable &v);
    static void append_value(std::string &out, const variable &v, uint64_t value, std::string_view text);

    output_file m_file;
    spool m_body; // the changes, until the header is known
    std::vector<variable> m_variables;
    uint64_t m_ps = 0;
    bool m_have_time = false;
    bool m_paused = false;
    bool m_begins_paused = false;
};

} // namespace rk3568

#endif

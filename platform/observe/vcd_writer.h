// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_VCD_WRITER_H
#define RK3568_PLATFORM_OBSERVE_VCD_WRITER_H

#include "platform/observe/output_file.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

// Writes a VCD (IEEE 1364, clause 18) whose changes come with explicit times, in picoseconds and in order. Signals may
// be added at any time: the header is put before the changes at the end. Text signals are GTKWave's `string` variables,
// which vcd2fst knows too; other readers pass them over.
class vcd_writer {
public:
    using signal = uint32_t;

    // Throws output_error, as everything below may.
    explicit vcd_writer(const std::string &path);

    // `scope` is a path such as "gpio3" or "cores.core0". `width` is 1 to 64; `initial` holds from time 0 on.
    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial = 0);
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial = "-");

    // The signal has that value from `ps` on. What is no change is not written.
    void change(signal s, uint64_t ps, uint64_t value) {
        variable &v = m_variables[s];
        if (v.value == value)
            return;
        v.value = value;
        write_value(v, ps);
    }
    void change(signal s, uint64_t ps, std::string_view text);

    // Completes the file; `ps` is the end of the recording.
    void finish(uint64_t ps);

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
    static void append_value(std::string &out, const variable &v, uint64_t value, std::string_view text);

    output_file m_file;
    spool m_body; // the changes, until the header is known
    std::vector<variable> m_variables;
    uint64_t m_ps = 0;
    bool m_have_time = false;
};

} // namespace rk3568

#endif

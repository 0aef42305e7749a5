// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_FST_WRITER_H
#define RK3568_PLATFORM_OBSERVE_FST_WRITER_H

#include "platform/observe/output_file.h"
#include "platform/observe/wave_sink.h"

#include <string>
#include <vector>

namespace rk3568 {

// Writes GTKWave's FST with the library that Verilator brings. That wants all signals before the first change and knows
// nothing of a full disk, so changes wait in a file of our own, and the library writes at the end, elsewhere; its
// result is checked and copied.
class fst_writer final : public wave_sink {
public:
    explicit fst_writer(const std::string &path);

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override;
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override;
    void change(signal s, uint64_t ps, uint64_t value) override;
    void change(signal s, uint64_t ps, std::string_view text) override;
    void pause(uint64_t ps) override { step(off, ps); }
    void resume(uint64_t ps) override { step(on, ps); }
    void finish(uint64_t ps) override;

private:
    struct variable {
        std::string scope, name;
        unsigned width; // 0: text
        uint64_t value, initial;
        std::string text, initial_text;
    };
    // What stands in the spool: a signal's number and this, or one of these.
    enum : uint64_t { off, on, first_signal };

    void step(uint64_t what, uint64_t ps);
    void number(uint64_t n);
    void write(const std::string &path, uint64_t end_ps);
    void declare(void *fst, std::vector<uint32_t> &handles) const;
    void replay(void *fst, const std::vector<uint32_t> &handles);
    void check(const std::string &path, uint64_t end_ps) const;

    output_file m_file;
    spool m_body;
    std::vector<variable> m_variables;
    uint64_t m_ps = 0;
};

} // namespace rk3568

#endif

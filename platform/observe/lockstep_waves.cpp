// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/lockstep_waves.h"

#include "platform/observe/vcd_writer.h"

#include <algorithm>
#include <vector>

namespace rk3568 {
namespace {

constexpr struct {
    const char *name;
    uint32_t bank_state::*word;
    unsigned width;
} flops[] = {
    {"ext_port", &bank_state::ext_sync, 32},
    {"latch", &bank_state::latch, 32},
    {"irq_meta", &bank_state::irq_meta, 32},
    {"irq_sync", &bank_state::irq_sync, 32},
    {"irq_prev", &bank_state::irq_prev, 32},
    {"ext_meta", &bank_state::ext_meta, 32},
    {"db_meta", &bank_state::db_meta, 32},
    {"db_prev", &bank_state::db_prev, 32},
    {"db_out", &bank_state::db_out, 32},
    {"div_count", &bank_state::div_count, 24},
    {"swport_dr", &bank_state::dr, 32},
    {"swport_ddr", &bank_state::ddr, 32},
    {"int_en", &bank_state::int_en, 32},
    {"int_mask", &bank_state::int_mask, 32},
    {"int_type", &bank_state::int_type, 32},
    {"int_polarity", &bank_state::int_polarity, 32},
    {"int_bothedge", &bank_state::int_bothedge, 32},
    {"debounce", &bank_state::debounce, 32},
    {"dbclk_div_en", &bank_state::dbclk_div_en, 32},
    {"dbclk_div_con", &bank_state::dbclk_div_con, 24},
};

// Changes of all signals, to be brought into order of time.
class timeline {
public:
    explicit timeline(vcd_writer &out)
        : m_out(out) {}

    void at(uint64_t ps, vcd_writer::signal signal, uint64_t value) { m_changes.push_back({ps, signal, value, {}}); }
    void at(uint64_t ps, vcd_writer::signal signal, std::string text) {
        m_changes.push_back({ps, signal, 0, std::move(text)});
    }
    uint64_t write() {
        std::stable_sort(m_changes.begin(), m_changes.end(), [](const auto &a, const auto &b) { return a.ps < b.ps; });
        for (const change &c : m_changes)
            if (c.text.empty())
                m_out.change(c.signal, c.ps, c.value);
            else
                m_out.change(c.signal, c.ps, c.text);
        return m_changes.empty() ? 0 : m_changes.back().ps;
    }

private:
    struct change {
        uint64_t ps;
        vcd_writer::signal signal;
        uint64_t value;
        std::string text;
    };
    vcd_writer &m_out;
    std::vector<change> m_changes;
};

void add_side(timeline &changes, vcd_writer &out, const std::string &scope, const std::deque<bank_sample> &samples) {
    const auto irq = out.add(scope, "irq", 1), status = out.add(scope, "int_status", 32),
               raw = out.add(scope, "int_rawstatus", 32), output = out.add(scope, "output", 32);
    std::vector<vcd_writer::signal> inside;
    for (const auto &flop : flops)
        inside.push_back(out.add(scope, flop.name, flop.width));
    for (const bank_sample &s : samples) {
        changes.at(s.ps, irq, s.irq);
        changes.at(s.ps, status, s.status);
        changes.at(s.ps, raw, s.raw);
        changes.at(s.ps, output, s.driven);
        for (size_t i = 0; i < inside.size(); ++i)
            changes.at(s.ps, inside[i], s.flops.*flops[i].word);
    }
}

} // namespace

void write_lockstep_waves(const lockstep_window &window, const std::string &bank, const std::string &path) {
    vcd_writer out(path);
    timeline changes(out);
    const auto differs = out.add(bank, "differs", 1), pins = out.add(bank, "pins", 32);
    const auto access = out.add_text(bank + ".bus", "access"), reg = out.add_text(bank + ".bus", "register"),
               offset = out.add(bank + ".bus", "offset", 32), value = out.add(bank + ".bus", "value", 32);
    for (const bank_sample &s : window.model)
        changes.at(s.ps, pins, s.flops.pin);
    for (const lockstep_window::access &a : window.accesses) {
        constexpr uint64_t shown_ps = 10'000; // an access is one cycle of pclk
        changes.at(a.ps, access, a.write ? "write" : "read");
        changes.at(a.ps, reg, *a.name ? a.name : "none");
        changes.at(a.ps, offset, a.offset);
        changes.at(a.ps, value, a.value);
        changes.at(a.ps + shown_ps, access, "-");
    }
    add_side(changes, out, bank + ".model", window.model);
    add_side(changes, out, bank + ".rtl", window.rtl);
    changes.at(window.difference_ps, differs, 1);
    out.finish(std::max(changes.write(), window.end_ps));
}

} // namespace rk3568

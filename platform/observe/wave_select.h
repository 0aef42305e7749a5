// SPDX-License-Identifier: Apache-2.0
//
// Parts of the waves: some signals (--vcd-scope), some times (--vcd-window).
#ifndef RK3568_PLATFORM_OBSERVE_WAVE_SELECT_H
#define RK3568_PLATFORM_OBSERVE_WAVE_SELECT_H

#include "platform/observe/output_file.h"
#include "platform/observe/wave_sink.h"

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rk3568 {

struct wave_windows {
    std::vector<std::pair<uint64_t, uint64_t>> between_ps; // after time zero
    std::optional<uint64_t> around_findings_ps;            // so long before and after each

    bool empty() const { return between_ps.empty() && !around_findings_ps; }
};

// Passes on what happens within windows.
class wave_window final : public wave_sink {
public:
    wave_window(std::unique_ptr<wave_sink> out, wave_windows windows);

    void time_zero(uint64_t ps) { m_zero = ps; }
    // Something was found at `ps`, which is in order with the changes.
    void finding(uint64_t ps);

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override {
        return m_out->add(scope, name, width, initial);
    }
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override {
        return m_out->add_text(scope, name, initial);
    }
    void change(signal s, uint64_t ps, uint64_t value) override;
    void change(signal s, uint64_t ps, std::string_view text) override;
    void pause(uint64_t) override {}
    void resume(uint64_t) override {}
    void finish(uint64_t ps) override;

private:
    struct held {
        signal s;
        uint64_t ps;
        uint64_t value;
        std::optional<std::string> text;
    };

    void advance(uint64_t ps);
    void open(uint64_t from, uint64_t to);
    void pass(const held &h);

    std::unique_ptr<wave_sink> m_out;
    wave_windows m_windows;
    size_t m_next = 0; // of between_ps
    std::optional<uint64_t> m_zero;
    std::optional<uint64_t> m_until; // open until then
    std::deque<held> m_held;         // young enough to stand before a finding
};

// Gives each of several sinks the signals that it wants. One that fails gets nothing more.
class wave_tee final : public wave_sink {
public:
    // `patterns`: parts of names from the left (cores.core0), with shell wildcards; none: all. One
    // that no signal has is an error of `option`, if that is not empty.
    void add_outlet(std::unique_ptr<wave_sink> sink, std::string option = {}, std::vector<std::string> patterns = {});

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override;
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override;
    void change(signal s, uint64_t ps, uint64_t value) override { change_all(s, ps, value); }
    void change(signal s, uint64_t ps, std::string_view text) override { change_all(s, ps, text); }
    void pause(uint64_t) override {}
    void resume(uint64_t) override {}
    void finish(uint64_t ps) override;

    // One line for each sink that failed, and for each pattern that no signal has.
    const std::vector<std::string> &errors() const { return m_errors; }

private:
    static constexpr signal unwanted = ~0u;
    struct pattern {
        std::string text;
        bool used = false;
    };
    struct outlet {
        std::unique_ptr<wave_sink> sink; // null: it failed
        std::string option;
        std::vector<pattern> patterns;
        std::vector<signal> signals;
    };

    template <typename F>
    void attempt(outlet &o, F f) {
        try {
            f();
        } catch (const output_error &error) {
            m_errors.emplace_back(error.what());
            o.sink.reset();
        }
    }
    template <typename Value>
    void change_all(signal s, uint64_t ps, Value value) {
        for (outlet &o : m_outlets)
            if (o.sink && o.signals[s] != unwanted)
                attempt(o, [&] { o.sink->change(o.signals[s], ps, value); });
    }
    template <typename Add>
    signal add_all(std::string_view scope, std::string_view name, Add add);
    static bool wants(outlet &o, std::string_view scope, std::string_view name);

    std::vector<outlet> m_outlets;
    std::vector<std::string> m_errors;
    signal m_count = 0;
};

} // namespace rk3568

#endif

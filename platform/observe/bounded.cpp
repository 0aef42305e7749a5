// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/bounded.h"

#include <cstdio>
#include <fmt/format.h>

namespace rk3568 {
namespace {

// How much there was, and since when nothing more is taken.
class account {
public:
    account(const std::string &path, uint64_t most)
        : m_path(path)
        , m_most(most) {}
    bool is_full() const { return m_count >= m_most; }
    // True: this is the last one.
    bool take(uint64_t ps) {
        m_full_at_ps = ps;
        return ++m_count == m_most;
    }
    void tell(const char *what, const char *advice) const {
        if (is_full())
            fmt::print(stderr, "rk3568-sim: note: {} ends at {:.6f}s, after {} {}{}\n", m_path, m_full_at_ps * 1e-12,
                       m_most, what, advice);
    }

private:
    std::string m_path;
    uint64_t m_most, m_count = 0, m_full_at_ps = 0;
};

class bounded_waves : public wave_sink {
public:
    bounded_waves(std::unique_ptr<wave_sink> inner, const std::string &path, uint64_t most)
        : m_inner(std::move(inner))
        , m_account(path, most) {}

    signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) override {
        return m_inner->add(scope, name, width, initial);
    }
    signal add_text(std::string_view scope, std::string_view name, std::string_view initial) override {
        return m_inner->add_text(scope, name, initial);
    }
    void change(signal s, uint64_t ps, uint64_t value) override { pass(s, ps, value); }
    void change(signal s, uint64_t ps, std::string_view text) override { pass(s, ps, text); }
    void pause(uint64_t ps) override {
        if (!m_account.is_full())
            m_inner->pause(ps);
    }
    void resume(uint64_t ps) override {
        if (!m_account.is_full())
            m_inner->resume(ps);
    }
    void finish(uint64_t ps) override {
        m_inner->finish(ps);
        m_account.tell("changes", ": --vcd-window or --vcd-scope shows another part");
    }

private:
    template <typename Value>
    void pass(signal s, uint64_t ps, Value value) {
        if (m_account.is_full())
            return;
        m_inner->change(s, ps, value);
        if (m_account.take(ps))
            m_inner->pause(ps);
    }

    std::unique_ptr<wave_sink> m_inner;
    account m_account;
};

class bounded_trace : public trace_writer {
public:
    bounded_trace(std::unique_ptr<trace_writer> inner, const std::string &path, uint64_t most)
        : m_inner(std::move(inner))
        , m_account(path, most) {}

    void write(const trace_event &e) override {
        if (m_account.is_full())
            return;
        m_inner->write(e);
        m_account.take(e.ps);
    }
    void finish(const trace_decoder &decoder, uint64_t ps) override {
        m_inner->finish(decoder, ps);
        m_account.tell("events", "");
    }

private:
    std::unique_ptr<trace_writer> m_inner;
    account m_account;
};

} // namespace

std::unique_ptr<wave_sink> bound_waves(std::unique_ptr<wave_sink> inner, const std::string &path, uint64_t most) {
    return std::make_unique<bounded_waves>(std::move(inner), path, most);
}

std::unique_ptr<trace_writer> bound_trace(std::unique_ptr<trace_writer> inner, const std::string &path, uint64_t most) {
    return std::make_unique<bounded_trace>(std::move(inner), path, most);
}

} // namespace rk3568

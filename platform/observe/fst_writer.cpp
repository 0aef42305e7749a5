// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/fst_writer.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtkwave/fstapi.h>
#include <unistd.h>

namespace rk3568 {
namespace {

// A folder that goes away.
struct scratch {
    std::string path = (std::filesystem::temp_directory_path() / "rk3568-fst-XXXXXX").string();
    scratch() {
        if (!mkdtemp(path.data()))
            throw output_error(fmt::format("{}: cannot be made: {}", path, std::strerror(errno)));
    }
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

struct tree {
    std::map<std::string, tree> inner;
    std::vector<size_t> variables;
};

std::string word(std::string_view text) {
    std::string out(text.empty() ? "-" : text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }, '_');
    return out;
}

} // namespace

fst_writer::fst_writer(const std::string &path)
    : m_file(path)
    , m_body(path) {}

wave_sink::signal fst_writer::add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) {
    m_variables.push_back({word(scope), word(name), std::clamp(width, 1u, 64u), initial, initial, {}, {}});
    return static_cast<signal>(m_variables.size() - 1);
}

wave_sink::signal fst_writer::add_text(std::string_view scope, std::string_view name, std::string_view initial) {
    m_variables.push_back({word(scope), word(name), 0, 0, 0, std::string(initial), word(initial)});
    return static_cast<signal>(m_variables.size() - 1);
}

void fst_writer::number(uint64_t n) {
    for (; n >= 128; n >>= 7)
        m_body.buffer += static_cast<char>(n | 128);
    m_body.buffer += static_cast<char>(n);
}

void fst_writer::step(uint64_t what, uint64_t ps) {
    m_body.flush_if_full();
    const uint64_t now = std::max(ps, m_ps); // time never goes back
    number(what);
    number(now - m_ps);
    m_ps = now;
}

void fst_writer::change(signal s, uint64_t ps, uint64_t value) {
    variable &v = m_variables[s];
    if (v.value == value)
        return;
    v.value = value;
    step(first_signal + s, ps);
    number(value);
}

void fst_writer::change(signal s, uint64_t ps, std::string_view text) {
    variable &v = m_variables[s];
    if (v.text == text)
        return;
    v.text = text;
    const std::string shown = word(text);
    step(first_signal + s, ps);
    number(shown.size());
    m_body.buffer += shown;
}

void fst_writer::declare(void *fst, std::vector<uint32_t> &handles) const {
    tree root;
    for (size_t i = 0; i < m_variables.size(); ++i) {
        tree *at = &root;
        const std::string &scope = m_variables[i].scope;
        for (size_t begin = 0; begin < scope.size() && scope != "-";) {
            const size_t dot = std::min(scope.find('.', begin), scope.size());
            at = &at->inner[scope.substr(begin, dot - begin)];
            begin = dot + 1;
        }
        at->variables.push_back(i);
    }
    handles.resize(m_variables.size());
    const auto print = [&](const tree &node, const auto &self) -> void {
        for (size_t i : node.variables) {
            const variable &v = m_variables[i];
            // As a VCD has it: a vector's range is a part of its name.
            const std::string name = v.width > 1 ? fmt::format("{} [{}:0]", v.name, v.width - 1) : v.name;
            handles[i] = fstWriterCreateVar(fst, v.width ? FST_VT_VCD_WIRE : FST_VT_GEN_STRING, FST_VD_IMPLICIT,
                                            v.width, name.c_str(), 0);
        }
        for (const auto &[name, inner] : node.inner) {
            fstWriterSetScope(fst, FST_ST_VCD_MODULE, name.c_str(), nullptr);
            self(inner, self);
            fstWriterSetUpscope(fst);
        }
    };
    print(root, print);
}

void fst_writer::replay(void *fst, const std::vector<uint32_t> &handles) {
    const spool::view all(m_body);
    const auto *at = reinterpret_cast<const uint8_t *>(all.text().data()), *const end = at + all.text().size();
    const auto next = [&at] {
        uint64_t n = 0;
        for (unsigned shift = 0;; shift += 7) {
            n |= static_cast<uint64_t>(*at & 127) << shift;
            if (!(*at++ & 128))
                return n;
        }
    };
    const auto show = [&](size_t i, uint64_t value, std::string_view text) {
        const variable &v = m_variables[i];
        if (v.width)
            fstWriterEmitValueChange64(fst, handles[i], v.width, value);
        else
            fstWriterEmitVariableLengthValueChange(fst, handles[i], text.data(), static_cast<uint32_t>(text.size()));
    };
    fstWriterEmitTimeChange(fst, 0);
    for (size_t i = 0; i < m_variables.size(); ++i)
        show(i, m_variables[i].initial, m_variables[i].initial_text);
    // While nothing is recorded, the newest values are kept.
    std::map<size_t, std::pair<uint64_t, std::string>> unseen;
    bool recording = true;
    uint64_t ps = 0, shown = 0;
    const auto time = [&] {
        if (ps > shown)
            fstWriterEmitTimeChange(fst, shown = ps);
    };
    while (at < end) {
        const uint64_t what = next();
        ps += next();
        if (what < first_signal) {
            recording = what == on;
            time();
            fstWriterEmitDumpActive(fst, recording);
            if (recording)
                for (const auto &[i, value] : unseen)
                    show(i, value.first, value.second);
            unseen.clear();
            continue;
        }
        const auto i = static_cast<size_t>(what - first_signal);
        uint64_t value = next();
        std::string_view text;
        if (!m_variables[i].width) {
            text = {reinterpret_cast<const char *>(at), static_cast<size_t>(value)};
            at += value;
        }
        if (!recording) {
            unseen[i] = {value, std::string(text)};
            continue;
        }
        time();
        show(i, value, text);
    }
}

void fst_writer::write(const std::string &path, uint64_t end_ps) {
    void *const fst = fstWriterCreate(path.c_str(), 1);
    if (!fst)
        throw output_error(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
    fstWriterSetPackType(fst, FST_WR_PT_LZ4);
    fstWriterSetTimescaleFromString(fst, "1ps");
    // The same run gives the same file: no date of this world.
    fstWriterSetDate(fst, "simulated time, from power-on");
    fstWriterSetVersion(fst, "rk3568-sim");
    std::vector<uint32_t> handles;
    declare(fst, handles);
    replay(fst, handles);
    fstWriterEmitTimeChange(fst, std::max(end_ps, m_ps));
    fstWriterClose(fst);
}

// The library says nothing of a full disk: what it wrote is read.
void fst_writer::check(const std::string &path, uint64_t end_ps) const {
    void *const fst = fstReaderOpen(path.c_str());
    const bool whole =
        fst && fstReaderGetVarCount(fst) == m_variables.size() && fstReaderGetEndTime(fst) == std::max(end_ps, m_ps);
    if (fst)
        fstReaderClose(fst);
    if (!whole)
        throw output_error(fmt::format("{}: cannot be written: the file system of {} is full", m_file.path(), path));
}

void fst_writer::finish(uint64_t ps) {
    const scratch folder;
    const std::string path = folder.path + "/wave.fst";
    write(path, ps);
    check(path, ps);
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    m_file.append_file(fd);
    close(fd);
    m_file.commit();
}

} // namespace rk3568

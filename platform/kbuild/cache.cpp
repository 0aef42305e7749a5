// SPDX-License-Identifier: Apache-2.0
#include "platform/kbuild/cache.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace rk3568 {

namespace {

// Of about 100 KB each.
constexpr size_t most_entries = 200;

// Two 64-bit FNV-1a hashes of different starts: forged modules are not expected.
struct digest {
    uint64_t a = 0xcbf29ce484222325, b = 0x9ae16a3b2f90404f;
    void add(const std::string &text) {
        for (const char c : text + '\0') {
            a = (a ^ static_cast<unsigned char>(c)) * 0x100000001b3;
            b = (b ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
    }
    std::string text() const { return fmt::format("{:016x}{:016x}", a, b); }
};

int64_t nanoseconds(const timespec &t) {
    return int64_t{t.tv_sec} * 1000000000 + t.tv_nsec;
}

// Size and time of change; empty: it is not there.
std::string state_of(const std::string &path) {
    struct stat s;
    if (stat(path.c_str(), &s) != 0)
        return {};
    return fmt::format("{} {}", s.st_size, nanoseconds(s.st_mtim));
}

bool changed_since(const std::string &path, int64_t when) {
    struct stat s;
    return stat(path.c_str(), &s) != 0 || nanoseconds(s.st_mtim) >= when;
}

// The prerequisites of a make rule.
std::vector<std::string> prerequisites(const std::string &file) {
    std::ifstream in(file);
    std::string text((std::istreambuf_iterator<char>(in)), {}), word;
    std::vector<std::string> found;
    for (size_t at = text.find(": ") == text.npos ? text.size() : text.find(": ") + 2; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : ' ';
        if (c == '\\' && at + 1 < text.size() && text[at + 1] == ' ') {
            word += text[++at];
        } else if (c == ' ' || c == '\n' || (c == '\\' && at + 1 < text.size() && text[at + 1] == '\n')) {
            if (!word.empty())
                found.push_back(word);
            word.clear();
        } else {
            word += c;
        }
    }
    return found;
}

} // namespace

object_cache::object_cache(std::string folder)
    : m_folder(std::move(folder)) {}

std::string object_cache::key(const std::vector<std::string> &parts, const std::vector<std::string> &files) {
    digest sum;
    std::error_code ignored;
    sum.add(fs::current_path(ignored).string());
    for (const std::string &part : parts)
        sum.add(part);
    for (const std::string &file : files) {
        sum.add(file);
        sum.add(state_of(file));
    }
    return sum.text();
}

bool object_cache::find(const std::string &key, const std::string &object) const {
    const std::string entry = m_folder + "/" + key;
    std::ifstream inputs(entry + ".inputs");
    if (!inputs)
        return false;
    size_t checked = 0;
    for (std::string state, path; std::getline(inputs, state) && std::getline(inputs, path); ++checked)
        if (state_of(path) != state)
            return false;
    std::error_code failed;
    if (!checked || !fs::copy_file(entry + ".object", object, fs::copy_options::overwrite_existing, failed) || failed)
        return false;
    fs::last_write_time(entry + ".object", fs::file_time_type::clock::now(), failed); // it is in use
    return true;
}

void object_cache::keep(const std::string &key, const std::string &object, const std::string &dependencies,
                        int64_t began) const {
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    if (failed)
        return;
    std::string inputs;
    for (const std::string &path : prerequisites(dependencies)) {
        if (changed_since(path, began)) // who knows which of its states was read
            return;
        inputs += state_of(path) + "\n" + path + "\n";
    }
    // Others may do the same: an entry appears whole, its inputs last.
    const std::string entry = m_folder + "/" + key, mine = fmt::format("{}.{}", entry, getpid());
    fs::copy_file(object, mine, fs::copy_options::overwrite_existing, failed);
    if (!failed)
        fs::rename(mine, entry + ".object", failed);
    if (failed)
        return;
    std::ofstream(mine) << inputs;
    fs::rename(mine, entry + ".inputs", failed);
    forget_oldest();
}

int64_t object_cache::clock() {
    timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now); // as the file system has it
    return nanoseconds(now);
}

void object_cache::forget_oldest() const {
    std::error_code failed;
    std::vector<std::pair<fs::file_time_type, fs::path>> objects;
    for (fs::directory_iterator at(m_folder, failed), end; !failed && at != end; at.increment(failed))
        if (at->path().extension() == ".object")
            objects.emplace_back(at->last_write_time(failed), at->path());
    if (objects.size() <= most_entries)
        return;
    std::sort(objects.begin(), objects.end());
    for (size_t n = 0; n < objects.size() - most_entries; ++n) {
        fs::remove(fs::path(objects[n].second).replace_extension(".inputs"), failed);
        fs::remove(objects[n].second, failed);
    }
}

} // namespace rk3568

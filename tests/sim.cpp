// SPDX-License-Identifier: Apache-2.0
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>

extern char **environ;

namespace fs = std::filesystem;

namespace rk3568::test {

namespace {

constexpr const char *prologue = R"(#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/workqueue.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/hrtimer.h>
#include <linux/completion.h>
#include <linux/wait.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
MODULE_LICENSE("GPL");
#line 1
)";

std::string slurp(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool given(const std::vector<std::string> &arguments, const std::string &option) {
    for (const std::string &argument : arguments)
        if (argument.compare(0, option.size(), option) == 0 &&
            (argument.size() == option.size() || argument[option.size()] == '='))
            return true;
    return false;
}

} // namespace

unsigned outcome::said(const std::string &text) const {
    unsigned count = 0;
    for (size_t at = out.find(text); at != std::string::npos; at = out.find(text, at + text.size()))
        ++count;
    return count;
}

std::string outcome::printed() const {
    std::string text;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) {
        // "[    0.012345] text" is the log's; "[none] timer" is a file's.
        const bool log = line.size() > 13 && line[0] == '[' && line[6] == '.' && line[13] == ']';
        if (!log && line.compare(0, 2, "# ") != 0)
            text += line + "\n";
    }
    return text;
}

std::vector<std::string> outcome::lines() const {
    std::vector<std::string> list;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) {
        const size_t stamp = line.find("] ");
        list.push_back(line.rfind("[", 0) == 0 && stamp != std::string::npos ? line.substr(stamp + 2) : line);
    }
    return list;
}

double outcome::when(const std::string &text) const {
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);)
        if (line.find(text) != std::string::npos && line[0] == '[')
            return std::strtod(line.c_str() + 1, nullptr);
    return -1;
}

long long outcome::number(const std::string &name) const {
    const size_t at = out.find(name + "=");
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, name + "= is not in:\n" + out + err);
    return std::strtoll(out.c_str() + at + name.size() + 1, nullptr, 0);
}

simulation::simulation() {
    std::string pattern = (fs::temp_directory_path() / "rk3568-test-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(pattern.data()));
    m_folder = pattern;
}

simulation::~simulation() {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

std::string simulation::file(const std::string &name, const std::string &text) {
    std::ofstream(path(name), std::ios::binary) << text;
    if (ends_with(name, ".stim") || ends_with(name, ".vcd"))
        m_stimulus = path(name);
    return path(name);
}

std::string simulation::module(const std::string &name, const std::string &text) {
    m_modules.push_back(file(name + ".c", prologue + text));
    return m_modules.back();
}

std::string simulation::read(const std::string &name) const {
    return slurp(path(name));
}
bool simulation::exists(const std::string &name) const {
    return fs::exists(path(name));
}

outcome simulation::run(std::vector<std::string> arguments) {
    std::vector<std::string> all;
    for (const std::string &module : m_modules)
        all.insert(all.end(), {"--insmod", module});
    if (!m_stimulus.empty())
        all.insert(all.end(), {"--stimulus", m_stimulus});
    all.insert(all.end(), {"--latency", path("latency.json")});
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_plain(all);
}

outcome simulation::run_plain(const std::vector<std::string> &arguments) const {
    // The environment may name another build: one with a fault in its kernel.
    const char *other = std::getenv("RK3568_SIMULATOR");
    std::vector<std::string> words{!m_program.empty() ? m_program : other ? other : RK3568_SIMULATOR};
    words.insert(words.end(), arguments.begin(), arguments.end());
    // And whose drivers the kernel has: `own` or `linux`, for runs that have a kernel and do not say it themselves.
    if (const char *drivers = std::getenv("RK3568_DRIVERS");
        drivers && !given(arguments, "--drivers") && !given(arguments, "--bare"))
        words.insert(words.end(), {"--drivers", drivers});
    // tests/run --lookahead: in that mode where the test asks for none of its own.
    if (const char *time = std::getenv("RK3568_LOOKAHEAD");
        time && !given(arguments, "--lookahead") && !given(arguments, "--quantum"))
        words.insert(words.end(), {"--lookahead", time});
    std::vector<char *> argv;
    for (std::string &word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string out = path("stdout"), err = path("stderr");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, m_folder.c_str());
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
    posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
    pid_t child = 0;
    BOOST_REQUIRE(posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    waitpid(child, &status, 0);
    outcome result;
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = slurp(out);
    result.err = slurp(err);
    if (exists("latency.json"))
        result.latency = nlohmann::json::parse(read("latency.json"), nullptr, false);
    return result;
}

std::string presses(const std::string &pin, unsigned count, unsigned period_us, unsigned width_us) {
    std::string text;
    for (unsigned i = 1; i <= count; ++i)
        text += fmt::format("{}us {} 1\n{}us {} 0\n", i * period_us, pin, i * period_us + width_us, pin);
    return text;
}

} // namespace rk3568::test

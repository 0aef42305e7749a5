// SPDX-License-Identifier: Apache-2.0
#include "platform/options.h"

#include "platform/option_table.h"
#include "platform/option_values.h"

#include <algorithm>
#include <cstring>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#ifndef RK3568_SIM_VERSION // the build knows it
#define RK3568_SIM_VERSION "of unknown version"
#endif

namespace rk3568 {
namespace {

// Descriptions broken into lines that stand beside the options' names in 120 columns.
std::string wrapped(std::string_view text) {
    constexpr size_t width = 84;
    std::string out;
    while (text.size() > width) {
        const size_t blank = text.rfind(' ', width);
        out += std::string(text.substr(0, blank)) + '\n';
        text.remove_prefix(blank + 1);
    }
    return out + std::string(text);
}

// The values of each row of the table, in the order given, as text.
using given_values = std::vector<std::vector<std::string>>;

// Every option takes text: the messages are then ours, and the same for each.
void declare(CLI::App &app, given_values &given) {
    const std::vector<option_row> &rows = option_rows();
    given.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const option_row &row = rows[i];
        std::vector<std::string> &values = given[i];
        if (row.times == occurs::flag) {
            app.add_flag_callback(
                   row.name, [&values] { values.emplace_back(); }, wrapped(row.help))
                ->group(row.group);
            continue;
        }
        const auto keep = [&values](const std::string &text) { values.push_back(text); };
        CLI::Option *const option = app.add_option_function<std::string>(row.name, keep, wrapped(row.help))
                                        ->type_name(row.type)
                                        ->group(row.group);
        if (row.times == occurs::bare_or_once)
            option->expected(0, 1);
        if (row.times == occurs::often)
            option->trigger_on_parse()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        else
            option->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
    app.set_help_flag("-h,--help", "print this help and exit")->group("Other");
    app.set_version_flag("--version", "rk3568-sim " RK3568_SIM_VERSION, "print the version and exit")->group("Other");
}

struct pair_of_options {
    const char *option, *other;
    const char *reason;
};

constexpr pair_of_options exclusive[] = {
    {"--bare", "--insmod", "a bare program has no kernel to load modules into"},
    {"--kasan", "--bare", "a bare program has no kernel that knows its objects"},
    {"--kcsan", "--bare", "a bare program has no kernel that says what orders what"},
    {"--hold", "--bare", "cores are held at places of modules"},
    {"--load", "--bare", "cores are held at places of modules"},
    {"--points", "--bare", "cores are held at places of modules"},
    {"--fault", "--bare", "a bare program has no kernel that could fail"},
    {"--tries", "--bare", "a bare program has no boot that runs could share"},
    {"--dts", "--dtb", "--dtb gives a device tree already"},
    {"--live", "--bare", "a bare program has no shell, and ends by itself"},
    {"--shell", "--bare", "a bare program has no kernel that has a shell"},
    {"--live", "--shift", "what people do has its own times"},
    {"--live", "--stretch", "what people do has its own times"},
    {"--shell", "--shift", "what people do has its own times"},
    {"--shell", "--stretch", "what people do has its own times"},
    {"--live", "--tries", "people take part in one run"},
    {"--shell", "--tries", "people take part in one run"},
    {"--live", "--time-zero", "a live run begins when the modules are loaded"},
    {"--shell", "--time-zero", "a live run begins when the modules are loaded"},
};

constexpr std::pair<const char *, const char *> needs[] = {
    {"--bare-flags", "--bare"},    {"--vcd-scope", "--vcd"}, {"--vcd-window", "--vcd"},
    {"--fail-above", "--compare"}, {"--jobs", "--tries"},    {"--until-failure", "--tries"},
};

// What options say of each other before their values are looked at.
void check_company(const given_values &given) {
    const auto is_given = [&given](const char *name) {
        const std::vector<option_row> &rows = option_rows();
        const auto is_it = [name](const option_row &row) { return std::strcmp(row.name, name) == 0; };
        return !given[std::find_if(rows.begin(), rows.end(), is_it) - rows.begin()].empty();
    };
    for (const auto &[option, other, reason] : exclusive)
        if (is_given(option) && is_given(other))
            throw usage_error{fmt::format("{}: {}; drop {} or {}", option, reason, option, other)};
    for (const auto &[option, other] : needs)
        if (is_given(option) && !is_given(other))
            throw usage_error{fmt::format("{} requires {}", option, other)};
}

// Every file that the run reads.
std::vector<std::string> files_read(const options &wanted) {
    std::vector<std::string> files = wanted.tree.overlays;
    for (const module_request &module : wanted.insmod)
        files.push_back(module.path);
    for (const stimulus_source &source : wanted.stimuli)
        files.push_back(source.path);
    for (const auto *one : {&wanted.bare, &wanted.tree.dtb, &wanted.tree.dts})
        if (*one)
            files.push_back(**one);
    for (const option_row &row : option_rows())
        if (row.file && !row.written && wanted.*row.file)
            files.push_back(*(wanted.*row.file));
    return files;
}

bool same_file(const std::string &a, const std::string &b) {
    struct stat one, other;
    return stat(a.c_str(), &one) == 0 && stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

// No output overwrites an input or another output.
void check_outputs(const options &wanted) {
    const std::vector<std::string> inputs = files_read(wanted);
    std::vector<std::pair<const char *, std::string>> outputs;
    for (const option_row &row : option_rows()) {
        if (!row.written || !(wanted.*row.file))
            continue;
        const std::string &path = *(wanted.*row.file);
        for (const std::string &input : inputs)
            if (same_file(path, input))
                throw usage_error{
                    fmt::format("{}: '{}' is read by this run and would be overwritten", row.name, input)};
        for (const auto &[name, other] : outputs)
            if (path == other && path.compare(0, 5, "/dev/") != 0)
                throw usage_error{fmt::format("{}: '{}' is already the output of {}", row.name, path, name)};
        outputs.emplace_back(row.name, path);
    }
}

void take_file(options &out, const option_row &row, const std::string &path) {
    if (path.empty())
        refuse(row.name, "a file name", "");
    if (!row.written)
        check_readable(row.name, path);
    out.*row.file = path;
}

options convert(const given_values &given) {
    options out;
    check_company(given);
    const std::vector<option_row> &rows = option_rows();
    for (size_t i = 0; i < rows.size(); ++i)
        for (const std::string &text : given[i])
            rows[i].take ? rows[i].take(out, text) : take_file(out, rows[i], text);
    if (out.drivers == driver_origin::from_linux && out.bare)
        throw usage_error{"--drivers: a bare program has no kernel with drivers; drop --drivers or --bare"};
    if (const auto n = std::count_if(out.faults.begin(), out.faults.end(), is_kernels);
        n > static_cast<std::ptrdiff_t>(most_kernel_faults))
        throw usage_error{fmt::format("--fault: expected at most {} faults of calls, got {}", most_kernel_faults, n)};
    if (out.is_live() && !out.console_every)
        out.console_every = sc_core::sc_time(10, sc_core::SC_MS);
    if (out.record && !out.is_live())
        throw usage_error{"--record requires --live or --shell"};
    if (!out.accounts)
        for (const auto &[name, asked] : {std::pair{"--live", out.live.has_value()},
                                          {"--shell", out.shell},
                                          {"--latency", out.latency.has_value()},
                                          {"--report", out.report.has_value()},
                                          {"--compare", out.compare.has_value()},
                                          {"--csv", out.csv.has_value()},
                                          {"--stats-every", out.stats_every.has_value()}})
            if (asked)
                throw usage_error{fmt::format("--accounts off: {} shows the accounts; drop one of the two", name)};
    check_outputs(out);
    return out;
}

// CLI11's own complaints, as one line of ours.
std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && (text.back() == ' ' || text.back() == '.'))
        text.pop_back();
    return text;
}

// The words of the command line, last first as CLI11 takes them. Compiler flags begin with a dash, so their option and
// its value are made one word.
std::vector<std::string> joined(int argc, const char *const argv[]) {
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) {
        const bool flags = std::strcmp(argv[i], "--bare-flags") == 0 || std::strcmp(argv[i], "--module-flags") == 0;
        const bool takes_next = flags && i + 1 < argc;
        words.push_back(takes_next ? std::string(argv[i]) + "=" + argv[i + 1] : argv[i]);
        i += takes_next;
    }
    std::reverse(words.begin(), words.end());
    return words;
}

// A command line without the options that matter at some time. The names of those that are only looked for go to
// `named`.
std::vector<std::string> without(const std::vector<std::string> &command, std::initializer_list<matters> times,
                                 std::vector<std::string> *named = nullptr) {
    std::vector<std::string> left;
    for (size_t i = 0; i < command.size(); ++i) {
        const std::string name = command[i].substr(0, command[i].find('='));
        const std::vector<option_row> &rows = option_rows();
        const auto row =
            std::find_if(rows.begin(), rows.end(), [&name](const option_row &r) { return name == r.name; });
        if (row == rows.end() || std::find(times.begin(), times.end(), row->when) == times.end()) {
            left.push_back(command[i]);
            continue;
        }
        if (named && row->when == matters::if_given)
            named->push_back(name);
        i += row->times != occurs::flag && name.size() == command[i].size();
    }
    return left;
}

} // namespace

std::vector<std::string> command_of_try(const std::vector<std::string> &all, const std::string &line) {
    std::vector<std::string> command = without(all, {matters::to_the_parent});
    for (std::string &word : CLI::detail::split_up(line))
        command.push_back(std::move(word));
    return command;
}

// The observer keeps more from the start where latencies will be written in full.
std::vector<std::string> boot_words(const std::vector<std::string> &command) {
    std::vector<std::string> named;
    std::vector<std::string> words = without(command, {matters::after_boot, matters::if_given}, &named);
    words.insert(words.end(), named.begin(), named.end());
    return words;
}

std::variant<options, early_exit> parse_options(int argc, const char *const argv[]) {
    CLI::App app(
        "Runs Linux interrupt code on a simulated RK3568 and shows what happens from the pin to the thread. With no\n"
        "options: the demonstration, a bouncing push button on GPIO3_A5 served by every mechanism in turn.",
        "rk3568-sim");
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("REQUIRED", "");
    app.footer(
        "TIME is a number with s, ms, us, ns or ps. Time zero of --stimulus, --for and --exec is the return of the\n"
        "last insmod. The kernel log goes to standard output; progress, notes and errors go to standard error.\n\n"
        "Exit status: 0 clean; 1 bad usage, unreadable input or a module that could not be loaded; 2 the kernel\n"
        "reported a defect of a driver (BUG, WARNING, lockup, leaked resource); 3 the simulator itself failed; 4 a "
        "stage\n"
        "is slower than --fail-above allows. A run that Ctrl-C ends writes every output first; it exits 2 if there "
        "was\n"
        "a defect, else 130.");
    given_values given;
    declare(app, given);
    try {
        app.parse(joined(argc, argv));
        options out = convert(given);
        out.command.assign(argv, argv + argc);
        return out;
    } catch (const CLI::CallForHelp &) {
        std::string text = app.help();
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return early_exit{text, 0};
    } catch (const CLI::CallForVersion &version) {
        return early_exit{version.what(), 0};
    } catch (const CLI::ExtrasError &) {
        const auto extras = app.remaining();
        return early_exit{fmt::format("expected an option of --help, got '{}'", extras.empty() ? "" : extras.front()),
                          1};
    } catch (const CLI::ArgumentMismatch &error) {
        const std::string text = error.what();
        return early_exit{text.substr(0, text.find(':')) + ": expected one value, once (see --help)", 1};
    } catch (const CLI::ParseError &error) {
        return early_exit{one_line(error.what()), 1};
    } catch (const usage_error &error) {
        return early_exit{error.text, 1};
    }
}

} // namespace rk3568

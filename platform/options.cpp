// SPDX-License-Identifier: Apache-2.0
#include "platform/options.h"

#include "platform/races/holder.h"
#include "platform/time_text.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#ifndef RK3568_SIM_VERSION // the build knows it
#define RK3568_SIM_VERSION "of unknown version"
#endif

namespace rk3568 {
namespace {

struct usage_error {
    std::string text;
};

[[noreturn]] void refuse(std::string_view option, std::string_view expected, std::string_view got) {
    throw usage_error{fmt::format("{}: expected {}, got '{}'", option, expected, got)};
}

uint64_t time_ps(std::string_view option, std::string_view text) {
    const auto ps = parse_time_ps(text);
    if (!ps)
        refuse(option, time_expected, text);
    return *ps;
}

sc_core::sc_time to_time(uint64_t ps) {
    return sc_core::sc_time::from_value(ps);
}

template <typename T>
using choice = std::pair<const char *, T>;

template <typename T, size_t N>
T one_of(std::string_view option, std::string_view text, const choice<T> (&choices)[N]) {
    std::string names;
    for (const auto &[name, value] : choices) {
        if (text == name)
            return value;
        names += (names.empty() ? "" : name == choices[N - 1].first ? " or " : ", ") + std::string(name);
    }
    refuse(option, names, text);
}

uint64_t number(std::string_view option, std::string_view text, uint64_t low, uint64_t high, std::string_view what) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        refuse(option, what, text);
    return value;
}

uint64_t frequency(std::string_view option, const std::string &text) {
    constexpr const char *what = "a frequency from 1MHz to 4GHz such as 1800MHz or 1992000000";
    size_t digits = text.find_first_not_of("0123456789.");
    if (digits == text.npos)
        digits = text.size();
    std::string unit = text.substr(digits);
    if (unit.size() >= 2 && unit.compare(unit.size() - 2, 2, "Hz") == 0)
        unit.resize(unit.size() - 2);
    // The fraction of a frequency works as that of a time does: k, M and G are ms, us and ns turned round.
    const char *time_unit = unit.empty() ? "ps" : unit == "k" ? "ns" : unit == "M" ? "us" : unit == "G" ? "ms" : "";
    const auto hz = parse_time_ps(text.substr(0, digits) + time_unit);
    if (!*time_unit || !hz || *hz < 1'000'000 || *hz > 4'000'000'000)
        refuse(option, what, text);
    return *hz;
}

void check_readable(std::string_view option, const std::string &path, bool folder_allowed = false) {
    struct stat status;
    if (stat(path.c_str(), &status) != 0 || access(path.c_str(), R_OK) != 0)
        throw usage_error{fmt::format("{}: cannot read '{}': {}", option, path, std::strerror(errno))};
    if (S_ISDIR(status.st_mode) && !folder_allowed)
        refuse(option, "a file", path);
}

bool is_identifier(std::string_view text) {
    const auto good = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), good);
}

// FILE[:name=value,...]. The parameters begin at the first colon that a name and '=' follow, so that a path may contain
// colons. A part without '=' goes on with the value before it: arrays are written name=1,2,3.
module_request module_of(const std::string &text) {
    constexpr const char *option = "--insmod";
    module_request request{text, {}};
    for (size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1)) {
        const size_t equals = text.find('=', colon);
        if (equals == text.npos || !is_identifier(std::string_view(text).substr(colon + 1, equals - colon - 1)))
            continue;
        request.path = text.substr(0, colon);
        size_t begin = colon + 1;
        while (begin <= text.size()) {
            const size_t comma = std::min(text.find(',', begin), text.size());
            const std::string part = text.substr(begin, comma - begin);
            const size_t sign = part.find('=');
            if (sign != part.npos && is_identifier(std::string_view(part).substr(0, sign)))
                request.parameters.emplace_back(part.substr(0, sign), part.substr(sign + 1));
            else
                request.parameters.back().second += "," + part;
            begin = comma + 1;
        }
        break;
    }
    if (request.path.empty())
        refuse(option, "FILE or FILE:name=value,...", text);
    // A name without a dot may be that of one of Linux's own modules.
    const bool by_name = is_identifier(request.path) && request.path.find('.') == request.path.npos;
    if (!by_name || access(request.path.c_str(), F_OK) == 0)
        check_readable(option, request.path, true);
    return request;
}

// FILE[:WIRE=PIN,...]. The mapping begins at the first colon behind the name of a file that is there.
stimulus_source stimulus_of(const std::string &text) {
    constexpr const char *option = "--stimulus";
    stimulus_source source{text, {}};
    for (size_t colon = text.find(':'); access(source.path.c_str(), F_OK) != 0 && colon != text.npos;
         colon = text.find(':', colon + 1)) {
        if (text.find('=', colon) == text.npos || access(text.substr(0, colon).c_str(), F_OK) != 0)
            continue;
        source.path = text.substr(0, colon);
        std::istringstream parts(text.substr(colon + 1) + ",");
        for (std::string part; std::getline(parts, part, ',');) {
            const size_t equals = part.rfind('=');
            if (equals == part.npos || equals == 0)
                refuse(option, "WIRE=PIN such as D2=GPIO3_A5 behind the file's name", part);
            const auto pin = parse_pin(std::string_view(part).substr(equals + 1));
            if (!pin)
                refuse(option,
                       fmt::format("a pin ({}, or 0 to {}) for {}", pin_range, pin_count - 1, part.substr(0, equals)),
                       part.substr(equals + 1));
            source.mapping.emplace_back(part.substr(0, equals), *pin);
        }
    }
    if (source.path.empty())
        refuse(option, "FILE or FILE:WIRE=PIN,...", text);
    check_readable(option, source.path);
    return source;
}

std::pair<uint64_t, timed_command> command_of(const std::string &text) {
    const size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const size_t blank = std::min(text.find_first_of(" \t", begin), text.size());
    const size_t command = text.find_first_not_of(" \t", blank);
    const auto ps = parse_time_ps(std::string_view(text).substr(begin, blank - begin));
    if (!ps || command == text.npos)
        refuse("--exec", "\"TIME COMMAND\" such as \"10ms cat /proc/interrupts\"", text);
    return {*ps, {to_time(*ps), text.substr(command)}};
}

// [BANK=]MODEL
void set_gpio(options &out, const std::string &text) {
    constexpr choice<gpio_model> models[] = {
        {"systemc", gpio_model::systemc}, {"rtl", gpio_model::rtl}, {"lockstep", gpio_model::lockstep}};
    size_t bank = 3;
    std::string model = text;
    const size_t equals = text.find('=');
    if (equals != text.npos) {
        std::string name = text.substr(0, equals);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
        if (name.compare(0, 4, "GPIO") == 0)
            name.erase(0, 4);
        if (name.size() != 1 || name[0] < '0' || name[0] >= static_cast<char>('0' + options::gpio_banks))
            refuse("--gpio", "a bank from GPIO0 to GPIO4 before '='", text);
        bank = name[0] - '0';
        model = text.substr(equals + 1);
    }
    out.gpio[bank] = one_of("--gpio", model, models);
}

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

// Everything as text first: the messages are then ours, and the same for every option.
struct raw_options {
    std::vector<std::string> insmod, append, exec, gpio, bare_flags, module_flags, fault, stimulus, dto;
    bool timing_report = false, kasan = false, kcsan = false, until_failure = false;
    std::optional<std::string> bare, run_for, host_time, gic, timing, timing_table, workqueue, drivers, seed, lookahead,
        quantum, cpus, cpu_freq, dtb, dts, vcd, ftrace, latency, report, dmesg, uart, junit, baseline, compare,
        fail_above, csv, stats_every, accounts, log_level, tries, jobs;
    std::vector<std::string> vcd_scope, vcd_window, hold;
    std::optional<std::string> load, points, shift, stretch;
};

void declare(CLI::App &app, raw_options &raw) {
    const auto one = [&app](const char *group, const char *name, std::optional<std::string> &to, const char *type,
                            const char *help) {
        app.add_option_function<std::string>(
               name, [&to](const std::string &text) { to = text; }, wrapped(help))
            ->type_name(type)
            ->group(group)
            ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    };
    const auto many = [&app](const char *group, const char *name, std::vector<std::string> &to, const char *type,
                             const char *help) {
        app.add_option_function<std::string>(
               name, [&to](const std::string &text) { to.push_back(text); }, wrapped(help))
            ->type_name(type)
            ->group(group)
            ->trigger_on_parse()
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    };

    const char *group = "What runs";
    many(
        group, "--insmod", raw.insmod, "FILE[:name=value,...]",
        "load a module: a C source (compiled on the spot), a built .ko, or a folder whose Makefile names obj-m; may be "
        "given several times");
    one(group, "--bare", raw.bare, "FILE.c",
        "no kernel: run C written against port.h alone, one file or all .c files of a folder; the exit status is "
        "main's");
    many(group, "--bare-flags", raw.bare_flags, "\"FLAGS\"",
         "compiler flags for the bare program, such as \"-Iinclude -DCORES=4\"");
    many(group, "--module-flags", raw.module_flags, "\"FLAGS\"",
         "compiler flags for the modules that are compiled, such as \"-O0 -DDEBUG\"");
    many(group, "--append", raw.append, "\"ARGS\"", "kernel command line: threadirqs preempt=full maxcpus=2 quiet ...");
    many(group, "--exec", raw.exec, "\"TIME COMMAND\"",
         "run a shell-like command at a time after time zero: cat /proc/interrupts, "
         "echo 2 > /proc/irq/50/smp_affinity, insmod, rmmod, ps, dmesg; may be given several times");

    group = "What happens to it";
    many(group, "--stimulus", raw.stimulus, "FILE[:WIRE=PIN,...]",
         "pin activity: a recording of a logic analyser (.vcd, .csv of sigrok or Saleae, .sr of sigrok) with wires "
         "named GPIO3_A5, one bus of 32 named GPIO3, or named here, as in FILE:D2=GPIO3_A5; or a .stim text: lines "
         "`TIME PIN 0|1`, `TIME PIN press [DURATION]` or `TIME PIN release`, perhaps with `bounce DURATION` behind it "
         "(seeded by --seed), # comments; may be given several times");
    many(
        group, "--fault", raw.fault, "KIND[:KEY=VALUE,...]",
        "what is to go wrong: kmalloc, request_irq, alloc_workqueue, create_worker (nth=N, times=N, percent=N), wakeup "
        "(and delay=TIME), spurious, stuck (level=0|1, for=TIME), glitch (width=TIME), storm (count=N, period=TIME), "
        "the last four at=TIME,pin=PIN; may be given several times");
    one(group, "--for", raw.run_for, "TIME",
        "simulated time to run: 500ms, 2s; default: one second after the last pin change");

    one(group, "--host-time", raw.host_time, "TIME",
        "cut the run off after so much time of this machine: its outputs are marked as cut, and it exits 3");

    one(group, "--tries", raw.tries, "FILE",
        "boot once, and make a run from there for each line of FILE (-: standard input), with the options in it added "
        "to these; prints STATUS LINE of each as it ends. What has to boot otherwise (another device tree, --vcd) "
        "does. With --host-time: a run that takes longer is ended, and has status 124");
    one(group, "--jobs", raw.jobs, "N", "with --tries: runs at the same time; default: one a processor");
    app.add_flag("--until-failure", raw.until_failure,
                 wrapped("with --tries: start no run any more when one has not exited with 0"))
        ->group(group);

    group = "What it runs on";
    many(group, "--gpio", raw.gpio, "[BANK=]systemc|rtl|lockstep",
         "which block answers for a GPIO bank (GPIO3 if none is named); default: systemc");
    one(group, "--gic", raw.gic, "security=ds0|ds1", "two security states, as the RK3568 boots (default), or one");
    one(group, "--timing", raw.timing, "functional|approx|cached", "how time is charged; default: approx");
    one(group, "--timing-table", raw.timing_table, "FILE",
        "replaces charges: lines NAME VALUE cycles|ns, # comments; names: hw/cortex_a55/timing.h");
    app.add_flag("--timing-report", raw.timing_report, "print what each charge came to")->group(group);
    one(group, "--workqueue", raw.workqueue, "cmwq|legacy", "which workqueue serves the same API; default: cmwq");
    one(group, "--drivers", raw.drivers, "own|linux",
        "this project's drivers of the GIC and the GPIO banks (default), or Linux 6.1's own, which platform/linux "
        "--drivers builds");
    one(group, "--seed", raw.seed, "N", "0, the default, changes nothing; others permute ties and jitter latencies");
    one(group, "--lookahead", raw.lookahead, "TIME",
        "how far cores may run ahead of each other while they only compute; default: 40ns, in which nothing reaches "
        "another core; 0: not at all, which is slow; more is faster, and reported as inexact");
    one(group, "--quantum", raw.quantum, "TIME", "the older name of --lookahead");
    one(group, "--cpus", raw.cpus, "N", "number of cores, 1 to 4; default: 4");
    one(group, "--cpu-freq", raw.cpu_freq, "HZ", "clock of the cores, such as 1800MHz; default: the device tree's");
    one(group, "--dtb", raw.dtb, "FILE", "device tree that describes the SoC, in place of the RK3568's");
    one(group, "--dts", raw.dts, "FILE",
        "the same as a source, with C includes; a .dtso is an overlay on the RK3568's tree");
    many(group, "--dto", raw.dto, "FILE",
         "overlay that is applied to the device tree, .dtbo or a source; may be given several times");

    app.add_flag(
           "--kasan", raw.kasan,
           wrapped("build the modules with the kernel's address sanitizer: accesses beyond objects and after their "
                   "release are reported, with the stacks of allocation and release"))
        ->group(group);
    app.add_flag("--kcsan", raw.kcsan,
                 wrapped("build the modules for the race detector: accesses that conflict and that nothing orders are "
                         "reported in one run, with both stacks, without the collision having to happen"))
        ->group(group);
    many(group, "--hold", raw.hold, "PLACE[@N]=TIME[,PLACE]",
         "a core stands still for TIME when a place of a module's code is reached for the Nth time, or until another "
         "place is reached; may be given several times; none: only build the modules for it");
    one(group, "--shift", raw.shift, "TIME", "how much later the recordings' changes come");
    one(group, "--stretch", raw.stretch, "FACTOR", "by how much the recordings' times are multiplied, 0.5 to 2");
    one(group, "--load", raw.load, "cpu|irqs|dram", "hold cores as a board under load does, as --seed has it");

    group = "What to write";
    one(group, "--points", raw.points, "FILE", "where cores can be held and were, and orders of accesses, as JSON");
    one(group, "--vcd", raw.vcd, "FILE", "waveforms, from the pin to the thread, for GTKWave (see waves/README.md)");
    many(group, "--vcd-scope", raw.vcd_scope, "NAME[,NAME...]",
         "only signals whose names begin with one of these: pins, cores.core0, irq.thread; * and ? as in a shell");
    many(group, "--vcd-window", raw.vcd_window, "FROM..TO|findings[:TIME]",
         "only what happens between two times, or from so long before to so long after each finding of the kernel "
         "(default: 1ms); may be given several times");
    one(group, "--ftrace", raw.ftrace, "FILE",
        "the kernel's trace events: .dat for trace-cmd and KernelShark, .json for a browser, else ftrace's text, which "
        "Perfetto reads too");
    one(group, "--latency", raw.latency, "FILE.json", "latency of every stage, by line and mechanism");
    one(group, "--compare", raw.compare, "OLD.json",
        "print what is slower or faster than in a run that wrote this with --latency");
    one(group, "--fail-above", raw.fail_above, "PERCENT",
        "with --compare: exit 4 if a stage's median, 99th percentile or maximum is slower by more than that");
    one(group, "--csv", raw.csv, "FILE.csv", "the latencies of --latency as a table, a row a stage");
    one(group, "--report", raw.report, "FILE.html", "one page with everything");
    one(group, "--stats-every", raw.stats_every, "TIME",
        "print the number of edges, handled, merged and lost, each time so much simulated time has passed");
    one(group, "--accounts", raw.accounts, "on|off",
        "account for edges and latencies, with a table at the end (default); without, the run is faster");
    one(group, "--junit", raw.junit, "FILE.xml", "the findings as JUnit's test cases, for a CI system");
    one(group, "--baseline", raw.baseline, "FILE",
        "findings that are known and waived, lines KIND FILE:LINE YYYY-MM-DD REASON: they do not fail the run");
    one(group, "--dmesg", raw.dmesg, "FILE", "the kernel log, besides standard output");
    one(group, "--uart", raw.uart, "FILE",
        "what UART2 sent, such as the kernel log with --append console=ttyS2,1500000");
    one(group, "--log-level", raw.log_level, "LEVEL",
        "the platform's own log: trace, which has each access to a register, debug, info, warn, error or off; default: "
        "warn");
    app.set_help_flag("-h,--help", "print this help and exit")->group("Other");
    app.set_version_flag("--version", "rk3568-sim " RK3568_SIM_VERSION, "print the version and exit")->group("Other");
}

// --vcd-scope NAME[,NAME...]
void add_scopes(options &out, const std::string &text) {
    std::istringstream names(text + ",");
    for (std::string name; std::getline(names, name, ',');) {
        if (name.empty())
            refuse("--vcd-scope", "names of signals, separated by commas", text);
        out.vcd_scopes.push_back(name);
    }
}

// --vcd-window FROM..TO or findings[:TIME]
void add_window(options &out, const std::string &text) {
    constexpr const char *expected = "FROM..TO or findings[:TIME]";
    const std::string findings = "findings";
    if (text == findings || text.compare(0, findings.size() + 1, findings + ":") == 0) {
        out.vcd_findings =
            to_time(text == findings ? 1000000000 : time_ps("--vcd-window", text.substr(findings.size() + 1)));
        return;
    }
    const size_t dots = text.find("..");
    if (dots == text.npos)
        refuse("--vcd-window", expected, text);
    const uint64_t from = time_ps("--vcd-window", text.substr(0, dots));
    const uint64_t to = time_ps("--vcd-window", text.substr(dots + 2));
    if (to <= from)
        refuse("--vcd-window", "a window that ends after it begins", text);
    out.vcd_windows.emplace_back(to_time(from), to_time(to));
}

// Every file that the run reads.
std::vector<std::string> files_read(const options &wanted) {
    std::vector<std::string> files;
    for (const module_request &module : wanted.insmod)
        files.push_back(module.path);
    for (const stimulus_source &source : wanted.stimuli)
        files.push_back(source.path);
    for (const std::string &overlay : wanted.tree.overlays)
        files.push_back(overlay);
    for (const auto *one : {&wanted.bare, &wanted.tree.dtb, &wanted.tree.dts, &wanted.timing_table})
        if (*one)
            files.push_back(**one);
    return files;
}

bool same_file(const std::string &a, const std::string &b) {
    struct stat one, other;
    return stat(a.c_str(), &one) == 0 && stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

options convert(const raw_options &raw) {
    options out;
    for (const auto &text : raw.insmod)
        out.insmod.push_back(module_of(text));
    if (raw.bare && !raw.insmod.empty())
        throw usage_error{"--bare: a bare program has no kernel to load modules into; drop --insmod or --bare"};
    if (raw.bare)
        check_readable("--bare", *raw.bare, true);
    out.bare = raw.bare;
    if (!raw.bare_flags.empty() && !raw.bare)
        throw usage_error{"--bare-flags requires --bare"};
    for (const auto &[texts, flags] :
         {std::pair{&raw.bare_flags, &out.bare_flags}, {&raw.module_flags, &out.module_flags}})
        for (const std::string &text : *texts) {
            std::istringstream words(text);
            for (std::string word; words >> word;)
                flags->push_back(word);
        }
    for (const std::string &text : raw.stimulus)
        out.stimuli.push_back(stimulus_of(text));
    if (raw.host_time) {
        out.host_time = to_time(time_ps("--host-time", *raw.host_time));
        if (out.host_time->value() < 1000000000)
            refuse("--host-time", "a time of at least 1ms", *raw.host_time);
    }
    if (raw.run_for)
        out.run_for = to_time(time_ps("--for", *raw.run_for));
    if (raw.kasan && raw.bare)
        throw usage_error{"--kasan: a bare program has no kernel that knows its objects; drop --kasan or --bare"};
    out.kasan = raw.kasan;
    if (raw.kcsan && raw.bare)
        throw usage_error{"--kcsan: a bare program has no kernel that says what orders what; drop --kcsan or --bare"};
    out.kcsan = raw.kcsan;
    for (const std::string &text : raw.hold)
        try {
            if (text != "none")
                races::parse_hold(text);
            out.hold.push_back(text);
        } catch (const std::invalid_argument &e) {
            throw usage_error{fmt::format("--hold: {}", e.what())};
        }
    if (raw.load && *raw.load != "cpu" && *raw.load != "irqs" && *raw.load != "dram")
        throw usage_error{fmt::format("--load: expected cpu, irqs or dram, got '{}'", *raw.load)};
    out.load = raw.load.value_or("");
    out.points = raw.points;
    if (raw.shift)
        out.shift = to_time(time_ps("--shift", *raw.shift));
    if (raw.stretch) {
        const char *const end = raw.stretch->data() + raw.stretch->size();
        const auto read = std::from_chars(raw.stretch->data(), end, out.stretch);
        if (read.ec != std::errc() || read.ptr != end || !(out.stretch >= 0.5 && out.stretch <= 2))
            throw usage_error{fmt::format("--stretch: expected a number from 0.5 to 2, got '{}'", *raw.stretch)};
    }
    if (out.holds() && raw.bare)
        throw usage_error{"--hold, --load, --points: these are for modules; drop them or --bare"};
    for (const auto &text : raw.fault) {
        if (raw.bare)
            throw usage_error{"--fault: a bare program has no kernel that could fail; drop --fault or --bare"};
        try {
            out.faults.push_back(parse_fault(text));
        } catch (const std::invalid_argument &e) {
            throw usage_error{fmt::format("--fault: {}", e.what())};
        }
    }
    if (const auto n = std::count_if(out.faults.begin(), out.faults.end(), is_kernels);
        n > static_cast<std::ptrdiff_t>(most_kernel_faults))
        throw usage_error{fmt::format("--fault: expected at most {} faults of calls, got {}", most_kernel_faults, n)};
    for (const auto &text : raw.append)
        out.append += (out.append.empty() ? "" : " ") + text;

    std::vector<std::pair<uint64_t, timed_command>> commands;
    for (const auto &text : raw.exec)
        commands.push_back(command_of(text));
    std::stable_sort(commands.begin(), commands.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto &[ps, command] : commands)
        out.exec.push_back(std::move(command));

    for (const auto &text : raw.gpio)
        set_gpio(out, text);
    constexpr choice<gic_security> securities[] = {{"security=ds0", gic_security::ds0},
                                                   {"security=ds1", gic_security::ds1}};
    if (raw.gic)
        out.gic = one_of("--gic", *raw.gic, securities);
    constexpr choice<timing_model> timings[] = {
        {"functional", timing_model::functional}, {"approx", timing_model::approx}, {"cached", timing_model::cached}};
    if (raw.timing)
        out.timing = one_of("--timing", *raw.timing, timings);
    constexpr choice<workqueue_kind> workqueues[] = {{"cmwq", workqueue_kind::cmwq},
                                                     {"legacy", workqueue_kind::legacy}};
    if (raw.workqueue)
        out.workqueue = one_of("--workqueue", *raw.workqueue, workqueues);
    constexpr choice<driver_origin> origins[] = {{"own", driver_origin::own}, {"linux", driver_origin::from_linux}};
    if (raw.drivers)
        out.drivers = one_of("--drivers", *raw.drivers, origins);
    if (out.drivers == driver_origin::from_linux && raw.bare)
        throw usage_error{"--drivers: a bare program has no kernel with drivers; drop --drivers or --bare"};
    if (raw.seed)
        out.seed = number("--seed", *raw.seed, 0, ~0ull, "a whole number from 0 to 18446744073709551615");
    if (raw.timing_table)
        check_readable("--timing-table", *raw.timing_table);
    out.timing_table = raw.timing_table;
    out.timing_report = raw.timing_report;
    const auto read_lookahead = [&out](const char *name, const std::string &text) {
        out.lookahead = text == "0" ? sc_core::SC_ZERO_TIME : to_time(time_ps(name, text));
    };
    if (raw.quantum)
        read_lookahead("--quantum", *raw.quantum);
    if (raw.lookahead)
        read_lookahead("--lookahead", *raw.lookahead);
    if (raw.cpus)
        out.cpus = number("--cpus", *raw.cpus, 1, 4, "a number of cores from 1 to 4");
    if (raw.cpu_freq)
        out.cpu_freq_hz = frequency("--cpu-freq", *raw.cpu_freq);
    if (raw.dtb && raw.dts)
        throw usage_error{"--dts: --dtb gives a device tree already; drop one of the two"};
    for (const auto &[option, path] : {std::pair{"--dtb", &raw.dtb}, {"--dts", &raw.dts}})
        if (*path)
            check_readable(option, **path);
    for (const std::string &path : raw.dto)
        check_readable("--dto", path);
    out.tree = {raw.dtb, raw.dts, raw.dto};

    out.vcd = raw.vcd, out.ftrace = raw.ftrace, out.latency = raw.latency, out.report = raw.report;
    out.dmesg = raw.dmesg;
    out.csv = raw.csv;
    out.uart = raw.uart;
    out.junit = raw.junit;
    if (raw.baseline)
        check_readable("--baseline", *raw.baseline);
    out.baseline = raw.baseline;
    const std::pair<const char *, const std::optional<std::string> &> outputs[] = {
        {"--vcd", out.vcd},       {"--ftrace", out.ftrace}, {"--latency", out.latency},
        {"--report", out.report}, {"--dmesg", out.dmesg},   {"--uart", out.uart},
        {"--junit", out.junit},   {"--csv", out.csv},       {"--points", out.points}};
    const std::vector<std::string> inputs = files_read(out);
    for (const auto &a : outputs) {
        if (a.second && a.second->empty())
            refuse(a.first, "a file name", "");
        for (const std::string &input : inputs)
            if (a.second && same_file(*a.second, input))
                throw usage_error{fmt::format("{}: '{}' is read by this run and would be overwritten", a.first, input)};
        for (const auto &b : outputs)
            if (&a < &b && a.second && a.second == b.second && a.second->compare(0, 5, "/dev/") != 0)
                throw usage_error{fmt::format("{}: '{}' is already the output of {}", b.first, *b.second, a.first)};
    }
    if (!out.vcd && !raw.vcd_scope.empty())
        throw usage_error{"--vcd-scope requires --vcd"};
    if (!out.vcd && !raw.vcd_window.empty())
        throw usage_error{"--vcd-window requires --vcd"};
    for (const std::string &text : raw.vcd_scope)
        add_scopes(out, text);
    for (const std::string &text : raw.vcd_window)
        add_window(out, text);
    if (raw.compare)
        check_readable("--compare", *raw.compare);
    out.compare = raw.compare;
    if (raw.fail_above) {
        if (!raw.compare)
            throw usage_error{"--fail-above requires --compare"};
        std::string text = *raw.fail_above;
        if (!text.empty() && text.back() == '%')
            text.pop_back();
        double percent = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
        if (error != std::errc() || end != text.data() + text.size() || !(percent >= 0 && percent <= 1e6))
            refuse("--fail-above", "a share in percent such as 10%", *raw.fail_above);
        out.fail_above = percent / 100;
    }
    if (raw.stats_every) {
        out.stats_every = to_time(time_ps("--stats-every", *raw.stats_every));
        if (out.stats_every == sc_core::SC_ZERO_TIME)
            refuse("--stats-every", "a time above 0", *raw.stats_every);
    }
    if (raw.tries && raw.bare)
        throw usage_error{"--tries: a bare program has no boot that runs could share; drop --tries or --bare"};
    if (!raw.tries && (raw.jobs || raw.until_failure))
        throw usage_error{fmt::format("{} requires --tries", raw.jobs ? "--jobs" : "--until-failure")};
    if (raw.tries && *raw.tries != "-")
        check_readable("--tries", *raw.tries);
    out.tries = raw.tries;
    if (raw.jobs)
        out.jobs = number("--jobs", *raw.jobs, 1, 1024, "a number from 1 to 1024");
    out.until_failure = raw.until_failure;
    constexpr choice<bool> switches[] = {{"on", true}, {"off", false}};
    if (raw.accounts)
        out.accounts = one_of("--accounts", *raw.accounts, switches);
    for (const auto &[name, asked] : {std::pair{"--latency", raw.latency.has_value()},
                                      {"--report", raw.report.has_value()},
                                      {"--compare", raw.compare.has_value()},
                                      {"--csv", raw.csv.has_value()},
                                      {"--stats-every", raw.stats_every.has_value()}})
        if (asked && !out.accounts)
            throw usage_error{fmt::format("--accounts off: {} shows the accounts; drop one of the two", name)};
    constexpr choice<spdlog::level::level_enum> levels[] = {
        {"trace", spdlog::level::trace}, {"debug", spdlog::level::debug}, {"info", spdlog::level::info},
        {"warn", spdlog::level::warn},   {"error", spdlog::level::err},   {"off", spdlog::level::off}};
    if (raw.log_level)
        out.log_level = one_of("--log-level", *raw.log_level, levels);
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

// A command line without some options that take a value, and what it has of them.
std::vector<std::string> without(const std::vector<std::string> &command, std::initializer_list<std::string_view> names,
                                 std::vector<std::string> *taken = nullptr) {
    std::vector<std::string> left;
    for (size_t i = 0; i < command.size(); ++i) {
        const std::string name = command[i].substr(0, command[i].find('='));
        const bool found = std::find(names.begin(), names.end(), name) != names.end();
        if (!found)
            left.push_back(command[i]);
        else if (taken)
            taken->push_back(name);
        i += found && name.size() == command[i].size();
    }
    return left;
}

} // namespace

std::vector<std::string> command_of_try(const std::vector<std::string> &all, const std::string &line) {
    std::vector<std::string> command = without(all, {"--tries", "--jobs", "--host-time"});
    command.erase(std::remove(command.begin(), command.end(), "--until-failure"), command.end());
    for (std::string &word : CLI::detail::split_up(line))
        command.push_back(std::move(word));
    return command;
}

// The observer keeps more from the start where latencies will be written in full.
std::vector<std::string> boot_words(const std::vector<std::string> &command) {
    std::vector<std::string> explained;
    std::vector<std::string> words =
        without(without(command, {"--insmod", "--stimulus", "--seed", "--exec", "--for", "--fault", "--dmesg", "--csv",
                                  "--junit", "--baseline", "--compare", "--fail-above", "--hold", "--load", "--points",
                                  "--shift", "--stretch"}),
                {"--latency"}, &explained);
    words.insert(words.end(), explained.begin(), explained.end());
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
    raw_options raw;
    declare(app, raw);
    try {
        app.parse(joined(argc, argv));
        options out = convert(raw);
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

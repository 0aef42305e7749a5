// SPDX-License-Identifier: Apache-2.0
#include "platform/option_table.h"

#include "platform/option_values.h"
#include "platform/races/holder.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace rk3568 {
namespace {

constexpr choice<gic_security> securities[] = {{"security=ds0", gic_security::ds0},
                                               {"security=ds1", gic_security::ds1}};
constexpr choice<timing_model> timings[] = {
    {"functional", timing_model::functional}, {"approx", timing_model::approx}, {"cached", timing_model::cached}};
constexpr choice<workqueue_kind> workqueues[] = {{"cmwq", workqueue_kind::cmwq}, {"legacy", workqueue_kind::legacy}};
constexpr choice<zero_point> zero_points[] = {{"loaded", zero_point::loaded}, {"init", zero_point::init}};
constexpr choice<driver_origin> origins[] = {{"own", driver_origin::own}, {"linux", driver_origin::from_linux}};
constexpr choice<const char *> loads[] = {{"cpu", "cpu"}, {"irqs", "irqs"}, {"dram", "dram"}};
constexpr choice<bool> switches[] = {{"on", true}, {"off", false}};
constexpr choice<spdlog::level::level_enum> levels[] = {
    {"trace", spdlog::level::trace}, {"debug", spdlog::level::debug}, {"info", spdlog::level::info},
    {"warn", spdlog::level::warn},   {"error", spdlog::level::err},   {"off", spdlog::level::off}};

using text_of = const std::string &;

// What another part parses: its complaint gets the option's name.
template <typename Parse>
auto parsed(const char *option, Parse parse) {
    try {
        return parse();
    } catch (const std::invalid_argument &e) {
        throw usage_error{fmt::format("{}: {}", option, e.what())};
    }
}

void set_lookahead(const char *option, options &out, text_of text) {
    out.lookahead = text == "0" ? sc_core::SC_ZERO_TIME : time_of(option, text);
}

double share(text_of text) {
    const bool sign = !text.empty() && text.back() == '%';
    const std::string_view digits = std::string_view(text).substr(0, text.size() - sign);
    try {
        return real_number("--fail-above", digits, 0, 1e6, "a share in percent such as 10%") / 100;
    } catch (const usage_error &) {
        refuse("--fail-above", "a share in percent such as 10%", text);
    }
}

constexpr const char *runs = "What runs", *happens = "What happens to it", *machine = "What it runs on",
                     *write = "What to write";

} // namespace

const std::vector<option_row> &option_rows() {
    static const std::vector<option_row> rows = {
        {runs, "--insmod", occurs::often, "FILE[:name=value,...]", matters::after_boot,
         "load a module: a C source (compiled on the spot), a built .ko, or a folder whose Makefile names obj-m; may "
         "be "
         "given several times",
         [](options &out, text_of text) { out.insmod.push_back(module_of(text)); }},
        {runs, "--bare", occurs::once, "FILE.c", matters::at_boot,
         "no kernel: run C written against port.h alone, one file or all .c files of a folder; the exit status is "
         "main's",
         [](options &out, text_of text) {
             check_readable("--bare", text, true);
             out.bare = text;
         }},
        {runs, "--bare-flags", occurs::often, "\"FLAGS\"", matters::at_boot,
         "compiler flags for the bare program, such as \"-Iinclude -DCORES=4\"",
         [](options &out, text_of text) { add_words(out.bare_flags, text); }},
        {runs, "--module-flags", occurs::often, "\"FLAGS\"", matters::at_boot,
         "compiler flags for the modules that are compiled, such as \"-O0 -DDEBUG\"",
         [](options &out, text_of text) { add_words(out.module_flags, text); }},
        {runs, "--append", occurs::often, "\"ARGS\"", matters::at_boot,
         "kernel command line: threadirqs preempt=full maxcpus=2 quiet ...",
         [](options &out, text_of text) { out.append += (out.append.empty() ? "" : " ") + text; }},
        {runs, "--exec", occurs::often, "\"TIME COMMAND\"", matters::after_boot,
         "run a shell-like command at a time after time zero: cat /proc/interrupts, "
         "echo 2 > /proc/irq/50/smp_affinity, insmod, rmmod, ps, dmesg; may be given several times",
         [](options &out, text_of text) {
             const timed_command command = command_of(text);
             const auto later = [](const timed_command &a, const timed_command &b) { return a.at < b.at; };
             out.exec.insert(std::upper_bound(out.exec.begin(), out.exec.end(), command, later), command);
         }},
        {runs, "--console-every", occurs::once, "TIME", matters::after_boot,
         "the shell looks for lines at every multiple of TIME after time zero, as one that a person types at: a line "
         "of "
         "--exec runs at the first look after its time; --live and --shell look every 10ms",
         [](options &out, text_of text) {
             out.console_every = time_of("--console-every", text);
             if (*out.console_every < sc_core::sc_time(100, sc_core::SC_US))
                 refuse("--console-every", "a time of at least 100us", text);
         }},

        {runs, "--live", occurs::bare_or_once, "[PORT]", matters::to_the_parent,
         "serve a page on 127.0.0.1 on which the board's buttons can be pressed, time stopped and stepped, and lines "
         "typed "
         "at the kernel's shell, while the timeline grows; default: any free port, which is printed with the page's "
         "address",
         [](options &out, text_of text) {
             out.live =
                 text.empty() ? 0 : static_cast<unsigned>(number("--live", text, 1, 65535, "a port from 1 to 65535"));
         }},
        {runs, "--shell", occurs::flag, nullptr, matters::to_the_parent,
         "lines for the kernel's shell come from the terminal, with editing and history, or from standard input; those "
         "that begin with ':' are for the board: :press GPIO3_A5, :step irq, :help",
         [](options &out, text_of) { out.shell = true; }},
        {runs, "--record", occurs::once, "NAME", matters::to_the_parent,
         "with --live or --shell: write what was pressed to NAME.stim, and to NAME.sh the command that plays the run "
         "again, "
         "to the same bytes",
         [](options &out, text_of text) {
             if (text.empty())
                 refuse("--record", "a name for NAME.stim and NAME.sh", text);
             out.record = text;
         }},

        {happens, "--stimulus", occurs::often, "FILE[:WIRE=PIN,...]", matters::after_boot,
         "pin activity: a recording of a logic analyser (.vcd, .csv of sigrok or Saleae, .sr of sigrok) with wires "
         "named GPIO3_A5, one bus of 32 named GPIO3, or named here, as in FILE:D2=GPIO3_A5; or a .stim text: lines "
         "`TIME PIN 0|1`, `TIME PIN press [DURATION]` or `TIME PIN release`, perhaps with `bounce DURATION` behind it "
         "(seeded by --seed), # comments; may be given several times",
         [](options &out, text_of text) { out.stimuli.push_back(stimulus_of(text)); }},
        {happens, "--fault", occurs::often, "KIND[:KEY=VALUE,...]", matters::after_boot,
         "what is to go wrong: kmalloc, request_irq, alloc_workqueue, create_worker (nth=N, times=N, percent=N), "
         "wakeup "
         "(and delay=TIME), spurious, stuck (level=0|1, for=TIME), glitch (width=TIME), storm (count=N, period=TIME), "
         "the last four at=TIME,pin=PIN; may be given several times",
         [](options &out, text_of text) {
             out.faults.push_back(parsed("--fault", [&] { return parse_fault(text); }));
         }},
        {happens, "--for", occurs::once, "TIME", matters::after_boot,
         "simulated time to run: 500ms, 2s; default: one second after the last pin change",
         [](options &out, text_of text) { out.run_for = time_of("--for", text); }},
        {happens, "--host-time", occurs::once, "TIME", matters::to_the_parent,
         "cut the run off after so much time of this machine: its outputs are marked as cut, and it exits 3",
         [](options &out, text_of text) {
             out.host_time = time_of("--host-time", text);
             if (*out.host_time < sc_core::sc_time(1, sc_core::SC_MS))
                 refuse("--host-time", "a time of at least 1ms", text);
         }},
        {happens, "--tries", occurs::once, "FILE", matters::to_the_parent,
         "boot once, and make a run from there for each line of FILE (-: standard input), with the options in it added "
         "to these; prints STATUS LINE of each as it ends. What has to boot otherwise (another device tree, --vcd) "
         "does. With --host-time: a run that takes longer is ended, and has status 124",
         [](options &out, text_of text) {
             if (text != "-")
                 check_readable("--tries", text);
             out.tries = text;
         }},
        {happens, "--jobs", occurs::once, "N", matters::to_the_parent,
         "with --tries: runs at the same time; default: one a processor",
         [](options &out, text_of text) { out.jobs = number("--jobs", text, 1, 1024, "a number from 1 to 1024"); }},
        {happens, "--until-failure", occurs::flag, nullptr, matters::to_the_parent,
         "with --tries: start no run any more when one has not exited with 0",
         [](options &out, text_of) { out.until_failure = true; }},

        {machine, "--gpio", occurs::often, "[BANK=]systemc|rtl|lockstep", matters::at_boot,
         "which block answers for a GPIO bank (GPIO3 if none is named); default: systemc", set_gpio},
        {machine, "--gic", occurs::once, "security=ds0|ds1", matters::at_boot,
         "two security states, as the RK3568 boots (default), or one",
         [](options &out, text_of text) { out.gic = one_of("--gic", text, securities); }},
        {machine, "--timing", occurs::once, "functional|approx|cached", matters::at_boot,
         "how time is charged; default: approx",
         [](options &out, text_of text) { out.timing = one_of("--timing", text, timings); }},
        {machine, "--timing-table", occurs::once, "FILE", matters::at_boot,
         "replaces charges: lines NAME VALUE cycles|ns, # comments; names: hw/cortex_a55/timing.h", nullptr,
         &options::timing_table},
        {machine, "--timing-report", occurs::flag, nullptr, matters::at_boot, "print what each charge came to",
         [](options &out, text_of) { out.timing_report = true; }},
        {machine, "--workqueue", occurs::once, "cmwq|legacy", matters::at_boot,
         "which workqueue serves the same API; default: cmwq",
         [](options &out, text_of text) { out.workqueue = one_of("--workqueue", text, workqueues); }},
        {machine, "--drivers", occurs::once, "own|linux", matters::at_boot,
         "this project's drivers of the GIC and the GPIO banks (default), or Linux 6.1's own, which platform/linux "
         "--drivers builds",
         [](options &out, text_of text) { out.drivers = one_of("--drivers", text, origins); }},
        {machine, "--seed", occurs::once, "N", matters::after_boot,
         "0, the default, changes nothing; others permute ties and jitter latencies",
         [](options &out, text_of text) {
             out.seed = number("--seed", text, 0, ~0ull, "a whole number from 0 to 18446744073709551615");
         }},
        {machine, "--lookahead", occurs::once, "TIME", matters::at_boot,
         "how far cores may run ahead of each other while they only compute; default: 40ns, in which nothing reaches "
         "another core; 0: not at all, which is slow; more is faster, and reported as inexact",
         [](options &out, text_of text) { set_lookahead("--lookahead", out, text); }},
        {machine, "--quantum", occurs::once, "TIME", matters::at_boot, "the older name of --lookahead",
         [](options &out, text_of text) {
             if (!out.lookahead)
                 set_lookahead("--quantum", out, text);
         }},
        {machine, "--cpus", occurs::once, "N", matters::at_boot, "number of cores, 1 to 4; default: 4",
         [](options &out, text_of text) { out.cpus = number("--cpus", text, 1, 4, "a number of cores from 1 to 4"); }},
        {machine, "--cpu-freq", occurs::once, "HZ", matters::at_boot,
         "clock of the cores, such as 1800MHz; default: the device tree's",
         [](options &out, text_of text) { out.cpu_freq_hz = frequency("--cpu-freq", text); }},
        {machine, "--dtb", occurs::once, "FILE", matters::at_boot,
         "device tree that describes the SoC, in place of the RK3568's",
         [](options &out, text_of text) {
             check_readable("--dtb", text);
             out.tree.dtb = text;
         }},
        {machine, "--dts", occurs::once, "FILE", matters::at_boot,
         "the same as a source, with C includes; a .dtso is an overlay on the RK3568's tree",
         [](options &out, text_of text) {
             check_readable("--dts", text);
             out.tree.dts = text;
         }},
        {machine, "--dto", occurs::often, "FILE", matters::at_boot,
         "overlay that is applied to the device tree, .dtbo or a source; may be given several times",
         [](options &out, text_of text) {
             check_readable("--dto", text);
             out.tree.overlays.push_back(text);
         }},
        {machine, "--kasan", occurs::flag, nullptr, matters::at_boot,
         "build the modules with the kernel's address sanitizer: accesses beyond objects and after their release are "
         "reported, with the stacks of allocation and release",
         [](options &out, text_of) { out.kasan = true; }},
        {machine, "--kcsan", occurs::flag, nullptr, matters::at_boot,
         "build the modules for the race detector: accesses that conflict and that nothing orders are reported in one "
         "run, with both stacks, without the collision having to happen",
         [](options &out, text_of) { out.kcsan = true; }},
        {machine, "--hold", occurs::often, "PLACE[@N]=TIME[,PLACE]", matters::after_boot,
         "a core stands still for TIME when a place of a module's code is reached for the Nth time, or until another "
         "place is reached; may be given several times; none: only build the modules for it",
         [](options &out, text_of text) {
             if (text != "none")
                 parsed("--hold", [&] { return races::parse_hold(text); });
             out.hold.push_back(text);
         }},
        {machine, "--time-zero", occurs::once, "loaded|init", matters::after_boot,
         "where recordings, --for, --exec and faults count from: the return of the last insmod (default), or the begin "
         "of the first one",
         [](options &out, text_of text) { out.time_zero = one_of("--time-zero", text, zero_points); }},
        {machine, "--shift", occurs::once, "TIME", matters::after_boot, "how much later the recordings' changes come",
         [](options &out, text_of text) { out.shift = time_of("--shift", text); }},
        {machine, "--stretch", occurs::once, "FACTOR", matters::after_boot,
         "by how much the recordings' times are multiplied, 0.5 to 2",
         [](options &out, text_of text) {
             out.stretch = real_number("--stretch", text, 0.5, 2, "a number from 0.5 to 2");
         }},
        {machine, "--load", occurs::once, "cpu|irqs|dram", matters::after_boot,
         "hold cores as a board under load does, as --seed has it",
         [](options &out, text_of text) { out.load = one_of("--load", text, loads); }},

        {write, "--points", occurs::once, "FILE", matters::after_boot,
         "where cores can be held and were, and orders of accesses, as JSON", nullptr, &options::points, true},
        {write, "--vcd", occurs::once, "FILE", matters::at_boot,
         "waveforms, from the pin to the thread, for GTKWave (see waves/README.md)", nullptr, &options::vcd, true},
        {write, "--vcd-scope", occurs::often, "NAME[,NAME...]", matters::at_boot,
         "only signals whose names begin with one of these: pins, cores.core0, irq.thread; * and ? as in a shell",
         add_scopes},
        {write, "--vcd-window", occurs::often, "FROM..TO|findings[:TIME]", matters::at_boot,
         "only what happens between two times, or from so long before to so long after each finding of the kernel "
         "(default: 1ms); may be given several times",
         add_window},
        {write, "--ftrace", occurs::once, "FILE", matters::at_boot,
         "the kernel's trace events: .dat for trace-cmd and KernelShark, .json for a browser, else ftrace's text, "
         "which Perfetto reads too",
         nullptr, &options::ftrace, true},
        {write, "--latency", occurs::once, "FILE.json", matters::if_given,
         "latency of every stage, by line and mechanism", nullptr, &options::latency, true},
        {write, "--compare", occurs::once, "OLD.json", matters::after_boot,
         "print what is slower or faster than in a run that wrote this with --latency", nullptr, &options::compare},
        {write, "--fail-above", occurs::once, "PERCENT", matters::after_boot,
         "with --compare: exit 4 if a stage's median, 99th percentile or maximum is slower by more than that",
         [](options &out, text_of text) { out.fail_above = share(text); }},
        {write, "--csv", occurs::once, "FILE.csv", matters::after_boot,
         "the latencies of --latency as a table, a row a stage", nullptr, &options::csv, true},
        {write, "--report", occurs::once, "FILE.html", matters::at_boot, "one page with everything", nullptr,
         &options::report, true},
        {write, "--stats-every", occurs::once, "TIME", matters::at_boot,
         "print the number of edges, handled, merged and lost, each time so much simulated time has passed",
         [](options &out, text_of text) {
             out.stats_every = time_of("--stats-every", text);
             if (out.stats_every == sc_core::SC_ZERO_TIME)
                 refuse("--stats-every", "a time above 0", text);
         }},
        {write, "--accounts", occurs::once, "on|off", matters::at_boot,
         "account for edges and latencies, with a table at the end (default); without, the run is faster",
         [](options &out, text_of text) { out.accounts = one_of("--accounts", text, switches); }},
        {write, "--junit", occurs::once, "FILE.xml", matters::after_boot,
         "the findings as JUnit's test cases, for a CI system", nullptr, &options::junit, true},
        {write, "--baseline", occurs::once, "FILE", matters::after_boot,
         "findings that are known and waived, lines KIND FILE:LINE YYYY-MM-DD REASON: they do not fail the run",
         nullptr, &options::baseline},
        {write, "--dmesg", occurs::once, "FILE", matters::after_boot, "the kernel log, besides standard output",
         nullptr, &options::dmesg, true},
        {write, "--uart", occurs::once, "FILE", matters::at_boot,
         "what UART2 sent, such as the kernel log with --append console=ttyS2,1500000", nullptr, &options::uart, true},
        {write, "--log-level", occurs::once, "LEVEL", matters::at_boot,
         "the platform's own log: trace, which has each access to a register, debug, info, warn, error or off; "
         "default: warn",
         [](options &out, text_of text) { out.log_level = one_of("--log-level", text, levels); }},
    };
    return rows;
}

} // namespace rk3568

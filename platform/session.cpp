// SPDX-License-Identifier: Apache-2.0
#include "platform/session.h"

#include "hw/rk_gpio/rk_gpio_lockstep.h"
#include "platform/demo/demo.h"
#include "platform/findings.h"
#include "platform/kbuild/compile.h"
#include "platform/live/live.h"
#include "platform/memory/arena.h"
#include "platform/observe/compare.h"
#include "platform/observe/lockstep_waves.h"
#include "platform/observe/observer.h"
#include "platform/observe/progress.h"
#include "platform/port/machine.h"
#include "platform/script.h"
#include "platform/soc/soc.h"
#include "platform/soc/tree_source.h"
#include "platform/stimulus/pin_player.h"
#include "platform/time_text.h"
#include "platform/tries.h"
#include "sw/port/kernel.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

namespace rk3568 {

namespace {

using sc_core::sc_time;

// The words that the running core shares with software, at the address that instrumented code knows.
cpu_page &map_cpu_page() {
    auto *wanted = reinterpret_cast<void *>(reinterpret_cast<uintptr_t>(PORT_CPU_PAGE));
    void *page =
        mmap(wanted, arena::page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (page != wanted)
        throw std::runtime_error(fmt::format("cannot map the core page at {}: {}", wanted, std::strerror(errno)));
    return *static_cast<cpu_page *>(page);
}

const char *level_name(timing_model level) {
    return level == timing_model::functional ? "functional" : level == timing_model::cached ? "cached" : "approx";
}

// Everything that must happen between elaboration and the first instruction, and an end at a time.
class starter : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(starter);
    starter(const sc_core::sc_module_name &name, std::function<void()> start)
        : sc_module(name)
        , m_start(std::move(start)) {
        SC_METHOD(end);
        sensitive << m_deadline;
        dont_initialize();
    }
    // Ends the simulation when this much time has passed, regardless of what runs then,
    // unless `still` says then that it is not wanted any more.
    void end_after(const sc_time &time, std::function<bool()> still = {}) {
        m_still = std::move(still);
        m_deadline.notify(time);
    }
    bool ended() const { return m_ended; }

private:
    void start_of_simulation() override { m_start(); }
    void end() {
        if (m_still && !m_still())
            return;
        m_ended = true;
        sc_core::sc_stop();
    }
    std::function<void()> m_start;
    std::function<bool()> m_still;
    sc_core::sc_event m_deadline{"deadline"};
    bool m_ended = false;
};

class session {
public:
    session(options wanted, const std::string &build);
    int run();
    // Those of other runs, too, where they share them.
    void discard_objects() {
        if (!m_is_try)
            m_compiler.discard();
    }

private:
    std::string kernel_image() const;
    void prepare_kernel();
    void prepare_bare();
    void start();
    void simulate();
    bool begin();
    void set_holds(races::holder &to) const;
    void begin_live();
    uint64_t next_slice(uint64_t now) const;
    void open_outputs();
    void begin_try(const std::string &line);
    [[noreturn]] void boot_alone(const std::vector<std::string> &command);
    std::vector<script_module> objects_for(const std::string &path);
    void console(const std::string &text);
    units blocks() const;
    void watch_lockstep();
    void write_script();
    sc_time longest_boot() const;
    int finish();
    template <typename Text>
    bool deliver(const std::unique_ptr<output_file> &file, Text text);
    bool write_outputs(uint64_t now);
    bool compare_with_older();
    void tell_of_timing();
    int verdict(bool outputs_written);
    void catch_signals();
    void give_hints() const;

    options m_wanted;
    const std::string m_build;
    compiler m_compiler;
    device_tree m_tree;
    device_tree::window m_memory;
    arena m_arena;
    cpu_page &m_page;
    soc m_soc;
    std::bitset<pin_count> m_recorded; // pins that a recording drives
    pin_player m_player;
    starter m_starter;
    machine m_machine;
    std::unique_ptr<observer> m_observer;
    std::unique_ptr<live::live_run> m_live; // null: a run that people watch only
    std::unique_ptr<output_file> m_dmesg;
    std::unique_ptr<output_file> m_junit, m_csv, m_points;
    baseline m_known;                                            // findings that are waived
    std::map<std::string, std::vector<script_module>> m_objects; // by what --insmod names
    std::string m_log;                                           // for the report, and for tries
    nlohmann::json m_older;                                      // --compare
    progress m_progress;
    std::string m_difference; // between model and RTL of a bank in lockstep; empty: none
    uint64_t m_end_ps = 0;    // when the script ends; 0: not known yet
    // What waits for modules that neither come nor go gives up long before; later, nothing is to be expected.
    static constexpr uint64_t longest_end_ps = 10'000'000'000'000'000;
    bool m_overdue = false;
    bool m_booted = false;
    bool m_shared = false; // it is the boot of --tries
    bool m_is_try = false;
    int m_tries_status = clean;
};

// Beside an installed simulator, else in the tree.
std::string folder_of(const std::string &build, const char *name, const char *in_tree) {
    const std::string installed = build + name;
    return std::filesystem::exists(installed) ? installed : in_tree;
}

std::string kernel_headers(const std::string &build) {
    return folder_of(build, "/sw/include", RK3568_KERNEL_HEADERS);
}

device_tree read_tree(const options &wanted, const std::string &build) {
    device_tree tree = read_device_tree(wanted.tree, build, kernel_headers(build));
    tree.keep_cores(wanted.cpus);
    return tree;
}

// As much as the images and a heap take, and what the built-in tree has.
device_tree::window settled_memory(device_tree &tree) {
    constexpr device_tree::window least{arena::boot_data, arena::heap + (64u << 20) - arena::boot_data};
    constexpr device_tree::window own{0x00200000, 0x3fe00000};
    std::string note;
    const device_tree::window memory = tree.settle_memory(least, own, note);
    if (!note.empty())
        std::fprintf(stderr, "rk3568-sim: note: %s\n", note.c_str());
    return memory;
}

stimulus read_activity(options &wanted, const std::string &build) {
    stimulus activity;
    if (nothing_to_do(wanted) && wanted.is_live()) { // a button to press
        wanted.insmod.push_back({build + "/sw/irq_thread.ko", {}});
        wanted.command.insert(wanted.command.end(), {"--insmod", wanted.insmod.back().path});
    } else if (nothing_to_do(wanted) && !wanted.tries)
        activity = demonstrate(wanted, build);
    else
        activity = read_stimuli(wanted.stimuli, wanted.seed);
    for (pin_change &change : activity.changes) {
        if (wanted.stretch != 1)
            change.ps = static_cast<uint64_t>(std::llround(static_cast<double>(change.ps) * wanted.stretch));
        change.ps += wanted.shift.value();
    }
    for (const std::string &note : activity.notes)
        std::fprintf(stderr, "rk3568-sim: note: %s\n", note.c_str());
    apply_faults(activity, wanted.faults);
    return activity;
}

// In a live run every pin can move.
stimulus with_all_pins(stimulus activity, bool live, std::bitset<pin_count> &recorded) {
    recorded = activity.used;
    if (live)
        activity.used.set();
    return activity;
}

session::session(options asked, const std::string &build)
    : m_wanted(std::move(asked))
    , m_build(build)
    , m_compiler(build, level_name(m_wanted.timing), {m_wanted.kasan, m_wanted.kcsan || m_wanted.holds()},
                 m_wanted.module_flags)
    , m_tree(read_tree(m_wanted, build))
    , m_memory(settled_memory(m_tree))
    , m_arena(m_memory.base, m_memory.size)
    , m_page(map_cpu_page())
    , m_soc("soc", m_tree, m_arena, m_page, m_wanted)
    , m_player("pins", with_all_pins(read_activity(m_wanted, build), m_wanted.is_live(), m_recorded))
    , m_starter("starter", [this] { start(); })
    , m_machine(*m_soc.cpu, m_arena) {
    m_player.keep_alarms_in(m_soc.cpu->alarms(), m_soc.all_alarms_kept);
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (m_soc.gpio[pin / pins_per_bank])
            m_player.pins[pin].bind(m_soc.gpio[pin / pins_per_bank]->pin[pin % pins_per_bank]);

    m_machine.compile = [this](const std::string &source) { return m_compiler.module(source); };
    m_machine.on_console = [this](unsigned, const std::string &text) { console(text); };
    m_machine.on_endless_finding = [this] {
        std::fprintf(stderr,
                     "rk3568-sim: a finding was reported %" PRIu64 " times: the run ends here, with all its outputs\n",
                     finding_log::most_repeated);
        m_soc.cpu->stop(defect_reported);
    };
    m_machine.install_fault_handler();
    m_shared = m_wanted.tries.has_value();
    if (!m_shared)
        open_outputs();
    if (m_wanted.bare)
        prepare_bare();
    else
        prepare_kernel();

    observer_config config;
    config.latency = m_wanted.accounts;
    config.explain = m_wanted.latency.has_value();
    if (!m_shared)
        config.latency_json = m_wanted.latency;
    config.vcd = m_wanted.vcd;
    config.vcd_filters = folder_of(m_build, "/waves", RK3568_WAVES_FOLDER);
    config.vcd_scopes = m_wanted.vcd_scopes;
    for (const auto &[from, to] : m_wanted.vcd_windows)
        config.vcd_windows.between_ps.emplace_back(from.value(), to.value());
    if (m_wanted.vcd_findings)
        config.vcd_windows.around_findings_ps = m_wanted.vcd_findings->value();
    config.ftrace = m_wanted.ftrace;
    config.report = m_wanted.report;
    config.uart = m_wanted.uart;
    config.live = m_wanted.is_live();
    config.command = m_wanted.command;
    config.seed = m_wanted.seed;
    config.timing = level_name(m_wanted.timing);
    config.cpus = static_cast<unsigned>(m_soc.cpu->cores.size());
    config.blocks = blocks();
    config.symbol_name = [this](uint64_t address) -> std::string {
        const auto *p = reinterpret_cast<const void *>(address);
        const image *home = m_machine.image_at(p);
        const image::symbol *symbol = home ? home->symbol_at(p) : nullptr;
        return symbol ? symbol->name : "";
    };
    config.findings_json = [this] { return findings_json(m_machine.findings, m_known); };
    config.simulated_address = [this](uint64_t address) {
        return m_arena.simulated(reinterpret_cast<const void *>(address));
    };
    if (m_wanted.compare) {
        m_older = read_latencies(*m_wanted.compare);
        config.earlier_json = m_older.dump();
    }
    m_observer = std::make_unique<observer>(config);
    m_machine.set_observer(m_observer.get());
    watch_lockstep();
    if (m_wanted.is_live())
        begin_live();
}

// --host-time has passed.
volatile std::sig_atomic_t s_out_of_time;

// The signal that shall end the run; 0: none came. A second one ends the program as it always would.
volatile std::sig_atomic_t s_interrupted;

void catch_interrupts() {
    struct sigaction action = {};
    action.sa_handler = [](int number) { s_interrupted = number; };
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

void session::begin_live() {
    const auto outputs = [this](unsigned bank) {
        uint32_t driven = 0;
        const gpio_bank *const block = m_soc.gpio[bank].get();
        for (unsigned pin = 0; block && pin < pins_per_bank; ++pin)
            driven |= static_cast<uint32_t>(block->pad[pin].level()) << pin;
        return driven;
    };
    m_live = std::make_unique<live::live_run>(
        m_wanted, level_name(m_wanted.timing), static_cast<unsigned>(m_soc.cpu->cores.size()),
        live::live_run::parts{m_machine, m_player, m_recorded, *m_observer, outputs});
    m_live->people().is_interrupted = [this] {
        if (!s_interrupted || m_live->people().quitting()) // the second one ends the run at once
            return false;
        s_interrupted = 0;
        catch_interrupts();
        return true;
    };
}

// But for those that the observer writes.
void session::open_outputs() {
    if (m_wanted.dmesg)
        m_dmesg = std::make_unique<output_file>(*m_wanted.dmesg);
    if (m_wanted.csv)
        m_csv = std::make_unique<output_file>(*m_wanted.csv);
    if (m_wanted.baseline)
        m_known = baseline(*m_wanted.baseline);
    if (m_wanted.junit)
        m_junit = std::make_unique<output_file>(*m_wanted.junit);
    if (m_wanted.points)
        m_points = std::make_unique<output_file>(*m_wanted.points);
}

units session::blocks() const {
    units all;
    for (unsigned n = 0; n < m_soc.gpio.size(); ++n)
        if (const gpio_bank *const bank = m_soc.gpio[n].get()) {
            const auto *const both = dynamic_cast<const rk_gpio_lockstep *>(bank);
            all.add({unit_kind::bank, n, bank, both ? &both->model : nullptr});
        }
    for (const core &c : m_soc.cpu->cores)
        all.add({unit_kind::core, c.number(), &c, nullptr});
    for (const auto &[number, uart] : m_soc.uarts)
        all.add({unit_kind::uart, number, uart.get(), nullptr});
    for (unsigned pin = 0; pin < pin_count; ++pin)
        if (const sc_core::sc_object *const level = m_player.level_probe(pin))
            all.add({unit_kind::pin, pin, level, nullptr});
    return all;
}

// A difference ends the run when a little more of it has been recorded.
void session::watch_lockstep() {
    for (const auto &bank : m_soc.gpio) {
        auto *const both = dynamic_cast<rk_gpio_lockstep *>(bank.get());
        if (!both)
            continue;
        const std::string name = both->basename(), file = "lockstep_" + name + ".vcd";
        both->on_difference([this](const std::string &text) {
            if (m_difference.empty())
                m_difference = "--gpio lockstep: " + text;
        });
        both->on_window([this, name, file](const lockstep_window &window) {
            try {
                write_lockstep_waves(window, name, file);
                m_difference += fmt::format("\nthe waveform around it is in {}", file);
            } catch (const output_error &error) {
                m_difference += fmt::format("\nno waveform: {}", error.what());
            }
            if (sc_core::sc_is_running())
                sc_core::sc_stop();
        });
    }
}

// The image that the options ask for. It may have to be built first; the error says how.
std::string session::kernel_image() const {
    namespace fs = std::filesystem;
    const std::string level = level_name(m_wanted.timing);
    const bool usual = m_wanted.timing == timing_model::approx;
    const std::string suffix = usual ? ".so" : "-" + level + ".so";
    std::string own = m_build + "/vmlinux" + suffix;
    if (m_wanted.drivers == driver_origin::own) {
        if (!usual && !fs::exists(own))
            throw std::runtime_error(fmt::format(
                "{}: expected the kernel for --timing {}; platform/run builds it, or: ninja -C {} kernel_{}", own,
                level, m_build, level));
        return own;
    }
    std::string from_linux = m_build + "/linux/kernel_linux_drivers" + suffix;
    const char *state = nullptr;
    if (!fs::exists(from_linux))
        state = "is not built";
    else if (fs::exists(own) && fs::last_write_time(from_linux) < fs::last_write_time(own))
        state = "is older than the kernel";
    if (state)
        throw std::runtime_error(fmt::format("--drivers linux: {} {}; this builds it: platform/linux --drivers{}",
                                             from_linux, state, usual ? "" : " --timing " + level));
    std::fprintf(stderr,
                 "rk3568-sim: note: Linux 6.1's own drivers of the GIC and the GPIO banks are loaded (GPL-2.0)\n");
    return from_linux;
}

void session::prepare_kernel() {
    const std::string file = kernel_image();
    m_machine.fixed_clock = m_wanted.timing == timing_model::functional;
    if (m_wanted.kcsan || m_wanted.holds())
        m_machine.watch_races(m_wanted.kcsan, m_wanted.holds());
    image &kernel = m_machine.load_program(file, "vmlinux");
    auto *entry = reinterpret_cast<void (*)(void *)>(kernel.find("kernel_entry"));
    if (!entry)
        throw std::runtime_error(file + ": expected a symbol kernel_entry");
    // The boot loader's part: the tree in DRAM, the command line, what to do once it is up.
    const std::vector<char> &blob = m_tree.blob();
    if (blob.size() > arena::images - arena::boot_data)
        throw std::runtime_error(m_tree.path() + ": too large for the space before the kernel");
    std::memcpy(arena::host(arena::boot_data), blob.data(), blob.size());
    m_machine.dtb_pa = arena::boot_data;
    m_machine.command_line = m_wanted.append + kernel_faults(m_wanted.faults, m_wanted.seed);
    if (m_wanted.kasan)
        m_machine.command_line += " kasan=on";
    if (m_wanted.workqueue == workqueue_kind::legacy)
        m_machine.command_line +=
            m_machine.command_line.empty() ? "workqueue.backend=legacy" : " workqueue.backend=legacy";
    write_script();
    m_machine.on_booted = [this] {
        m_booted = true;
        m_soc.cpu->hold();
    };
    m_machine.on_ready = [this](uint64_t ps) {
        m_observer->time_zero(ps);
        m_end_ps = ps + m_machine.script.end_ns().value_or(0) * 1000;
        m_player.start(sc_time::from_value(ps - sc_core::sc_time_stamp().value()));
        m_soc.cpu->disturbed();
        if (m_live)
            m_live->people().ready(ps);
    };
    m_machine.start(entry, nullptr);
}

void session::write_script() {
    const auto objects = [this](const std::string &path) {
        const auto known = m_objects.find(path);
        return known != m_objects.end() ? known->second : m_objects[path] = objects_for(path);
    };
    if (m_wanted.console_every)
        m_machine.script.look_every(m_wanted.console_every->value() / 1000);
    if (m_wanted.is_live() && !m_wanted.run_for)
        m_machine.script.leave_open();
    m_machine.script.set(make_script(m_wanted, m_player.activity(), objects));
}

// What --insmod names, behind the modules of Linux's own that it needs.
std::vector<script_module> session::objects_for(const std::string &path) {
    linux_modules &from_linux = m_compiler.from_linux();
    const std::vector<std::string> asked = m_compiler.loadable(path);
    std::vector<script_module> all;
    std::vector<std::string> names;
    std::error_code none;
    for (const std::string &object : asked) {
        if (!std::filesystem::exists(object, none)) { // the kernel says so
            all.push_back({m_machine.install(object)});
            continue;
        }
        for (const std::string &line : from_linux.missing(object))
            spdlog::error("{}: {}", path, line);
        for (const std::string &needed : from_linux.needed_by({object})) {
            all.push_back({m_machine.install(needed), false, from_linux.stays(needed)});
            names.push_back(module_name(needed));
        }
        all.push_back({m_machine.install(object)});
    }
    if (!names.empty())
        spdlog::info("{}: loads {} of Linux (GPL-2.0)", path, fmt::join(names, ", "));
    return all;
}

// No kernel: main() on the first core, and its value is the exit status.
void session::prepare_bare() {
    image &program = m_machine.load_program(m_compiler.bare(*m_wanted.bare, m_wanted.bare_flags), "bare");
    void *entry = program.find("main");
    if (!entry)
        throw std::runtime_error(*m_wanted.bare + ": expected a function main");
    m_machine.start(
        [](void *code) {
            auto *run = reinterpret_cast<int (*)(int, char **)>(code);
            port_exit(run(0, nullptr) & 0xff);
        },
        entry);
}

void session::start() {
    machine::forbid_system_calls();
    m_observer->attach_all();
    m_soc.run_firmware();
    if (m_wanted.bare) { // nothing is loaded: time zero is power-on
        m_soc.cpu->set_seed(m_wanted.seed);
        m_observer->time_zero(0);
        m_player.start();
        if (m_wanted.run_for)
            m_starter.end_after(*m_wanted.run_for);
    } else {
        m_starter.end_after(longest_boot(), [this] { return !m_machine.script.begun(); });
    }
}

// A kernel that has no shell by then never will: booting takes 10 ms, and more only where it prints on a slow console
// or the clock is low; some 5 million cycles are enough.
sc_time session::longest_boot() const {
    const double seconds = m_wanted.append.find("console=") == std::string::npos ? 2 : 200;
    return sc_time(seconds + 1e8 / static_cast<double>(m_soc.cpu->frequency()), sc_core::SC_SEC);
}

// A terminal does what control characters say: a module's are shown as text, as in /dev/kmsg.
std::string for_terminal(const std::string &text) {
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < ' ' && c != '\n' && c != '\t') || byte == 0x7f)
            shown += fmt::format("\\x{:02x}", byte);
        else
            shown += c;
    }
    return shown;
}

void session::console(const std::string &text) {
    static const bool terminal = isatty(STDOUT_FILENO) != 0;
    m_progress.clear();
    if (m_live)
        m_live->begin_output();
    if (!m_shared) {
        const std::string shown = terminal ? for_terminal(text) : text;
        std::fwrite(shown.data(), 1, shown.size(), stdout);
    }
    if (m_live)
        m_live->end_output(text);
    if (m_dmesg)
        m_dmesg->write(text);
    if (m_wanted.report || (m_shared && !m_booted))
        m_log += text;
}

void session::catch_signals() {
    catch_interrupts();
    struct sigaction action = {};
    if (m_wanted.host_time && !m_shared) {
        action.sa_handler = [](int) { s_out_of_time = 1; };
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
        sigaction(SIGALRM, &action, nullptr);
        const uint64_t us = m_wanted.host_time->value() / 1000000;
        const itimerval limit{{}, {static_cast<time_t>(us / 1000000), static_cast<suseconds_t>(us % 1000000)}};
        setitimer(ITIMER_REAL, &limit, nullptr);
    }
    // A pipe that nothing reads any more is an output that cannot be written.
    signal(SIGPIPE, SIG_IGN);
}

// Another command line for what has booted. Where that is not what it would have booted to, it begins anew.
void session::begin_try(const std::string &line) {
    const std::vector<std::string> all = m_wanted.command, command = command_of_try(all, line);
    std::vector<const char *> words;
    for (const std::string &word : command)
        words.push_back(word.c_str());
    const auto parsed = parse_options(static_cast<int>(words.size()), words.data());
    if (const auto *refused = std::get_if<early_exit>(&parsed)) {
        std::fprintf(stderr, "rk3568-sim: %s\n", refused->text.c_str());
        _exit(bad_input);
    }
    const std::string faults = kernel_faults(m_wanted.faults, m_wanted.seed);
    m_wanted = std::get<options>(parsed);
    if (boot_words(command_of_try(all, "")) != boot_words(command) || nothing_to_do(m_wanted) || m_wanted.vcd ||
        m_wanted.ftrace || m_wanted.report || m_wanted.uart || kernel_faults(m_wanted.faults, m_wanted.seed) != faults)
        boot_alone(command);
    stimulus activity = read_activity(m_wanted, m_build);
    if (activity.initial != m_player.activity().initial)
        boot_alone(command);
    m_player.replace(std::move(activity));
    write_script();
    open_outputs();
    m_observer->set_run(m_wanted.seed, m_wanted.command, m_wanted.latency);
    if (m_dmesg)
        m_dmesg->write(m_log);
}

void session::boot_alone(const std::vector<std::string> &command) {
    std::vector<char *> words;
    for (const std::string &word : command)
        words.push_back(const_cast<char *>(word.c_str()));
    words.push_back(nullptr);
    execv("/proc/self/exe", words.data());
    throw std::runtime_error(fmt::format("a run cannot be started: {}", std::strerror(errno)));
}

// In this process or, of --tries, in each run's own: whether there is a run to go on with.
bool session::begin() {
    if (m_shared) {
        const auto limit = m_wanted.host_time;
        tries all(*m_wanted.tries, m_wanted.jobs, m_wanted.until_failure,
                  limit ? std::optional(std::chrono::milliseconds(limit->value() / 1000000000)) : std::nullopt);
        const std::optional<std::string> line = all.next();
        m_tries_status = all.status();
        if (!line)
            return false;
        m_is_try = true;
        begin_try(*line);
        m_shared = false;
    }
    m_soc.cpu->set_seed(m_wanted.seed);
    if (machine::races() && machine::races()->holder)
        set_holds(*machine::races()->holder);
    return true;
}

void session::set_holds(races::holder &to) const {
    std::vector<races::hold> holds;
    for (const std::string &text : m_wanted.hold)
        if (text != "none")
            holds.push_back(races::parse_hold(text));
    const std::string &load = m_wanted.load;
    to.set_holds(std::move(holds),
                 load == "cpu"    ? races::board_load::cpu
                 : load == "irqs" ? races::board_load::irqs
                 : load == "dram" ? races::board_load::dram
                                  : races::board_load::none,
                 !m_is_try);
    to.set_seed(m_wanted.seed);
}

// How far the simulation may go before the world is looked at.
uint64_t session::next_slice(uint64_t now) const {
    static const bool watched = isatty(STDERR_FILENO) != 0;
    const uint64_t slice = m_live                          ? m_live->people().next_slice(now)
                           : watched || m_wanted.host_time ? 1000000000
                                                           : 100000000000;
    const uint64_t every = m_wanted.stats_every ? m_wanted.stats_every->value() : 0;
    return every ? std::min(slice, (now / every + 1) * every - now) : slice;
}

// In slices, which end between events and change nothing. Ends early where the kernel has booted.
void session::simulate() {
    const bool was_booted = m_booted;
    const uint64_t every = m_wanted.stats_every ? m_wanted.stats_every->value() : 0;
    do {
        const uint64_t now = sc_core::sc_time_stamp().value();
        sc_core::sc_start(sc_time::from_value(next_slice(now)));
        const uint64_t then = sc_core::sc_time_stamp().value();
        m_overdue = m_booted && !m_live && then > m_end_ps + longest_end_ps;
        if (!m_live)
            m_progress.update(then, m_end_ps);
        if (every && then % every == 0 && then > now && !m_soc.cpu->stopped()) {
            m_progress.clear();
            m_observer->settle(then);
            std::fprintf(stderr, "rk3568-sim: %s: %s; %u findings\n", format_time_ps(then).c_str(),
                         m_observer->statistics().c_str(), static_cast<unsigned>(m_machine.findings.reports()));
        }
    } while (m_booted == was_booted && !s_interrupted && !s_out_of_time && !m_overdue && sc_core::sc_is_running() &&
             sc_core::sc_pending_activity());
    m_progress.clear();
}

int session::run() {
    catch_signals();
    simulate();
    if (m_booted) {
        if (!begin())
            return m_tries_status;
        simulate();
    }
    return finish();
}

// What may be a mistake in the wiring of recording and driver. The demonstration and bare programs have none.
void session::give_hints() const {
    if (m_wanted.bare || m_wanted.insmod.empty())
        return;
    std::vector<bool> moving(pin_count);
    for (const pin_change &change : m_player.activity().changes)
        moving[change.pin] = true;
    for (const std::string &hint : m_observer->hints(moving))
        std::fprintf(stderr, "rk3568-sim: hint: %s\n", hint.c_str());
    for (const machine::plain_user &user : m_machine.plain_users())
        std::fprintf(stderr,
                     "rk3568-sim: hint: %s %s a register through a plain pointer: %s keeps the order of accesses\n",
                     user.place.c_str(), user.writes ? "writes" : "reads", user.writes ? "writel()" : "readl()");
}

// An output that is written at the end, if it was asked for. False: it could not be.
template <typename Text>
bool session::deliver(const std::unique_ptr<output_file> &file, Text text) {
    try {
        if (file) {
            file->write(text());
            file->commit();
        }
        return true;
    } catch (const output_error &error) {
        std::fprintf(stderr, "rk3568-sim: %s\n", error.what());
        return false;
    }
}

// False, and a line each, if some cannot be written.
bool session::write_outputs(uint64_t now) {
    bool written = true;
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
        std::fprintf(stderr, "rk3568-sim: standard output: cannot be written\n");
        written = false;
    }
    for (const std::string &error : m_observer->finish(now, m_log)) {
        std::fprintf(stderr, "rk3568-sim: %s\n", error.c_str());
        written = false;
    }
    written &= deliver(m_dmesg, [] { return std::string(); });
    written &= deliver(m_junit, [this] {
        return junit_of(m_machine.findings, m_known, fmt::format("{}", fmt::join(m_wanted.command, " ")));
    });
    written &= deliver(m_points, [] { return machine::races()->points_report(); });
    written &= deliver(m_csv, [this] { return latencies_as_csv(nlohmann::json::parse(m_observer->latency_json())); });
    return written;
}

// --compare. True: a stage is slower than --fail-above allows.
bool session::compare_with_older() {
    if (m_older.is_null())
        return false;
    const comparison changes = compare_latencies(m_older, nlohmann::json::parse(m_observer->latency_json()));
    std::fputs(changes.text.c_str(), stderr);
    const bool slower = m_wanted.fail_above && changes.slowest > *m_wanted.fail_above;
    if (slower)
        std::fprintf(stderr, "rk3568-sim: --fail-above %g%%: %s is %.1f %% slower than in %s\n",
                     *m_wanted.fail_above * 100, changes.slowest_of.c_str(), changes.slowest * 100,
                     m_wanted.compare->c_str());
    return slower;
}

void session::tell_of_timing() {
    if (m_wanted.timing_report)
        std::fputs(m_soc.cpu->timing_report().c_str(), stderr);
    if (m_wanted.lookahead && *m_wanted.lookahead > m_soc.exact_lookahead())
        std::fprintf(stderr,
                     "rk3568-sim: --lookahead %s: cores ran ahead of each other by up to that; interrupts between "
                     "cores may come late by as much, which they do not up to %s (hw/cortex_a55/ACCURACY.md)\n",
                     m_wanted.lookahead->to_string().c_str(), m_soc.exact_lookahead().to_string().c_str());
}

// The exit status that the run itself has, apart from its outputs and comparisons.
int session::verdict(bool outputs_written) {
    const auto ends = [](int status, const std::string &why) {
        std::fprintf(stderr, "rk3568-sim: %s\n", why.c_str());
        return status;
    };
    if (!m_difference.empty())
        return ends(simulator_failed, m_difference);
    if (!m_observer->accounting_closes())
        return ends(simulator_failed, m_observer->accounting_error());
    if (s_out_of_time)
        return simulator_failed;
    const bool has_findings = open_findings(m_machine.findings, m_known) != 0;
    if (s_interrupted)
        return has_findings ? defect_reported : 128 + s_interrupted;
    if (m_starter.ended())
        return m_wanted.bare
                   ? ends(simulator_failed,
                          fmt::format("the program had not ended after {}", m_wanted.run_for->to_string()))
                   : ends(bad_input, fmt::format("{}: expected a device tree on which the kernel comes up, got none of "
                                                 "its shell in {}",
                                                 m_tree.path(), longest_boot().to_string()));
    if (!m_soc.cpu->stopped()) {
        ends(clean, m_overdue
                        ? "the kernel has not come to its end, hours after it was to: what unloads the modules is stuck"
                        : "all cores wait and nothing is left that could wake them");
        if (has_findings)
            return defect_reported;
        if (m_overdue)
            return bad_input;
        return m_wanted.bare ? simulator_failed
                             : ends(bad_input, fmt::format("{}: expected a device tree with the timer and the "
                                                           "interrupts that the kernel needs",
                                                           m_tree.path()));
    }
    // A module whose defect kept it from loading is a defect first.
    if (has_findings)
        return defect_reported;
    if (m_machine.failed_commands || !outputs_written)
        return bad_input;
    const int status = m_soc.cpu->status();
    return status == defect_reported ? static_cast<int>(clean) : status; // all findings are waived
}

int session::finish() {
    m_machine.findings.settle();
    const uint64_t now = sc_core::sc_time_stamp().value();
    if (s_interrupted)
        std::fprintf(stderr, "rk3568-sim: interrupted at %s\n", format_time_ps(now).c_str());
    if (s_out_of_time) {
        m_observer->cut();
        std::fprintf(stderr, "rk3568-sim: --host-time has passed at %s: the outputs are cut off there\n",
                     format_time_ps(now).c_str());
    }
    const bool written = write_outputs(now);
    std::fputs(m_observer->latency_table().c_str(), stderr);
    give_hints();
    std::fputs(summary_of(m_machine.findings, m_known).c_str(), stderr);
    const bool slower = compare_with_older();
    tell_of_timing();
    const int status = verdict(written);
    if (m_live)
        m_live->end(fmt::format("the run has ended with status {}", status));
    return status == clean && slower ? slower_than_allowed : status;
}

} // namespace

int run_session(const options &wanted, const std::string &build) {
    try {
        // Not destroyed: SystemC's objects outlive the run, and software's stacks are abandoned where they stand.
        static session one(wanted, build);
        const struct sweeper {
            ~sweeper() { one.discard_objects(); }
        } at_the_end;
        return one.run();
    } catch (const std::exception &e) {
        std::fflush(stdout);
        std::fprintf(stderr, "rk3568-sim: %s\n", e.what());
        return bad_input;
    }
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// The command line (docs/COMMAND_LINE.md): every option, parsed, checked and typed.
#ifndef RK3568_PLATFORM_OPTIONS_H
#define RK3568_PLATFORM_OPTIONS_H

#include "platform/faults.h"
#include "platform/soc/tree_source.h"
#include "platform/stimulus/stimulus.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <systemc>
#include <utility>
#include <variant>
#include <vector>

#include <spdlog/common.h>

namespace rk3568 {

enum class gpio_model { systemc, rtl, lockstep };
enum class gic_security { ds0, ds1 }; // GICD_CTLR.DS: two security states, or one
enum class timing_model { functional, approx, cached };
enum class workqueue_kind { cmwq, legacy };
enum class zero_point { loaded, init };       // time zero: the last insmod's return, the first one's begin
enum class driver_origin { own, from_linux }; // of the GIC's and the GPIO banks' drivers

// --insmod FILE[:name=value,...]
struct module_request {
    std::string path;
    std::vector<std::pair<std::string, std::string>> parameters; // in the order given
};

// --exec "TIME COMMAND"
struct timed_command {
    sc_core::sc_time at; // after time zero
    std::string command;
};

struct options {
    static constexpr unsigned gpio_banks = 5;

    std::vector<module_request> insmod;        // in the order given
    std::optional<std::string> bare;           // a C file, or a folder of them
    std::vector<std::string> bare_flags;       // for the compiler
    std::vector<std::string> module_flags;     // for modules that are compiled
    std::vector<stimulus_source> stimuli;      // in the order given
    std::optional<sc_core::sc_time> run_for;   // --for; none: one second after the last pin change
    std::optional<sc_core::sc_time> host_time; // the host's time after which the run is cut off
    bool kasan = false;                        // modules built with the address sanitizer
    bool kcsan = false;                        // modules built for the race detector, which watches them
    std::vector<std::string> hold;             // parse_hold() of platform/races/holder.h; "none": as if one were given
    std::string load;                          // cpu, irqs, dram; empty: none
    zero_point time_zero = zero_point::loaded;
    double stretch = 1;                // of the recordings' times
    sc_core::sc_time shift;            // added to them
    std::optional<std::string> points; // what a core can be held at, and was
    bool holds() const { return !hold.empty() || !load.empty() || points; }
    std::vector<fault> faults;         // in the order given
    std::string append;                // several --append are joined by a blank
    std::vector<timed_command> exec;   // by time; at equal times in the order given
    std::optional<unsigned> live;      // the port that its page is served at; 0: any that is free
    bool shell = false;                // lines come from the terminal, or standard input
    std::optional<std::string> record; // what people did, as NAME.stim and NAME.sh
    bool is_live() const { return live || shell; }
    std::optional<sc_core::sc_time> console_every; // how often the shell looks for lines; none: it knows them all

    std::array<gpio_model, gpio_banks> gpio{}; // which model answers for each bank
    gic_security gic = gic_security::ds0;
    timing_model timing = timing_model::approx;
    std::optional<std::string> timing_table; // a file that replaces charges
    bool timing_report = false;
    workqueue_kind workqueue = workqueue_kind::cmwq;
    driver_origin drivers = driver_origin::own;
    uint64_t seed = 0;
    std::optional<sc_core::sc_time> lookahead; // of the cores; none: as far as it is exact
    unsigned cpus = 4;                         // 1 to 4
    std::optional<uint64_t> cpu_freq_hz;       // none: what the device tree says
    tree_request tree;                         // the device tree: --dtb, --dts, --dto

    std::optional<std::string> vcd, ftrace, latency, report, dmesg, uart;
    std::vector<std::string> vcd_scopes; // parts of signals' names
    // After time zero; and so long before and after each finding.
    std::vector<std::pair<sc_core::sc_time, sc_core::sc_time>> vcd_windows;
    std::optional<sc_core::sc_time> vcd_findings;
    std::optional<std::string> compare; // an older --latency
    std::optional<double> fail_above;   // --compare: the slow-down that is too much, as a share
    std::optional<std::string> csv;     // the latencies as a table
    std::optional<std::string> junit;
    std::optional<std::string> baseline; // findings that are known
    std::optional<sc_core::sc_time> stats_every;
    bool accounts = true;             // of edges and of their latencies, and the table of them
    std::optional<std::string> tries; // runs from one boot, a line each; "-": standard input
    unsigned jobs = 0;                // tries at once; 0: as many as the host has processors
    bool until_failure = false;       // --tries: the first run that fails is the last
    std::vector<std::string> command; // all of the above as it was given
    spdlog::level::level_enum log_level = spdlog::level::warn;
};

// Nothing is to be run: --help and --version (status 0, text for standard output), or bad usage (status 1, one line for
// standard error). The text has no newline at its end and no program name at its beginning.
struct early_exit {
    std::string text;
    int status;
};

// Checks everything that can be checked before anything is built: that names are known, numbers are in range, input
// files can be read, and no two outputs go to one file. Never exits and never throws for a user's mistake.
std::variant<options, early_exit> parse_options(int argc, const char *const argv[]);

// --tries: the command line of one of them, which is that of all with the words of its line behind it.
std::vector<std::string> command_of_try(const std::vector<std::string> &all, const std::string &line);
// What of a command line may change how the machine boots, or what is recorded of that: all but what is known not to.
std::vector<std::string> boot_words(const std::vector<std::string> &command);

} // namespace rk3568

#endif

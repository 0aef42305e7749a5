// SPDX-License-Identifier: Apache-2.0
#include "platform/options.h"
#include "platform/session.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <systemc>
#include <unistd.h>

namespace {

// A model's report that is worse than a warning means that the simulator is wrong; there is nothing to go on with.
void on_report(const sc_core::sc_report &report, const sc_core::sc_actions &actions) {
    if (report.get_severity() >= sc_core::SC_ERROR) {
        std::fflush(stdout);
        std::fprintf(stderr, "rk3568-sim: %s: %s\n", report.get_msg_type(), report.get_msg());
        _exit(rk3568::simulator_failed);
    }
    if (report.get_severity() == sc_core::SC_WARNING)
        sc_core::sc_report_handler::default_handler(report, actions);
}

} // namespace

int sc_main(int argc, char *argv[]) {
    sc_core::sc_report_handler::set_handler(on_report);
    const auto parsed = rk3568::parse_options(argc, argv);
    if (const auto *done = std::get_if<rk3568::early_exit>(&parsed)) {
        if (done->status)
            std::fprintf(stderr, "rk3568-sim: %s\n", done->text.c_str());
        else
            std::printf("%s\n", done->text.c_str());
        return done->status;
    }
    const auto &wanted = std::get<rk3568::options>(parsed);
    auto logger = spdlog::stderr_color_st("rk3568-sim");
    logger->set_pattern("rk3568-sim: %l: %v");
    logger->set_level(wanted.log_level);
    spdlog::set_default_logger(logger);
    // The build folder is where this program is; where there is no /proc, where it was built.
    std::error_code no_proc;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", no_proc);
    const std::string build = no_proc ? RK3568_BUILD_FOLDER : program.parent_path().string();
    const int status = rk3568::run_session(wanted, build);
    std::fflush(stdout);
    // Software's stacks stand where they were; there is nothing orderly to unwind.
    _exit(status);
}

int main(int argc, char *argv[]) {
    setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0); // standard output is the kernel's log
    return sc_core::sc_elab_and_sim(argc, argv);
}

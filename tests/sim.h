// SPDX-License-Identifier: Apache-2.0
//
// Runs the simulator as a user does, with files of the test's own, and gives back what it said.
#ifndef RK3568_TESTS_SIM_H
#define RK3568_TESTS_SIM_H

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rk3568::test {

struct outcome {
    int status = -1;
    std::string out, err;
    nlohmann::json latency; // of --latency, if the run left it

    // How often `text` stands in the kernel's log.
    unsigned said(const std::string &text) const;
    // The kernel's log without its time stamps, line by line.
    std::vector<std::string> lines() const;
    // What the commands of --exec printed: neither the kernel's log nor the commands themselves.
    std::string printed() const;
    // The time stamp in seconds of the first line that contains `text`; negative if none does.
    double when(const std::string &text) const;
    // The value behind the first `name=` in the log; a failed requirement if there is none.
    long long number(const std::string &name) const;
};

// A folder for one simulation. Goes away with the object.
class simulation {
public:
    simulation();
    ~simulation();
    simulation(const simulation &) = delete;
    simulation &operator=(const simulation &) = delete;

    // Files; each returns the path. A module's text gets the usual includes and MODULE_LICENSE on top.
    std::string file(const std::string &name, const std::string &text);
    std::string module(const std::string &name, const std::string &text);
    std::string path(const std::string &name) const { return m_folder + "/" + name; }
    std::string read(const std::string &name) const;
    bool exists(const std::string &name) const;

    // Adds --insmod, --stimulus and --latency for what was given above, and the arguments.
    outcome run(std::vector<std::string> arguments = {});
    // Just the arguments. The current folder of a run is the simulation's.
    outcome run_plain(const std::vector<std::string> &arguments) const;

    // Another program than build/rk3568-sim, which has to be beside it.
    void use(const std::string &program) { m_program = program; }

private:
    std::string m_folder;
    std::string m_program;
    std::vector<std::string> m_modules;
    std::string m_stimulus;
};

// `count` presses of `pin`, each `width_us` long, every `period_us`, as lines of a .stim file.
std::string presses(const std::string &pin, unsigned count, unsigned period_us, unsigned width_us);

} // namespace rk3568::test

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The files of a run: parts of the waves, formats, and what is left when writing fails or the run is ended.
#include "tests/platform/outputs/driver.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rk3568::test;
namespace fs = std::filesystem;

namespace {

// What the driver of these tests does with a finding: it sleeps in its handler.
constexpr const char *sleeper = R"(
static int irq;
static irqreturn_t h(int n, void *d) { msleep(1); return IRQ_HANDLED; }
static int __init sleeper_init(void) { irq = gpio_to_irq(101); return request_irq(irq, h, IRQF_TRIGGER_RISING, "sleeper", &irq); }
static void __exit sleeper_exit(void) { free_irq(irq, &irq); }
module_init(sleeper_init);
module_exit(sleeper_exit);
)";

std::string without_worst(const std::string &text) {
    std::istringstream in(text);
    std::string out;
    for (std::string line; std::getline(in, line);)
        if (line.find(" worst: ") == line.npos)
            out += line + "\n";
    return out;
}

// Another one may be under test (tests/sw/mutation.py).
std::string simulator() {
    const char *const other = std::getenv("RK3568_SIMULATOR");
    return other ? other : RK3568_SIMULATOR;
}

struct ended {
    int status;
    std::string err;
};

// Starts the simulator and sends it a signal as soon as `file` holds something.
ended end_by(simulation &s, int number, std::vector<std::string> arguments, const std::string &file) {
    arguments.insert(arguments.begin(), simulator());
    std::vector<char *> argv;
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    const std::string out = s.path("stdout"), err = s.path("stderr");
    const pid_t child = fork();
    if (child == 0) {
        dup2(open(out.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644), 1);
        dup2(open(err.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644), 2);
        execv(argv[0], argv.data());
        _exit(127);
    }
    for (int i = 0; i < 3000 && s.read(file).empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    kill(child, number);
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), s.read("stderr")};
}

} // namespace

BOOST_AUTO_TEST_CASE(scopes_windows_and_fst_are_parts_and_forms_of_the_same_waves) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 10, 10000, 3000));
    const outcome r = s.run({"--vcd", s.path("run.vcd"), "--ftrace", s.path("trace.txt")});
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.err);
    BOOST_REQUIRE(s.run({"--vcd", s.path("run.fst")}).status == 0);
    BOOST_REQUIRE(s.run({"--vcd", s.path("pins.vcd"), "--vcd-scope", "pins"}).status == 0);
    BOOST_REQUIRE(s.run({"--vcd", s.path("window.vcd"), "--vcd-window", "20ms..31ms"}).status == 0);
    // The first press is 10 ms after time zero.
    const std::string trace = s.read("trace.txt"), mark = ": tracing_mark_write: C|0|GPIO3_A5|1";
    const size_t at = trace.find(mark);
    BOOST_REQUIRE(at != trace.npos);
    const size_t blank = trace.rfind(' ', at - 1);
    std::string seconds = trace.substr(blank + 1, at - blank - 1);
    seconds.erase(seconds.find('.'), 1);
    const uint64_t zero_ps = std::stoull(seconds) * 1000 - 10'000'000'000;
    // Text has nanoseconds; the pin's own signal has all.
    std::ifstream vcd(s.path("run.vcd"));
    uint64_t exact = 0;
    for (std::string line; std::getline(vcd, line) && !exact;)
        if (line[0] == '#' && std::stoull(line.substr(1)) / 1000 == (zero_ps + 10'000'000'000) / 1000)
            exact = std::stoull(line.substr(1)) - 10'000'000'000;
    BOOST_REQUIRE(exact);
    check_with("python3 check_waves.py " + s.path("") + " " + std::to_string(exact + 20'000'000'000) + " " +
               std::to_string(exact + 31'000'000'000));
}

BOOST_AUTO_TEST_CASE(vcd2fst_and_fst2vcd_take_the_files) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 3, 10000, 3000));
    BOOST_REQUIRE(s.run({"--vcd", s.path("run.vcd")}).status == 0);
    check_with("vcd2fst " + s.path("run.vcd") + " " + s.path("converted.fst"));
    check_with("fst2vcd " + s.path("converted.fst") + " -o " + s.path("back.vcd"));
    BOOST_TEST(s.read("back.vcd").size() > s.read("run.vcd").size() / 2);
}

BOOST_AUTO_TEST_CASE(a_window_around_findings_has_the_finding_and_not_the_rest) {
    simulation s;
    s.module("sleeper", sleeper);
    s.file("presses.stim", presses("GPIO3_A5", 3, 100000, 5000));
    BOOST_REQUIRE(s.run({"--vcd", s.path("all.vcd")}).status == 2);
    BOOST_REQUIRE(s.run({"--vcd", s.path("some.vcd"), "--vcd-window", "findings:200us"}).status == 2);
    const std::string all = s.read("all.vcd"), some = s.read("some.vcd");
    BOOST_TEST(some.find("$dumpon") != some.npos);
    BOOST_TEST(some.find("$dumpoff") != some.npos);
    BOOST_TEST(some.size() < all.size() / 2);
    BOOST_TEST(some.find("ssleeper ") != some.npos); // the handler that was found at fault
}

BOOST_AUTO_TEST_CASE(a_scope_that_is_none_is_told) {
    simulation s;
    const outcome r = s.run_plain({"--for", "1ms", "--vcd", s.path("a.vcd"), "--vcd-scope", "cores,nothing"});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("--vcd-scope: expected the beginning of a signal's name, got 'nothing'") != r.err.npos,
               r.err);
}

BOOST_AUTO_TEST_CASE(observation_changes_nothing) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 30, 7000, 3000));
    const std::vector<std::string> base = {"--insmod", s.path("every.c"), "--stimulus", s.path("presses.stim")};
    auto with = base;
    with.insert(with.end(), {"--vcd", s.path("a.vcd"), "--ftrace", s.path("a.txt"), "--latency", s.path("a.json"),
                             "--report", s.path("a.html"), "--dmesg", s.path("a.log"), "--stats-every", "13ms"});
    const outcome none = s.run_plain(base), all = s.run_plain(with);
    BOOST_TEST(none.status == 0, none.err);
    BOOST_TEST(all.status == 0, all.err);
    BOOST_TEST(none.out == all.out);
    BOOST_TEST(s.read("a.log") == all.out);
    // The table has every quantile that it shows of every way.
    std::string table = without_worst(all.err);
    const size_t begin = table.find("line ");
    BOOST_REQUIRE(begin != table.npos);
    BOOST_TEST(table.substr(begin) == none.err);
    BOOST_TEST(std::count(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(begin), '\n') > 10);
    auto json = base;
    json.insert(json.end(), {"--latency", s.path("b.json")});
    BOOST_TEST(s.run_plain(json).status == 0);
    BOOST_TEST(s.read("a.json") == s.read("b.json"));
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_one_clear_line_for_each_output) {
    simulation s;
    s.file("empty.stim", "0 GPIO3_A5 0\n1ms GPIO3_A5 1\n");
    const std::vector<std::string> base = {"--for", "2ms", "--stimulus", s.path("empty.stim")};
    for (const char *option : {"--vcd", "--ftrace", "--latency", "--report", "--dmesg"}) {
        auto arguments = base;
        arguments.insert(arguments.end(), {option, "/dev/full"});
        const outcome r = s.run_plain(arguments);
        BOOST_TEST(r.status == 1, option);
        BOOST_TEST(r.err.find("rk3568-sim: /dev/full: cannot be written: No space left on device\n") != r.err.npos,
                   option << ": " << r.err);
    }
    const std::string command = simulator() + " --for 1ms > /dev/full 2> " + s.path("full");
    BOOST_TEST(WEXITSTATUS(std::system(command.c_str())) == 1);
    BOOST_TEST(s.read("full") == "rk3568-sim: standard output: cannot be written\n");
}

BOOST_AUTO_TEST_CASE(a_path_that_cannot_be_written_is_refused_before_the_run) {
    simulation s;
    for (const char *file : {"x.vcd", "x.fst", "x.txt", "x.dat", "x.json", "x.html"}) {
        const std::string path = s.path(std::string("no/folder/") + file);
        const std::string option = fs::path(file).extension() == ".html" ? "--report"
                                   : file[2] == 'v' || file[2] == 'f'    ? "--vcd"
                                                                         : "--ftrace";
        const outcome r = s.run_plain({"--for", "1ms", option, path});
        BOOST_TEST(r.status == 1);
        BOOST_TEST(r.err == "rk3568-sim: " + path + ": cannot be written: No such file or directory\n");
        BOOST_TEST(r.out == "");
    }
}

BOOST_AUTO_TEST_CASE(a_killed_run_leaves_no_file_that_looks_whole) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 100000, 1000, 500));
    s.file("a.vcd", "what was there before");
    const ended r =
        end_by(s, SIGKILL,
               {"--insmod", s.path("every.c"), "--stimulus", s.path("presses.stim"), "--vcd", s.path("a.vcd"),
                "--ftrace", s.path("a.dat"), "--latency", s.path("a.json"), "--report", s.path("a.html")},
               "stdout");
    BOOST_TEST(r.status == 128 + SIGKILL);
    BOOST_TEST(s.read("a.vcd") == "what was there before");
    for (const char *file : {"a.dat", "a.json", "a.html"})
        BOOST_TEST(!s.exists(file), file);
}

BOOST_AUTO_TEST_CASE(an_interrupted_run_writes_every_output) {
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 100000, 1000, 500));
    const ended r = end_by(s, SIGINT,
                           {"--insmod", s.path("every.c"), "--stimulus", s.path("presses.stim"), "--vcd",
                            s.path("a.vcd"), "--ftrace", s.path("a.txt"), "--latency", s.path("a.json"), "--report",
                            s.path("a.html"), "--dmesg", s.path("a.log"), "--stats-every", "50ms"},
                           "stderr");
    BOOST_TEST(r.status == 128 + SIGINT);
    BOOST_TEST(r.err.find("rk3568-sim: interrupted at ") != r.err.npos, r.err);
    BOOST_TEST(r.err.find("rk3568-sim: 50ms: ") != r.err.npos, r.err);
    const auto latency = nlohmann::json::parse(s.read("a.json"));
    BOOST_TEST(latency.at("paths").at(0).at("handled") >= 10);
    BOOST_TEST(latency.at("paths").at(0).at("handled") < 100000);
    const std::string trace = s.read("a.txt");
    BOOST_TEST(trace.substr(trace.size() - 1) == "\n");
    BOOST_TEST(s.read("a.html").find("</html>") != std::string::npos);
    BOOST_TEST(s.read("a.log") == s.read("stdout"));
    BOOST_TEST(s.read("a.vcd").find("$enddefinitions") != std::string::npos);
}

// What waves/README.md cites is what the demonstration prints, and its save file begins there. Another compiler moves
// the moment a little.
BOOST_AUTO_TEST_CASE(the_late_thread_that_the_readme_reads_is_the_demonstrations) {
    simulation s;
    std::ifstream file(RK3568_OUTPUTS_FOLDER "/../../../waves/README.md");
    const std::string readme{std::istreambuf_iterator<char>(file), {}};
    const outcome r = s.run_plain({"--vcd", "demo.vcd"});
    const std::regex line(R"(button-thread\s+thread\s+worst: (\S+) at\s+(\d+)\.(\d+) s on\s+CPU(\d), edge (\d+))");
    std::smatch cited, printed;
    BOOST_REQUIRE(std::regex_search(readme, cited, line));
    BOOST_REQUIRE(std::regex_search(r.err, printed, line));
    for (const int part : {1, 2, 4, 5})
        BOOST_TEST(cited[part].str() == printed[part].str());
    BOOST_TEST(std::abs(std::stod("0." + cited[3].str()) - std::stod("0." + printed[3].str())) < 0.001);
    // The marker is in picoseconds, behind the zoom.
    const std::string saved = s.read("demo.late_thread.gtkw");
    std::smatch marker;
    BOOST_REQUIRE(std::regex_search(saved, marker, std::regex(R"(\n\*-[\d.]+ (\d+) )")));
    BOOST_TEST(std::abs(std::stod(marker[1]) * 1e-12 - std::stod(printed[2].str() + "." + printed[3].str())) < 2e-9);
}

BOOST_AUTO_TEST_CASE(gtkwave_shows_vcd_and_fst_with_the_save_file) {
    if (std::system("command -v gtkwave Xvfb import > /dev/null") != 0) {
        BOOST_WARN_MESSAGE(false, "needs gtkwave, xvfb and imagemagick");
        return;
    }
    simulation s;
    s.module("every", every_mechanism);
    s.file("presses.stim", presses("GPIO3_A5", 3, 10000, 3000));
    for (const char *file : {"run.vcd", "run.fst"}) {
        BOOST_REQUIRE(s.run({"--vcd", s.path(file)}).status == 0);
        const std::string name = std::string(s.path(file)).substr(0, s.path(file).size() - 4);
        for (const char *question : {"", ".late_thread", ".gic", ".worker"})
            check_with("./gtkwave " + s.path(file) + " " + name + question + ".gtkw " + s.path("picture.png"));
    }
}

// SPDX-License-Identifier: Apache-2.0
//
// The report, opened in a browser.
#include "platform/observe/report/report.h"
#include "tests/platform/outputs/driver.h"

#include <cmath>
#include <filesystem>

using namespace rk3568;
using namespace rk3568::test;

namespace {

const char *python = RK3568_BROWSER_PYTHON; // one that has a WebSocket client

// What this machine lacks is told, and the test then says nothing.
bool has_browser() {
    const bool has = std::system("command -v chromium > /dev/null 2>&1") == 0 &&
                     std::system((std::string(python) + " -c 'import websocket' 2> /dev/null").c_str()) == 0;
    BOOST_WARN_MESSAGE(has, "needs chromium and python3-websocket");
    return has;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_person_zooms_follows_a_finding_and_reads_a_latency) {
    simulation s;
    s.module("sleeper", R"(
static int irq;
static irqreturn_t h(int n, void *d) { return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { udelay(10); return IRQ_HANDLED; }
static int other_irq;
static irqreturn_t sleeps(int n, void *d) { msleep(1); return IRQ_HANDLED; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	other_irq = gpio_to_irq(102);
	if (request_irq(other_irq, sleeps, IRQF_TRIGGER_RISING, "<b>sleeper", &other_irq))
		return -EINVAL;
	return request_threaded_irq(irq, h, t, IRQF_TRIGGER_RISING, "button <script>", &irq);
}
static void __exit m_exit(void) { free_irq(irq, &irq); free_irq(other_irq, &other_irq); }
module_init(m_init);
module_exit(m_exit);
)");
    s.file("presses.stim", presses("GPIO3_A5", 20, 10000, 3000) + "55ms GPIO3_A6 1\n");
    const outcome r = s.run({"--report", s.path("r.html")});
    BOOST_REQUIRE_MESSAGE(r.status == 2, r.err);
    const std::string page = s.read("r.html");
    BOOST_TEST(page.find("http://") == page.npos);
    BOOST_TEST(page.find("https://") == page.npos);
    // The finding stands where the kernel's log has it.
    const std::string key = "\"first_ns\":";
    const size_t found = page.find(key), said = r.out.find("] BUG: scheduling while atomic");
    BOOST_REQUIRE(found != page.npos);
    BOOST_REQUIRE(said != r.out.npos);
    const double reported_ms = std::stod(page.substr(found + key.size())) / 1e6;
    const double logged_ms = std::stod(r.out.substr(r.out.rfind('[', said) + 1)) * 1e3;
    BOOST_TEST(std::abs(reported_ms - logged_ms) < 1);
    if (!has_browser())
        return;
    for (const char *language : {"en-US", "zh-CN"})
        check_with(std::string(python) + " check_report.py " + s.path("r.html") + " --latency " +
                   s.path("latency.json") + " --finding 'scheduling while atomic' --language " + language);
}

namespace {

// Two buttons, each with a handler that takes `handler_us` and a thread that takes `thread_us`; presses of each.
void read_the_cause(const std::string &body, const std::string &stimulus, const std::string &english,
                    const std::string &chinese) {
    simulation s;
    s.module("buttons",
             "static int first, second;\n" + body +
                 "static int __init m_init(void)\n{\n\tfirst = gpio_to_irq(101);\n\tsecond = gpio_to_irq(102);\n"
                 "\treturn request_threaded_irq(first, quick, slow, IRQF_TRIGGER_RISING, \"button\", &first) ?:\n"
                 "\t       request_irq(second, other, IRQF_TRIGGER_RISING, \"sensor\", &second);\n}\n"
                 "static void __exit m_exit(void) { free_irq(first, &first); free_irq(second, &second); }\n"
                 "module_init(m_init);\nmodule_exit(m_exit);\n");
    s.file("p.stim", stimulus);
    const outcome r = s.run({"--report", s.path("r.html"), "--for", "20ms"});
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.err);
    if (!has_browser())
        return;
    for (const auto &[language, story] : {std::pair{"en-US", english}, std::pair{"zh-CN", chinese}})
        check_with(std::string(python) + " check_report.py " + s.path("r.html") + " --story '" + story +
                   "' --language " + language);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_thread_that_is_late_behind_its_own_last_run_is_told_so) {
    read_the_cause("static irqreturn_t quick(int n, void *d) { return IRQ_WAKE_THREAD; }\n"
                   "static irqreturn_t slow(int n, void *d) { udelay(250); return IRQ_HANDLED; }\n"
                   "static irqreturn_t other(int n, void *d) { return IRQ_HANDLED; }\n",
                   "1ms GPIO3_A5 1\n1010us GPIO3_A5 0\n1020us GPIO3_A5 1\n1030us GPIO3_A5 0\n",
                   "for its thread: it was still serving an earlier edge", "此前线程还在处理更早的边沿");
}

BOOST_AUTO_TEST_CASE(a_handler_that_waits_for_another_lines_handler_is_told_so) {
    read_the_cause("static irqreturn_t quick(int n, void *d) { return IRQ_WAKE_THREAD; }\n"
                   "static irqreturn_t slow(int n, void *d) { return IRQ_HANDLED; }\n"
                   "static irqreturn_t other(int n, void *d) { udelay(80); return IRQ_HANDLED; }\n",
                   "1ms GPIO3_A6 1\n1010us GPIO3_A5 1\n1020us GPIO3_A5 0\n", "the core was in the interrupt of sensor",
                   "CPU 当时在处理 sensor 的中断");
}

BOOST_AUTO_TEST_CASE(a_report_that_compares_shows_both_runs) {
    simulation s;
    const std::string body =
        "static int irq;\nstatic irqreturn_t h(int n, void *d) { udelay(DELAY); return IRQ_HANDLED; }\n"
        "static int __init m_init(void)\n{\n\tirq = gpio_to_irq(101);\n"
        "\treturn request_irq(irq, h, IRQF_TRIGGER_RISING, \"button\", &irq);\n}\n"
        "static void __exit m_exit(void) { free_irq(irq, &irq); }\n"
        "module_init(m_init);\nmodule_exit(m_exit);\n";
    s.module("button", body);
    s.file("p.stim", presses("GPIO3_A5", 5, 1000, 500));
    BOOST_TEST(s.run({"--module-flags", "-DDELAY=1"}).status == 0);
    s.file("old.json", s.read("latency.json"));
    const outcome r =
        s.run({"--module-flags", "-DDELAY=7", "--compare", s.path("old.json"), "--report", s.path("r.html")});
    BOOST_REQUIRE_MESSAGE(r.status == 0, r.err);
    BOOST_TEST(s.read("r.html").find("\"before\":{") != std::string::npos);
    if (has_browser())
        check_with(std::string(python) + " check_report.py " + s.path("r.html") + " --compared handler");
}

BOOST_AUTO_TEST_CASE(a_million_changes_stay_below_20_mb_and_open_in_three_seconds) {
    simulation s;
    recorder timeline;
    const auto pin = timeline.add("pins", "GPIO3_A5", 1, 0);
    const auto handler = timeline.add("irq.handler", "button", 2, 0);
    wave_sink::signal running[4], context[4], edge[4];
    for (unsigned cpu = 0; cpu < 4; ++cpu) {
        const std::string scope = "cores.core" + std::to_string(cpu);
        context[cpu] = timeline.add(scope, "context", 2, 0);
        running[cpu] = timeline.add_text(scope, "running", "swapper/" + std::to_string(cpu));
        edge[cpu] = timeline.add(scope, "edge", 32, 0);
    }
    uint64_t ps = 0, random = 1;
    for (uint64_t n = 1; timeline.changes() < 1'000'000; ++n) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        ps += 20'000'000 + (random >> 38);
        const unsigned cpu = random >> 33 & 3;
        const auto at = [&ps, &random](uint64_t ns) { return ps + ns * 1000 + (random >> 55); };
        timeline.change(pin, ps, n & 1);
        timeline.change(context[cpu], at(600), 3);
        timeline.change(running[cpu], at(600), "exception");
        timeline.change(running[cpu], at(900), "button");
        timeline.change(edge[cpu], at(900), n);
        timeline.change(handler, at(900), 3);
        timeline.change(handler, at(1500), 0);
        timeline.change(running[cpu], at(1500), "irq/47-button");
        timeline.change(context[cpu], at(1500), 1);
        timeline.change(edge[cpu], at(9000), 0);
        timeline.change(context[cpu], at(9000), 0);
        timeline.change(running[cpu], at(9000), "swapper/" + std::to_string(cpu));
    }
    timeline.finish(ps + 1'000'000'000);
    output_file out(s.path("r.html"));
    report_head head;
    head.command = {"rk3568-sim"};
    head.cpus = 4;
    write_report(out, head, timeline, R"({"schema":1,"paths":[]})", irq_counts(4));
    out.commit();
    const auto size = std::filesystem::file_size(s.path("r.html"));
    BOOST_TEST(size < 20'000'000u);
    BOOST_TEST(size > 1'000'000u);
    if (has_browser())
        check_with(std::string(python) + " check_report.py " + s.path("r.html") + " --seconds " RK3568_PAGE_SECONDS);
}

// SPDX-License-Identifier: Apache-2.0
//
// The levels of --timing, the table of charges and the clock, as a user sees them.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

using rk3568::test::outcome;
using rk3568::test::simulation;

namespace {

// Follows pointers through `size` bytes, a line each, and prints the size and ps per access.
constexpr const char *chase = R"(
#include "port.h"
static void number(uint64_t v)
{
	char t[24];
	int n = 23;

	for (t[n] = 0; !n || v || n == 23; v /= 10)
		t[--n] = '0' + v % 10;
	port_print(t + n);
	port_print(" ");
}
static void *follow(void **p, long n)
{
	while (n--)
		p = *p;
	return p;
}
int main(void)
{
	static const uint64_t sizes[] = {4096, 262144, 16777216};
	char *area = port_alloc(16777216, 1 << 21);

	for (int s = 0; s < 3; s++) {
		uint64_t lines = sizes[s] / 64, x = 0, before;

		for (uint64_t i = 0; i < lines; i++) { /* a full period: every line once */
			uint64_t next = (x * 1664525 + 1013904223) & (lines - 1);

			*(void **)(area + x * 64) = area + next * 64;
			x = next;
		}
		follow((void **)area, lines);
		before = port_time_ns();
		if (!follow((void **)area, 300000))
			return 1;
		number(sizes[s]);
		number((port_time_ns() - before) / 300);
	}
	return 0;
}
)";

constexpr const char *handler = R"(
static int irq;
static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	return request_irq(irq, h, IRQF_TRIGGER_RISING, "h", &irq);
}
static void __exit m_exit(void) { free_irq(irq, &irq); }
module_init(m_init);
module_exit(m_exit);
)";

// A precondition: the kernel for this level is there.
struct kernel_for {
    const char *level;
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const {
        boost::test_tools::assertion_result there(
            std::filesystem::exists(std::string(BUILD "/vmlinux-") + level + ".so"));
        there.message() << "ninja kernel_" << level << " builds the kernel for it";
        return there;
    }
};

double ns(const outcome &r, const char *what) {
    return r.latency["paths"][0]["stages"]["pin_to_handler"][what].get<double>();
}

} // namespace

// RK3568 boards at 2 GHz (ramlat): 2 cycles, 34 cycles, 160 ns.
BOOST_AUTO_TEST_CASE(a_pointer_chase_takes_what_it_takes_on_the_board) {
    simulation s;
    const outcome r = s.run_plain({"--bare", s.file("chase.c", chase), "--timing", "cached", "--cpu-freq", "2GHz"});
    BOOST_REQUIRE(r.status == 0);
    std::map<long, double> ps;
    std::istringstream words(r.out);
    for (long size, each; words >> size >> each;)
        ps[size] = static_cast<double>(each);
    BOOST_TEST(ps[4096] == 1000, boost::test_tools::tolerance(0.10));
    BOOST_TEST(ps[262144] == 17000, boost::test_tools::tolerance(0.10));
    BOOST_TEST(ps[16777216] == 160000, boost::test_tools::tolerance(0.10));
}

BOOST_AUTO_TEST_CASE(a_cold_handler_is_slower_than_a_warm_one_with_caches_alone,
                     *boost::unit_test::precondition(kernel_for{"cached"})) {
    simulation s;
    s.module("h", handler);
    s.file("presses.stim", rk3568::test::presses("GPIO3_A5", 20, 1000, 500));
    const outcome approx = s.run();
    const outcome cached = s.run({"--timing", "cached"});
    BOOST_REQUIRE(approx.status == 0);
    BOOST_REQUIRE(cached.status == 0);
    BOOST_TEST(ns(approx, "max_ns") - ns(approx, "min_ns") < 300);
    BOOST_TEST(ns(cached, "max_ns") - ns(cached, "min_ns") > 1000);
    BOOST_TEST(ns(cached, "p50_ns") < 3000);
    const outcome again = s.run({"--timing", "cached"});
    BOOST_TEST(cached.latency == again.latency);
}

BOOST_AUTO_TEST_CASE(a_functional_run_does_the_same_in_less_time,
                     *boost::unit_test::precondition(kernel_for{"functional"})) {
    simulation s;
    s.module("h", handler);
    s.file("presses.stim", rk3568::test::presses("GPIO3_A5", 20, 1000, 500));
    const outcome r = s.run({"--timing", "functional"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.latency["paths"][0]["handled"] == 20);
}

BOOST_AUTO_TEST_CASE(a_timing_table_replaces_charges_and_the_report_shows_it) {
    simulation s;
    s.module("h", handler);
    s.file("presses.stim", rk3568::test::presses("GPIO3_A5", 5, 1000, 500));
    const outcome before = s.run();
    s.file("slow.txt", "# slower\nexception_entry 1000 cycles # was 12\nisb 0 ns\n");
    const outcome after = s.run({"--timing-table", s.path("slow.txt"), "--timing-report"});
    BOOST_REQUIRE(after.status == 0);
    BOOST_TEST(ns(after, "p50_ns") > ns(before, "p50_ns") + 400);
    BOOST_TEST(after.err.find("exception_entry") != std::string::npos, after.err);
    BOOST_TEST(after.err.find("1000.0 cy  --timing-table") != std::string::npos, after.err);
}

BOOST_AUTO_TEST_CASE(a_bad_timing_table_is_one_clear_line) {
    const struct {
        const char *text, *says;
    } cases[] = {
        {"isb 3\n", ":1: expected NAME VALUE cycles|ns, got isb 3"},
        {"\nisb three cycles\n", ":2: expected a number from 0 to 1e9, got three"},
        {"isb -3 cycles\n", ":1: expected a number from 0 to 1e9, got -3"},
        {"isb 3 hours\n", ":1: expected the unit cycles or ns, got hours"},
        {"isp 3 cycles\n", ":1: expected the name of a charge"},
    };
    for (const auto &c : cases) {
        simulation s;
        const outcome r = s.run_plain(
            {"--bare", s.file("m.c", "int main(void) { return 0; }\n"), "--timing-table", s.file("table.txt", c.text)});
        BOOST_TEST(r.status == 1);
        BOOST_TEST(r.err.find(c.says) != std::string::npos, r.err);
    }
}

BOOST_AUTO_TEST_CASE(the_clock_changes_at_run_time_and_what_is_not_the_cores_does_not) {
    simulation s;
    s.module("h", handler);
    s.file("presses.stim", rk3568::test::presses("GPIO3_A5", 20, 10000, 5000));
    const std::string policy = "/sys/devices/system/cpu/cpufreq/policy0/";
    const outcome r = s.run({"--exec", "5ms echo 400000 > " + policy + "scaling_setspeed", "--exec",
                             "6ms cat " + policy + "scaling_cur_freq", "--exec",
                             "7ms cat " + policy + "scaling_available_frequencies"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("408000 600000 816000") == 1u, r.out);
    const outcome fast = s.run();
    const outcome slow = s.run({"--cpu-freq", "408MHz"});
    BOOST_TEST(ns(r, "p50_ns") > 1.5 * ns(fast, "p50_ns"));
    BOOST_TEST(ns(r, "p50_ns") == ns(slow, "p50_ns"), boost::test_tools::tolerance(0.05));
    BOOST_TEST(ns(slow, "p50_ns") < 1992.0 / 408 * ns(fast, "p50_ns")); // the bus and the GIC have clocks of their own
}

// Prints how long 1,000 and, with interrupts off, 20,000 tries of a bounded wait take.
constexpr const char *bounded_wait = R"(
#include <linux/ktime.h>
static volatile int done;
static int __init m_init(void)
{
	unsigned long flags;
	u64 before = ktime_get_ns(), first;
	int k;

	for (k = 0; k < 1000 && !done; k++)
		cpu_relax();
	first = ktime_get_ns() - before;
	local_irq_save(flags);
	for (k = 0; k < 20000 && !done; k++)
		cpu_relax();
	local_irq_restore(flags);
	pr_info("1000 tries %llu ns\n", first);
	return 0;
}
static void __exit m_exit(void) {}
module_init(m_init);
module_exit(m_exit);
)";

uint64_t number_after(const std::string &text, const std::string &what) {
    const size_t at = text.find(what);
    BOOST_REQUIRE_MESSAGE(at != text.npos, "no '" << what << "' in " << text);
    return std::strtoull(text.c_str() + at + what.size(), nullptr, 10);
}

BOOST_AUTO_TEST_CASE(a_bounded_wait_takes_what_its_tries_take_and_no_lockup_is_seen_in_it) {
    simulation s;
    const outcome r = s.run_plain({"--insmod", s.module("m", bounded_wait), "--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    const uint64_t ns = number_after(r.out, "1000 tries ");
    BOOST_TEST(ns >= 5000u);
    BOOST_TEST(ns <= 50000u);
}

// Each of four cores looks at the counter again and again; what it sees is never less than what any has seen before.
constexpr const char *looks = R"(
#include <linux/atomic.h>
#include <linux/kthread.h>
#include <linux/completion.h>
#include <port/port.h>
static atomic64_t latest = ATOMIC64_INIT(0);
static atomic_t left = ATOMIC_INIT(4), backwards = ATOMIC_INIT(0);
static DECLARE_COMPLETION(done);
static int look(void *unused)
{
	int i;

	for (i = 0; i < 20000; i++) {
		s64 before = atomic64_read_acquire(&latest), count = port_read_sysreg(PORT_CNTVCT_EL0);

		if (count < before)
			atomic_inc(&backwards);
		while (count > before && !atomic64_try_cmpxchg(&latest, &before, count))
			;
	}
	if (atomic_dec_and_test(&left))
		complete(&done);
	return 0;
}
static int __init m_init(void)
{
	int cpu;

	for (cpu = 0; cpu < 4; cpu++)
		wake_up_process(kthread_create_on_cpu(look, NULL, cpu, "look/%u"));
	wait_for_completion(&done);
	pr_info("backwards %d\n", atomic_read(&backwards));
	return 0;
}
static void __exit m_exit(void) {}
module_init(m_init);
module_exit(m_exit);
)";

BOOST_AUTO_TEST_CASE(the_counter_never_runs_backwards_from_one_core_to_another) {
    simulation s;
    const std::string module = s.module("m", looks);
    for (const char *lookahead : {"0", "40ns"}) {
        const outcome r = s.run_plain({"--insmod", module, "--for", "1us", "--lookahead", lookahead});
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(number_after(r.out, "backwards ") == 0u, lookahead);
    }
}

BOOST_AUTO_TEST_CASE(atomic_instructions_cost_what_the_table_says) {
    simulation s;
    // An LDADDAL, a SWPAL and a CASAL against the same loop with an addition.
    const auto cycles = [&s](const char *operation) {
        const std::string program = std::string(R"(
#include "port.h"
int main(void)
{
	static long word;
	uint64_t before = port_time_ns();
	char text[16] = "";
	int at = 14;

	for (long i = 0; i < 10000; i++) {
)") + operation + R"(;
		__asm__ volatile("" ::: "memory");
	}
	before = port_time_ns() - before;
	do
		text[at--] = '0' + before % 10;
	while (before /= 10);
	port_print(text + at + 1);
	return 0;
}
)";
        const outcome r = s.run_plain({"--bare", s.file("a.c", program), "--cpu-freq", "1000MHz"});
        BOOST_TEST(r.status == 0, r.out + r.err);
        return static_cast<double>(std::strtoull(r.out.c_str(), nullptr, 10)) / 10000;
    };
    const double nothing = cycles("(void)word");
    for (const char *operation :
         {"__atomic_fetch_add(&word, i, __ATOMIC_SEQ_CST)", "__atomic_exchange_n(&word, i, __ATOMIC_SEQ_CST)",
          "__sync_bool_compare_and_swap(&word, i, i + 1)"}) {
        const double took = cycles(operation) - nothing;
        BOOST_TEST(took >= 5.5, operation << ": " << took);
        BOOST_TEST(took <= 9.5, operation << ": " << took);
    }
}

BOOST_AUTO_TEST_CASE(a_run_with_a_lookahead_that_is_not_exact_says_so) {
    simulation s;
    const std::string program = s.file("m.c", "int main(void) { return 0; }\n");
    const outcome r = s.run_plain({"--bare", program, "--lookahead", "1us"});
    BOOST_TEST(r.status == 0);
    BOOST_TEST(r.err.find("--lookahead 1 us") != std::string::npos, r.err);
    for (const char *exact : {"0", "40ns"})
        BOOST_TEST(s.run_plain({"--bare", program, "--lookahead", exact}).err.find("--lookahead") == std::string::npos);
}

// SPDX-License-Identifier: Apache-2.0
//
// Programs without a kernel: what firmware people and register-level suites start with.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(the_exit_status_is_mains) {
    simulation s;
    BOOST_TEST(s.run_plain({"--bare", s.file("a.c", "int main(void) { return 0; }\n")}).status == 0);
    BOOST_TEST(s.run_plain({"--bare", s.file("b.c", "int main(void) { return 42; }\n")}).status == 42);
}

BOOST_AUTO_TEST_CASE(a_folder_is_one_program_and_flags_reach_the_compiler) {
    simulation s;
    std::filesystem::create_directories(s.path("prog/inc"));
    s.file("prog/inc/seven.h", "#define SEVEN 7\n");
    s.file("prog/main.c",
           "#include \"seven.h\"\nint other(void);\nint main(void) { return other() + SEVEN + EXTRA; }\n");
    s.file("prog/other.c", "int other(void) { return 30; }\n");
    const outcome r = s.run_plain({"--bare", s.path("prog"), "--bare-flags", "-I" + s.path("prog/inc") + " -DEXTRA=5"});
    BOOST_TEST(r.status == 42, r.err);
}

BOOST_AUTO_TEST_CASE(the_timer_interrupts_at_its_count) {
    simulation s;
    s.file("tick.c", R"(
#include "port/port.h"
static volatile int irqs;
static volatile uint64_t when;
static void irq(void)
{
	uint64_t id = port_read_sysreg(PORT_ICC_IAR1_EL1);
	when = port_time_ns();
	irqs += id == 26;
	port_write_sysreg(PORT_CNTP_CTL_EL0, 0);
	port_write_sysreg(PORT_ICC_EOIR1_EL1, id);
}
int main(void)
{
	port_set_vectors(irq, 0, 0);
	port_write_sysreg(PORT_ICC_PMR_EL1, 0xf0);
	port_write_sysreg(PORT_ICC_IGRPEN1_EL1, 1);
	port_write32(0xfd470100, 1u << 26);
	uint64_t before = port_time_ns();
	port_write_sysreg(PORT_CNTP_TVAL_EL0, 2400); /* 100 us */
	port_write_sysreg(PORT_CNTP_CTL_EL0, 1);
	port_daif_clear(PORT_DAIF_I);
	while (!irqs)
		port_wfi();
	return irqs == 1 && when - before >= 99950 && when - before < 101000 ? 0 : 1;
}
)");
    const outcome r = s.run_plain({"--bare", s.path("tick.c")});
    BOOST_TEST(r.status == 0, r.err);
}

// The programs in the tree: each ends with 0 if all went as it says, with two security states and with one.
static void run_program(const std::string &name) {
    for (const char *states : {"security=ds0", "security=ds1"}) {
        const simulation s;
        const outcome r = s.run_plain({"--bare", BARE_PROGRAMS "/" + name, "--gic", states});
        BOOST_TEST(r.status == 0, name << " with " << states << ":\n" << r.out << r.err);
    }
}

BOOST_AUTO_TEST_CASE(a_ring_of_sgis_goes_round_four_cores) {
    run_program("ring.c");
}

BOOST_AUTO_TEST_CASE(the_its_delivers_invalidates_and_discards) {
    run_program("its.c");
}

BOOST_AUTO_TEST_CASE(interrupts_nest_eight_deep) {
    run_program("nest.c");
}

BOOST_AUTO_TEST_CASE(the_programs_stay_under_sixty_lines) {
    for (const std::string &name : {std::string("ring.c"), std::string("its.c"), std::string("nest.c")}) {
        std::ifstream in(BARE_PROGRAMS "/" + name);
        const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
        BOOST_TEST((lines > 0 && lines < 60), name << " has " << lines);
    }
}

BOOST_AUTO_TEST_CASE(a_register_level_suite_of_the_gic_passes) {
    run_program("gic");
}

BOOST_AUTO_TEST_CASE(an_unmapped_address_is_an_external_abort_that_names_it) {
    simulation s;
    s.file("abort.c", R"(
#include "port/port.h"
static volatile uint64_t address, class;
static void fault(uint64_t esr, uint64_t far) { class = esr >> 26; address = far; }
int main(void)
{
	port_set_vectors(0, 0, fault);
	uint32_t value = port_read32(0xf0000000);
	if (value != 0 || address != 0xf0000000 || class != 0x25)
		return 1;
	port_write32(0xf0000010, 1);
	port_dsb();
	return address == 0xf0000010 && class == 0x2f ? 0 : 2;
}
)");
    const outcome r = s.run_plain({"--bare", s.path("abort.c")});
    BOOST_TEST(r.status == 0, r.err);
}

BOOST_AUTO_TEST_CASE(a_program_may_use_the_port_and_nothing_else) {
    simulation s;
    const outcome r =
        s.run_plain({"--bare", s.file("puts.c", "int puts(const char *);\nint main(void) { return puts(\"x\"); }\n")});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("puts") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_function_that_the_compiler_calls_takes_its_time) {
    // A division of 128 bits calls __udivti3, as late as in the code generator. This one is slow: 600 rounds.
    simulation s;
    s.file("divide.c", R"(
#include "port.h"
static volatile unsigned __int128 a = 1000, b = 3;
unsigned __int128 __udivti3(unsigned __int128 n, unsigned __int128 d)
{
	uint64_t q = 0;
	for (volatile uint64_t left = 600; left; left--)
		q++;
	return q + (uint64_t)(n - d) - 997;
}
int main(void)
{
	uint64_t before = port_time_ns();
	for (int i = 0; i < 100; i++)
		if (a / b != 600)
			return 2;
	/* 60,000 rounds of some cycles at 2 GHz */
	return port_time_ns() - before > 60000 ? 0 : 1;
}
)");
    const outcome r = s.run_plain({"--bare", s.path("divide.c"), "--for", "1s"});
    BOOST_TEST(r.status == 0, r.err);
}

BOOST_AUTO_TEST_CASE(for_ends_a_program_that_does_not_end) {
    for (const char *body : {"for (;;) port_delay_ns(10);", "port_daif_clear(PORT_DAIF_I);\nfor (;;) port_wfi();"}) {
        simulation s;
        s.file("loop.c", "#include \"port.h\"\nint main(void)\n{\n\t" + std::string(body) + "\n}\n");
        const outcome r = s.run_plain({"--bare", s.path("loop.c"), "--for", "2ms"});
        BOOST_TEST(r.status == 3, body);
        BOOST_TEST((r.err.find("had not ended after 2 ms") != std::string::npos), r.err);
    }
}

BOOST_AUTO_TEST_CASE(a_secondary_core_that_returns_is_off_and_can_be_started_again) {
    simulation s;
    s.file("again.c", R"(
#include "port.h"
static volatile int runs;
static void other(void *arg) { runs += *(int *)arg; }
int main(void)
{
	int one = 1;
	for (int n = 0; n < 3; n++) {
		if (port_cpu_on(0x300, other, &one))
			return 2;
		port_delay_ns(100000);
	}
	return runs == 3 ? 0 : 1;
}
)");
    const outcome r = s.run_plain({"--bare", s.path("again.c"), "--for", "10ms"});
    BOOST_TEST(r.status == 0, r.err);
}

// SPDX-License-Identifier: Apache-2.0
//
// Registers through plain pointers, as a first driver has them: each access is the bus's, takes its time, and has the
// effects of one.
#include "tests/sim.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

// A block of GPIO3's registers as a struct; the pin of presses is bit 5.
const std::string bank = R"(
#include <linux/io.h>
#include <linux/ktime.h>
struct bank { u32 data_low, data_high, direction_low, direction_high; u32 others[24]; u32 input_low, input_high; };
static struct bank *bank;
static int map_bank(void) { bank = ioremap(0xfe760000, 0x100); return bank ? 0 : -ENOMEM; }
static void unmap_bank(void) { iounmap((void __iomem *)bank); }
)";

outcome load(const std::string &body, const std::vector<std::string> &arguments = {}, const std::string &end = "") {
    simulation s;
    s.module("plain", bank + "static int __init plain_init(void)\n{\n\tmap_bank();\n" + body +
                          "\treturn 0;\n}\nmodule_init(plain_init);\nstatic void __exit plain_exit(void)\n{\n" + end +
                          "\tunmap_bank();\n}\nmodule_exit(plain_exit);\n");
    std::vector<std::string> all{"--for", "20ms"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return s.run(all);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_written_through_a_pointer_is_what_readl_reads) {
    const outcome o = load(R"(
	volatile u32 *low = &bank->direction_low;
	*low = 0x80008000;
	pr_info("first=%x\n", readl((void __iomem *)low));
	writel(0x40004000, (void __iomem *)low);
	pr_info("second=%x\n", *low);
	bank->direction_high = 0x00010001;
	pr_info("third=%x\n", readl((void __iomem *)&bank->direction_high));
)");
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.said("first=8000\n") == 1, o.out);
    BOOST_TEST(o.said("second=c000\n") == 1, o.out);
    BOOST_TEST(o.said("third=1\n") == 1, o.out);
}

// PMU_GRF: the upper half of what is written says which bits of the lower half change.
BOOST_AUTO_TEST_CASE(instructions_that_read_change_and_write_do_it_on_the_bus) {
    const outcome o = load(R"(
	volatile u32 *p = (u32 *)ioremap(0xfdc20000, 0x1000);
	char *gicd = ioremap(0xfd400000, 0x10000);
	volatile u8 *priority = (u8 *)gicd + 0x400 + 200;
	volatile u64 *route = (u64 *)(gicd + 0x6000) + 200;
	p[0] = 0xffff0005;
	p[0] |= 0xffff0030;
	p[0] += 0xffff0007;
	p[0]--; /* changes no bit */
	p[0] = ~p[0];
	pr_info("changed=%x\n", readl((void __iomem *)p));
	if (p[0] == 0xffc3 && !(p[0] & 4))
		pr_info("compared\n");
	priority[0] = 0x80;
	priority[3] = 0xc0;
	pr_info("bytes=%x signed=%d\n", readl(gicd + 0x400 + 200) & 0xff0000ff, (s8)priority[0]);
	*route = 0x200;
	pr_info("route=%llx %llx\n", *route, readq(gicd + 0x6000 + 8 * 200));
	iounmap((void __iomem *)p);
	iounmap(gicd);
)");
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.said("changed=ffc3\n") == 1, o.out);
    BOOST_TEST(o.said("compared\n") == 1, o.out);
    BOOST_TEST(o.said("bytes=c0000080 signed=-128\n") == 1, o.out);
    BOOST_TEST(o.said("route=200 200\n") == 1, o.out);
}

BOOST_AUTO_TEST_CASE(copies_and_repeated_stores_reach_registers) {
    const outcome o = load(R"(
	u32 *p = (u32 *)ioremap(0xfdc20000, 0x1000);
	u32 from[16], to[16] = {}, n, good = 0;
	for (n = 0; n < 16; n++)
		from[n] = 0xffff0000 | n * 0x101;
	memcpy(p, from, sizeof from);
	barrier(); /* else the compiler copies `from` */
	memcpy(to, p, sizeof to);
	for (n = 0; n < 16; n++)
		good += to[n] == n * 0x101;
	pr_info("copied=%u\n", good);
	memset(p, 0x5a, 32);
	pr_info("set=%x %x\n", readl((void __iomem *)(p + 7)), readl((void __iomem *)(p + 8)));
	{
		void *source = from, *target = p;
		unsigned long count = 8;
		asm volatile("rep movsl" : "+S"(source), "+D"(target), "+c"(count) : : "memory");
		pr_info("moved=%x left=%lu\n", readl((void __iomem *)(p + 7)), count);
		count = 4;
		target = p;
		asm volatile("rep stosl" : "+D"(target), "+c"(count) : "a"(0xffff0077) : "memory");
		pr_info("stored=%x %x\n", readl((void __iomem *)(p + 3)), readl((void __iomem *)(p + 4)));
	}
	iounmap((void __iomem *)p);
)");
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.said("copied=16\n") == 1, o.out);
    BOOST_TEST(o.said("set=5f5f 808\n") == 1, o.out);
    BOOST_TEST(o.said("moved=707 left=0\n") == 1, o.out);
    BOOST_TEST(o.said("stored=77 404\n") == 1, o.out);
}

// The budget of the code around it is read anew: nothing runs ahead, and time does not go back.
BOOST_AUTO_TEST_CASE(a_plain_access_takes_the_time_of_a_call) {
    const std::string loops = R"(
	static u32 memory[64];
	u64 before, between, after, last = 0, back = 0;
	u32 n, sum = 0;
	before = ktime_get_ns();
	for (n = 0; n < 1000; n++) { sum += __raw_readl(&bank->direction_low); memory[n % 64] = sum; }
	between = ktime_get_ns();
	for (n = 0; n < 1000; n++) { sum += *(volatile u32 *)&bank->direction_low; memory[n % 64] = sum; }
	after = ktime_get_ns();
	for (n = 0; n < 1000; n++) {
		u64 now;
		sum += *(volatile u32 *)&bank->direction_low;
		now = ktime_get_ns();
		back += now < last;
		last = now;
	}
	pr_info("calls=%llu plain=%llu back=%llu sum=%u\n", between - before, after - between, back, sum + memory[3]);
)";
    for (const std::vector<std::string> &how :
         std::vector<std::vector<std::string>>{{}, {"--seed", "3", "--module-flags", "-O1"}}) {
        const outcome o = load(loops, how);
        BOOST_TEST(o.status == 0, o.err);
        BOOST_TEST(o.number("back") == 0);
        BOOST_TEST(o.number("plain") > o.number("calls") / 2, o.out);
        BOOST_TEST(o.number("plain") < o.number("calls") * 11 / 10, o.out);
    }
}

BOOST_AUTO_TEST_CASE(a_loop_that_polls_a_pin_sees_it_when_it_moves) {
    simulation s;
    s.file("press.stim", "3ms GPIO3_A5 1\n");
    s.module("plain", bank + R"(
static int __init plain_init(void)
{
	u64 began = ktime_get_ns();
	map_bank();
	while (!(*(volatile u32 *)&bank->input_low & 1 << 5))
		;
	pr_info("waited=%llu\n", ktime_get_ns() - began);
	return 0;
}
module_init(plain_init);
static void __exit plain_exit(void) { unmap_bank(); }
module_exit(plain_exit);
)");
    const outcome o = s.run({"--time-zero", "init", "--for", "10ms"});
    BOOST_TEST(o.status == 0, o.err);
    BOOST_TEST(o.number("waited") > 2'800'000);
    BOOST_TEST(o.number("waited") < 3'050'000);
}

BOOST_AUTO_TEST_CASE(a_hint_names_the_line_once) {
    const outcome o = load("\tu32 n;\n\tfor (n = 0; n < 5; n++)\n\t\tbank->data_low = n;\n");
    const size_t at = o.err.find("writes a register through a plain pointer: writel()");
    BOOST_TEST(at != std::string::npos, o.err);
    BOOST_TEST(o.err.find("plain pointer", at + 40) == std::string::npos, o.err);
    BOOST_TEST(o.err.find("plain.c:") < at, o.err);
}

BOOST_AUTO_TEST_CASE(what_no_register_is_is_still_a_fault) {
    const outcome nothing = load("\t*(volatile u32 *)0x10 = 1;\n");
    BOOST_TEST(nothing.status != 0);
    BOOST_TEST(nothing.out.find("NULL pointer dereference") != std::string::npos, nothing.out);
    const outcome odd = load("\tpr_info(\"%x\\n\", *(volatile u32 *)((char *)bank + 2));\n");
    BOOST_TEST(odd.status != 0);
    BOOST_TEST(odd.out.find("lignment") != std::string::npos, odd.out);
}

BOOST_AUTO_TEST_CASE(sanitizers_leave_registers_alone) {
    for (const char *how : {"--kasan", "--kcsan"}) {
        const outcome o = load("\t*(volatile u32 *)&bank->direction_low = 0x80008000;\n\tpr_info(\"first=%x\\n\", "
                               "*(volatile u32 *)&bank->direction_low);\n",
                               {how});
        BOOST_TEST(o.status == 0, how << o.err << o.out);
        BOOST_TEST(o.said("first=8000\n") == 1, how << o.out);
    }
}

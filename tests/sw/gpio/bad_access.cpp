// SPDX-License-Identifier: Apache-2.0
//
// What a driver's wrong access to a bank does (HARDWARE.md 1.1): reserved offsets and other sizes than words read as
// zero and ignore writes, and each is said once.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

unsigned times(const std::string &text, const std::string &what) {
    unsigned count = 0;
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

} // namespace

BOOST_AUTO_TEST_CASE(bad_accesses_read_zero_write_nothing_and_are_said_once) {
    simulation s;
    s.module("bad", R"(
#include <linux/io.h>
#define SHOW(name, value) pr_info(#name "=%lld\n", (long long)(value))
static int __init bad_init(void)
{
	char __iomem *regs = ioremap(0xfe760000, 0x100);
	int i, got = 0;

	writel(0xffff00a5, regs + 0x00);
	for (i = 0; i < 3; i++) {
		got |= readl(regs + 0x4c) | readl(regs + 0x80) | readb(regs + 0x00) | readw(regs + 0x00);
		writel(0xffffffff, regs + 0x54);
		writel(0xffffffff, regs + 0xfc);
		writeb(0xff, regs + 0x48);
		writew(0xffff, regs + 0x02);
		writel(0xffffffff, regs + 0x58); /* read-only */
	}
	SHOW(got, got);
	SHOW(dr, readl(regs + 0x00));
	SHOW(divisor, readl(regs + 0x48));
	SHOW(raw, readl(regs + 0x58) & 0x20);
	writel(0xffff0000, regs + 0x00);
	iounmap(regs);
	return 0;
}
static void __exit bad_exit(void) { }
module_init(bad_init);
module_exit(bad_exit);
)");
    for (const char *which : {"systemc", "rtl", "lockstep"}) {
        const outcome r = s.run({"--gpio", which, "--for", "1ms"});
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.number("got") == 0);
        BOOST_TEST(r.number("dr") == 0xa5);
        BOOST_TEST(r.number("divisor") == 1);
        for (const char *said : {"read of 4 bytes at 0x4c (", "read of 4 bytes at 0x80 (", "read of 1 bytes at 0x0 (",
                                 "write of 4 bytes at 0x54 (", "write of 4 bytes at 0xfc (",
                                 "write of 1 bytes at 0x48 (", "write of 2 bytes at 0x2 ("})
            BOOST_TEST(times(r.err, said) == 1u, which << ": " << said << "\n" << r.err);
    }
}

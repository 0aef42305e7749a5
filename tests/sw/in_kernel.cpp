// SPDX-License-Identifier: Apache-2.0
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <sstream>

namespace rk3568::test {

namespace {

constexpr const char *before = R"(#include <linux/cpu.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/kfifo.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/sched/clock.h>
#include <uapi/linux/sched/types.h>
#include ")" RK3568_CHECKS R"("
/* Runs fn on the CPU, in an interrupt, and waits. */
#define ON_CPU(cpu, fn, arg) SAME(smp_call_function_single(cpu, fn, arg, 1), 0)
#define WAIT_FOR(c)                                                                                                    \
	do {                                                                                                           \
		unsigned long end_ = jiffies + 5 * HZ;                                                                 \
		while (!(c) && time_before(jiffies, end_))                                                             \
			usleep_range(20, 40);                                                                          \
		if (!(c))                                                                                              \
			pr_err("FAILED line %d: %s did not come true\n", __LINE__, #c);                                \
	} while (0)
static inline struct task_struct *thread_on(int cpu, int (*fn)(void *), void *arg, const char *name)
{
	struct task_struct *t = kthread_create(fn, arg, "%s", name);
	if (IS_ERR(t))
		return t;
	kthread_bind(t, cpu);
	get_task_struct(t);
	return t;
}
/* For threads that end by themselves: stopped before it has begun, one would not run at all. */
static inline int finish(struct task_struct *t)
{
	usleep_range(500, 600);
	return kthread_stop(t);
}
#line 1
)";

constexpr const char *after = R"(
static int __init in_kernel_init(void) { test(); checks_end(); pr_info("test() is over\n"); return 0; }
static void __exit in_kernel_exit(void) { }
module_init(in_kernel_init);
module_exit(in_kernel_exit);
)";

} // namespace

outcome in_kernel(const std::string &body, const kernel_run &how) {
    simulation s;
    s.module("test", before + body + after);
    outcome r = s.run(how.arguments);
    const size_t loaded = r.out.find("taints kernel.");
    const std::string log = (loaded == std::string::npos ? r.out : r.out.substr(loaded)) + r.err;
    BOOST_TEST(r.status == how.status, "exit status " << r.status << ", expected " << how.status << ":\n" << log);
    BOOST_TEST(r.said("test() is over") == 1u, log);
    std::istringstream in(r.out);
    for (std::string line; std::getline(in, line);)
        if (line.find("FAILED line ") != std::string::npos)
            BOOST_ERROR(line);
    return r;
}

} // namespace rk3568::test

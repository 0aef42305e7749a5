// SPDX-License-Identifier: Apache-2.0
#include "tests/sw/workqueue/harness.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace rk3568::test {

namespace {

constexpr const char *head = R"(
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/string.h>
#include ")" RK3568_CHECKS R"("
#define EXPECT CHECK
#define EXPECT_EQ SAME
static inline void nap(unsigned int us) { usleep_range(us, us); }
static inline s64 now_us(void) { return ktime_to_us(ktime_get()); }
static inline int threads_named(const char *prefix)
{
	struct task_struct *p;
	int n = 0;
	rcu_read_lock();
	for_each_process(p)
		n += !strncmp(p->comm, prefix, strlen(prefix));
	rcu_read_unlock();
	return n;
}
/* An item that notes what happened to it. */
struct note {
	struct work_struct work;
	atomic_t runs, inside, most;
	int cpu, nice, burn_us, sleep_us, order;
	s64 began, ended;
	char comm[16];
};
static atomic_t order = ATOMIC_INIT(0);
static void note_fn(struct work_struct *work)
{
	struct note *n = container_of(work, struct note, work);
	int inside = atomic_inc_return(&n->inside);
	if (inside > atomic_read(&n->most))
		atomic_set(&n->most, inside);
	n->order = atomic_inc_return(&order);
	n->cpu = raw_smp_processor_id();
	n->nice = task_nice(current);
	strscpy(n->comm, current->comm, sizeof(n->comm));
	n->began = now_us();
	if (n->burn_us >= 1000)
		mdelay(n->burn_us / 1000);
	else if (n->burn_us)
		udelay(n->burn_us);
	if (n->sleep_us)
		nap(n->sleep_us);
	n->ended = now_us();
	atomic_dec(&n->inside);
	atomic_inc(&n->runs);
}
static inline void note_init(struct note *n, int burn_us, int sleep_us)
{
	memset(n, 0, sizeof(*n));
	INIT_WORK(&n->work, note_fn);
	n->burn_us = burn_us;
	n->sleep_us = sleep_us;
}
#define RUNS(n) atomic_read(&(n)->runs)
#line 1
)";

constexpr const char *tail = R"(
static int __init body_init(void) { test(); checks_end(); pr_info("body: failures=%d\n", atomic_read(&check_failures)); return 0; }
static void __exit body_exit(void) { }
module_init(body_init);
module_exit(body_exit);
)";

} // namespace

outcome run_body(const std::string &body, const std::vector<std::string> &arguments) {
    simulation s;
    s.module("body", head + body + tail);
    std::vector<std::string> all = arguments;
    if (std::find(all.begin(), all.end(), "--for") == all.end())
        all.insert(all.end(), {"--for", "1ms"});
    return s.run(all);
}

outcome check_body(const std::string &body, const std::vector<std::string> &arguments) {
    const outcome r = run_body(body, arguments);
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("body: failures=0\n") == 1u, r.out + r.err);
    return r;
}

} // namespace rk3568::test

// SPDX-License-Identifier: Apache-2.0
//
// Preemption really happens inside a driver. A counter that an interrupt handler and a thread
// increment without a lock loses updates; with the lock never; and a seed replays exactly what happened.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace rk3568::test;

namespace {

constexpr const char *driver = R"(
static bool locked;
module_param(locked, bool, 0444);
static volatile int count;
static int irq, cookie, handler_adds, thread_adds;
static DEFINE_SPINLOCK(lock);
static struct task_struct *adder;
static irqreturn_t h(int n, void *d)
{
	if (locked)
		spin_lock(&lock);
	count++;
	if (locked)
		spin_unlock(&lock);
	handler_adds++;
	return IRQ_HANDLED;
}
static int add(void *arg)
{
	unsigned long flags;
	int i;
	while (!kthread_should_stop()) {
		for (i = 0; i < 20; i++) {
			if (locked)
				spin_lock_irqsave(&lock, flags);
			count++;
			if (locked)
				spin_unlock_irqrestore(&lock, flags);
			thread_adds++;
		}
	}
	return 0;
}
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	adder = kthread_create(add, NULL, "adder");
	kthread_bind(adder, 0);
	wake_up_process(adder);
	return request_irq(irq, h, IRQF_TRIGGER_RISING, "race", &cookie);
}
static void __exit m_exit(void)
{
	kthread_stop(adder);
	free_irq(irq, &cookie);
	pr_info("lost=%d adds=%d presses=%d\n", handler_adds + thread_adds - count, handler_adds + thread_adds, handler_adds);
}
module_init(m_init);
module_exit(m_exit);
)";

struct race {
    race() {
        s.module("race", driver);
        s.file("p.stim", presses("GPIO3_A5", 40, 37, 10));
        object = s.path("race.c");
    }
    outcome run(int seed, bool locked) {
        return s.run_plain({"--insmod", object + (locked ? ":locked=1" : ":locked=0"), "--stimulus", s.path("p.stim"),
                            "--for", "2ms", "--seed", std::to_string(seed)});
    }
    simulation s;
    std::string object;
};

int seeds() {
    const char *text = std::getenv("RACE_SEEDS"); // 200 for the full show
    return text ? std::atoi(text) : 8;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_unlocked_increment_loses_updates_under_some_seed_and_the_seed_replays_it) {
    race r;
    int losing = 0;
    for (int seed = 1; seed <= seeds(); ++seed) {
        const outcome first = r.run(seed, false);
        BOOST_REQUIRE(first.status == 0);
        BOOST_TEST(first.number("presses") == 40);
        if (first.number("lost") == 0)
            continue;
        BOOST_TEST(first.number("lost") > 0);
        if (!losing++)
            BOOST_TEST(r.run(seed, false).out == first.out);
    }
    BOOST_TEST(losing > 0);
    BOOST_TEST_MESSAGE(losing << " of " << seeds() << " seeds lose updates");
}

BOOST_AUTO_TEST_CASE(with_the_lock_no_update_is_lost_under_any_seed) {
    race r;
    for (int seed = 1; seed <= seeds(); ++seed) {
        const outcome o = r.run(seed, true);
        BOOST_TEST(o.status == 0);
        BOOST_TEST(o.number("lost") == 0, "seed " << seed);
        BOOST_TEST(o.number("presses") == 40);
        BOOST_TEST(o.number("adds") > 1000);
    }
}

// SPDX-License-Identifier: Apache-2.0
//
// A driver that uses every mechanism on one line, and a way to run the scripts that read its outputs.
#ifndef RK3568_TESTS_PLATFORM_OUTPUTS_DRIVER_H
#define RK3568_TESTS_PLATFORM_OUTPUTS_DRIVER_H

#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <string>

namespace rk3568::test {

inline constexpr const char *every_mechanism = R"(
static int irq;
static struct timer_list timer;
static struct hrtimer hr;
static void tasklet_fn(struct tasklet_struct *t) { udelay(3); }
static DECLARE_TASKLET(tasklet, tasklet_fn);
static void work_fn(struct work_struct *w) { usleep_range(50, 60); gpio_get_value(101); }
static DECLARE_WORK(work, work_fn);
static DECLARE_DELAYED_WORK(later, work_fn);
static void timer_fn(struct timer_list *t) { udelay(1); }
static enum hrtimer_restart hr_fn(struct hrtimer *t) { udelay(1); return HRTIMER_NORESTART; }
static irqreturn_t check(int n, void *d)
{
	tasklet_schedule(&tasklet);
	schedule_work(&work);
	schedule_delayed_work(&later, 1);
	mod_timer(&timer, jiffies + 2);
	hrtimer_start(&hr, ns_to_ktime(100000), HRTIMER_MODE_REL);
	return IRQ_WAKE_THREAD;
}
static irqreturn_t thread(int n, void *d) { udelay(20); gpio_set_value(70, 1); return IRQ_HANDLED; }
static int __init every_init(void)
{
	timer_setup(&timer, timer_fn, 0);
	hrtimer_init(&hr, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	hr.function = hr_fn;
	gpio_request_one(101, GPIOF_IN, "button");
	gpio_request_one(70, GPIOF_OUT_INIT_LOW, "led");
	irq = gpio_to_irq(101);
	return request_threaded_irq(irq, check, thread, IRQF_TRIGGER_RISING, "a button", &irq);
}
static void __exit every_exit(void)
{
	free_irq(irq, &irq);
	cancel_delayed_work_sync(&later);
	cancel_work_sync(&work);
	tasklet_kill(&tasklet);
	del_timer_sync(&timer);
	hrtimer_cancel(&hr);
	gpio_free(70);
	gpio_free(101);
}
module_init(every_init);
module_exit(every_exit);
)";

// Runs a script of this folder; what it printed, when it failed.
inline void check_with(const std::string &command) {
    const std::string all = "cd " RK3568_OUTPUTS_FOLDER " && exec " + command + " 2>&1";
    FILE *const pipe = popen(all.c_str(), "r");
    BOOST_REQUIRE(pipe);
    std::string said;
    char block[4096];
    for (size_t got; (got = std::fread(block, 1, sizeof(block), pipe)) > 0;)
        said.append(block, got);
    const int status = pclose(pipe);
    BOOST_TEST(status == 0, command + "\n" + said);
}

} // namespace rk3568::test

#endif

// SPDX-License-Identifier: Apache-2.0
//
// CPUs that are taken down and come back: nothing that was on them is lost.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(remove_cpu_and_add_cpu_answer_as_they_say) {
    const outcome r = in_kernel(R"(
static void test(void)
{
	int i, round;
	SAME(num_online_cpus(), 4);
	for (round = 0; round < 3; round++) {
		SAME(remove_cpu(2), 0);
		CHECK(!cpu_online(2)); CHECK(!cpu_active(2)); CHECK(cpu_present(2)); CHECK(cpu_possible(2));
		SAME(num_online_cpus(), 3);
		SAME(remove_cpu(2), 1);
		SAME(smp_call_function_single(2, NULL, NULL, 1), -ENXIO);
		SAME(add_cpu(2), 0);
		SAME(add_cpu(2), 1);
		CHECK(cpu_online(2)); CHECK(cpu_active(2));
	}
	cpu_hotplug_disable();
	SAME(remove_cpu(2), -EBUSY);
	cpu_hotplug_enable();
	for (i = 0; i < 3; i++)
		SAME(remove_cpu(i), 0);
	SAME(num_online_cpus(), 1);
	SAME(raw_smp_processor_id(), 3);
	SAME(remove_cpu(3), -EBUSY);
	for (i = 0; i < 3; i++)
		SAME(add_cpu(i), 0);
	SAME(num_online_cpus(), 4);
}
)");
    BOOST_TEST(r.said("psci: CPU2 killed (polled ") == 4u, r.out);
    BOOST_TEST(r.said("CPU2: Booted secondary processor 0x0000000200") == 5u);
}

BOOST_AUTO_TEST_CASE(files_in_sys_show_and_switch_cpus) {
    simulation s;
    const outcome r = s.run_plain(
        {"--for", "200ms", "--exec", "1ms cat /sys/devices/system/cpu/possible", "--exec",
         "2ms cat /sys/devices/system/cpu/cpu1/online", "--exec", "3ms echo 0 > /sys/devices/system/cpu/cpu1/online",
         "--exec", "20ms cat /sys/devices/system/cpu/cpu1/online", "--exec", "21ms cat /sys/devices/system/cpu/online",
         "--exec", "22ms cat /sys/devices/system/cpu/offline", "--exec",
         "30ms echo 1 > /sys/devices/system/cpu/cpu1/online", "--exec", "50ms cat /sys/devices/system/cpu/online"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.printed() == "0-3\n1\n0\n0,2-3\n1\n0-3\n");
}

BOOST_AUTO_TEST_CASE(the_last_cpu_cannot_be_taken_down_and_nonsense_is_refused) {
    simulation s;
    outcome r = s.run_plain(
        {"--for", "50ms", "--append", "maxcpus=1", "--exec", "1ms echo 0 > /sys/devices/system/cpu/cpu0/online"});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("Device or resource busy") != std::string::npos, r.err);
    r = s.run_plain({"--for", "50ms", "--exec", "1ms echo maybe > /sys/devices/system/cpu/cpu1/online"});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("Invalid argument") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_cpu_taken_down_loses_no_timer_softirq_tasklet_callback_work_or_thread) {
    in_kernel(R"(
static int timer_cpu = -1, hard_cpu = -1, soft_cpu = -1, tasklet_cpu = -1, rcu_cpu = -1, work_cpu = -1, delayed_cpu = -1,
	long_cpu = -1, thread_cpu = -1, fifo_cpu = -1, thread_turns, fifo_turns;
#define HERE(v) WRITE_ONCE(v, raw_smp_processor_id())
static void timer_fn(struct timer_list *t) { HERE(timer_cpu); }
static enum hrtimer_restart hard_fn(struct hrtimer *t) { CHECK(in_hardirq()); HERE(hard_cpu); return HRTIMER_NORESTART; }
static enum hrtimer_restart soft_fn(struct hrtimer *t) { CHECK(in_serving_softirq()); HERE(soft_cpu); return HRTIMER_NORESTART; }
static void tasklet_fn(struct tasklet_struct *t) { HERE(tasklet_cpu); }
static void rcu_fn(struct rcu_head *h) { HERE(rcu_cpu); }
static void work_fn(struct work_struct *w) { HERE(work_cpu); }
static void long_fn(struct work_struct *w) { int i; for (i = 0; i < 40; i++) usleep_range(1000, 1100); HERE(long_cpu); }
static void delayed_fn(struct work_struct *w) { HERE(delayed_cpu); }
static struct timer_list timer;
static struct hrtimer hard, soft;
static DECLARE_TASKLET_DISABLED(tasklet, tasklet_fn);
static struct rcu_head head;
static DECLARE_WORK(work, work_fn);
static DECLARE_WORK(long_work, long_fn);
static DECLARE_DELAYED_WORK(delayed, delayed_fn);
static struct rcu_head heads[4096];
static int queued;
static atomic_t called;
static void count_fn(struct rcu_head *h) { atomic_inc(&called); }
static int bound_thread(void *arg)
{
	while (!kthread_should_stop()) {
		HERE(thread_cpu);
		thread_turns++;
		if (queued < ARRAY_SIZE(heads)) /* so that callbacks always wait, also when the CPU goes */
			call_rcu(&heads[queued++], count_fn);
		usleep_range(100, 120);
	}
	return 0;
}
static int busy_fifo(void *arg)
{
	while (!kthread_should_stop()) { HERE(fifo_cpu); fifo_turns++; udelay(100); if (fifo_turns % 8 == 0) usleep_range(500, 600); }
	return 0;
}
static void arm(void *arg)
{
	hrtimer_start(&hard, ms_to_ktime(30), HRTIMER_MODE_REL_PINNED_HARD);
	hrtimer_start(&soft, ms_to_ktime(30), HRTIMER_MODE_REL_PINNED_SOFT);
	tasklet_schedule(&tasklet);
	call_rcu(&head, rcu_fn);
	SAME(raw_smp_processor_id(), 2);
}
/* A callback of a CPU that goes, which a reader elsewhere holds up until the CPU has gone. */
static struct rcu_head late;
static int late_cpu = -1, hold, held;
static void late_fn(struct rcu_head *h) { HERE(late_cpu); }
static int reader(void *arg)
{
	while (!READ_ONCE(hold))
		usleep_range(20, 30);
	rcu_read_lock();
	WRITE_ONCE(held, 1);
	mdelay(20);
	rcu_read_unlock();
	return 0;
}
static int goes(unsigned int cpu)
{
	WRITE_ONCE(hold, 1);
	while (!READ_ONCE(held))
		cpu_relax();
	call_rcu(&late, late_fn);
	return 0;
}
static void test(void)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:goes", NULL, goes);
	struct task_struct *t = thread_on(2, bound_thread, NULL, "bound"), *f = thread_on(2, busy_fifo, NULL, "busy");
	int seen, called_for, i;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	timer_setup(&timer, timer_fn, TIMER_PINNED);
	hrtimer_init(&hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	hard.function = hard_fn;
	hrtimer_init(&soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_SOFT);
	soft.function = soft_fn;
	sched_set_fifo(f);
	wake_up_process(t);
	wake_up_process(f);
	wake_up_process(thread_on(1, reader, NULL, "reader"));
	rcu_read_lock(); /* so that the callback has to wait */
	timer.expires = jiffies + 10;
	add_timer_on(&timer, 2);
	ON_CPU(2, arm, NULL);
	queue_work_on(2, system_wq, &long_work);
	queue_delayed_work_on(2, system_wq, &delayed, 10);
	rcu_read_unlock();
	usleep_range(2000, 2100);
	SAME(thread_cpu, 2); SAME(fifo_cpu, 2);
	queue_work_on(2, system_highpri_wq, &work);
	SAME(remove_cpu(2), 0);
	seen = thread_turns;
	called_for = queued;
	tasklet_enable(&tasklet);
	msleep(100);
#define ELSEWHERE(v) do { CHECK((v) >= 0); } while (0)
	ELSEWHERE(timer_cpu); ELSEWHERE(hard_cpu); ELSEWHERE(soft_cpu); ELSEWHERE(tasklet_cpu); ELSEWHERE(rcu_cpu);
	ELSEWHERE(work_cpu); ELSEWHERE(delayed_cpu); ELSEWHERE(long_cpu);
	CHECK(timer_cpu != 2); CHECK(hard_cpu != 2); CHECK(soft_cpu != 2); CHECK(tasklet_cpu != 2); CHECK(long_cpu != 2);
	CHECK(delayed_cpu != 2);
	CHECK(late_cpu >= 0); CHECK(late_cpu != 2);
	cpuhp_remove_state_nocalls(state);
	CHECK(atomic_read(&called) >= called_for); /* those of the CPU that is gone too */
	/* The threads go on elsewhere, and may from now on. */
	CHECK(thread_turns > seen + 100); CHECK(thread_cpu != 2); CHECK(fifo_cpu != 2);
	SAME(cpumask_weight(&t->cpus_mask), 4);

	SAME(add_cpu(2), 0);
	timer_cpu = hard_cpu = soft_cpu = tasklet_cpu = rcu_cpu = work_cpu = delayed_cpu = -1;
	timer.expires = jiffies + 10;
	add_timer_on(&timer, 2);
	ON_CPU(2, arm, NULL);
	queue_work_on(2, system_wq, &work);
	queue_delayed_work_on(2, system_wq, &delayed, 5);
	msleep(100);
	SAME(timer_cpu, 2); SAME(hard_cpu, 2); SAME(soft_cpu, 2); SAME(tasklet_cpu, 2); SAME(rcu_cpu, 2);
	SAME(work_cpu, 2); SAME(delayed_cpu, 2);
	for (i = 0; i < 4; i++) {
		set_cpus_allowed_ptr(current, cpumask_of(i));
		SAME(raw_smp_processor_id(), i);
	}
	kthread_stop(t);
	kthread_stop(f);
	msleep(100);
	CHECK(queued > 200);
	SAME(atomic_read(&called), queued);
}
)");
}

BOOST_AUTO_TEST_CASE(the_interrupts_of_a_cpu_that_goes_down_are_handled_by_others_without_losing_one) {
    simulation s;
    s.module("lines", R"(
#include <linux/irq.h>
static int irq, cookie, parent, count, per_cpu_count[4], seq_faults, thread_runs;
static irqreturn_t h(int n, void *d) { count++; per_cpu_count[smp_processor_id()]++; return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { thread_runs++; return IRQ_HANDLED; }
static int __init m_init(void)
{
	int i;
	irq = gpio_to_irq(101);
	for (i = 1; i < 64; i++) {
		struct irq_data *data = irq_get_irq_data(i);
		if (data && data->hwirq == 68 && !strcmp(irq_data_get_irq_chip(data)->name, "GICv3"))
			parent = i; /* GPIO3: SPI 36 */
	}
	if (!parent || irq_set_affinity(parent, cpumask_of(2)))
		pr_err("FAILED: GPIO3's line %d does not go to CPU 2\n", parent);
	return request_threaded_irq(irq, h, t, IRQF_TRIGGER_RISING, "lines", &cookie);
}
static void __exit m_exit(void)
{
	struct irq_data *data = irq_get_irq_data(parent);
	free_irq(irq, &cookie);
	pr_info("count=%d cpu0=%d cpu2=%d affinity=%*pb\n", count, per_cpu_count[0], per_cpu_count[2],
		cpumask_pr_args(irq_data_get_affinity_mask(data)));
	(void)seq_faults;
}
module_init(m_init);
module_exit(m_exit);
)");
    s.file("p.stim", presses("GPIO3_A5", 1000, 100, 40));
    const outcome r = s.run({"--for", "150ms", "--exec", "30ms echo 0 > /sys/devices/system/cpu/cpu2/online", "--exec",
                             "70ms echo 1 > /sys/devices/system/cpu/cpu2/online"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("FAILED") == 0u, r.out);
    BOOST_TEST(r.number("count") == 1000);
    BOOST_TEST(r.number("cpu2") > 250);
    BOOST_TEST(r.number("cpu0") > 500);
    BOOST_TEST(r.number("cpu0") + r.number("cpu2") == 1000);
    // Its affinity was lost: it is that of the CPUs that were online.
    BOOST_TEST(r.said("affinity=b\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(callbacks_of_the_states_are_called_in_their_order_on_their_cpu_and_one_that_refuses_stops_it) {
    in_kernel(R"(
static char log[200];
static int refuse;
#define STEP(name, ret)                                                                                                \
	static int name(unsigned int cpu)                                                                              \
	{                                                                                                              \
		snprintf(log + strlen(log), sizeof(log) - strlen(log), "%s%u@%u ", #name, cpu, raw_smp_processor_id());  \
		return ret;                                                                                            \
	}
STEP(up_a, 0) STEP(down_a, 0) STEP(up_b, 0) STEP(down_b, refuse) STEP(prepare, 0) STEP(dead, 0)
static void test(void)
{
	int a, b, p;
	set_cpus_allowed_ptr(current, cpumask_of(0));
	p = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "test:p", prepare, dead);
	a = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:a", up_a, down_a);
	b = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:b", up_b, down_b);
	CHECK(p > 0); CHECK(a > 0); CHECK(b == a + 1);
	SAME(remove_cpu(3), 0);
	SAME(add_cpu(3), 0);
	CHECK(!strcmp(log, "down_b3@3 down_a3@3 dead3@0 prepare3@0 up_a3@3 up_b3@3 "));
	log[0] = 0;
	refuse = -EAGAIN;
	SAME(remove_cpu(3), -EAGAIN);
	CHECK(cpu_online(3)); CHECK(cpu_active(3));
	CHECK(!strcmp(log, "down_b3@3 "));
	refuse = 0;
	log[0] = 0;
	cpuhp_remove_state(b);
	CHECK(!strcmp(log, "down_b0@0 down_b1@1 down_b2@2 down_b3@3 "));
	cpuhp_remove_state_nocalls(a);
	cpuhp_remove_state_nocalls(p);
	SAME(remove_cpu(3), 0);
	SAME(add_cpu(3), 0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_state_that_one_cpu_refuses_is_taken_back_on_those_before_it) {
    in_kernel(R"(
static int ups[4], downs[4];
static int start(unsigned int cpu) { ups[cpu]++; return cpu == 2 ? -EBUSY : 0; }
static int stop(unsigned int cpu) { downs[cpu]++; return 0; }
static void test(void)
{
	SAME(cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:refused", start, stop), -EBUSY);
	SAME(ups[0], 1); SAME(ups[1], 1); SAME(ups[2], 1); SAME(ups[3], 0);
	SAME(downs[0], 1); SAME(downs[1], 1); SAME(downs[2], 0); SAME(downs[3], 0);
}
)");
}

BOOST_AUTO_TEST_CASE(cpus_come_and_go_under_load_of_every_kind) {
    in_kernel(R"(
static atomic_t timers = ATOMIC_INIT(0), works = ATOMIC_INIT(0), tasklets = ATOMIC_INIT(0), callbacks = ATOMIC_INIT(0);
static int turns[6];
struct load { struct timer_list timer; struct work_struct work; struct tasklet_struct tasklet; struct rcu_head head; };
static struct load loads[6];
static void timer_fn(struct timer_list *t) { atomic_inc(&timers); }
static void work_fn(struct work_struct *w) { atomic_inc(&works); }
static void tasklet_fn(struct tasklet_struct *t) { atomic_inc(&tasklets); }
static void rcu_fn(struct rcu_head *h) { atomic_inc(&callbacks); }
static int user(void *arg)
{
	long i = (long)arg;
	struct load *l = &loads[i];
	while (!kthread_should_stop()) {
		mod_timer(&l->timer, jiffies + 1);
		queue_work_on(i % 4, system_wq, &l->work);
		tasklet_schedule(&l->tasklet);
		call_rcu(&l->head, rcu_fn);
		udelay(20 + 10 * i);
		msleep(1);
		flush_work(&l->work);
		tasklet_kill(&l->tasklet);
		while (timer_pending(&l->timer))
			msleep(1);
		rcu_barrier();
		turns[i]++;
	}
	del_timer_sync(&l->timer);
	return 0;
}
static void test(void)
{
	struct task_struct *t[6];
	long i;
	int all = 0;
	for (i = 0; i < 6; i++) {
		timer_setup(&loads[i].timer, timer_fn, 0);
		INIT_WORK(&loads[i].work, work_fn);
		tasklet_setup(&loads[i].tasklet, tasklet_fn);
		t[i] = kthread_run(user, (void *)i, "user%ld", i);
	}
	for (i = 0; i < 24; i++) {
		SAME(remove_cpu(i * 7 % 4), 0);
		if (i & 1)
			msleep(3);
		SAME(remove_cpu((i * 7 + 1) % 4), 0);
		SAME(add_cpu(i * 7 % 4), 0);
		SAME(add_cpu((i * 7 + 1) % 4), 0);
	}
	for (i = 0; i < 6; i++)
		kthread_stop(t[i]);
	for (i = 0; i < 6; i++) {
		CHECK(turns[i] > 5);
		all += turns[i];
	}
	SAME(atomic_read(&works), all); SAME(atomic_read(&tasklets), all); SAME(atomic_read(&callbacks), all);
	SAME(atomic_read(&timers), all);
}
)");
}

BOOST_AUTO_TEST_CASE(a_cpu_that_was_down_for_longer_than_the_watchdog_waits_is_not_stuck) {
    simulation s;
    const outcome r = s.run_plain({"--for", "31s", "--exec", "1ms echo 0 > /sys/devices/system/cpu/cpu1/online",
                                   "--exec", "30s echo 1 > /sys/devices/system/cpu/cpu1/online"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("CPU1: Booted secondary processor") == 2u, r.out);
}

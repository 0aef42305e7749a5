// SPDX-License-Identifier: Apache-2.0
//
// Each WQ_ flag, and how workers keep just enough of themselves running.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include "tests/sw/workqueue/harness.h"

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(items_that_compute_follow_each_other_and_the_next_starts_when_one_sleeps) {
    check_body(R"(
static struct note n[3];
static void test(void)
{
	int i;
	for (i = 0; i < 3; i++) {
		note_init(&n[i], 3000, 0);
		queue_work_on(1, system_wq, &n[i].work);
	}
	for (i = 0; i < 3; i++)
		flush_work(&n[i].work);
	EXPECT(n[1].began >= n[0].ended && n[2].began >= n[1].ended);
	EXPECT(n[2].ended - n[0].began < 9300);
	/* One that wakes up ends its own item and takes no other while a second one runs. */
	note_init(&n[0], 0, 1000);
	note_init(&n[1], 5000, 0);
	note_init(&n[2], 0, 0);
	for (i = 0; i < 3; i++)
		queue_work_on(1, system_wq, &n[i].work);
	for (i = 0; i < 3; i++)
		flush_work(&n[i].work);
	EXPECT(n[0].ended < n[1].ended);
	EXPECT(n[2].began >= n[1].ended);
	/* As soon as one sleeps, the next begins. */
	for (i = 0; i < 3; i++) {
		note_init(&n[i], 1000, 5000);
		queue_work_on(1, system_wq, &n[i].work);
	}
	for (i = 0; i < 3; i++)
		flush_work(&n[i].work);
	EXPECT(n[1].began - n[0].began >= 1000 && n[1].began - n[0].began < 1100);
	EXPECT(n[2].began - n[1].began >= 1000 && n[2].began - n[1].began < 1100);
}
)");
}

BOOST_AUTO_TEST_CASE(no_item_is_missed_by_workers_that_wake_and_sleep_at_the_same_time) {
    check_body(R"(
#define ITEMS 200
static struct note n[ITEMS];
static void test(void)
{
	int i;
	for (i = 0; i < ITEMS; i++) {
		note_init(&n[i], i % 7 * 10, i % 3 * 100);
		queue_work_on(1, system_wq, &n[i].work);
		if (i % 5 == 0)
			nap(150);
	}
	msleep(100);
	for (i = 0; i < ITEMS; i++)
		EXPECT_EQ(RUNS(&n[i]), 1);
}
)");
}

BOOST_AUTO_TEST_CASE(highpri_items_run_at_nice_minus_20_before_others_of_their_cpu) {
    check_body(R"(
static struct note busy, urgent;
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("urgent", WQ_HIGHPRI, 0);
	note_init(&busy, 5000, 0);
	note_init(&urgent, 0, 0);
	queue_work_on(1, system_wq, &busy.work);
	nap(1000);
	queue_work_on(1, wq, &urgent.work);
	flush_work(&urgent.work);
	EXPECT_EQ(RUNS(&busy), 0);
	EXPECT_EQ(urgent.nice, -20);
	EXPECT_EQ(urgent.cpu, 1);
	EXPECT(!strncmp(urgent.comm, "kworker/1:", 10) && urgent.comm[strlen(urgent.comm) - 1] == 'H');
	flush_work(&busy.work);
	EXPECT(busy.comm[strlen(busy.comm) - 1] != 'H');
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(a_cpu_intensive_item_does_not_keep_others_waiting) {
    check_body(R"(
static struct note heavy[2], light;
static void test(void)
{
	struct workqueue_struct *wq = alloc_workqueue("heavy", WQ_CPU_INTENSIVE, 1);
	note_init(&heavy[0], 20000, 0);
	note_init(&heavy[1], 0, 0);
	note_init(&light, 0, 0);
	queue_work_on(1, wq, &heavy[0].work);
	queue_work_on(1, wq, &heavy[1].work);	/* max_active holds for them */
	queue_work_on(1, system_wq, &light.work);
	flush_work(&light.work);
	EXPECT_EQ(RUNS(&heavy[0]), 0);
	EXPECT(light.began - heavy[0].began < 13000);
	flush_workqueue(wq);
	EXPECT(heavy[1].began >= heavy[0].ended);
	/* And an ordinary item does. */
	note_init(&heavy[0], 20000, 0);
	queue_work_on(1, system_wq, &heavy[0].work);
	queue_work_on(1, system_wq, &light.work);
	flush_work(&light.work);
	EXPECT_EQ(RUNS(&heavy[0]), 1);
	destroy_workqueue(wq);
}
)");
}

BOOST_AUTO_TEST_CASE(unbound_items_leave_the_cpu_that_queued_them) {
    check_body(R"(
static struct note n[4];
static void test(void)
{
	cpumask_t used;
	int i;
	cpumask_clear(&used);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 4; i++) {
		note_init(&n[i], 5000, 0);
		queue_work(system_unbound_wq, &n[i].work);
	}
	for (i = 0; i < 4; i++) {
		flush_work(&n[i].work);
		cpumask_set_cpu(n[i].cpu, &used);
		EXPECT(!strncmp(n[i].comm, "kworker/u8:", 11));
	}
	EXPECT_EQ(cpumask_weight(&used), 4);
	EXPECT(n[3].ended - n[0].began < 9500); /* a thread that was put where another one runs moves with the next tick */
}
)");
}

BOOST_AUTO_TEST_CASE(an_ordered_queue_runs_one_item_at_a_time_in_the_order_of_queueing) {
    check_body(R"(
static struct note n[16];
static void try_queue(struct workqueue_struct *wq)
{
	int i;
	for (i = 0; i < 16; i++) {
		note_init(&n[i], 0, i % 3 ? 300 : 0);
		set_cpus_allowed_ptr(current, cpumask_of(i % 4));
		EXPECT(queue_work(wq, &n[i].work));
	}
	flush_workqueue(wq);
	for (i = 1; i < 16; i++) {
		EXPECT(n[i].began >= n[i - 1].ended);
		EXPECT_EQ(n[i].order, n[i - 1].order + 1);
	}
	destroy_workqueue(wq);
}
static void test(void)
{
	try_queue(alloc_ordered_workqueue("ordered", 0));
	try_queue(alloc_ordered_workqueue("ordered%s", WQ_MEM_RECLAIM | WQ_HIGHPRI, "2"));
	try_queue(create_singlethread_workqueue("single"));
	/* An unbound queue with max_active 1 is taken for an ordered one. */
	try_queue(alloc_workqueue("implied", WQ_UNBOUND, 1));
}
)");
}

BOOST_AUTO_TEST_CASE(queues_made_by_the_old_calls_have_their_flags_and_a_rescuer) {
    simulation s;
    s.module("old", R"(
static struct workqueue_struct *a, *b, *c;
static int __init old_init(void)
{
	a = create_workqueue("plain");
	b = create_singlethread_workqueue("single");
	c = create_freezable_workqueue("cold");
	return 0;
}
static void __exit old_exit(void)
{
	destroy_workqueue(a);
	destroy_workqueue(b);
	destroy_workqueue(c);
}
module_init(old_init);
module_exit(old_exit);
)");
    const outcome r = s.run({"--for", "5ms", "--exec", "1ms cat /sys/kernel/debug/workqueue", "--exec", "2ms ps"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("workqueue plain: flags=0x40008 rescuer=") == 1u, r.out);
    BOOST_TEST(r.said("workqueue single: flags=0xe000a rescuer=") == 1u);
    BOOST_TEST(r.said("workqueue cold: flags=0x6000e rescuer=") == 1u);
    BOOST_TEST(r.said("active=0/1 ") == 4u + 1u + 1u);
    for (const char *rescuer : {"- -20   ", "[plain]", "[single]", "[cold]"})
        BOOST_TEST(r.said(rescuer) >= 1u, rescuer);
}

BOOST_AUTO_TEST_CASE(power_efficient_queues_are_bound_when_the_kernel_is_told_so) {
    const char *body = R"(
static struct note n;
static void test(void)
{
	note_init(&n, 0, 0);
	queue_work_on(2, system_power_efficient_wq, &n.work);
	flush_work(&n.work);
	pr_info("ran in %s\n", n.comm);
}
)";
    BOOST_TEST(check_body(body).said("ran in kworker/u8:") == 1u);
    BOOST_TEST(check_body(body, {"--append", "workqueue.power_efficient=0"}).said("ran in kworker/2:") == 1u);
}

BOOST_AUTO_TEST_CASE(idle_workers_go_after_300_seconds_until_two_are_left) {
    check_body(R"(
static struct note n[9];
static void rest(int seconds)
{
	set_cpus_allowed_ptr(current, cpumask_of(1));	/* the timer does not wake an idle CPU */
	for (; seconds > 0; seconds -= 10) {
		ssleep(10);
		mdelay(5);
	}
}
static void test(void)
{
	int i;
	EXPECT_EQ(threads_named("kworker/1:") - threads_named("kworker/1:0H"), 1);
	for (i = 0; i < 9; i++) {
		note_init(&n[i], 0, 2000);
		queue_work_on(1, system_wq, &n[i].work);
	}
	nap(1000);
	/* One for each that sleeps, and one ready to take the next. */
	EXPECT_EQ(threads_named("kworker/1:") - threads_named("kworker/1:0H"), 10);
	rest(200);
	/* Those that work meanwhile stay for another 300 s. */
	for (i = 0; i < 9; i++)
		queue_work_on(1, system_wq, &n[i].work);
	rest(280);
	/* The tenth did nothing since the beginning. */
	EXPECT_EQ(threads_named("kworker/1:") - threads_named("kworker/1:0H"), 9);
	rest(30);
	EXPECT_EQ(threads_named("kworker/1:") - threads_named("kworker/1:0H"), 2);
	/* Names are reused from the lowest number on. */
	for (i = 0; i < 9; i++)
		queue_work_on(1, system_wq, &n[i].work);
	nap(1000);
	EXPECT_EQ(threads_named("kworker/1:9"), 1);
	EXPECT_EQ(threads_named("kworker/1:10"), 0);
	flush_scheduled_work();
}
)");
}

BOOST_AUTO_TEST_CASE(a_reclaim_queue_goes_on_by_its_rescuer_when_no_worker_can_be_made) {
    // The pool of CPU 1 has one worker. It must make another before it runs an item, and cannot.
    const outcome r = check_body(R"(
static struct note blocker, saved[3];
static struct workqueue_struct *wq, *plain;
static int later(void *unused)
{
	int i;
	msleep(20);
	note_init(&blocker, 0, 0);
	queue_work_on(1, plain, &blocker.work);
	for (i = 0; i < 3; i++) {
		note_init(&saved[i], 0, 100);
		queue_work_on(1, wq, &saved[i].work);
	}
	msleep(150);
	for (i = 0; i < 3; i++) {
		EXPECT_EQ(RUNS(&saved[i]), 1);
		EXPECT(!strcmp(saved[i].comm, "reclaim"));
		EXPECT_EQ(saved[i].cpu, 1);
		EXPECT_EQ(saved[i].nice, -20);
	}
	/* One after the other, and of no other. */
	EXPECT(saved[1].began >= saved[0].ended && saved[2].began >= saved[1].ended);
	EXPECT_EQ(RUNS(&blocker), 0);
	/* Creation is tried again every second; after three failures it works. */
	ssleep(4);
	EXPECT_EQ(RUNS(&blocker), 1);
	EXPECT(!strncmp(blocker.comm, "kworker/1:", 10));
	destroy_workqueue(wq);
	destroy_workqueue(plain);
	EXPECT_EQ(threads_named("reclaim"), 0);
	pr_info("at last failures=%d\n", atomic_read(&check_failures));
	return 0;
}
static void test(void)
{
	wq = alloc_workqueue("reclaim", WQ_MEM_RECLAIM, 0);
	plain = alloc_workqueue("plain", 0, 0);
	EXPECT_EQ(threads_named("reclaim"), 1);
	EXPECT_EQ(threads_named("plain"), 0);
	kthread_run(later, NULL, "later");
}
)",
                                 {"--fault", "create_worker:times=3", "--for", "5s"});
    BOOST_TEST(r.said("at last failures=0\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_sysfs_queue_takes_max_active_and_attributes_from_its_files) {
    simulation s;
    s.module("attributes", R"(
static struct workqueue_struct *wq, *other, *bound;
static struct work_struct a, b;
static void fn(struct work_struct *work)
{
	pr_info("%c nice %d cpu %d in %s\n", work == &a ? 'a' : 'b', task_nice(current), raw_smp_processor_id(),
		current->comm);
}
static int later(void *unused)
{
	msleep(20);
	queue_work(wq, &a);
	queue_work(other, &b);
	return 0;
}
static int __init attributes_init(void)
{
	wq = alloc_workqueue("mine", WQ_UNBOUND | WQ_SYSFS, 4);
	other = alloc_workqueue("other", WQ_UNBOUND | WQ_SYSFS, 4);
	bound = alloc_workqueue("bound", WQ_SYSFS, 4);
	INIT_WORK(&a, fn);
	INIT_WORK(&b, fn);
	kthread_run(later, NULL, "later");
	return 0;
}
static void __exit attributes_exit(void)
{
	destroy_workqueue(wq);
	destroy_workqueue(other);
	destroy_workqueue(bound);
}
module_init(attributes_init);
module_exit(attributes_exit);
)");
    const std::string dir = "/sys/devices/virtual/workqueue/";
    const outcome r = s.run({"--for",  "60ms",
                             "--exec", "1ms cat " + dir + "bound/per_cpu",
                             "--exec", "1ms echo 7 > " + dir + "bound/max_active",
                             "--exec", "2ms echo -7 > " + dir + "mine/nice",
                             "--exec", "3ms echo 4 > " + dir + "mine/cpumask",
                             "--exec", "4ms echo -7 > " + dir + "other/nice",
                             "--exec", "5ms echo 4 > " + dir + "other/cpumask",
                             "--exec", "10ms cat " + dir + "mine/cpumask",
                             "--exec", "10ms cat " + dir + "mine/pool_ids",
                             "--exec", "11ms cat /sys/kernel/debug/workqueue",
                             "--exec", "50ms ls " + dir});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("a nice -7 cpu 2 in kworker/u") == 1u, r.out);
    BOOST_TEST(r.said("b nice -7 cpu 2 in kworker/u") == 1u);
    BOOST_TEST(r.said("in kworker/u8:") == 0u);
    // The same attributes, the same pool; nothing uses those of the steps between any more.
    const size_t mine = r.out.find("cpus=2 nice=-7");
    BOOST_TEST(mine != std::string::npos);
    BOOST_TEST(r.out.find("cpus=2 nice=-7", mine + 1) == std::string::npos);
    BOOST_TEST(r.said("cpus=0-3 nice=-7") == 0u);
    BOOST_TEST(r.said("active=0/7 ") == 4u);
    BOOST_TEST(r.said("0:8\n") == 0u);
}

BOOST_AUTO_TEST_CASE(the_workers_of_a_pool_that_no_queue_uses_go_with_it) {
    // The second pool's worker is idle when the queue leaves it, the third one's still runs an item.
    simulation s;
    s.module("leave", R"(
static struct workqueue_struct *wq;
static struct work_struct item;
static void fn(struct work_struct *work)
{
	pr_info("begins in %s\n", current->comm);
	msleep(20);
	pr_info("ends in %s\n", current->comm);
}
static int later(void *unused)
{
	msleep(15);
	queue_work(wq, &item);
	return 0;
}
static int __init leave_init(void)
{
	wq = alloc_workqueue("mine", WQ_UNBOUND | WQ_SYSFS, 4);
	INIT_WORK(&item, fn);
	kthread_run(later, NULL, "later");
	return 0;
}
static void __exit leave_exit(void) { destroy_workqueue(wq); }
module_init(leave_init);
module_exit(leave_exit);
)");
    const std::string nice = "> /sys/devices/virtual/workqueue/mine/nice";
    const outcome r =
        s.run({"--for", "100ms", "--exec", "2ms echo -3 " + nice, "--exec", "5ms ps", "--exec", "6ms echo -5 " + nice,
               "--exec", "40ms echo -7 " + nice, "--exec", "45ms ps", "--exec", "80ms ps"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("[kworker/u9:0") == 3u, r.out); // once with nice -3, twice with -7
    BOOST_TEST(r.said("begins in kworker/u10:0\n") == 1u, r.out);
    BOOST_TEST(r.said("ends in kworker/u10:0\n") == 1u, r.out);
    BOOST_TEST(r.said("[kworker/u10:0+mine") == 1u, r.out);
    BOOST_TEST(r.said("[kworker/u10:") == 2u, r.out);
}

BOOST_AUTO_TEST_CASE(the_cpus_of_unbound_queues_are_a_file) {
    simulation s;
    s.module("unbound", R"(
static struct work_struct work;
static void fn(struct work_struct *w) { pr_info("runs on CPU%d\n", raw_smp_processor_id()); }
static int later(void *unused)
{
	msleep(20);
	queue_work(system_unbound_wq, &work);
	return 0;
}
static int __init unbound_init(void)
{
	INIT_WORK(&work, fn);
	kthread_run(later, NULL, "later");
	return 0;
}
static void __exit unbound_exit(void) { flush_work(&work); }
module_init(unbound_init);
module_exit(unbound_exit);
)");
    const std::string file = "/sys/devices/virtual/workqueue/cpumask";
    const outcome r = s.run({"--for", "60ms", "--exec", "1ms cat " + file, "--exec", "2ms echo 8 > " + file, "--exec",
                             "3ms echo 0 > " + file, "--exec", "4ms cat " + file});
    BOOST_TEST(r.said("f\n") >= 1u, r.out + r.err);
    BOOST_TEST(r.said("8\n") >= 1u, r.out);
    BOOST_TEST(r.err.find("Invalid argument") != std::string::npos, r.err);
    BOOST_TEST(r.said("runs on CPU3") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_freezable_queue_starts_nothing_while_the_system_is_frozen) {
    for (const char *backend : {"cmwq", "legacy"}) {
        simulation s;
        s.module("cold", R"(
static struct workqueue_struct *cold, *warm;
static struct work_struct slow, c, w;
static void slow_fn(struct work_struct *work) { msleep(200); pr_info("slow one ends\n"); }
static void fn(struct work_struct *work) { pr_info("%s item runs\n", work == &c ? "cold" : "warm"); }
static int later(void *unused)
{
	msleep(1000);
	queue_work(cold, &c);
	queue_work(warm, &w);
	return 0;
}
static int __init cold_init(void)
{
	cold = alloc_workqueue("cold", WQ_FREEZABLE, 0);
	warm = alloc_workqueue("warm", 0, 0);
	INIT_WORK(&slow, slow_fn);
	INIT_WORK(&c, fn);
	INIT_WORK(&w, fn);
	queue_work(cold, &slow);
	kthread_run(later, NULL, "later");
	return 0;
}
static void __exit cold_exit(void)
{
	destroy_workqueue(cold);
	destroy_workqueue(warm);
}
module_init(cold_init);
module_exit(cold_exit);
)");
        const outcome r =
            s.run({"--workqueue", backend, "--for", "7s", "--exec", "10ms echo freezer > /sys/power/pm_test", "--exec",
                   "10ms cat /sys/power/pm_test", "--exec", "20ms echo mem > /sys/power/state"});
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.said("none core processors platform devices [freezer]\n") == 1u, r.out);
        // What runs is waited for.
        BOOST_TEST(r.when("Waiting for 5 second(s).") >= r.when("slow one ends"));
        const double thawed = r.when("PM: suspend exit");
        BOOST_TEST(thawed > 5.2);
        BOOST_TEST(thawed < 5.6); // five seconds are rounded up to 256 ms by the wheel
        BOOST_TEST(r.when("warm item runs") < 1.1);
        BOOST_TEST(r.when("cold item runs") >= r.when("Restarting tasks"));
        BOOST_TEST(r.when("cold item runs") < thawed + 0.01);
    }
}

BOOST_AUTO_TEST_CASE(freezing_gives_up_after_20_seconds_and_shows_who_is_busy) {
    const outcome r = run_body(R"(
static struct workqueue_struct *cold;
static struct work_struct work;
static void endless(struct work_struct *work) { ssleep(25); }
static int gone(void *unused) { msleep(28000); destroy_workqueue(cold); return 0; }
static void test(void)
{
	cold = alloc_workqueue("cold", WQ_FREEZABLE, 0);
	INIT_WORK(&work, endless);
	queue_work(cold, &work);
	kthread_run(gone, NULL, "gone");
}
)",
                               {"--for", "30s", "--exec", "10ms echo freezer > /sys/power/pm_test", "--exec",
                                "20ms echo freeze > /sys/power/state"});
    BOOST_TEST(r.status == 1); // the command's write failed
    BOOST_TEST(r.said("Freezing of tasks failed after 20.00") == 1u, r.out);
    BOOST_TEST(r.said("(0 tasks refusing to freeze, wq_busy=1):\n") == 1u);
    BOOST_TEST(r.said("workqueue cold: flags=0x4\n") == 1u);
    BOOST_TEST(r.said(":endless [body]") == 1u);
}

BOOST_AUTO_TEST_CASE(items_of_per_cpu_queues_stay_on_their_cpu_if_the_kernel_is_told_to_go_round) {
    check_body(R"(
static struct note n[8];
static void test(void)
{
	cpumask_t used;
	int i;
	cpumask_clear(&used);
	set_cpus_allowed_ptr(current, cpumask_of(1));
	for (i = 0; i < 8; i++) {
		note_init(&n[i], 0, 0);
		schedule_work(&n[i].work);
		flush_work(&n[i].work);
		cpumask_set_cpu(n[i].cpu, &used);
	}
	EXPECT_EQ(cpumask_weight(&used), 1);
}
)",
               {"--append", "workqueue.debug_force_rr_cpu=1"});
}

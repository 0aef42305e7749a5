// SPDX-License-Identifier: Apache-2.0
//
// Atomics, bit operations, reference counts, FIFOs and per-CPU data as drivers use them.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(atomics_return_old_or_new_as_their_names_say_and_lose_nothing_on_four_cpus) {
    in_kernel(R"(
static atomic_t v = ATOMIC_INIT(5), sum = ATOMIC_INIT(0);
static atomic64_t w = ATOMIC64_INIT(1LL << 40);
static int adder(void *arg) { int i; for (i = 0; i < 2000; i++) { atomic_inc(&sum); atomic_add(2, &sum); atomic_dec(&sum); } return 0; }
static void test(void)
{
	struct task_struct *t[4];
	int i, expected;
	SAME(atomic_add_return(3, &v), 8); SAME(atomic_fetch_add(2, &v), 8); SAME(atomic_read(&v), 10);
	SAME(atomic_sub_return(1, &v), 9); SAME(atomic_fetch_sub(1, &v), 9); SAME(atomic_inc_return(&v), 9); SAME(atomic_dec_return(&v), 8);
	SAME(atomic_xchg(&v, 1), 8); SAME(atomic_cmpxchg(&v, 2, 7), 1); SAME(atomic_cmpxchg(&v, 1, 7), 1); SAME(atomic_read(&v), 7);
	expected = 3; CHECK(!atomic_try_cmpxchg(&v, &expected, 9)); SAME(expected, 7); CHECK(atomic_try_cmpxchg(&v, &expected, 9));
	CHECK(!atomic_add_unless(&v, 1, 9)); CHECK(atomic_add_unless(&v, 1, 8)); SAME(atomic_read(&v), 10);
	CHECK(atomic_inc_not_zero(&v)); atomic_set(&v, 0); CHECK(!atomic_inc_not_zero(&v));
	CHECK(atomic_inc_and_test(&v) == 0); CHECK(atomic_dec_and_test(&v)); CHECK(atomic_add_negative(-1, &v));
	atomic_set(&v, 0xf0); SAME(atomic_fetch_or(0x0f, &v), 0xf0); SAME(atomic_fetch_and(0x3c, &v), 0xff); SAME(atomic_fetch_xor(0xff, &v), 0x3c); SAME(atomic_read(&v), 0xc3);
	SAME(atomic64_add_return(1, &w), (1LL << 40) + 1); SAME(atomic64_xchg(&w, -1), (1LL << 40) + 1);
	SAME(atomic_dec_if_positive(&v), 0xc2); atomic_set(&v, 0); SAME(atomic_dec_if_positive(&v), -1); SAME(atomic_read(&v), 0);
	for (i = 0; i < 4; i++) { t[i] = thread_on(i, adder, NULL, "adder"); wake_up_process(t[i]); }
	for (i = 0; i < 4; i++) finish(t[i]);
	WAIT_FOR(atomic_read(&sum) == 4 * 2000 * 2);
}
)");
}

BOOST_AUTO_TEST_CASE(bit_operations_work_across_words_and_are_atomic_where_they_say_so) {
    in_kernel(R"(
static DECLARE_BITMAP(map, 200);
static unsigned long word;
static int setter(void *arg) { int i, bit = (long)arg; for (i = 0; i < 2000; i++) { set_bit(bit, &word); clear_bit(bit, &word); } set_bit(bit, &word); return 0; }
static void test(void)
{
	struct task_struct *t[4];
	long i;
	CHECK(!test_and_set_bit(70, map)); CHECK(test_and_set_bit(70, map)); CHECK(test_bit(70, map)); SAME(map[1], 1UL << 6);
	CHECK(test_and_clear_bit(70, map)); CHECK(!test_and_clear_bit(70, map)); CHECK(!test_and_change_bit(3, map)); SAME(map[0], 8);
	__set_bit(199, map); SAME(find_first_bit(map, 200), 3); SAME(find_next_bit(map, 200, 4), 199); SAME(find_last_bit(map, 200), 199);
	SAME(find_first_zero_bit(map, 200), 0); SAME(bitmap_weight(map, 200), 2);
	SAME(ffs(0x10), 5); SAME(__ffs(0x10), 4); SAME(fls(0x10), 5); SAME(fls64(1ULL << 40), 41); SAME(ffz(7), 3); SAME(hweight32(0xf0f), 8); SAME(hweight64(~0ULL), 64);
	CHECK(!test_and_set_bit_lock(0, &word)); CHECK(test_and_set_bit_lock(0, &word)); clear_bit_unlock(0, &word); SAME(word, 0);
	for (i = 0; i < 4; i++) { t[i] = thread_on(i, setter, (void *)i, "setter"); wake_up_process(t[i]); }
	for (i = 0; i < 4; i++) finish(t[i]);
	WAIT_FOR(word == 0xf);
	SAME(BIT(5), 32); SAME(GENMASK(7, 4), 0xf0);
}
)");
}

BOOST_AUTO_TEST_CASE(a_kref_releases_once_and_a_refcount_saturates_instead_of_coming_back) {
    in_kernel(R"(
static struct kref k;
static int released;
static void release(struct kref *r) { CHECK(r == &k); released++; }
static void test(void)
{
	kref_init(&k); SAME(kref_read(&k), 1);
	kref_get(&k); SAME(kref_put(&k, release), 0); SAME(released, 0);
	CHECK(kref_get_unless_zero(&k)); SAME(kref_put(&k, release), 0);
	SAME(kref_put(&k, release), 1); SAME(released, 1);
	CHECK(!kref_get_unless_zero(&k));
}
)");
    const outcome r = in_kernel(R"(
static void test(void) { refcount_t r = REFCOUNT_INIT(0); refcount_inc(&r); CHECK(refcount_read(&r) != 1); }
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("refcount_t: addition on 0; use-after-free.") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_kfifo_keeps_order_wraps_and_serves_one_reader_and_one_writer_without_a_lock) {
    in_kernel(R"(
static DEFINE_KFIFO(fifo, int, 16);
static int consumed, wrong;
static int consumer(void *arg)
{
	int v;
	while (consumed < 1000)
		if (kfifo_get(&fifo, &v)) { if (v != consumed) wrong++; consumed++; } else udelay(1);
	return 0;
}
static void test(void)
{
	struct kfifo dynamic;
	char text[8] = {};
	int i, v;
	SAME(kfifo_size(&fifo), 16); CHECK(kfifo_is_empty(&fifo));
	for (i = 0; i < 16; i++) CHECK(kfifo_put(&fifo, i));
	CHECK(!kfifo_put(&fifo, 99)); CHECK(kfifo_is_full(&fifo)); SAME(kfifo_len(&fifo), 16); SAME(kfifo_avail(&fifo), 0);
	CHECK(kfifo_peek(&fifo, &v)); SAME(v, 0);
	for (i = 0; i < 16; i++) { CHECK(kfifo_get(&fifo, &v)); SAME(v, i); }
	CHECK(!kfifo_get(&fifo, &v));
	wake_up_process(thread_on(2, consumer, NULL, "consumer"));
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 1000; i++)
		while (!kfifo_put(&fifo, i)) udelay(1);
	WAIT_FOR(consumed == 1000);
	SAME(wrong, 0);
	SAME(kfifo_alloc(&dynamic, 5, GFP_KERNEL), 0);
	SAME(kfifo_size(&dynamic), 8); /* a power of two */
	SAME(kfifo_in(&dynamic, "abcdefghij", 10), 8); SAME(kfifo_out(&dynamic, text, 3), 3); CHECK(!memcmp(text, "abc", 3));
	SAME(kfifo_in(&dynamic, "XYZ", 3), 3); SAME(kfifo_out(&dynamic, text, 8), 8); CHECK(!memcmp(text, "defghXYZ", 8));
	kfifo_free(&dynamic);
}
)");
}

BOOST_AUTO_TEST_CASE(per_cpu_data_are_one_for_each_cpu_and_this_cpu_operations_survive_interrupts) {
    in_kernel(R"(
static DEFINE_PER_CPU(int, counter) = 7;
static int __percpu *dynamic;
static void bump(void *arg) { this_cpu_inc(counter); *this_cpu_ptr(dynamic) += smp_processor_id() + 1; }
static void test(void)
{
	int cpu, *p;
	dynamic = alloc_percpu(int);
	for_each_possible_cpu(cpu) { SAME(per_cpu(counter, cpu), 7); SAME(*per_cpu_ptr(dynamic, cpu), 0); }
	on_each_cpu(bump, NULL, 1);
	ON_CPU(2, bump, NULL);
	for_each_possible_cpu(cpu) {
		SAME(per_cpu(counter, cpu), cpu == 2 ? 9 : 8);
		SAME(*per_cpu_ptr(dynamic, cpu), (cpu + 1) * (cpu == 2 ? 2 : 1));
	}
	p = &get_cpu_var(counter); SAME(preempt_count(), 1); *p = 100; put_cpu_var(counter); SAME(preempt_count(), 0);
	preempt_disable();
	this_cpu_write(counter, 50); this_cpu_add(counter, 5); SAME(this_cpu_read(counter), 55); SAME(this_cpu_add_return(counter, 1), 56);
	SAME(this_cpu_xchg(counter, 1), 56); SAME(this_cpu_cmpxchg(counter, 1, 2), 1); SAME(__this_cpu_read(counter), 2);
	preempt_enable();
	free_percpu(dynamic);
}
)");
}

BOOST_AUTO_TEST_CASE(string_lists_arguments_booleans_and_static_keys_do_as_their_names_say) {
    in_kernel(R"(
#include <linux/jump_label.h>
#include <linux/string_helpers.h>
static DEFINE_STATIC_KEY_FALSE(key);
static void test(void)
{
	char **names = kasprintf_strarray(GFP_KERNEL, "pin", 3);
	static char a1[] = "a", b1[] = "b";
	char *first[] = { a1, NULL }, *second[] = { b1, a1, NULL }, **both;
	char line[] = "debug irq=15 name=\"two words\" last", *rest = line, *param, *val;
	bool on;

	CHECK(names != NULL); SAME(strcmp(names[0], "pin-0"), 0); SAME(strcmp(names[2], "pin-2"), 0);
	kfree_strarray(names, 3); kfree_strarray(NULL, 0);
	both = memcat_p(first, second);
	CHECK(both[0] == a1 && both[1] == b1 && both[2] == a1 && !both[3]); kfree(both);
	rest = next_arg(rest, &param, &val); SAME(strcmp(param, "debug"), 0); CHECK(!val);
	rest = next_arg(rest, &param, &val); SAME(strcmp(param, "irq"), 0); SAME(strcmp(val, "15"), 0);
	rest = next_arg(rest, &param, &val); SAME(strcmp(param, "name"), 0); SAME(strcmp(val, "two words"), 0);
	rest = next_arg(rest, &param, &val); SAME(strcmp(param, "last"), 0); SAME(*rest, 0);
	SAME(strtobool("y", &on), 0); CHECK(on); SAME(strtobool("off", &on), 0); CHECK(!on);
	SAME(strtobool("1", &on), 0); CHECK(on); SAME(strtobool("perhaps", &on), -EINVAL);
	CHECK(!static_branch_unlikely(&key)); static_key_enable(&key.key); CHECK(static_branch_unlikely(&key));
	static_key_enable(&key.key); static_key_disable(&key.key); CHECK(!static_branch_unlikely(&key));
}
)");
}

BOOST_AUTO_TEST_CASE(clocks_have_the_rates_of_the_device_tree_and_count_their_users) {
    const outcome r = in_kernel(R"(
#include <linux/clk.h>
#include <linux/of.h>
static void test(void)
{
	struct device_node *np = of_find_node_by_path("/pinctrl/gpio@fe760000");
	struct clk *bus, *debounce;
	CHECK(np != NULL);
	bus = of_clk_get(np, 0); debounce = of_clk_get(np, 1);
	SAME(clk_get_rate(bus), 100000000); SAME(clk_get_rate(debounce), 24000000); SAME(clk_round_rate(bus, 1), 100000000);
	CHECK(of_clk_get(np, 2) == ERR_PTR(-ENOENT)); CHECK(of_clk_get_by_name(np, "none") == ERR_PTR(-ENOENT));
	CHECK(!clk_get_parent(bus)); SAME(clk_get_rate(NULL), 0); SAME(clk_prepare_enable(NULL), 0);
	SAME(clk_prepare_enable(bus), 0); SAME(clk_prepare_enable(bus), 0); clk_disable_unprepare(bus); clk_disable_unprepare(bus);
	SAME(clk_enable(debounce), -ESHUTDOWN);
	clk_disable(debounce);
}
)",
                                {.status = 2});
    BOOST_TEST(r.said("Enabling unprepared xin24m\n") == 1u, r.out);
    BOOST_TEST(r.said("xin24m already disabled\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(port_io_faults_at_the_line_that_does_it) {
    simulation s;
    s.module("ports", "static int __init in(void) { return inb(0x378); }\nstatic void __exit out(void) {}\n"
                      "module_init(in);\nmodule_exit(out);\n");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 2, r.out + r.err);
    BOOST_TEST(r.said("Internal error: synchronous external abort") == 1u, r.out);
    BOOST_TEST(r.said("driver: ") == 1u, r.out);
}

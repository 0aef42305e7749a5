/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * A module of claims: each CLAIM is a function that a run with claim=NAME calls from module_init, in a task. It ends
 * with "claim NAME: holds (N checks)" in the log if all its EXPECTs did; each that did not says where and what it saw.
 */
#ifndef TESTS_SW_IRQ_CLAIMS_H
#define TESTS_SW_IRQ_CLAIMS_H

#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

struct claim {
	const char *name;
	void (*run)(void);
};

extern struct claim __start_claims[] __attribute__((visibility("hidden")));
extern struct claim __stop_claims[] __attribute__((visibility("hidden")));

#define CLAIM(id)                                                                                                      \
	static void id(void);                                                                                          \
	static struct claim claim_##id __attribute__((used, section("claims"), aligned(16))) = {#id, id};              \
	static void id(void)

static atomic_t checks;
static atomic_t broken;

#define EXPECT(condition)                                                                                              \
	do {                                                                                                           \
		atomic_inc(&checks);                                                                                   \
		if (!(condition)) {                                                                                    \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: not so: %s\n", __LINE__, #condition);                                         \
		}                                                                                                      \
	} while (0)

#define EXPECT_EQ(seen, wanted)                                                                                        \
	do {                                                                                                           \
		long long seen_ = (long long)(seen), wanted_ = (long long)(wanted);                                    \
                                                                                                                       \
		atomic_inc(&checks);                                                                                   \
		if (seen_ != wanted_) {                                                                                \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: %s is %lld, expected %lld\n", __LINE__, #seen, seen_, wanted_);               \
		}                                                                                                      \
	} while (0)

#define EXPECT_TEXT(seen, wanted)                                                                                      \
	do {                                                                                                           \
		const char *seen_ = (seen), *wanted_ = (wanted);                                                       \
                                                                                                                       \
		atomic_inc(&checks);                                                                                   \
		if (strcmp(seen_, wanted_)) {                                                                          \
			atomic_inc(&broken);                                                                           \
			pr_err("line %d: %s is \"%s\", expected \"%s\"\n", __LINE__, #seen, seen_, wanted_);           \
		}                                                                                                      \
	} while (0)

static char *claim;
module_param(claim, charp, 0444);

static int __init claims_init(void)
{
	struct claim *c;

	for (c = __start_claims; c < __stop_claims; c++) {
		if (!claim || strcmp(c->name, claim))
			continue;
		c->run();
		pr_info("claim %s: %s (%d checks)\n", c->name, atomic_read(&broken) ? "broken" : "holds",
			atomic_read(&checks));
		return 0;
	}
	pr_err("no claim %s\n", claim ? claim : "was named");
	return -EINVAL;
}

static void __exit claims_exit(void)
{
}

module_init(claims_init);
module_exit(claims_exit);
MODULE_LICENSE("GPL");

/* Runs generic_handle_irq() of a line in hard interrupt context, on the CPU of one's choice. */
struct firing {
	struct irq_work work;
	unsigned int irq;
	unsigned int times;
};

static void fire_now(struct irq_work *work)
{
	struct firing *f = container_of(work, struct firing, work);
	unsigned int i;

	for (i = 0; i < f->times; i++)
		generic_handle_irq(f->irq);
}

/* Returns when the flow handler has. Threads may still have to run: synchronize_irq() waits for them. */
static inline void fire_many(unsigned int irq, unsigned int times)
{
	struct firing f = {.work = IRQ_WORK_INIT_HARD(fire_now), .irq = irq, .times = times};

	irq_work_queue(&f.work);
	irq_work_sync(&f.work);
}

static inline void fire(unsigned int irq)
{
	fire_many(irq, 1);
}

static inline void fire_on(unsigned int irq, int cpu)
{
	struct firing f = {.work = IRQ_WORK_INIT_HARD(fire_now), .irq = irq, .times = 1};

	irq_work_queue_on(&f.work, cpu);
	irq_work_sync(&f.work);
}

/* Without waiting, also from a handler; the caller sees to it that the last one is over. */
static inline void fire_async_on(unsigned int irq, int cpu)
{
	static struct firing f = {.work = IRQ_WORK_INIT_HARD(fire_now), .times = 1};

	f.irq = irq;
	irq_work_queue_on(&f.work, cpu);
}

/* irq_to_desc() is not for modules. */
static inline struct irq_desc *line(unsigned int irq)
{
	return irq_data_to_desc(irq_get_irq_data(irq));
}

static inline void run_on(int cpu)
{
	set_cpus_allowed_ptr(current, cpumask_of(cpu));
}

/* Waits up to `ms` for a condition that another context makes true. */
#define WAIT_FOR(condition, ms)                                                                                        \
	({                                                                                                             \
		int left_ = (ms)*10;                                                                                   \
		while (!(condition) && left_-- > 0)                                                                    \
			usleep_range(100, 100);                                                                        \
		!!(condition);                                                                                         \
	})

/* A shared peripheral interrupt of the real controller, as the device tree would name it. */
static inline unsigned int gic_line(unsigned int kind, unsigned int number, unsigned int type)
{
	struct device_node *node = of_find_compatible_node(NULL, NULL, "arm,gic-v3");
	struct irq_fwspec spec = {.fwnode = of_fwnode_handle(node), .param_count = 3, .param = {kind, number, type}};

	return irq_create_fwspec_mapping(&spec);
}

#endif

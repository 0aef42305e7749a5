// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A high-resolution timer keeps two figures that a read of sysfs shows together.
// races: fire / mean_show
// exec: 5ms cat /sys/kernel/planted/mean
#include "planted.h"

static __maybe_unused DEFINE_SPINLOCK(lock);
static struct kobject *folder;
static struct hrtimer timer;
static u64 sum, count;

static enum hrtimer_restart fire(struct hrtimer *t)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	sum += ktime_to_ns(ktime_sub(ktime_get(), hrtimer_get_expires(t)));
	count++;
	spin_unlock_irqrestore(&lock, flags);
	hrtimer_forward_now(t, ms_to_ktime(1));
	return HRTIMER_RESTART;
}

static ssize_t mean_show(struct kobject *k, struct kobj_attribute *a, char *buf)
{
	u64 s, n;

#ifdef CORRECT
	spin_lock_irq(&lock);
#endif
	s = sum;
	n = count;
#ifdef CORRECT
	spin_unlock_irq(&lock);
#endif
	return sprintf(buf, "%llu\n", n ? div64_u64(s, n) : 0);
}
static struct kobj_attribute mean = __ATTR_RO(mean);

static int __init planted_init(void)
{
	folder = kobject_create_and_add("planted", kernel_kobj);
	if (!folder || sysfs_create_file(folder, &mean.attr))
		return -ENOMEM;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = fire;
	hrtimer_start(&timer, ms_to_ktime(1), HRTIMER_MODE_REL);
	return 0;
}

static void __exit planted_exit(void)
{
	hrtimer_cancel(&timer);
	kobject_put(folder);
}
module_init(planted_init);
module_exit(planted_exit);

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* The files of a queue with WQ_SYSFS. */
// exec: 6ms ls /sys/devices/virtual/workqueue/wqprobe
// exec: 7ms cat /sys/devices/virtual/workqueue/wqprobe/max_active
// exec: 8ms cat /sys/devices/virtual/workqueue/wqprobe/per_cpu
// exec: 9ms echo 7 > /sys/devices/virtual/workqueue/wqprobe/max_active
// exec: 10ms cat /sys/devices/virtual/workqueue/wqprobe/max_active
// exec: 11ms echo 0 > /sys/devices/virtual/workqueue/wqprobe/max_active
// exec: 12ms ls /sys/devices/virtual/workqueue/wqunbound
// exec: 13ms cat /sys/devices/virtual/workqueue/wqunbound/cpumask
// exec: 14ms cat /sys/devices/virtual/workqueue/wqunbound/nice
// exec: 15ms cat /sys/devices/virtual/workqueue/wqunbound/numa
// exec: 17ms echo -5 > /sys/devices/virtual/workqueue/wqunbound/nice
// exec: 18ms cat /sys/devices/virtual/workqueue/wqunbound/nice
// exec: 19ms echo 3 > /sys/devices/virtual/workqueue/wqunbound/cpumask
// exec: 20ms cat /sys/devices/virtual/workqueue/wqunbound/cpumask
// exec: 21ms cat /sys/devices/virtual/workqueue/cpumask
// exec: 22ms echo 100 > /sys/devices/virtual/workqueue/wqunbound/nice
// for: 25ms
#include "probe.h"

static struct workqueue_struct *a, *b;

static void probe(void)
{
	a = alloc_workqueue("wqprobe", WQ_SYSFS, 3);
	b = alloc_workqueue("wqunbound", WQ_SYSFS | WQ_UNBOUND, 0);
	SAY("%d %d", !!a, !!b);
}

static void leave(void)
{
	destroy_workqueue(a);
	destroy_workqueue(b);
}

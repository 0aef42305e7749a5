/* SPDX-License-Identifier: Apache-2.0 */
/* Pulse-per-second sources: /sys/class/pps/ppsN (Linux's include/linux/pps_kernel.h). */
#ifndef LINUX_PPS_KERNEL_H
#define LINUX_PPS_KERNEL_H

#include <linux/device.h>
#include <linux/spinlock.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <uapi/linux/pps.h>

struct pps_device;

struct pps_source_info {
	char name[PPS_MAX_NAME_LEN];
	char path[PPS_MAX_NAME_LEN];
	int mode; /* PPS_CAPTURE*, PPS_ECHO*, ... */
	void (*echo)(struct pps_device *pps, int event, void *data);
	struct module *owner;
	struct device *dev; /* parent */
};

struct pps_event_time {
	struct timespec64 ts_real;
};

struct pps_device {
	struct pps_source_info info;
	struct pps_kparams params;
	u32 assert_sequence;
	u32 clear_sequence;
	struct timespec64 assert_tu;
	struct timespec64 clear_tu;
	int current_mode;
	unsigned int id;
	void const *lookup_cookie;
	struct device *dev;
	spinlock_t lock;
};

__BEGIN_DECLS
/* May sleep. ERR_PTR on failure. */
struct pps_device *pps_register_source(struct pps_source_info *info, int default_params);
void pps_unregister_source(struct pps_device *pps);
/* Any context. */
void pps_event(struct pps_device *pps, struct pps_event_time *ts, int event, void *data);
__END_DECLS

static inline void pps_get_ts(struct pps_event_time *ts)
{
	ktime_get_real_ts64(&ts->ts_real);
}

static inline void pps_sub_ts(struct pps_event_time *ts, struct timespec64 delta)
{
	ts->ts_real = timespec64_sub(ts->ts_real, delta);
}

#endif

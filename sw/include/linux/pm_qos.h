/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits on how long a CPU may take to leave idle (Linux 6.1, include/linux/pm_qos.h). An idle core waits in WFI here
 * and needs no time, so every limit is kept.
 */
#ifndef _LINUX_PM_QOS_H
#define _LINUX_PM_QOS_H

#include <linux/bug.h>
#include <linux/types.h>

#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/plist.h>

#define PM_QOS_DEFAULT_VALUE (-1)
#define PM_QOS_LATENCY_ANY S32_MAX
#define FREQ_QOS_MIN_DEFAULT_VALUE 0
#define FREQ_QOS_MAX_DEFAULT_VALUE S32_MAX

enum freq_qos_req_type {
	FREQ_QOS_MIN = 1,
	FREQ_QOS_MAX,
};

struct pm_qos_constraints {
	struct plist_head list;
	s32 target_value;
	s32 default_value;
	s32 no_constraint_value;
	struct blocking_notifier_head *notifiers;
};

struct freq_constraints {
	struct pm_qos_constraints min_freq;
	struct blocking_notifier_head min_freq_notifiers;
	struct pm_qos_constraints max_freq;
	struct blocking_notifier_head max_freq_notifiers;
};

struct freq_qos_request {
	enum freq_qos_req_type type;
	struct plist_node pnode;
	struct freq_constraints *qos;
};

enum dev_pm_qos_req_type {
	DEV_PM_QOS_RESUME_LATENCY = 1,
	DEV_PM_QOS_LATENCY_TOLERANCE,
	DEV_PM_QOS_MIN_FREQUENCY,
	DEV_PM_QOS_MAX_FREQUENCY,
	DEV_PM_QOS_FLAGS,
};

struct dev_pm_qos_request {
	enum dev_pm_qos_req_type type;
	union {
		struct plist_node pnode;
		struct freq_qos_request freq;
	} data;
	struct device *dev;
};

struct pm_qos_request {
	bool active;
	s32 value; /* us */
};

enum pm_qos_req_action {
	PM_QOS_ADD_REQ,
	PM_QOS_UPDATE_REQ,
	PM_QOS_REMOVE_REQ,
};

/*
 * A range that all who ask for one agree on: the highest minimum, the lowest maximum. 1: the range has changed, 0, or
 * -EINVAL. kernel/power/qos.cpp. Process context.
 */
__BEGIN_DECLS
void freq_constraints_init(struct freq_constraints *qos);
s32 freq_qos_read_value(struct freq_constraints *qos, enum freq_qos_req_type type);
int freq_qos_add_request(struct freq_constraints *qos, struct freq_qos_request *req, enum freq_qos_req_type type, s32 value);
int freq_qos_update_request(struct freq_qos_request *req, s32 new_value);
int freq_qos_remove_request(struct freq_qos_request *req);
int freq_qos_add_notifier(struct freq_constraints *qos, enum freq_qos_req_type type, struct notifier_block *notifier);
int freq_qos_remove_notifier(struct freq_constraints *qos, enum freq_qos_req_type type, struct notifier_block *notifier);
__END_DECLS

static inline int freq_qos_request_active(struct freq_qos_request *req)
{
	return req->qos != NULL;
}

static inline bool cpu_latency_qos_request_active(struct pm_qos_request *req) {
	return req->active;
}

static inline void cpu_latency_qos_add_request(struct pm_qos_request *req, s32 value) {
	if (WARN(req->active, "cpu_latency_qos_add_request called for already added request\n"))
		return;
	req->active = true;
	req->value = value;
}

static inline void cpu_latency_qos_update_request(struct pm_qos_request *req, s32 new_value) {
	if (!WARN(!req->active, "cpu_latency_qos_update_request called for unknown object\n"))
		req->value = new_value;
}

static inline void cpu_latency_qos_remove_request(struct pm_qos_request *req) {
	if (!WARN(!req->active, "cpu_latency_qos_remove_request called for unknown object\n"))
		req->active = false;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits on how long a CPU may take to leave idle (Linux 6.1, include/linux/pm_qos.h). An idle core waits in WFI here
 * and needs no time, so every limit is kept.
 */
#ifndef _LINUX_PM_QOS_H
#define _LINUX_PM_QOS_H

#include <linux/bug.h>
#include <linux/types.h>

#define PM_QOS_DEFAULT_VALUE (-1)

struct pm_qos_request {
	bool active;
	s32 value; /* us */
};

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

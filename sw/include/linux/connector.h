/* SPDX-License-Identifier: Apache-2.0 */
/* Messages to programs over netlink (Linux 6.1, include/linux/connector.h without CONFIG_CONNECTOR): there is no network. */
#ifndef __CONNECTOR_H
#define __CONNECTOR_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct cb_id {
	__u32 idx;
	__u32 val;
};

struct cn_msg {
	struct cb_id id;
	__u32 seq;
	__u32 ack;
	__u16 len;
	__u16 flags;
	__u8 data[];
};

#endif

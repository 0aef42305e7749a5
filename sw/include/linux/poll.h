/* SPDX-License-Identifier: Apache-2.0 */
/* How a driver's poll method tells on which wait queue the poller shall sleep (Linux's include/linux/poll.h). */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <uapi/asm-generic/poll.h>
#include <uapi/linux/eventpoll.h>

#define DEFAULT_POLLMASK (EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

struct poll_table_struct;

typedef void (*poll_queue_proc)(struct file *filp, wait_queue_head_t *queue, struct poll_table_struct *table);

typedef struct poll_table_struct {
	poll_queue_proc _qproc;
	__poll_t _key;
} poll_table;

/* Registers the poller on `queue`; does not sleep itself. */
static inline void poll_wait(struct file *filp, wait_queue_head_t *queue, poll_table *table)
{
	if (table && table->_qproc && queue)
		table->_qproc(filp, queue, table);
}

static inline bool poll_does_not_wait(const poll_table *table)
{
	return !table || !table->_qproc;
}

static inline void init_poll_funcptr(poll_table *table, poll_queue_proc qproc)
{
	table->_qproc = qproc;
	table->_key = ~(__poll_t)0;
}

__BEGIN_DECLS

/* The events that are ready now; a file without a poll method is always readable and writable. */
__poll_t vfs_poll(struct file *file, struct poll_table_struct *table);

__END_DECLS

#endif

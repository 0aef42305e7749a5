/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of tasks (Linux's include/linux/pid.h). A struct pid is the number with a reference count. */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct task_struct;

enum pid_type {
	PIDTYPE_PID,
	PIDTYPE_TGID,
	PIDTYPE_PGID,
	PIDTYPE_SID,
	PIDTYPE_MAX
};

struct pid {
	refcount_t count;
	pid_t nr;
	struct rcu_head rcu;
};

#define PID_MAX_DEFAULT 0x8000
#define RESERVED_PIDS 300

__BEGIN_DECLS
/* NULL: no such task. */
struct pid *find_get_pid(pid_t nr);
/* The same without a reference: until the end of the reader's section. */
struct pid *find_vpid(int nr);
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
struct task_struct *pid_task(struct pid *pid, enum pid_type type);
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
void put_pid(struct pid *pid);
__END_DECLS

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}

static inline pid_t pid_vnr(struct pid *pid)
{
	return pid_nr(pid);
}

#ifndef __cplusplus
#include <linux/wait.h>
#endif

#endif

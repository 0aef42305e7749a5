/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and strings of the kernel as files below /proc/sys (Linux 6.1, include/linux/sysctl.h). kernel/sysctl.cpp */
#ifndef _LINUX_SYSCTL_H
#define _LINUX_SYSCTL_H

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct ctl_table;

/*
 * Reads (write 0) or sets what a table's entry is: `buffer` is kernel memory of *lenp bytes, *lenp becomes what was used
 * of them, *ppos goes on by it. 0, or -EINVAL for what the entry cannot be, and then nothing has changed.
 */
typedef int proc_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos);

/* The last entry of a table has no name. */
struct ctl_table {
	const char *procname;
	void *data;
	int maxlen; /* bytes at data */
	umode_t mode;
	struct ctl_table *child; /* a directory, for register_sysctl_table() */
	proc_handler *proc_handler;
	struct ctl_table_poll *poll;
	void *extra1; /* the least and the most that a _minmax handler takes */
	void *extra2;
};

struct ctl_table_poll {
	atomic_t event;
	wait_queue_head_t wait;
};

struct ctl_path {
	const char *procname;
};

struct ctl_table_header;

__BEGIN_DECLS
extern const int sysctl_vals[];
extern const unsigned long sysctl_long_vals[];

/* The last three take a value in seconds, in ticks of 1/100 s, and in ms, and keep jiffies. */
proc_handler proc_dostring, proc_dobool, proc_dointvec, proc_douintvec, proc_dointvec_minmax, proc_douintvec_minmax,
	proc_dou8vec_minmax, proc_doulongvec_minmax, proc_dointvec_jiffies, proc_dointvec_userhz_jiffies,
	proc_dointvec_ms_jiffies;
/* A list of ranges; data is where a pointer to a bitmap of maxlen bits is. A write from the start replaces all. */
proc_handler proc_do_large_bitmap;

/* NULL: no memory, or an entry is there already, which is said. May sleep. */
struct ctl_table_header *register_sysctl(const char *path, struct ctl_table *table);
struct ctl_table_header *register_sysctl_table(struct ctl_table *table);
struct ctl_table_header *register_sysctl_paths(const struct ctl_path *path, struct ctl_table *table);
void unregister_sysctl_table(struct ctl_table_header *header);
__END_DECLS

#define register_sysctl_init(path, table) ((void)register_sysctl(path, table))

#define __SYSCTL_VALUE(i) ((void *)&sysctl_vals[i])
#define SYSCTL_ZERO __SYSCTL_VALUE(0)
#define SYSCTL_ONE __SYSCTL_VALUE(1)
#define SYSCTL_TWO __SYSCTL_VALUE(2)
#define SYSCTL_THREE __SYSCTL_VALUE(3)
#define SYSCTL_FOUR __SYSCTL_VALUE(4)
#define SYSCTL_ONE_HUNDRED __SYSCTL_VALUE(5)
#define SYSCTL_TWO_HUNDRED __SYSCTL_VALUE(6)
#define SYSCTL_ONE_THOUSAND __SYSCTL_VALUE(7)
#define SYSCTL_THREE_THOUSAND __SYSCTL_VALUE(8)
#define SYSCTL_INT_MAX __SYSCTL_VALUE(9)
#define SYSCTL_MAXOLDUID __SYSCTL_VALUE(10)
#define SYSCTL_NEG_ONE __SYSCTL_VALUE(11)
#define SYSCTL_LONG_ZERO ((void *)&sysctl_long_vals[0])
#define SYSCTL_LONG_ONE ((void *)&sysctl_long_vals[1])
#define SYSCTL_LONG_MAX ((void *)&sysctl_long_vals[2])

#define __CTL_TABLE_POLL_INITIALIZER(name)                                                                             \
	{ .event = ATOMIC_INIT(0), .wait = __WAIT_QUEUE_HEAD_INITIALIZER(name.wait) }
#define DEFINE_CTL_TABLE_POLL(name) struct ctl_table_poll name = __CTL_TABLE_POLL_INITIALIZER(name)

#endif

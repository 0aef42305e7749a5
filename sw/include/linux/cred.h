/* SPDX-License-Identifier: Apache-2.0 */
/* Who a task is (Linux 6.1, include/linux/cred.h). Everybody is root. kernel/cred.cpp */
#ifndef _LINUX_CRED_H
#define _LINUX_CRED_H

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/uidgid.h>

struct group_info {
	atomic_t usage;
	int ngroups;
	kgid_t gid[];
};

struct cred {
	atomic_t usage;
	kuid_t uid;
	kgid_t gid;
	kuid_t suid;
	kgid_t sgid;
	kuid_t euid;
	kgid_t egid;
	kuid_t fsuid;
	kgid_t fsgid;
	unsigned int securebits;
	kernel_cap_t cap_inheritable;
	kernel_cap_t cap_permitted;
	kernel_cap_t cap_effective;
	kernel_cap_t cap_bset;
	kernel_cap_t cap_ambient;
	void *security;
	struct user_struct *user;
	struct user_namespace *user_ns;
	struct ucounts *ucounts;
	struct group_info *group_info;
	struct rcu_head rcu;
};

__BEGIN_DECLS
extern struct cred init_cred;
void __put_cred(struct cred *cred);
/* A copy to be changed, of the task's own or of a task's; NULL without memory. commit_creds() makes it the task's, 0. */
struct cred *prepare_creds(void);
struct cred *prepare_kernel_cred(struct task_struct *daemon);
int commit_creds(struct cred *made);
void abort_creds(struct cred *made);
/* Until it is reverted with what this gives. */
const struct cred *override_creds(const struct cred *as);
void revert_creds(const struct cred *old);
__END_DECLS

static inline const struct cred *get_cred(const struct cred *cred)
{
	if (cred)
		atomic_inc(&((struct cred *)cred)->usage);
	return cred;
}

static inline struct cred *get_new_cred(struct cred *cred)
{
	atomic_inc(&cred->usage);
	return cred;
}

static inline void put_cred(const struct cred *cred)
{
	if (cred && atomic_dec_and_test(&((struct cred *)cred)->usage))
		__put_cred((struct cred *)cred);
}

static inline const struct cred *__cred_or_root(const struct cred *cred)
{
	return cred ? cred : &init_cred;
}

#define current_cred() __cred_or_root(current->cred)
#define current_real_cred() __cred_or_root(current->real_cred)
#define __task_cred(task) __cred_or_root((task)->real_cred)
#define get_current_cred() get_cred(current_cred())
#define get_task_cred(task) get_cred(__task_cred(task))
#define current_cred_xxx(member) (current_cred()->member)
#define task_cred_xxx(task, member) (__task_cred(task)->member)
#define task_uid(task) task_cred_xxx((task), uid)
#define task_euid(task) task_cred_xxx((task), euid)
#define current_uid() current_cred_xxx(uid)
#define current_gid() current_cred_xxx(gid)
#define current_euid() current_cred_xxx(euid)
#define current_egid() current_cred_xxx(egid)
#define current_suid() current_cred_xxx(suid)
#define current_sgid() current_cred_xxx(sgid)
#define current_fsuid() current_cred_xxx(fsuid)
#define current_fsgid() current_cred_xxx(fsgid)
#define current_cap() current_cred_xxx(cap_effective)
#define current_user() current_cred_xxx(user)
#define current_user_ns() current_cred_xxx(user_ns)

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Read-copy-update (Linux's include/linux/rcupdate.h, preemptible RCU). Readers may be preempted but must not block on purpose; a
 * grace period ends when every CPU has passed a point outside of readers and every preempted reader is through. Idle CPUs are such
 * points by themselves and are never woken for it.
 */
#ifndef __LINUX_RCUPDATE_H
#define __LINUX_RCUPDATE_H

#include <asm/barrier.h>
#include <linux/bottom_half.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/types.h>

#define ULONG_CMP_GE(a, b) ((unsigned long)~0UL / 2 >= (unsigned long)((a) - (b)))
#define ULONG_CMP_LT(a, b) ((unsigned long)~0UL / 2 < (unsigned long)((a) - (b)))

__BEGIN_DECLS
/* `func(head)` after a grace period, in softirq context. Any context. */
void call_rcu(struct rcu_head *head, rcu_callback_t func);
/* Returns after a grace period. May sleep; not from a reader. */
void synchronize_rcu(void);
void synchronize_rcu_expedited(void);
/* Returns when all callbacks that were queued before have been called. May sleep. */
void rcu_barrier(void);
unsigned long get_state_synchronize_rcu(void);
unsigned long start_poll_synchronize_rcu(void);
bool poll_state_synchronize_rcu(unsigned long oldstate);
void cond_synchronize_rcu(unsigned long oldstate);
/* One that has passed already. */
unsigned long get_completed_synchronize_rcu(void);
/* Seen by what tests RCU. kernel/rcu/torture.cpp */
extern int rcu_cpu_stall_suppress_at_boot, rcu_cpu_stall_suppress;
bool rcu_inkernel_boot_has_ended(void);
bool rcu_check_boost_fail(unsigned long gp_state, int *cpu);
bool rcu_gp_is_normal(void);
bool rcu_gp_is_expedited(void);
void rcu_expedite_gp(void);
void rcu_unexpedite_gp(void);
unsigned long rcu_get_gp_seq(void);
unsigned long rcu_exp_batches_completed(void);
void rcu_force_quiescent_state(void);
void rcu_momentary_eqs(void);
int rcu_jiffies_till_stall_check(void);
/* The slow part of the outermost rcu_read_unlock: this reader was preempted and a grace period may wait for it. */
void rcu_read_unlock_special(struct task_struct *t);

void rcu_init(void);
bool rcu_is_watching(void);
/* Idle loop, I masked: from here on this CPU counts as outside of readers. */
void rcu_idle_enter(void);
void rcu_idle_exit(void);
/* Scheduler: a context switch; `preempt` if the task did not ask for it. Run-queue side, I masked. */
void rcu_note_context_switch(bool preempt);
/* Tick: `user` is 0 here, there is no user mode. I masked. */
void rcu_sched_clock_irq(int user);
int rcu_needs_cpu(void);
void kvfree_call_rcu(struct rcu_head *head, rcu_callback_t func);
void rcu_read_unlock_underflow(void);
__END_DECLS

static __always_inline void rcu_read_lock(void)
{
	struct task_struct *t = current;

	WRITE_ONCE(t->rcu_read_lock_nesting, READ_ONCE(t->rcu_read_lock_nesting) + 1);
	barrier();
}

static __always_inline void rcu_read_unlock(void)
{
	struct task_struct *t = current;
	int depth;

	order_tell(reader_end, 0);
	barrier();
	depth = READ_ONCE(t->rcu_read_lock_nesting) - 1;
	if (unlikely(depth < 0)) {
		rcu_read_unlock_underflow();
		return;
	}
	WRITE_ONCE(t->rcu_read_lock_nesting, depth);
	barrier();
	if (depth == 0 && unlikely(READ_ONCE(t->rcu_blocked_reader)))
		rcu_read_unlock_special(t);
}

static inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
}

static inline void rcu_read_unlock_bh(void)
{
	order_tell(reader_end, 0);
	local_bh_enable();
}

static inline void rcu_read_lock_sched(void)
{
	preempt_disable();
}

static inline void rcu_read_unlock_sched(void)
{
	order_tell(reader_end, 0);
	preempt_enable();
}

#define rcu_read_lock_sched_notrace() preempt_disable_notrace()
#define rcu_read_unlock_sched_notrace() preempt_enable_notrace()

#define rcu_preempt_depth() READ_ONCE(current->rcu_read_lock_nesting)

static inline int rcu_read_lock_held(void)
{
	return rcu_preempt_depth() > 0;
}

static inline int rcu_read_lock_bh_held(void)
{
	return in_softirq() || irqs_disabled();
}

static inline int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

static inline int rcu_read_lock_any_held(void)
{
	return rcu_read_lock_held() || rcu_read_lock_sched_held();
}

#define synchronize_rcu_tasks() synchronize_rcu()
#define cond_resched_rcu_qs() cond_resched()
#define rcu_softirq_qs() ((void)0)
#define rcu_head_init(rhp) ((rhp)->func = NULL)
#define init_rcu_head(head) ((void)0)
#define destroy_rcu_head(head) ((void)0)
#define init_rcu_head_on_stack(head) ((void)0)
#define destroy_rcu_head_on_stack(head) ((void)0)
#define RCU_LOCKDEP_WARN(c, s) do { (void)sizeof(c); } while (0)
#define RCU_NONIDLE(a) do { a; } while (0)
#define RCU_INITIALIZER(v) (v)

#define rcu_assign_pointer(p, v) __atomic_store_n(&(p), (v), __ATOMIC_RELEASE)
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, v)
#define RCU_POINTER_INITIALIZER(p, v) .p = (v)
#define rcu_replace_pointer(rcu_ptr, ptr, c)                                                                           \
	({                                                                                                             \
		__typeof__(ptr) __rcu_old = (rcu_ptr);                                                                 \
		rcu_assign_pointer((rcu_ptr), (ptr));                                                                  \
		__rcu_old;                                                                                             \
	})
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_dereference(p) READ_ONCE(p)
#define rcu_dereference_bh(p) READ_ONCE(p)
#define rcu_dereference_sched(p) READ_ONCE(p)
#define rcu_dereference_raw(p) READ_ONCE(p)
#define rcu_dereference_raw_check(p) READ_ONCE(p)
#define rcu_dereference_check(p, c) READ_ONCE(p)
#define rcu_dereference_bh_check(p, c) READ_ONCE(p)
#define rcu_dereference_sched_check(p, c) READ_ONCE(p)
#define rcu_dereference_protected(p, c) (p)
#define rcu_pointer_handoff(p) (p)
#define unrcu_pointer(p) (p)

/* kvfree_call_rcu takes the offset of the head within the object for the function: smaller than any address. */
#define __is_kvfree_rcu_offset(offset) ((offset) < 4096)
static inline void __kvfree_rcu_at(void *object, unsigned long offset)
{
	if (object)
		kvfree_call_rcu((struct rcu_head *)((char *)object + offset), (rcu_callback_t)offset);
}
#define kvfree_rcu_2(object, head) __kvfree_rcu_at(object, offsetof(__typeof__(*(object)), head))
/* With the name of the object's rcu_head; without one the caller waits, and may sleep. */
#define kvfree_rcu(...) __kvfree_rcu_choose(__VA_ARGS__, kvfree_rcu_2, kvfree_rcu_1)(__VA_ARGS__)
#define kfree_rcu(...) kvfree_rcu(__VA_ARGS__)
#define __kvfree_rcu_choose(ptr, rhf, which, ...) which
#define kvfree_rcu_1(ptr) kfree_rcu_mightsleep(ptr)
#define kfree_rcu_mightsleep(ptr)                                                                                      \
	do {                                                                                                           \
		synchronize_rcu();                                                                                     \
		kfree(ptr);                                                                                            \
	} while (0)

/* The same with both kinds of grace periods, which are one here. */
struct rcu_gp_oldstate {
	unsigned long rgos_norm;
	unsigned long rgos_exp;
};
#define NUM_ACTIVE_RCU_POLL_OLDSTATE 2
#define NUM_ACTIVE_RCU_POLL_FULL_OLDSTATE 2
#define same_state_synchronize_rcu(a, b) ((a) == (b))
__BEGIN_DECLS
void get_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void get_completed_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void start_poll_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void start_poll_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);
unsigned long start_poll_synchronize_rcu_expedited(void);
bool poll_state_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void cond_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);
void cond_synchronize_rcu_expedited(unsigned long oldstate);
void cond_synchronize_rcu_expedited_full(struct rcu_gp_oldstate *rgosp);
__END_DECLS

static inline bool same_state_synchronize_rcu_full(struct rcu_gp_oldstate *a, struct rcu_gp_oldstate *b)
{
	return a->rgos_norm == b->rgos_norm;
}

/* Every CPU runs its own callbacks. */
static inline int rcu_nocb_cpu_offload(int cpu)
{
	return -EINVAL;
}

static inline int rcu_nocb_cpu_deoffload(int cpu)
{
	return 0;
}

/* Whether call_rcu(rhp, f) has been called and f not yet. */
static inline bool rcu_head_after_call_rcu(struct rcu_head *rhp, rcu_callback_t f)
{
	return READ_ONCE(rhp->func) == f;
}

#endif

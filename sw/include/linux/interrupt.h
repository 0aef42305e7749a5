/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What drivers use of the interrupt subsystem: requesting and controlling lines, softirqs and tasklets (Linux 6.1,
 * include/linux/interrupt.h). The bodies are in kernel/irq/ and kernel/softirq/.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/hrtimer.h>
#include <linux/irqflags.h>
#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include <linux/atomic.h>
#include <asm/irq.h>

/* What makes the line fire. None of them: keep what the device tree or the boot code has set. */
#define IRQF_TRIGGER_NONE    0x00000000
#define IRQF_TRIGGER_RISING  0x00000001
#define IRQF_TRIGGER_FALLING 0x00000002
#define IRQF_TRIGGER_HIGH    0x00000004
#define IRQF_TRIGGER_LOW     0x00000008
#define IRQF_TRIGGER_MASK    (IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW | IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING)
#define IRQF_TRIGGER_PROBE   0x00000010

#define IRQF_SHARED	  0x00000080 /* several devices on one line; every one of them says so */
#define IRQF_PROBE_SHARED 0x00000100 /* a mismatch with the others is expected: say nothing */
#define __IRQF_TIMER	  0x00000200
#define IRQF_PERCPU	  0x00000400
#define IRQF_NOBALANCING  0x00000800
#define IRQF_IRQPOLL	  0x00001000
#define IRQF_ONESHOT	  0x00002000 /* stays masked until the thread function has returned */
#define IRQF_NO_SUSPEND	  0x00004000
#define IRQF_FORCE_RESUME 0x00008000
#define IRQF_NO_THREAD	  0x00010000 /* not even under threadirqs */
#define IRQF_EARLY_RESUME 0x00020000
#define IRQF_COND_SUSPEND 0x00040000
#define IRQF_NO_AUTOEN	  0x00080000 /* the driver calls enable_irq itself */
#define IRQF_NO_DEBUG	  0x00100000 /* not watched for being stuck */
#define IRQF_TIMER	  (__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

/* What request_any_context_irq chose. */
enum {
	IRQC_IS_HARDIRQ = 0,
	IRQC_IS_NESTED,
};

typedef irqreturn_t (*irq_handler_t)(int, void *);

/* One request of a line. Lives from request to free; drivers never see inside. */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	void __percpu *percpu_dev_id;
	struct irqaction *next;
	irq_handler_t thread_fn;
	struct task_struct *thread;
	struct irqaction *secondary;
	unsigned int irq;
	unsigned int flags;
	unsigned long thread_flags;
	unsigned long thread_mask;
	const char *name;
	struct proc_dir_entry *dir;
	const void *site; /* the driver's code that asked for it; NULL: no driver's */
};

/* A line that is known not to be connected: requests answer -ENOTCONN. */
#define IRQ_NOTCONNECTED (1U << 31)

__BEGIN_DECLS

irqreturn_t no_action(int cpl, void *dev_id);

/*
 * Requesting a line. May sleep. Once the line is set up, and before the call returns, the handler can be called in hard
 * interrupt context with interrupts masked; thread_fn runs in its own SCHED_FIFO thread irq/N-name.
 *
 * Errors: -EINVAL (no such interrupt, IRQF_SHARED without dev_id, no handler at all, handler NULL without IRQF_ONESHOT),
 * -EBUSY (line taken, or flags differ), -ENOMEM, -ENOSYS (no controller behind it), -ENOTCONN.
 */
int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
				      unsigned long flags, const char *name, void *dev);
/* IRQC_IS_HARDIRQ, IRQC_IS_NESTED, or an error. */
int __must_check request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
					 void *dev_id);
int __must_check __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *devname,
				      void __percpu *percpu_dev_id);
/*
 * Free a line. May sleep: waits for handlers on other CPUs and for the thread to end. Returns the name that was given to
 * the request, or NULL with a warning if there was no such request.
 */
const void *free_irq(unsigned int irq, void *dev_id);
void free_percpu_irq(unsigned int irq, void __percpu *percpu_dev_id);

static inline int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
					   const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev);
}

static inline int __must_check request_percpu_irq(unsigned int irq, irq_handler_t handler, const char *devname,
						  void __percpu *percpu_dev_id)
{
	return __request_percpu_irq(irq, handler, 0, devname, percpu_dev_id);
}

struct device;

/* As above, freed when the device goes away or its probe fails. A NULL devname means the device's name. */
int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
					   irq_handler_t thread_fn, unsigned long irqflags, const char *devname,
					   void *dev_id);
int __must_check devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
					      unsigned long irqflags, const char *devname, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

static inline int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
						unsigned long irqflags, const char *devname, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, irqflags, devname, dev_id);
}

/* Whether somebody has requested the line. */
bool irq_has_action(unsigned int irq);

/*
 * Disabling nests. disable_irq waits for running handlers and threads and so may sleep; called from the line's own
 * handler it never returns, as on Linux. disable_irq_nosync does not wait. Only the last enable_irq has an effect; an edge
 * that came meanwhile is delivered then.
 */
void disable_irq_nosync(unsigned int irq);
bool disable_hardirq(unsigned int irq);
void disable_irq(unsigned int irq);
void enable_irq(unsigned int irq);
/* Per-CPU lines: this CPU's part only. type: IRQ_TYPE_*, or IRQ_TYPE_NONE for the line's own. */
void enable_percpu_irq(unsigned int irq, unsigned int type);
void disable_percpu_irq(unsigned int irq);
bool irq_percpu_is_enabled(unsigned int irq);
/* Make the thread of one action run without an interrupt. */
void irq_wake_thread(unsigned int irq, void *dev_id);
bool irq_check_status_bit(unsigned int irq, unsigned int bitmask);

void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq);

extern bool force_irqthreads_key;
/* threadirqs on the command line. */
static inline bool force_irqthreads(void)
{
	return force_irqthreads_key;
}

/* A callback in process context whenever the line's affinity has changed. */
struct irq_affinity_notify {
	unsigned int irq;
	struct kref kref;
	struct work_struct work;
	void (*notify)(struct irq_affinity_notify *, const cpumask_t *mask);
	void (*release)(struct kref *ref);
};

struct irq_affinity_desc {
	struct cpumask mask;
	unsigned int is_managed : 1;
};

extern cpumask_var_t irq_default_affinity;

/* 0, -EINVAL (no such line, no online CPU in the mask, or the chip cannot). force: offline CPUs are accepted too. */
int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_force_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_can_set_affinity(unsigned int irq);
int irq_select_affinity(unsigned int irq);
int __irq_apply_affinity_hint(unsigned int irq, const struct cpumask *m, bool setaffinity);
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify);

/* Wake-up sources: nests; 0 or the chip's error (-ENXIO: it cannot). */
int irq_set_irq_wake(unsigned int irq, unsigned int on);

/* What the controller itself remembers of a line. */
enum irqchip_irq_state {
	IRQCHIP_STATE_PENDING,
	IRQCHIP_STATE_ACTIVE,
	IRQCHIP_STATE_MASKED,
	IRQCHIP_STATE_LINE_LEVEL,
};

/* 0, -EINVAL (no such line, or no chip of the hierarchy has it), -ENODEV. */
int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state);
int irq_set_vcpu_affinity(unsigned int irq, void *vcpu_info);
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool state);

/* Lock a line's state for the time of a register access that must not meet its interrupt. */
static inline void disable_irq_nosync_lockdep(unsigned int irq)
{
	disable_irq_nosync(irq);
}

static inline void disable_irq_lockdep(unsigned int irq)
{
	disable_irq(irq);
}

static inline int disable_irq_wake(unsigned int irq)
{
	return irq_set_irq_wake(irq, 0);
}

/* A hint for user space; the mask must live until the hint is taken back with NULL. Except for the update, it moves the line. */
static inline int irq_set_affinity_hint(unsigned int irq, const struct cpumask *mask)
{
	return __irq_apply_affinity_hint(irq, mask, true);
}

static inline int enable_irq_wake(unsigned int irq)
{
	return irq_set_irq_wake(irq, 1);
}

static inline int irq_update_affinity_hint(unsigned int irq, const struct cpumask *mask)
{
	return __irq_apply_affinity_hint(irq, mask, false);
}

static inline void enable_irq_lockdep(unsigned int irq)
{
	enable_irq(irq);
}

static inline int irq_set_affinity_and_hint(unsigned int irq, const struct cpumask *mask)
{
	return __irq_apply_affinity_hint(irq, mask, true);
}

/* Which line does a device use? on, make the device interrupt, off: the number, 0 if none, negative if several. */
unsigned long probe_irq_on(void);
int probe_irq_off(unsigned long val);
unsigned int probe_irq_mask(unsigned long val);

struct seq_file;
int show_interrupts(struct seq_file *p, void *v);
int arch_show_interrupts(struct seq_file *p, int prec);
void early_irq_init(void);
void init_irq_proc(void);
void rearm_wake_irq(unsigned int irq);

__END_DECLS

/* Softirqs: in this order of precedence. */
enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,
	TEST_SOFTIRQ, /* for teaching modules: Linux has no vector that a module may take */

	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(struct softirq_action *);
};

#ifndef local_softirq_pending
#define local_softirq_pending()	 (__this_cpu_read(irq_stat.__softirq_pending))
#define set_softirq_pending(x)	 (__this_cpu_write(irq_stat.__softirq_pending, (x)))
#define or_softirq_pending(x)	 (__this_cpu_or(irq_stat.__softirq_pending, (x)))
#endif

__BEGIN_DECLS

extern const char *const softirq_to_name[NR_SOFTIRQS];

void do_softirq(void);
void __do_softirq(void);
void open_softirq(int nr, void (*action)(struct softirq_action *));
void softirq_init(void);
/* raise_softirq: any context. The _irqoff forms: interrupts masked; __raise does not wake ksoftirqd. */
void __raise_softirq_irqoff(unsigned int nr);
void raise_softirq_irqoff(unsigned int nr);
void raise_softirq(unsigned int nr);

DECLARE_PER_CPU(struct task_struct *, ksoftirqd);

__END_DECLS

static inline struct task_struct *this_cpu_ksoftirqd(void)
{
	return this_cpu_read(ksoftirqd);
}

/*
 * Tasklets: a function that runs once per schedule in softirq context, never on two CPUs at the same time. Scheduled again
 * before it has started: runs once. Scheduled while it runs: runs again.
 */
struct tasklet_struct {
	struct tasklet_struct *next;
	unsigned long state;
	atomic_t count;
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

#ifdef __cplusplus
#define __TASKLET_CALLBACK(_name, _callback, _count)                                                                   \
	struct tasklet_struct _name = { NULL, 0, ATOMIC_INIT(_count), true, { .callback = _callback }, 0 }
#define __TASKLET_FUNC(_name, _func, _count)                                                                           \
	struct tasklet_struct _name = { NULL, 0, ATOMIC_INIT(_count), false, { .func = _func }, 0 }
#else
#define __TASKLET_CALLBACK(_name, _callback, _count)                                                                   \
	struct tasklet_struct _name = {                                                                                \
		.count = ATOMIC_INIT(_count),                                                                          \
		.callback = _callback,                                                                                 \
		.use_callback = true,                                                                                  \
	}
#define __TASKLET_FUNC(_name, _func, _count)                                                                           \
	struct tasklet_struct _name = {                                                                                \
		.count = ATOMIC_INIT(_count),                                                                          \
		.func = _func,                                                                                         \
	}
#endif

/*
 * DECLARE_TASKLET(name, callback); or, as before Linux 5.9, DECLARE_TASKLET(name, func, data): a driver's source that has three
 * arguments can only mean that.
 */
#define __TASKLET_FUNC_DATA(_name, _func, _data, _count)                                                               \
	struct tasklet_struct _name = { NULL, 0, ATOMIC_INIT(_count), false, { .func = _func }, _data }
#define __TASKLET_2(_count, _name, _callback) __TASKLET_CALLBACK(_name, _callback, _count)
#ifdef MODULE
/* The module's loader says so. */
#define __TASKLET_3(_count, _name, _func, _data)                                                                       \
	__TASKLET_FUNC_DATA(_name, _func, _data, _count);                                                              \
	static const char __old_tasklet_##_name[]                                                                      \
		__attribute__((__used__, __section__("modinfo"), __aligned__(1))) = "old_tasklet=" #_name
#else
#define __TASKLET_3(_count, _name, _func, _data) __TASKLET_FUNC_DATA(_name, _func, _data, _count)
#endif
#define __TASKLET_PICK(_1, _2, _3, _form, ...) _form
#define DECLARE_TASKLET(...) __TASKLET_PICK(__VA_ARGS__, __TASKLET_3, __TASKLET_2, 0)(0, __VA_ARGS__)
#define DECLARE_TASKLET_DISABLED(...) __TASKLET_PICK(__VA_ARGS__, __TASKLET_3, __TASKLET_2, 0)(1, __VA_ARGS__)
#define DECLARE_TASKLET_OLD(name, _func)	  __TASKLET_FUNC(name, _func, 0)
#define DECLARE_TASKLET_DISABLED_OLD(name, _func) __TASKLET_FUNC(name, _func, 1)

#define from_tasklet(var, callback_tasklet, tasklet_fieldname)                                                         \
	container_of(callback_tasklet, typeof(*var), tasklet_fieldname)

enum {
	TASKLET_STATE_SCHED, /* in a queue */
	TASKLET_STATE_RUN    /* running on some CPU */
};

__BEGIN_DECLS

void __tasklet_schedule(struct tasklet_struct *t);
void __tasklet_hi_schedule(struct tasklet_struct *t);
void tasklet_unlock(struct tasklet_struct *t);
void tasklet_unlock_wait(struct tasklet_struct *t);
void tasklet_unlock_spin_wait(struct tasklet_struct *t);
/* Waits until the tasklet has run and will not run again by an earlier schedule. May sleep. */
void tasklet_kill(struct tasklet_struct *t);
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));

__END_DECLS

static inline void tasklet_schedule(struct tasklet_struct *t)
{
	order_tell(hand_over, t);
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_schedule(t);
}

static inline int tasklet_trylock(struct tasklet_struct *t)
{
	return !test_and_set_bit(TASKLET_STATE_RUN, &t->state);
}

static inline void tasklet_hi_schedule(struct tasklet_struct *t)
{
	order_tell(hand_over, t);
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_hi_schedule(t);
}

static inline void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	smp_mb__after_atomic();
}

/* For callers that cannot sleep: waits by spinning. */
static inline void tasklet_disable_in_atomic(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_spin_wait(t);
	smp_mb();
}

/* Waits for a running tasklet; one that is scheduled stays queued until tasklet_enable. */
static inline void tasklet_disable(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

static inline void tasklet_enable(struct tasklet_struct *t)
{
	order_tell(hand_over, t);
	smp_mb__before_atomic();
	WARN_ON_ONCE(atomic_dec_return(&t->count) < 0); /* it would never run again */
}

#include <linux/irq.h>

#endif

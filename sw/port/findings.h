/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of findings: each check of the debug kernel says which one it makes, and by that the hint, the name in a baseline and in
 * the outputs are chosen, independent of the words of the report. FINDING(kind, "name", "what to look at"), the last one empty where
 * the text says it all.
 */
#ifndef PORT_FINDINGS_H
#define PORT_FINDINGS_H

/* clang-format off */
#define PORT_FINDINGS(FINDING)                                                                                         \
	FINDING(warning, "other", "")                                                                                \
	FINDING(sleep_in_atomic, "sleep-in-atomic",                                                                    \
		"the call may sleep; handlers, tasklets, timers and code under a spinlock must not")                   \
	FINDING(schedule_in_atomic, "sleep-in-atomic",                                                              \
		"it slept in a handler, a tasklet, a timer or under a spinlock")                                       \
	FINDING(blocking_state, "nested-sleep",                                                                      \
		"the task had set its state for a sleep of its own; set it back before the call")                      \
	FINDING(preemptible, "preemptible",                                                                            \
		"the task may move to another CPU here: preempt_disable() around it, or this_cpu_inc() and the like")  \
	FINDING(lock_usage, "lock-in-interrupt",                                                                              \
		"the lock is also taken in an interrupt: take it with _irqsave (or _bh) here")                         \
	FINDING(lock_irq_order, "lock-in-interrupt",                                                                      \
		"a lock that interrupts take must not be followed by one that is taken with them enabled")             \
	FINDING(lock_order, "lock-order", "two orders of the same locks: see the chain in the log for both places")    \
	FINDING(lock_recursion, "lock-recursion",                                                                      \
		"the same lock, or one of its class, is held already: see both places in the log")                     \
	FINDING(lock_context, "lock-context", "a lock that sleeps is taken where nothing may sleep")                   \
	FINDING(lock_unlock, "lock-balance", "the lock is not held here")                                               \
	FINDING(lock_freed, "lock-lifetime", "unlock before the memory goes")                                             \
	FINDING(lock_held_at_end, "lock-balance", "the task ends with a lock")                                     \
	FINDING(lock_not_set_up, "lock-uninitialised", "the lock was never initialised, or overwritten")                  \
	FINDING(lock_state, "lock-uninitialised", "the lock was overwritten, copied, or is used by who does not hold it")      \
	FINDING(object_active, "object-lifetime", "cancel it, and wait for it, before its memory goes")                  \
	FINDING(object_init, "object-lifetime", "it is armed or queued: initialise it once")                               \
	FINDING(object_unavailable, "object-uninitialised", "it was never set up, or its memory was freed")              \
	FINDING(object_on_stack, "object-lifetime", "it stays armed when the function returns: *_ONSTACK, and destroy it") \
	FINDING(irq_flags, "irq-flags", "all who share a line need IRQF_SHARED and the same trigger")                  \
	FINDING(irq_oneshot, "irq-flags",                                                                            \
		"the level comes again before its thread has run: the line must stay masked until then, IRQF_ONESHOT") \
	FINDING(irq_free, "irq-lifetime", "freed twice, or with another dev_id than it was requested with")                \
	FINDING(irq_unbalanced, "irq-balance", "more enable_irq() than disable_irq()")                              \
	FINDING(irq_unserved, "irq-unhandled",                                                                          \
		"no handler of the line returned IRQ_HANDLED: the device still asks, or is another's")                 \
	FINDING(irq_answer, "irq-return-value", "a handler returns IRQ_NONE, IRQ_HANDLED or IRQ_WAKE_THREAD")                \
	FINDING(irq_no_thread, "irq-return-value", "request it with request_threaded_irq()")                              \
	FINDING(irq_enabled, "irq-context", "a handler runs with interrupts off and must leave them so")               \
	FINDING(irq_waits_for_itself, "irq-deadlock",                                                          \
		"disable_irq() waits for the handler: use disable_irq_nosync() in it")                                 \
	FINDING(preempt_leak, "atomic-leak",                                                                          \
		"a lock is taken or preemption disabled, and not given back, on one of its ways out")                  \
	FINDING(soft_lockup, "lockup", "the CPU computes with preemption off for too long")                       \
	FINDING(hard_lockup, "lockup", "the CPU computes with interrupts off for too long")                       \
	FINDING(hung_task, "hung-task", "nothing wakes the task: a wake-up is lost, or its condition never comes")      \
	FINDING(endless, "endless", "it polls or waits for something that does not come: give it an end")              \
	FINDING(tasklet_disabled, "tasklet-disabled", "enable it before it is killed, or do not schedule it")          \
	FINDING(workqueue, "workqueue", "")                                                                            \
	FINDING(left_behind, "left-at-unload", "the exit function, or the error path of init, misses its release")        \
	FINDING(memory_beyond, "memory-overwritten", "written beyond the end of the object")                                \
	FINDING(bad_free, "memory-bad-free", "not the start of memory that kmalloc gave: vmalloc's goes back by vfree")        \
	FINDING(gpio_freed, "gpio-lifetime", "a line is used between its request and its free, and freed once")             \
	FINDING(memory_freed_twice, "memory-double-free", "freed twice: the log says where the first time was")        \
	FINDING(memory_after_free, "memory-use-after-free", "the driver writes to memory that it has freed; --kasan names the line") \
	FINDING(memory_access, "memory-access", "the log says where the memory was allocated and freed")               \
	FINDING(list, "list-corruption", "a list is changed without its lock, or an entry added or removed twice")                \
	FINDING(reference, "memory-use-after-free", "the last reference is gone already")                                          \
	FINDING(oops, "oops", "")                                                                                      \
	FINDING(panic, "panic", "")                                                                                    \
	FINDING(race, "data-race", "one lock for both sides, or READ_ONCE() and WRITE_ONCE() where either order is right")          \
	FINDING(division, "division", "arm64 gives 0; an earlier check of the divisor is missing")                     \
	FINDING(unloaded, "unloaded", "what the module has left registered is used: on a board this is an oops")       \
	FINDING(system_call, "system-call", "a module is code of the kernel: it has no system calls of the host")
/* clang-format on */

enum port_finding {
#define PORT_FINDING_ENUM(kind, name, hint) FINDING_##kind,
	PORT_FINDINGS(PORT_FINDING_ENUM)
#undef PORT_FINDING_ENUM
};

/* The record `finding` of port/trace.h has the kind as its first argument. */

#endif

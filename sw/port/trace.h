/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only door from software to the observer: typed records, and the definition of every latency stage.
 *
 * trace_NAME(...) emits one record with the core's local time, the CPU, the event, up to four arguments and a text. The
 * platform adds the number of the pin edge that caused it (it follows objects: the work item that was queued in a handler
 * carries that handler's edge). Emitting costs no simulated time and never changes what the software does; without an
 * observer it costs the host a call and a branch.
 *
 * Pointers among the arguments are keys: they only ever say "the same object as before".
 */
#ifndef PORT_TRACE_H
#define PORT_TRACE_H

#include <stdint.h>

/*
 * TRACE(event, ftrace system, ftrace name, a, b, c, d, text): what each argument means. Names are Linux's tracepoints
 * where Linux has one (include/trace/events/). A dash: unused.
 */
#define PORT_TRACE_EVENTS(TRACE)                                                                                       \
	/* Exceptions, as the core takes them. */                                                                      \
	TRACE(vector_entry, exception, vector_entry, -, -, -, -, -)                                                    \
	TRACE(vector_exit, exception, vector_exit, -, -, -, -, -)                                                      \
	/* Which line an irq number is: hwirq within the domain named in text (a GPIO bank's or the GIC's). */         \
	TRACE(irq_map, irq, irq_map, irq, hwirq, -, -, domain)                                                         \
	TRACE(irq_unmap, irq, irq_unmap, irq, -, -, -, -)                                                              \
	TRACE(irq_request, irq, irq_request, irq, action, flags, threaded, name)                                       \
	TRACE(irq_free, irq, irq_free, irq, action, -, -, name)                                                        \
	/* One action's handler. */                                                                                    \
	TRACE(irq_handler_entry, irq, irq_handler_entry, irq, action, -, -, name)                                      \
	TRACE(irq_handler_exit, irq, irq_handler_exit, irq, action, ret, -, name)                                      \
	/* An edge found its line disabled or in progress and was remembered; or one was remembered already. */        \
	TRACE(irq_pending, irq, irq_pending, irq, -, -, -, -)                                                          \
	TRACE(irq_pending_merged, irq, irq_pending_merged, irq, -, -, -, -)                                            \
	/* Dropped, with the reason as text: no action, spurious, unmapped, ... */                                     \
	TRACE(irq_dropped, irq, irq_dropped, irq, -, -, -, reason)                                                     \
	TRACE(irq_thread_wake, irq, irq_thread_wake, irq, action, -, -, name)                                          \
	TRACE(irq_thread_entry, irq, irq_thread_entry, irq, action, -, -, name)                                        \
	TRACE(irq_thread_exit, irq, irq_thread_exit, irq, action, ret, -, name)                                        \
	TRACE(softirq_raise, irq, softirq_raise, vec, -, -, -, name)                                                   \
	TRACE(softirq_entry, irq, softirq_entry, vec, -, -, -, name)                                                   \
	TRACE(softirq_exit, irq, softirq_exit, vec, -, -, -, name)                                                     \
	TRACE(tasklet_schedule, irq, tasklet_schedule, tasklet, func, -, -, -)                                         \
	TRACE(tasklet_entry, irq, tasklet_entry, tasklet, func, -, -, -)                                               \
	TRACE(tasklet_exit, irq, tasklet_exit, tasklet, func, -, -, -)                                                 \
	TRACE(workqueue_queue_work, workqueue, workqueue_queue_work, work, func, req_cpu, cpu, workqueue)              \
	TRACE(workqueue_activate_work, workqueue, workqueue_activate_work, work, -, -, -, -)                           \
	TRACE(workqueue_execute_start, workqueue, workqueue_execute_start, work, func, -, -, -)                        \
	TRACE(workqueue_execute_end, workqueue, workqueue_execute_end, work, func, -, -, -)                            \
	/* A delayed work item's timer was armed; queue_work follows when it fires. */                                 \
	TRACE(workqueue_delay, workqueue, workqueue_delay, work, func, delay_jiffies, -, workqueue)                    \
	TRACE(workqueue_cancel, workqueue, workqueue_cancel, work, -, -, -, -)                                         \
	TRACE(sched_switch, sched, sched_switch, prev_pid, prev_prio_state, next_pid, next_prio, next_comm)            \
	TRACE(sched_wakeup, sched, sched_wakeup, pid, prio, target_cpu, -, comm)                                       \
	TRACE(sched_waking, sched, sched_waking, pid, prio, target_cpu, -, comm)                                       \
	TRACE(sched_migrate_task, sched, sched_migrate_task, pid, orig_cpu, dest_cpu, prio, comm)                      \
	TRACE(sched_process_new, sched, sched_wakeup_new, pid, prio, target_cpu, -, comm)                              \
	TRACE(sched_process_exit, sched, sched_process_exit, pid, prio, -, -, comm)                                    \
	TRACE(task_rename, task, task_rename, pid, -, -, -, newcomm)                                                   \
	TRACE(cpu_idle, power, cpu_idle, state, cpu, -, -, -)                                                          \
	/* expires, now and baseclk in jiffies; flags_timeout: the timer's flags << 32 | (u32)(expires - now). */      \
	TRACE(timer_start, timer, timer_start, timer, func, expires, flags_timeout, -)                                 \
	TRACE(timer_expire_entry, timer, timer_expire_entry, timer, func, now, baseclk, -)                             \
	TRACE(timer_expire_exit, timer, timer_expire_exit, timer, -, -, -, -)                                          \
	TRACE(timer_cancel, timer, timer_cancel, timer, -, -, -, -)                                                    \
	/* expires and now in ns; slack_mode: (expires - softexpires) << 8 | the mode. */                              \
	TRACE(hrtimer_start, timer, hrtimer_start, timer, func, expires, slack_mode, -)                                \
	TRACE(hrtimer_expire_entry, timer, hrtimer_expire_entry, timer, func, now, -, -)                               \
	TRACE(hrtimer_expire_exit, timer, hrtimer_expire_exit, timer, -, -, -, -)                                      \
	TRACE(hrtimer_cancel, timer, hrtimer_cancel, timer, -, -, -, -)                                                \
	TRACE(ipi_raise, ipi, ipi_raise, target_mask, -, -, -, reason)                                                 \
	TRACE(ipi_entry, ipi, ipi_entry, -, -, -, -, reason)                                                           \
	TRACE(ipi_exit, ipi, ipi_exit, -, -, -, -, reason)                                                             \
	TRACE(gpio_direction, gpio, gpio_direction, gpio, in, err, -, -)                                               \
	TRACE(gpio_value, gpio, gpio_value, gpio, get, value, -, -)                                                    \
	TRACE(irqs_off, preemptirq, irq_disable, caller, -, -, -, -)                                                   \
	TRACE(irqs_on, preemptirq, irq_enable, caller, -, -, -, -)                                                     \
	TRACE(preempt_off, preemptirq, preempt_disable, caller, -, -, -, -)                                            \
	TRACE(preempt_on, preemptirq, preempt_enable, caller, -, -, -, -)                                              \
	/* flags are Linux's LCB_F_*: 1 spinning, 2 reader, 4 writer, 32 mutex. */                                     \
	TRACE(lock_contended, lock, contention_begin, lock, caller, owner_cpu, flags, name)                            \
	TRACE(lock_acquired, lock, contention_end, lock, caller, -, -, name)                                           \
	TRACE(module_load, module, module_load, base, size, -, -, name)                                                \
	TRACE(module_free, module, module_free, base, -, -, -, name)                                                   \
	/* The kernel reported a defect of a driver: the run will exit 2. */                                           \
	TRACE(finding, finding, finding, -, -, -, -, text)

enum port_trace_event {
#define PORT_TRACE_ENUM(event, ...) TRACE_##event,
	PORT_TRACE_EVENTS(PORT_TRACE_ENUM)
#undef PORT_TRACE_ENUM
		TRACE_EVENT_COUNT
};

#ifdef __cplusplus
extern "C" {
#endif
void port_trace(enum port_trace_event event, uint64_t a, uint64_t b, uint64_t c, uint64_t d, const char *text);
#ifdef __cplusplus
}
#endif

/* trace(irq_handler_entry, irq, action) and the like: missing arguments are 0, text is last and optional. */
#define PORT_TRACE_KEY(x) ((uint64_t)(uintptr_t)(x))
#define trace_event0(event, text) port_trace(TRACE_##event, 0, 0, 0, 0, text)
#define trace_event1(event, a, text) port_trace(TRACE_##event, PORT_TRACE_KEY(a), 0, 0, 0, text)
#define trace_event2(event, a, b, text) port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), 0, 0, text)
#define trace_event3(event, a, b, c, text)                                                                             \
	port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), PORT_TRACE_KEY(c), 0, text)
#define trace_event4(event, a, b, c, d, text)                                                                          \
	port_trace(TRACE_##event, PORT_TRACE_KEY(a), PORT_TRACE_KEY(b), PORT_TRACE_KEY(c), PORT_TRACE_KEY(d), text)

/*
 * The stages. Each has one start record and one end record of the same edge (and of the same object, where the record
 * names one). hw_ records come from probes of the models: hw_pin_edge, the transition at the bank's input; hw_status, the
 * bit in INT_STATUS; hw_nirq, the core's nIRQ asserted because of it. A stage that an edge does not pass has no sample.
 *
 * STAGE(name, start, end)
 */
#define PORT_TRACE_STAGES(STAGE)                                                                                       \
	STAGE(pin_to_status, hw_pin_edge, hw_status)                                                                   \
	STAGE(status_to_irq, hw_status, hw_nirq)                                                                       \
	STAGE(irq_to_vector, hw_nirq, vector_entry)                                                                    \
	STAGE(vector_to_handler, vector_entry, irq_handler_entry)                                                      \
	STAGE(handler, irq_handler_entry, irq_handler_exit)                                                            \
	STAGE(handler_to_softirq, irq_handler_exit, softirq_entry)                                                     \
	STAGE(softirq, softirq_entry, softirq_exit)                                                                    \
	STAGE(handler_to_tasklet, irq_handler_exit, tasklet_entry)                                                     \
	STAGE(tasklet, tasklet_entry, tasklet_exit)                                                                    \
	STAGE(wake_to_thread, irq_thread_wake, irq_thread_entry)                                                       \
	STAGE(thread, irq_thread_entry, irq_thread_exit)                                                               \
	STAGE(queue_to_work, workqueue_queue_work, workqueue_execute_start)                                            \
	STAGE(delay, workqueue_delay, workqueue_queue_work)                                                            \
	STAGE(work, workqueue_execute_start, workqueue_execute_end)                                                    \
	STAGE(pin_to_handler, hw_pin_edge, irq_handler_entry)                                                          \
	STAGE(pin_to_softirq, hw_pin_edge, softirq_entry)                                                              \
	STAGE(pin_to_tasklet, hw_pin_edge, tasklet_entry)                                                              \
	STAGE(pin_to_thread, hw_pin_edge, irq_thread_entry)                                                            \
	STAGE(pin_to_work, hw_pin_edge, workqueue_execute_start)

#endif

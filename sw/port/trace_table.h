/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one table of what is traced: events, softirqs, stages, and the paths on which a line is served. From it come the
 * enum of port/trace.h, the fields and texts of all trace formats, what the observer follows from an edge to its end,
 * the names in the results, and the tables in waves/README.md. An event or a stage is added here and nowhere else.
 */
#ifndef PORT_TRACE_TABLE_H
#define PORT_TRACE_TABLE_H

/*
 * TRACE(event, ftrace system, ftrace name, role, a, b, c, d, text, fields, shown)
 *
 * Names are Linux's tracepoints where Linux has one (include/trace/events/).
 *
 * role: what the event means for an object that can execute. SCHEDULES, BEGINS, ENDS or CANCELS(object, key): the
 *   argument `key` tells objects of a kind apart. OTHER: none. The objects are in platform/observe/event_table.h.
 * a, b, c, d, text: what each argument means. A dash: unused. An argument b that is called func is a function.
 *
 * fields: what ftrace's record of it has, in Linux's order. (): it is not in the trace.
 *   NUMBER(type, name, value)   an expression of a, b, c and d
 *   POINTER(name, value)        a simulated address
 *   OBJECT(name, value), FUNCTION(name, value)   the same, shown by its symbol
 *   COMM(name), STRING(name), LITERAL(name)   the text, as char[16], as char[] and as const char *
 *   COMM_OF(name, pid)          the name of that task
 *   CPUS(name, mask)
 *   MARK                        a mark as user space writes it into trace_marker, where Linux has no event
 * shown: the text of the event. {FIELD:FORM}; forms beside printf's are in platform/observe/trace/form.cpp. Of a mark:
 *   its text, with {pid} of the running task and {text}.
 */
/* clang-format off */
#define PORT_TRACE_EVENTS(TRACE)                                                                                       \
	/* Exceptions, as the core takes them. */                                                                      \
	TRACE(vector_entry, exception, vector_entry, BEGINS(exception, none), -, -, -, -, -, (), "")                   \
	TRACE(vector_exit, exception, vector_exit, ENDS(exception, none), -, -, -, -, -, (), "")                       \
	/* Which line an irq number is: hwirq within a domain; bank: a GPIO bank's number, or -1. */                   \
	TRACE(irq_map, irq, irq_map, OTHER, irq, hwirq, bank, -, domain, (), "")                                       \
	TRACE(irq_unmap, irq, irq_unmap, OTHER, irq, -, -, -, -, (), "")                                               \
	TRACE(irq_request, irq, irq_request, OTHER, irq, action, flags, threaded, name, (), "")                        \
	TRACE(irq_free, irq, irq_free, OTHER, irq, action, -, -, name, (), "")                                         \
	/* One action's handler. */                                                                                    \
	TRACE(irq_handler_entry, irq, irq_handler_entry, BEGINS(handler, b), irq, action, -, -, name,                  \
	      (NUMBER(int, irq, a) STRING(name)), "irq={irq:%d} name={name:%s}")                                       \
	TRACE(irq_handler_exit, irq, irq_handler_exit, ENDS(handler, b), irq, action, ret, -, name,                    \
	      (NUMBER(int, irq, a) NUMBER(int, ret, c)), "irq={irq:%d} ret={ret:handled}")                             \
	/* An edge found its line disabled or in progress and was remembered; or one was remembered already. */        \
	TRACE(irq_pending, irq, irq_pending, OTHER, irq, -, -, -, -, (), "")                                           \
	TRACE(irq_pending_merged, irq, irq_pending_merged, OTHER, irq, -, -, -, -, (), "")                             \
	/* Dropped, with the reason as text: no action, spurious, unmapped, ... */                                     \
	TRACE(irq_dropped, irq, irq_dropped, OTHER, irq, -, -, -, reason, (), "")                                      \
	TRACE(irq_thread_wake, irq, irq_thread_wake, SCHEDULES(thread, b), irq, action, -, -, name, (), "")            \
	TRACE(irq_thread_entry, irq, irq_thread_entry, BEGINS(thread, b), irq, action, -, -, name,                     \
	      (MARK), "B|{pid}|{text}")                                                                                \
	TRACE(irq_thread_exit, irq, irq_thread_exit, ENDS(thread, b), irq, action, ret, -, name, (MARK), "E|{pid}")    \
	TRACE(softirq_raise, irq, softirq_raise, SCHEDULES(softirq, a), vec, -, -, -, name,                            \
	      (NUMBER(unsigned int, vec, a)), "vec={vec:%u} [action={vec:softirq}]")                                   \
	TRACE(softirq_entry, irq, softirq_entry, BEGINS(softirq, a), vec, -, -, -, name,                               \
	      (NUMBER(unsigned int, vec, a)), "vec={vec:%u} [action={vec:softirq}]")                                   \
	TRACE(softirq_exit, irq, softirq_exit, ENDS(softirq, a), vec, -, -, -, name,                                   \
	      (NUMBER(unsigned int, vec, a)), "vec={vec:%u} [action={vec:softirq}]")                                   \
	TRACE(tasklet_schedule, irq, tasklet_schedule, SCHEDULES(tasklet, a), tasklet, func, -, -, -, (), "")          \
	TRACE(tasklet_entry, irq, tasklet_entry, BEGINS(tasklet, a), tasklet, func, -, -, -,                           \
	      (OBJECT(tasklet, a) FUNCTION(func, b)), "tasklet={tasklet:%ps} function={func:%ps}")                     \
	TRACE(tasklet_exit, irq, tasklet_exit, ENDS(tasklet, a), tasklet, func, -, -, -,                               \
	      (OBJECT(tasklet, a) FUNCTION(func, b)), "tasklet={tasklet:%ps} function={func:%ps}")                     \
	TRACE(workqueue_queue_work, workqueue, workqueue_queue_work, SCHEDULES(work, a),                               \
	      work, func, req_cpu, cpu, workqueue,                                                                     \
	      (POINTER(work, a) FUNCTION(function, b) STRING(workqueue) NUMBER(int, req_cpu, c) NUMBER(int, cpu, d)),  \
	      "work struct={work:%p} function={function:%ps} workqueue={workqueue:%s} req_cpu={req_cpu:%d} "           \
	      "cpu={cpu:%d}")                                                                                          \
	TRACE(workqueue_activate_work, workqueue, workqueue_activate_work, OTHER, work, -, -, -, -,                    \
	      (POINTER(work, a)), "work struct {work:%p}")                                                             \
	TRACE(workqueue_execute_start, workqueue, workqueue_execute_start, BEGINS(work, a), work, func, -, -, -,       \
	      (POINTER(work, a) FUNCTION(function, b)), "work struct {work:%p}: function {function:%ps}")              \
	TRACE(workqueue_execute_end, workqueue, workqueue_execute_end, ENDS(work, a), work, func, -, -, -,             \
	      (POINTER(work, a) FUNCTION(function, b)), "work struct {work:%p}: function {function:%ps}")              \
	/* A delayed work item's timer was armed; queue_work follows when it fires. */                                 \
	TRACE(workqueue_delay, workqueue, workqueue_delay, SCHEDULES(delayed_work, a),                                 \
	      work, func, delay_jiffies, -, workqueue, (), "")                                                         \
	TRACE(workqueue_cancel, workqueue, workqueue_cancel, CANCELS(work, a), work, -, -, -, -, (), "")               \
	TRACE(sched_switch, sched, sched_switch, OTHER, prev_pid, prev_prio_state, next_pid, next_prio, next_comm,     \
	      (COMM_OF(prev_comm, a) NUMBER(pid_t, prev_pid, a) NUMBER(int, prev_prio, b & 0xffffffff)                 \
	       NUMBER(long, prev_state, b >> 32) COMM(next_comm) NUMBER(pid_t, next_pid, c)                            \
	       NUMBER(int, next_prio, d)),                                                                             \
	      "prev_comm={prev_comm:%s} prev_pid={prev_pid:%d} prev_prio={prev_prio:%d} "                              \
	      "prev_state={prev_state:task_state} ==> next_comm={next_comm:%s} next_pid={next_pid:%d} "                \
	      "next_prio={next_prio:%d}")                                                                              \
	TRACE(sched_wakeup, sched, sched_wakeup, OTHER, pid, prio, target_cpu, -, comm,                                \
	      (COMM(comm) NUMBER(pid_t, pid, a) NUMBER(int, prio, b) NUMBER(int, target_cpu, c)),                      \
	      "comm={comm:%s} pid={pid:%d} prio={prio:%d} target_cpu={target_cpu:%03d}")                               \
	TRACE(sched_waking, sched, sched_waking, OTHER, pid, prio, target_cpu, -, comm,                                \
	      (COMM(comm) NUMBER(pid_t, pid, a) NUMBER(int, prio, b) NUMBER(int, target_cpu, c)),                      \
	      "comm={comm:%s} pid={pid:%d} prio={prio:%d} target_cpu={target_cpu:%03d}")                               \
	TRACE(sched_migrate_task, sched, sched_migrate_task, OTHER, pid, orig_cpu, dest_cpu, prio, comm,               \
	      (COMM(comm) NUMBER(pid_t, pid, a) NUMBER(int, prio, d) NUMBER(int, orig_cpu, b)                          \
	       NUMBER(int, dest_cpu, c)),                                                                              \
	      "comm={comm:%s} pid={pid:%d} prio={prio:%d} orig_cpu={orig_cpu:%d} dest_cpu={dest_cpu:%d}")              \
	TRACE(sched_process_new, sched, sched_wakeup_new, OTHER, pid, prio, target_cpu, -, comm,                       \
	      (COMM(comm) NUMBER(pid_t, pid, a) NUMBER(int, prio, b) NUMBER(int, target_cpu, c)),                      \
	      "comm={comm:%s} pid={pid:%d} prio={prio:%d} target_cpu={target_cpu:%03d}")                               \
	TRACE(sched_process_exit, sched, sched_process_exit, OTHER, pid, prio, -, -, comm,                             \
	      (COMM(comm) NUMBER(pid_t, pid, a) NUMBER(int, prio, b)), "comm={comm:%s} pid={pid:%d} prio={prio:%d}")   \
	TRACE(task_rename, task, task_rename, OTHER, pid, -, -, -, newcomm,                                            \
	      (NUMBER(pid_t, pid, a) COMM_OF(oldcomm, a) COMM(newcomm) NUMBER(short, oom_score_adj, 0)),               \
	      "pid={pid:%d} oldcomm={oldcomm:%s} newcomm={newcomm:%s} oom_score_adj={oom_score_adj:%hd}")              \
	TRACE(cpu_idle, power, cpu_idle, OTHER, state, cpu, -, -, -,                                                   \
	      (NUMBER(u32, state, a) NUMBER(u32, cpu_id, b)), "state={state:%lu} cpu_id={cpu_id:%lu}")                 \
	/* expires, now and baseclk in jiffies; flags_timeout: the timer's flags << 32 | (u32)(expires - now). */      \
	TRACE(timer_start, timer, timer_start, SCHEDULES(timer, a), timer, func, expires, flags_timeout, -,            \
	      (POINTER(timer, a) FUNCTION(function, b) NUMBER(unsigned long, expires, c)                               \
	       NUMBER(unsigned long, now, c - (uint64_t)(int32_t)d) NUMBER(unsigned int, flags, d >> 32)),             \
	      "timer={timer:%p} function={function:%ps} expires={expires:%lu} [timeout={expires-now:%ld}] "            \
	      "cpu={flags:timer_cpu} idx={flags:timer_index} flags={flags:timer_flags}")                               \
	TRACE(timer_expire_entry, timer, timer_expire_entry, BEGINS(timer, a), timer, func, now, baseclk, -,           \
	      (POINTER(timer, a) NUMBER(unsigned long, now, c) FUNCTION(function, b) NUMBER(unsigned long, baseclk, d)),\
	      "timer={timer:%p} function={function:%ps} now={now:%lu} baseclk={baseclk:%lu}")                          \
	TRACE(timer_expire_exit, timer, timer_expire_exit, ENDS(timer, a), timer, -, -, -, -,                          \
	      (POINTER(timer, a)), "timer={timer:%p}")                                                                 \
	TRACE(timer_cancel, timer, timer_cancel, CANCELS(timer, a), timer, -, -, -, -,                                 \
	      (POINTER(timer, a)), "timer={timer:%p}")                                                                 \
	/* expires and now in ns; slack_mode: (expires - softexpires) << 8 | the mode. */                              \
	TRACE(hrtimer_start, timer, hrtimer_start, SCHEDULES(hrtimer, a), timer, func, expires, slack_mode, -,         \
	      (POINTER(hrtimer, a) FUNCTION(function, b) NUMBER(s64, expires, c) NUMBER(s64, softexpires, c - (d >> 8))\
	       NUMBER(enum hrtimer_mode, mode, d & 0xff)),                                                             \
	      "hrtimer={hrtimer:%p} function={function:%ps} expires={expires:%llu} softexpires={softexpires:%llu} "    \
	      "mode={mode:hrtimer_mode}")                                                                              \
	TRACE(hrtimer_expire_entry, timer, hrtimer_expire_entry, BEGINS(hrtimer, a), timer, func, now, -, -,           \
	      (POINTER(hrtimer, a) NUMBER(s64, now, c) FUNCTION(function, b)),                                         \
	      "hrtimer={hrtimer:%p} function={function:%ps} now={now:%llu}")                                           \
	TRACE(hrtimer_expire_exit, timer, hrtimer_expire_exit, ENDS(hrtimer, a), timer, -, -, -, -,                    \
	      (POINTER(hrtimer, a)), "hrtimer={hrtimer:%p}")                                                           \
	TRACE(hrtimer_cancel, timer, hrtimer_cancel, CANCELS(hrtimer, a), timer, -, -, -, -,                           \
	      (POINTER(hrtimer, a)), "hrtimer={hrtimer:%p}")                                                           \
	TRACE(ipi_raise, ipi, ipi_raise, OTHER, target_mask, -, -, -, reason,                                          \
	      (CPUS(target_cpus, a) LITERAL(reason)), "target_mask={target_cpus:cpus} ({reason:%s})")                  \
	TRACE(ipi_entry, ipi, ipi_entry, BEGINS(ipi, none), -, -, -, -, reason, (LITERAL(reason)), "({reason:%s})")    \
	TRACE(ipi_exit, ipi, ipi_exit, ENDS(ipi, none), -, -, -, -, reason, (LITERAL(reason)), "({reason:%s})")        \
	TRACE(gpio_direction, gpio, gpio_direction, OTHER, gpio, in, err, -, -,                                        \
	      (NUMBER(unsigned, gpio, a) NUMBER(int, in, b) NUMBER(int, err, c)),                                      \
	      "{gpio:%u} {in:direction} ({err:%d})")                                                                   \
	TRACE(gpio_value, gpio, gpio_value, OTHER, gpio, get, value, -, -,                                             \
	      (NUMBER(unsigned, gpio, a) NUMBER(int, get, b) NUMBER(int, value, c)),                                   \
	      "{gpio:%u} {get:access} {value:%d}")                                                                     \
	TRACE(irqs_off, preemptirq, irq_disable, OTHER, caller, -, -, -, -, (), "")                                    \
	TRACE(irqs_on, preemptirq, irq_enable, OTHER, caller, -, -, -, -, (), "")                                      \
	TRACE(preempt_off, preemptirq, preempt_disable, OTHER, caller, -, -, -, -, (), "")                             \
	TRACE(preempt_on, preemptirq, preempt_enable, OTHER, caller, -, -, -, -, (), "")                               \
	/* Of the holder: its CPU, and its pid << 32 in holder_flags where it may sleep (0: not known). The lower half: Linux's \
	   LCB_F_*: 1 spinning, 2 reader, 4 writer, 8 RT, 32 mutex. */                                                 \
	TRACE(lock_contended, lock, contention_begin, BEGINS(lock, a), lock, caller, owner_cpu, holder_flags, name,    \
	      (POINTER(lock_addr, a) NUMBER(unsigned int, flags, d & 0xffffffff)), "{lock_addr:%p} (flags={flags:lock_flags})") \
	TRACE(lock_acquired, lock, contention_end, ENDS(lock, a), lock, caller, error, -, name,                        \
	      (POINTER(lock_addr, a) NUMBER(int, ret, c)), "{lock_addr:%p} (ret={ret:%d})")                            \
	TRACE(module_load, module, module_load, OTHER, base, size, -, -, name,                                         \
	      (NUMBER(unsigned int, taints, 0) STRING(name)), "{name:%s} {taints:taints}")                             \
	TRACE(module_free, module, module_free, OTHER, base, -, -, -, name, (STRING(name)), "{name:%s}")               \
	/* The kernel reported a defect of a driver: the run will exit 2. */                                           \
	TRACE(finding, finding, finding, OTHER, -, -, -, -, text, (MARK), "I|0|{text}")

/*
 * SOFTIRQ(name, whose): in order of precedence; NAME_SOFTIRQ in linux/interrupt.h has its number. Drivers are served by
 * those of `drivers`; the kernel's own carry tasklets, timers and the kernel's work.
 */
#define PORT_SOFTIRQS(SOFTIRQ)                                                                                         \
	SOFTIRQ(HI, kernel)                                                                                            \
	SOFTIRQ(TIMER, kernel)                                                                                         \
	SOFTIRQ(NET_TX, drivers)                                                                                       \
	SOFTIRQ(NET_RX, drivers)                                                                                       \
	SOFTIRQ(BLOCK, drivers)                                                                                        \
	SOFTIRQ(IRQ_POLL, drivers)                                                                                     \
	SOFTIRQ(TASKLET, kernel)                                                                                       \
	SOFTIRQ(SCHED, kernel)                                                                                         \
	SOFTIRQ(HRTIMER, kernel)                                                                                       \
	SOFTIRQ(RCU, kernel)                                                                                           \
	SOFTIRQ(TEST, drivers)

/*
 * PATH(mechanism, begin, end): how a line is served; the records between which the driver's code runs. A work item whose
 * timer ran before is on the path of its own, delayed_work.
 */
#define PORT_TRACE_PATHS(PATH)                                                                                         \
	PATH(hardirq, irq_handler_entry, irq_handler_exit)                                                             \
	PATH(softirq, softirq_entry, softirq_exit)                                                                     \
	PATH(tasklet, tasklet_entry, tasklet_exit)                                                                     \
	PATH(thread, irq_thread_entry, irq_thread_exit)                                                                \
	PATH(work, workqueue_execute_start, workqueue_execute_end)                                                     \
	PATH(delayed_work, workqueue_execute_start, workqueue_execute_end)

/*
 * STAGE(name, start, end, what it is): the time between two records of one edge, on each path that has both. A stage
 * that an edge does not pass has no sample. hw_ records come from probes of the models: hw_pin_edge, the transition at
 * the bank's input; hw_status, the bit in INT_STATUS; hw_nirq, the core's nIRQ asserted because of it.
 */
#define PORT_TRACE_STAGES(STAGE)                                                                                       \
	STAGE(pin_to_status, hw_pin_edge, hw_status, "from the transition at the bank's input to its bit in INT_STATUS") \
	STAGE(status_to_irq, hw_status, hw_nirq, "from INT_STATUS to the core's nIRQ because of it")                   \
	STAGE(irq_to_vector, hw_nirq, vector_entry, "from nIRQ until the core enters the vector")                      \
	STAGE(vector_to_handler, vector_entry, irq_handler_entry, "from the vector to the handler's entry")            \
	STAGE(handler, irq_handler_entry, irq_handler_exit, "the handler")                                             \
	STAGE(handler_to_softirq, irq_handler_exit, softirq_entry, "from the handler's return to the softirq")         \
	STAGE(softirq, softirq_entry, softirq_exit, "the softirq")                                                     \
	STAGE(handler_to_tasklet, irq_handler_exit, tasklet_entry, "from the handler's return to the tasklet")         \
	STAGE(tasklet, tasklet_entry, tasklet_exit, "the tasklet")                                                     \
	STAGE(wake_to_thread, irq_thread_wake, irq_thread_entry, "from the wake-up of the thread to its function")     \
	STAGE(thread, irq_thread_entry, irq_thread_exit, "the thread's function")                                      \
	STAGE(queue_to_work, workqueue_queue_work, workqueue_execute_start, "the work item waits in its queue")        \
	STAGE(delay, workqueue_delay, workqueue_queue_work, "the work item's timer runs")                              \
	STAGE(work, workqueue_execute_start, workqueue_execute_end, "the work item's function")                        \
	STAGE(pin_to_handler, hw_pin_edge, irq_handler_entry, "from the transition to the handler's entry")            \
	STAGE(pin_to_softirq, hw_pin_edge, softirq_entry, "from the transition to the softirq")                        \
	STAGE(pin_to_tasklet, hw_pin_edge, tasklet_entry, "from the transition to the tasklet")                        \
	STAGE(pin_to_thread, hw_pin_edge, irq_thread_entry, "from the transition to the thread's function")            \
	STAGE(pin_to_work, hw_pin_edge, workqueue_execute_start, "from the transition to the work item")
/* clang-format on */

#endif

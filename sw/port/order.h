/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What orders what: software tells the race detector (--kcsan) which of its steps come before which. Telling takes no
 * simulated time, the call is not an instruction of the A55, and without the detector it is a branch of the host.
 *
 * All registers but r11 are kept. Any context. Objects are keys, compared by address alone, except in `lock`, `memory_*`
 * and `task`. Begin and end of the callbacks that have trace events are heard from those (port/trace.h).
 */
#ifndef PORT_ORDER_H
#define PORT_ORDER_H

#include <stdint.h>

enum port_order {
	/* What the caller has done comes before what the object's next run does. detail: whose items run one by one, or 0. */
	ORDER_hand_over,
	/* A run of the object begins and ends here. name: its kind ("rcu callback"). */
	ORDER_begin,
	ORDER_end,
	/* The runs of the object that have ended come before what the caller does next. */
	ORDER_waited,
	/* What was done before `signal` comes before what is done after `received`, of the same object. */
	ORDER_signal,
	ORDER_received,
	/* A lock, by its lockdep_map. detail: 0 a writer, else a reader. name: the lock's. */
	ORDER_lock,
	ORDER_unlock,
	/* A task was made. detail: its pid. name: its comm. */
	ORDER_task,
	ORDER_task_name,
	/* The current task is a process of its own: nothing that others did is before it, but what it finds in files. */
	ORDER_process,
	/* An RCU reader's section ends; a grace period has passed. object: the domain, 0: RCU. */
	ORDER_reader_end,
	ORDER_grace_period,
	/* A file can be found; it was found; a method of it has returned; those that were in one have returned. */
	ORDER_published,
	ORDER_found,
	ORDER_left,
	ORDER_drained,
	/* Memory: it is freed; the kernel reads or writes it for the caller. detail: bytes. */
	ORDER_memory_free,
	ORDER_memory_read,
	ORDER_memory_write,
	/* A counter that one context at a time changes, and that others may read as they like. detail: bytes. */
	ORDER_memory_sole_write,
	/* The caller's accesses in between are not compared; they are the condition of a wait; they are a seqcount's. */
	ORDER_quiet_begin,
	ORDER_quiet_end,
	ORDER_condition_begin,
	ORDER_condition_end,
	ORDER_seq_read_begin,
	ORDER_seq_read_end,
	ORDER_seq_write_begin,
	ORDER_seq_write_end,
	/* A module's code has been initialised: what follows anywhere in the kernel may rely on it. object: the module. */
	ORDER_module_ready,
	/* ASSERT_EXCLUSIVE_WRITER and _ACCESS: detail is the number of bytes. */
	ORDER_assert_writer,
	ORDER_assert_access,
};

#ifdef __cplusplus
extern "C" {
#endif
__attribute__((preserve_most)) void port_order(enum port_order what, const volatile void *object, uint64_t detail,
					       const char *name);
#ifdef __cplusplus
}
#endif

#define order_tell(what, object) port_order(ORDER_##what, (const volatile void *)(object), 0, 0)

#endif

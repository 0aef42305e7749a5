/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Callbacks for CPUs that come and go (Linux's include/linux/cpuhotplug.h). States are passed in rising order by a CPU that
 * comes up: those up to CPUHP_BRINGUP_CPU on the CPU that starts another one, in a task; those of the STARTING section on the
 * new CPU with interrupts masked; the later ones on the new CPU in its cpuhp/N thread, where they may sleep. A CPU that goes down
 * passes the teardown callbacks in falling order, each in the same context as its startup; those of the STARTING section while
 * all other CPUs stand still.
 */
#ifndef __CPUHOTPLUG_H
#define __CPUHOTPLUG_H

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,
	CPUHP_OFFLINE = 0,
	CPUHP_CREATE_THREADS,
	CPUHP_PERF_PREPARE,
	CPUHP_WORKQUEUE_PREP,
	CPUHP_HRTIMERS_PREPARE,
	CPUHP_RANDOM_PREPARE,
	CPUHP_IRQ_POLL_DEAD,
	CPUHP_SOFTIRQ_DEAD,
	CPUHP_PRINTK_DEAD,
	CPUHP_RCUTREE_PREP,
	CPUHP_SMPCFD_PREPARE,
	CPUHP_RELAY_PREPARE,
	CPUHP_SLAB_PREPARE,
	CPUHP_TIMERS_PREPARE,
	CPUHP_BP_PREPARE_DYN,
	CPUHP_BP_PREPARE_DYN_END = CPUHP_BP_PREPARE_DYN + 20,
	CPUHP_BRINGUP_CPU,
	CPUHP_AP_IDLE_DEAD,
	CPUHP_AP_OFFLINE,
	CPUHP_AP_SCHED_STARTING,
	CPUHP_AP_RCUTREE_DYING,
	CPUHP_AP_IRQ_GIC_STARTING,
	CPUHP_AP_IRQ_HIP04_STARTING,
	CPUHP_AP_IRQ_BCM2836_STARTING,
	CPUHP_AP_ARM_MVEBU_SYNC_CLOCKS,
	CPUHP_AP_ARM_ARCH_TIMER_STARTING,
	CPUHP_AP_ARM_GLOBAL_TIMER_STARTING,
	CPUHP_AP_DUMMY_TIMER_STARTING,
	CPUHP_AP_SMPCFD_DYING,
	CPUHP_AP_ONLINE,
	CPUHP_TEARDOWN_CPU,
	CPUHP_AP_ONLINE_IDLE,
	CPUHP_AP_SCHED_WAIT_EMPTY,
	CPUHP_AP_SMPBOOT_THREADS,
	CPUHP_AP_IRQ_AFFINITY_ONLINE,
	CPUHP_AP_WATCHDOG_ONLINE,
	CPUHP_AP_WORKQUEUE_ONLINE,
	CPUHP_AP_RANDOM_ONLINE,
	CPUHP_AP_RCUTREE_ONLINE,
	CPUHP_AP_ONLINE_DYN,
	CPUHP_AP_ONLINE_DYN_END = CPUHP_AP_ONLINE_DYN + 30,
	CPUHP_AP_ACTIVE,
	CPUHP_ONLINE,
};

typedef int cpuhp_step_t(unsigned int cpu);
typedef int cpuhp_instance_step_t(unsigned int cpu, struct hlist_node *node);

__BEGIN_DECLS
/*
 * Registers both callbacks for a state; `invoke` calls startup for CPUs that are past the state already. 0 (or the number of a _DYN state);
 * -EBUSY: taken; -ENOSPC: no dynamic state left; or what startup returned. May sleep once CPUs other than 0 are online.
 */
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke, cpuhp_step_t *startup, cpuhp_step_t *teardown,
			bool multi_instance);
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke);
/*
 * Of a state that was set up with instances: the callbacks are called with `node`, and with that of each other instance.
 * -EINVAL: it was not; or what startup returned, and the instance is not added.
 */
int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);
int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);
__END_DECLS

static inline int cpuhp_setup_state(enum cpuhp_state at, const char *name, cpuhp_step_t *up, cpuhp_step_t *down)
{
	return __cpuhp_setup_state(at, name, true, up, down, false);
}

/* The caller holds the set of online CPUs. */
#define cpuhp_setup_state_cpuslocked cpuhp_setup_state

static inline int cpuhp_setup_state_nocalls(enum cpuhp_state at, const char *name, cpuhp_step_t *up, cpuhp_step_t *down)
{
	return __cpuhp_setup_state(at, name, false, up, down, false);
}

/* A state whose callbacks are called for each of its instances. */
#define __cpuhp_step(callback) ((cpuhp_step_t *)(void *)(callback))
static inline int cpuhp_setup_state_multi(enum cpuhp_state at, const char *name, cpuhp_instance_step_t *up,
					  cpuhp_instance_step_t *down)
{
	return __cpuhp_setup_state(at, name, false, __cpuhp_step(up), __cpuhp_step(down), true);
}

/* With the callbacks for the CPUs that are up, or without. */
#define __CPUHP_INSTANCE(comes_or_goes, suffix, invoke)                                                                \
	static inline int cpuhp_state_##comes_or_goes##_instance##suffix(enum cpuhp_state of, struct hlist_node *node) \
	{                                                                                                              \
		return __cpuhp_state_##comes_or_goes##_instance(of, node, invoke);                                     \
	}
__CPUHP_INSTANCE(add, , true)
__CPUHP_INSTANCE(add, _nocalls, false)
__CPUHP_INSTANCE(remove, , true)
__CPUHP_INSTANCE(remove, _nocalls, false)
#undef __CPUHP_INSTANCE

static inline void cpuhp_remove_multi_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

static inline void cpuhp_remove_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, true);
}

static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tick and its absence (Linux: include/linux/tick.h). The idle loop calls, in this order,
 *
 *	tick_nohz_idle_enter()			interrupts on
 *	  each turn: tick_nohz_idle_stop_tick()	interrupts off, before WFI
 *	tick_nohz_idle_exit()			interrupts on, before schedule()
 *
 * and interrupt entry and exit call tick_irq_enter() and tick_irq_exit() through irq_enter() and irq_exit().
 */
#ifndef _LINUX_TICK_H
#define _LINUX_TICK_H

#include <linux/clockchips.h>
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/types.h>

__BEGIN_DECLS
extern int tick_nohz_active;
extern ktime_t tick_next_period;

void tick_init(void);
void tick_irq_enter(void);
void tick_nohz_idle_enter(void);
void tick_nohz_idle_exit(void);
void tick_nohz_idle_stop_tick(void);
void tick_nohz_idle_restart_tick(void);
void tick_nohz_irq_exit(void);
bool tick_nohz_tick_stopped(void);
/* us idle since boot; *last_update_time: now, in us. */
u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time);
u64 get_cpu_iowait_time_us(int cpu, u64 *last_update_time);
void tick_handover_do_timer(void);
void tick_shutdown(unsigned int cpu);
__END_DECLS

#define tick_nohz_enabled 1

static inline bool tick_nohz_full_enabled(void)
{
	return false;
}

static inline bool tick_nohz_full_cpu(int cpu)
{
	(void)cpu;
	return false;
}

/* Why a CPU would need its tick although it idles: it has none then, and misses nothing. */
enum tick_dep_bits {
	TICK_DEP_BIT_POSIX_TIMER,
	TICK_DEP_BIT_PERF_EVENTS,
	TICK_DEP_BIT_SCHED,
	TICK_DEP_BIT_CLOCK_UNSTABLE,
	TICK_DEP_BIT_RCU,
	TICK_DEP_BIT_RCU_EXP,
};
#define tick_dep_set_task(task, bit) ((void)(task), (void)(bit))
#define tick_dep_clear_task(task, bit) ((void)(task), (void)(bit))
#define tick_dep_set_cpu(cpu, bit) ((void)(cpu), (void)(bit))
#define tick_dep_clear_cpu(cpu, bit) ((void)(cpu), (void)(bit))

#endif

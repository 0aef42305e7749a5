/* SPDX-License-Identifier: Apache-2.0 */
/* Which CPU this is, and running functions on others (Linux's include/linux/smp.h). */
#ifndef __LINUX_SMP_H
#define __LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/preempt.h>
#include <linux/smp_types.h>
#include <linux/types.h>
#include "port/kernel.h"

typedef void (*smp_call_func_t)(void *info);
typedef bool (*smp_cond_func_t)(int cpu, void *info);

/* A function call on its way to another CPU. Busy from the call until the function returned (wait) or was started. */
struct __call_single_data {
	struct __call_single_node node;
	smp_call_func_t func;
	void *info;
};
typedef struct __call_single_data call_single_data_t;

#define CSD_INIT(_func, _info) { { { NULL }, { 0 }, 0, 0 }, (_func), (_info) }
#define INIT_CSD(_csd, _func, _info)                                                                                   \
	do {                                                                                                           \
		call_single_data_t __csd_init = CSD_INIT((_func), (_info));                                            \
		*(_csd) = __csd_init;                                                                                  \
	} while (0)

__BEGIN_DECLS
extern unsigned int total_cpus;
extern unsigned int setup_max_cpus;

/* `wait`: return when the function has returned. Called with interrupts enabled, or they deadlock; `func` runs with I masked. */
int smp_call_function_single(int cpuid, smp_call_func_t func, void *info, int wait); /* 0 or -ENXIO */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait);
void smp_call_function(smp_call_func_t func, void *info, int wait);
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait);
void on_each_cpu_cond_mask(smp_cond_func_t cond_func, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask);
/* Any context. -EBUSY if `csd` is still on its way. */
int smp_call_function_single_async(int cpu, struct __call_single_data *csd);
/* Runs `func` in a task on `cpu`; may sleep. */
int smp_call_on_cpu(unsigned int cpu, int (*func)(void *), void *par, bool phys);

void smp_send_reschedule(int cpu);
void smp_send_stop(void);
void smp_prepare_cpus(unsigned int max_cpus);
void smp_init(void);
void smp_cpus_done(unsigned int max_cpus);
void smp_prepare_boot_cpu(void);
void smp_setup_processor_id(void);
int __cpu_up(unsigned int cpu, struct task_struct *idle);
void call_function_init(void);
void generic_smp_call_function_interrupt(void);
#define generic_smp_call_function_single_interrupt generic_smp_call_function_interrupt
void wake_up_all_idle_cpus(void);
void kick_all_cpus_sync(void);
void arch_send_call_function_single_ipi(int cpu);
void arch_send_call_function_ipi_mask(const struct cpumask *mask);

/* smp_processor_id() of a debug kernel: the CPU, and a report if the task could move away meanwhile. */
unsigned int debug_smp_processor_id(void);
__END_DECLS

static inline void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, cpu_online_mask);
}

static inline void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

static inline void on_each_cpu_cond(smp_cond_func_t cond_func, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(cond_func, func, info, wait, cpu_online_mask);
}

#define raw_smp_processor_id() ((unsigned int)PORT_CPU_PAGE->cpu)
#define __smp_processor_id() raw_smp_processor_id()
#define smp_processor_id() debug_smp_processor_id()

#define get_cpu() ({ preempt_disable(); __smp_processor_id(); })
#define put_cpu() preempt_enable()

#endif

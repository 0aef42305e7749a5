/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SCHED_NOHZ_H
#define _LINUX_SCHED_NOHZ_H
#include <linux/sched.h>
#include <linux/smp.h>

/* No CPU balances for idle ones, so idle CPUs need not be told about. */
static inline void nohz_balance_enter_idle(int cpu)
{
}

static inline void calc_load_nohz_start(void)
{
}

static inline void calc_load_nohz_stop(void)
{
}

__BEGIN_DECLS
/* A timer was queued on an idle CPU: make it look at its timers again. Any context. */
void wake_up_nohz_cpu(int cpu);
__END_DECLS

#endif

// SPDX-License-Identifier: Apache-2.0
// What tests of RCU ask of it beside its use (Linux: kernel/rcu/update.c, tree.c).
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/srcu.h>

int rcu_cpu_stall_suppress_at_boot, rcu_cpu_stall_suppress;
EXPORT_SYMBOL_GPL(rcu_cpu_stall_suppress_at_boot);
EXPORT_SYMBOL_GPL(rcu_cpu_stall_suppress);

// Grace periods are as quick as they can be in any case.
static atomic_t expedited;

void rcu_expedite_gp() {
    atomic_inc(&expedited);
}
EXPORT_SYMBOL_GPL(rcu_expedite_gp);

void rcu_unexpedite_gp() {
    atomic_dec(&expedited);
}
EXPORT_SYMBOL_GPL(rcu_unexpedite_gp);

bool rcu_gp_is_expedited() {
    return atomic_read(&expedited) > 0;
}
EXPORT_SYMBOL_GPL(rcu_gp_is_expedited);

bool rcu_gp_is_normal() {
    return false;
}
EXPORT_SYMBOL_GPL(rcu_gp_is_normal);

bool rcu_inkernel_boot_has_ended() {
    return system_state >= SYSTEM_RUNNING;
}
EXPORT_SYMBOL_GPL(rcu_inkernel_boot_has_ended);

// Nothing is scanned for: each CPU reports by itself.
void rcu_force_quiescent_state() {}
EXPORT_SYMBOL_GPL(rcu_force_quiescent_state);

void rcu_momentary_eqs() {}
EXPORT_SYMBOL_GPL(rcu_momentary_eqs);

// No reader is ever boosted: a grace period that is late is not late for want of it, and no CPU holds it up.
bool rcu_check_boost_fail(unsigned long, int *cpu) {
    if (cpu)
        *cpu = -1;
    return false;
}
EXPORT_SYMBOL_GPL(rcu_check_boost_fail);

// States for both kinds of grace periods: there is one, whose cookie stands for both.

static rcu_gp_oldstate both(unsigned long cookie) {
    return {cookie, cookie};
}

void get_state_synchronize_rcu_full(rcu_gp_oldstate *state) {
    *state = both(get_state_synchronize_rcu());
}
EXPORT_SYMBOL_GPL(get_state_synchronize_rcu_full);

void get_completed_synchronize_rcu_full(rcu_gp_oldstate *state) {
    *state = both(get_completed_synchronize_rcu());
}
EXPORT_SYMBOL_GPL(get_completed_synchronize_rcu_full);

void start_poll_synchronize_rcu_full(rcu_gp_oldstate *state) {
    *state = both(start_poll_synchronize_rcu());
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_full);

void start_poll_synchronize_rcu_expedited_full(rcu_gp_oldstate *state) {
    start_poll_synchronize_rcu_full(state);
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_expedited_full);

unsigned long start_poll_synchronize_rcu_expedited() {
    return start_poll_synchronize_rcu();
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_expedited);

bool poll_state_synchronize_rcu_full(rcu_gp_oldstate *state) {
    return poll_state_synchronize_rcu(state->rgos_norm);
}
EXPORT_SYMBOL_GPL(poll_state_synchronize_rcu_full);

void cond_synchronize_rcu_full(rcu_gp_oldstate *state) {
    cond_synchronize_rcu(state->rgos_norm);
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu_full);

void cond_synchronize_rcu_expedited(unsigned long cookie) {
    cond_synchronize_rcu(cookie);
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu_expedited);

void cond_synchronize_rcu_expedited_full(rcu_gp_oldstate *state) {
    cond_synchronize_rcu_full(state);
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu_expedited_full);

// What rcutorture prints, and where it runs.

void srcu_torture_stats_print(srcu_struct *ssp, char *tt, char *tf) {
    pr_alert("%s%s SRCU grace periods %lu started %lu completed\n", tt, tf, ssp->started, ssp->completed);
}
EXPORT_SYMBOL_GPL(srcu_torture_stats_print);

extern "C" {
void rcutorture_get_gp_data(int, int *flags, unsigned long *gp_seq) {
    *flags = 0;
    *gp_seq = rcu_get_gp_seq();
}
EXPORT_SYMBOL_GPL(rcutorture_get_gp_data);

void srcutorture_get_gp_data(int, srcu_struct *ssp, int *flags, unsigned long *gp_seq) {
    *flags = 0;
    *gp_seq = ssp->completed;
}
EXPORT_SYMBOL_GPL(srcutorture_get_gp_data);

long rcutorture_sched_setaffinity(pid_t, const cpumask *mask) {
    return set_cpus_allowed_ptr(current, mask);
}
EXPORT_SYMBOL_GPL(rcutorture_sched_setaffinity);

void do_trace_rcu_torture_read(const char *, rcu_head *, unsigned long, unsigned long, unsigned long) {}
EXPORT_SYMBOL_GPL(do_trace_rcu_torture_read);

void rcu_gp_set_torture_wait(int) {}
EXPORT_SYMBOL_GPL(rcu_gp_set_torture_wait);

void show_rcu_gp_kthreads() {}
EXPORT_SYMBOL_GPL(show_rcu_gp_kthreads);

void rcu_fwd_progress_check(unsigned long) {}
EXPORT_SYMBOL_GPL(rcu_fwd_progress_check);

int rcu_get_gp_kthreads_prio() {
    return 0;
}
EXPORT_SYMBOL_GPL(rcu_get_gp_kthreads_prio);

void rcu_gp_slow_register(atomic_t *) {}
EXPORT_SYMBOL_GPL(rcu_gp_slow_register);
void rcu_gp_slow_unregister(atomic_t *) {}
EXPORT_SYMBOL_GPL(rcu_gp_slow_unregister);
}

// SPDX-License-Identifier: Apache-2.0
// Signals (Linux: kernel/signal.c), as far as they interrupt waits and can be asked for.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

static bool has_pending_signals(const task_struct *p) {
    return (p->pending.signal.sig[0] & ~p->blocked.sig[0]) != 0;
}

void recalc_sigpending(void) {
    if (has_pending_signals(current))
        set_thread_flag(TIF_SIGPENDING);
    else
        clear_thread_flag(TIF_SIGPENDING);
}
EXPORT_SYMBOL(recalc_sigpending);

int send_sig_info(int sig, struct kernel_siginfo *, struct task_struct *p) {
    if (sig < 0 || !valid_signal(static_cast<unsigned long>(sig)))
        return -EINVAL;
    if (!sig)
        return 0;
    // A kernel thread hears of nothing that it did not ask for.
    if ((p->flags & PF_KTHREAD) && !sigismember(&p->allowed, sig))
        return 0;

    __atomic_fetch_or(&p->pending.signal.sig[0], sigmask(sig), __ATOMIC_SEQ_CST);
    if (sigismember(&p->blocked, sig))
        return 0;
    set_tsk_thread_flag(p, TIF_SIGPENDING);
    if (!wake_up_state(p, sig == SIGKILL ? TASK_INTERRUPTIBLE | TASK_WAKEKILL : TASK_INTERRUPTIBLE))
        kick_process(p);
    return 0;
}
EXPORT_SYMBOL(send_sig_info);

int send_sig(int sig, struct task_struct *p, int) {
    return send_sig_info(sig, SEND_SIG_NOINFO, p);
}
EXPORT_SYMBOL(send_sig);

int kill_pid(struct pid *pid, int sig, int priv) {
    int ret = -ESRCH;

    rcu_read_lock();
    task_struct *p = pid_task(pid, PIDTYPE_PID);
    if (p)
        ret = send_sig(sig, p, priv);
    rcu_read_unlock();
    return ret;
}
EXPORT_SYMBOL(kill_pid);

void allow_signal(int sig) {
    sigaddset(&current->allowed, sig);
    sigdelset(&current->blocked, sig);
    recalc_sigpending();
}
EXPORT_SYMBOL(allow_signal);

void allow_kernel_signal(int sig) {
    allow_signal(sig);
}
EXPORT_SYMBOL(allow_kernel_signal);

void disallow_signal(int sig) {
    sigdelset(&current->allowed, sig);
}
EXPORT_SYMBOL(disallow_signal);

int sigprocmask(int how, sigset_t *set, sigset_t *oldset) {
    const unsigned long never_blocked = sigmask(SIGKILL) | sigmask(SIGSTOP);
    unsigned long &blocked = current->blocked.sig[0];
    const unsigned long before = blocked, given = set->sig[0];

    if (how == SIG_BLOCK)
        blocked = before | given;
    else if (how == SIG_UNBLOCK)
        blocked = before & ~given;
    else if (how == SIG_SETMASK)
        blocked = given;
    else
        return -EINVAL;
    blocked &= ~never_blocked;
    if (oldset)
        oldset->sig[0] = before;
    recalc_sigpending();
    return 0;
}
EXPORT_SYMBOL(sigprocmask);

void flush_signals(struct task_struct *t) {
    clear_tsk_thread_flag(t, TIF_SIGPENDING);
    __atomic_store_n(&t->pending.signal.sig[0], 0UL, __ATOMIC_SEQ_CST);
}
EXPORT_SYMBOL(flush_signals);

void ignore_signals(struct task_struct *t) {
    sigemptyset(&t->allowed);
    flush_signals(t);
}

int kernel_dequeue_signal(void) {
    task_struct *task = current;
    const unsigned long ready = READ_ONCE(task->pending.signal.sig[0]) & ~task->blocked.sig[0];
    int sig = 0;

    if (ready) {
        sig = __builtin_ctzl(ready) + 1;
        __atomic_fetch_and(&task->pending.signal.sig[0], ~sigmask(sig), __ATOMIC_SEQ_CST);
    }
    recalc_sigpending();
    return sig;
}
EXPORT_SYMBOL_GPL(kernel_dequeue_signal);

/* SPDX-License-Identifier: Apache-2.0 */
/* Signal sets and sending (Linux's include/linux/signal.h). Nothing handles signals: they interrupt waits, and tasks look at them. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/bug.h>
#include <linux/signal_types.h>
#include <linux/types.h>

struct task_struct;
struct pid;

#define SEND_SIG_NOINFO ((struct kernel_siginfo *)0)
#define SEND_SIG_PRIV ((struct kernel_siginfo *)1)

static inline void sigaddset(sigset_t *set, int _sig)
{
	set->sig[0] |= 1UL << (_sig - 1);
}

static inline void sigdelset(sigset_t *set, int _sig)
{
	set->sig[0] &= ~(1UL << (_sig - 1));
}

static inline int sigismember(const sigset_t *set, int _sig)
{
	return (int)((set->sig[0] >> (_sig - 1)) & 1);
}

static inline void sigemptyset(sigset_t *set)
{
	set->sig[0] = 0;
}

static inline void sigfillset(sigset_t *set)
{
	set->sig[0] = ~0UL;
}

static inline int sigisemptyset(const sigset_t *set)
{
	return set->sig[0] == 0;
}

static inline unsigned long sigmask(int sig)
{
	return 1UL << (sig - 1);
}

static inline void siginitset(sigset_t *set, unsigned long mask)
{
	set->sig[0] = mask;
}

static inline void siginitsetinv(sigset_t *set, unsigned long mask)
{
	set->sig[0] = ~mask;
}

static inline int valid_signal(unsigned long sig)
{
	return sig <= _NSIG;
}

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

__BEGIN_DECLS
/*
 * 0 or -EINVAL. Any context. Kernel threads get only what they allowed (SIGKILL ends no kernel thread); everything else gets the
 * signal unless it blocks it.
 */
int send_sig(int sig, struct task_struct *p, int priv);
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p);
int kill_pid(struct pid *pid, int sig, int priv);
/* The running task. */
void allow_signal(int sig);
void allow_kernel_signal(int sig);
void disallow_signal(int sig);
int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
void flush_signals(struct task_struct *t);
void ignore_signals(struct task_struct *t);
/* Takes one pending signal from the running task: its number, or 0. */
int kernel_dequeue_signal(void);
__END_DECLS

#endif

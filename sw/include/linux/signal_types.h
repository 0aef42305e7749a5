/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/list.h>
#include <uapi/asm-generic/signal.h>

/* kernel_siginfo.si_code */
#define SI_USER	  0
#define SI_KERNEL 0x80
#define SI_QUEUE  -1
#define SI_TIMER  -2
/* ... of SIGIO, and the band of kill_fasync(). */
#define POLL_IN	 1
#define POLL_OUT 2
#define POLL_MSG 3
#define POLL_ERR 4
#define POLL_PRI 5
#define POLL_HUP 6

struct sigpending {
	struct list_head list;
	sigset_t signal;
};

typedef struct kernel_siginfo {
	int si_signo;
	int si_errno;
	int si_code;
	pid_t si_pid;
	uid_t si_uid;
} kernel_siginfo_t;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Drivers that stay away for long say so here; there are no NMIs (Linux's include/linux/nmi.h). */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H
#include <linux/sched.h>
static inline void touch_nmi_watchdog(void) { }
static inline void touch_softlockup_watchdog(void) { }
static inline void touch_all_softlockup_watchdogs(void) { }
#endif

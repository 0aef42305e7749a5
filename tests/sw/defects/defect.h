/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What the modules here share: headers, the button's GPIO, the licence. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/gpio.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#define BUTTON 101

MODULE_LICENSE("GPL");

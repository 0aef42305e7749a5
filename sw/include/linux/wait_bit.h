/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for a bit or a variable through shared, hashed wait queues (Linux's include/linux/wait_bit.h). */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>

__BEGIN_DECLS
/* The wait queue that serves an address. */
wait_queue_head_t *__var_waitqueue(void *p);
/* Wakes waiters for the variable at `var`. Any context; the caller orders its store before the call. */
void wake_up_var(void *var);
void wake_up_bit(void *word, int bit);
__END_DECLS

#define wait_var_event(var, condition) wait_event(*__var_waitqueue(var), condition)
#define wait_var_event_timeout(var, condition, timeout) wait_event_timeout(*__var_waitqueue(var), condition, timeout)
#define wait_var_event_killable(var, condition) wait_event_killable(*__var_waitqueue(var), condition)

static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	return wait_event_state(*__var_waitqueue(word), !test_bit(bit, word), mode);
}

/* timeout in jiffies; 0, or -EAGAIN when it ran out. */
static inline int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode, unsigned long timeout)
{
	long left = __wait_event_left(*__var_waitqueue(word), !test_bit(bit, word), (long)timeout, mode, 0, __wait_sleep_left);

	return left > 0 ? 0 : left ? (int)left : -EAGAIN;
}

static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	return wait_event_state(*__var_waitqueue(word), !test_and_set_bit(bit, word), mode);
}

static inline void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, (unsigned long *)word);
	smp_mb__after_atomic();
	wake_up_bit(word, bit);
}

#endif

// SPDX-License-Identifier: Apache-2.0
// The kernel log, for those who read it: dmesg, /proc/kmsg, the end of a run.
#ifndef KERNEL_PRINTK_INTERNALS_H
#define KERNEL_PRINTK_INTERNALS_H

#include <linux/types.h>

/*
 * One finished record as text: "[    0.012345] message\n", the stamp before each line of it. *seq is the number of the
 * record that is wanted (0 at first) and becomes the one after it; records that the ring no longer has are skipped. The
 * length without the final zero, at most size - 1; 0 when there is no such record yet. `level` may be null. Any
 * context.
 */
int kmsg_read(u64 *seq, unsigned int *level, char *buf, size_t size);
// The same for consoles: also of records that dmesg -C has cleared, and not of those that *seq shows to be lost.
int printk_read(u64 *seq, unsigned int *level, char *buf, size_t size);
// Whether a message of this level is none for consoles.
bool suppress_message_printing(unsigned int level);
// The number that the next record will have, and that of the oldest one kept.
u64 kmsg_next_seq(void);
u64 kmsg_first_seq(void);
// dmesg -C: what is in the log now is not shown again.
void kmsg_clear(void);
// Finishes a line that waits for its newline. Before power-off and in a panic.
void kmsg_flush(void);

/* kernel/printk/console.cpp */

// In a panic the other CPUs log faster than the consoles can write: they are not listened to any more.
extern bool suppress_panic_printk;

// What is in the log and not yet on the consoles goes there now, unless another CPU is at it, which then does it. Any
// context.
void console_emit(void);
// The same from an interrupt of this CPU, soon: for callers that hold locks of the scheduler.
void console_emit_deferred(void);
// Waits until all of it is there. In a task.
void console_drain(void);

#endif

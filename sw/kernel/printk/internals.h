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
// The number that the next record will have, and that of the oldest one kept.
u64 kmsg_next_seq(void);
u64 kmsg_first_seq(void);
// dmesg -C: what is in the log now is not shown again.
void kmsg_clear(void);
// Finishes a line that waits for its newline. Before power-off and in a panic.
void kmsg_flush(void);

#endif

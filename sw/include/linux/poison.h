/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

/* What a deleted list entry points to: nothing is ever mapped there (Linux: include/linux/poison.h, arm64's delta). */
#define POISON_POINTER_DELTA 0xdead000000000000UL
#define LIST_POISON1 ((struct list_head *)(0x100 + POISON_POINTER_DELTA))
#define LIST_POISON2 ((struct list_head *)(0x122 + POISON_POINTER_DELTA))
#define HLIST_POISON1 ((struct hlist_node *)(0x100 + POISON_POINTER_DELTA))
#define HLIST_POISON2 ((struct hlist_node **)(0x122 + POISON_POINTER_DELTA))
#define TIMER_ENTRY_STATIC ((void *)(0x300 + POISON_POINTER_DELTA))
#define POISON_INUSE 0x5a
#define POISON_FREE 0x6b
#define POISON_END 0xa5
#define SLUB_RED_INACTIVE 0xbb
#define SLUB_RED_ACTIVE 0xcc
#define MUTEX_DEBUG_INIT 0x11
#define MUTEX_DEBUG_FREE 0x22

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/compiler_types.h>
#include <linux/stddef.h>
/* The compiler's own, free-standing: uint64_t is unsigned long there, as port/port.h sees it. */
#include <stdint.h>
#include <asm/bitsperlong.h>

typedef unsigned char u8, __u8;
typedef signed char s8, __s8;
typedef unsigned short u16, __u16;
typedef signed short s16, __s16;
typedef unsigned int u32, __u32;
typedef signed int s32, __s32;
typedef unsigned long long u64, __u64;
typedef signed long long s64, __s64;
typedef __int128 s128;
typedef unsigned __int128 u128;

#ifndef __cplusplus
typedef _Bool bool;
#endif

typedef __u16 __le16, __be16, __sum16;
typedef __u32 __le32, __be32, __wsum;
typedef __u64 __le64, __be64;
typedef u64 __attribute__((aligned(8))) __aligned_u64, aligned_u64;
typedef s64 __attribute__((aligned(8))) __aligned_s64, aligned_s64;
typedef __le64 __attribute__((aligned(8))) __aligned_le64, aligned_le64;
typedef __be64 __attribute__((aligned(8))) __aligned_be64, aligned_be64;

typedef unsigned char u_char, unchar;
typedef unsigned short u_short, ushort;
typedef unsigned int u_int, uint;
typedef unsigned long u_long, ulong;
typedef u8 u_int8_t;
typedef u16 u_int16_t;
typedef u32 u_int32_t;
typedef u64 u_int64_t;

typedef long ssize_t;
typedef long long loff_t;
typedef long off_t;
typedef int pid_t;
typedef int clockid_t;
typedef int timer_t;
typedef long clock_t;
typedef unsigned int uid_t, gid_t, mode_t, nlink_t;
typedef unsigned short umode_t;
typedef u32 dev_t;
typedef u64 ino_t;
typedef char *caddr_t;
typedef int key_t, mqd_t, rwf_t;
typedef unsigned short uid16_t, gid16_t;
typedef u32 errseq_t;
typedef long suseconds_t;
typedef long long __kernel_loff_t, __kernel_time64_t;
typedef long __kernel_long_t, __kernel_old_time_t, __kernel_ssize_t, __kernel_off_t;
typedef unsigned long __kernel_ulong_t, __kernel_size_t;
typedef int __kernel_pid_t, __kernel_clockid_t, __kernel_timer_t;
typedef unsigned int __kernel_uid32_t, __kernel_gid32_t;
typedef unsigned int __kernel_mode_t, __kernel_uid_t, __kernel_gid_t, __kernel_old_dev_t;
typedef long __kernel_suseconds_t, __kernel_ptrdiff_t, __kernel_clock_t;
typedef unsigned long __kernel_ino_t;
typedef int __kernel_ipc_pid_t, __kernel_key_t, __kernel_mqd_t, __kernel_daddr_t, __kernel_rwf_t;
typedef char *__kernel_caddr_t;
typedef unsigned short __kernel_uid16_t, __kernel_gid16_t;

typedef u64 sector_t, blkcnt_t;
typedef u64 dma_addr_t, phys_addr_t, resource_size_t;
typedef unsigned int gfp_t, slab_flags_t, fmode_t, __poll_t;
typedef unsigned long pgoff_t, irq_hw_number_t;
typedef u64 async_cookie_t;

typedef struct {
	int counter;
} atomic_t;

#define ATOMIC_INIT(i) { (i) }

typedef struct {
	s64 counter;
} atomic64_t;

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct ustat {
	int f_tfree;
	unsigned long f_tinode;
	char f_fname[6];
	char f_fpack[6];
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
} __attribute__((aligned(sizeof(void *))));
#define rcu_head callback_head

typedef void (*rcu_callback_t)(struct rcu_head *head);
typedef void (*call_rcu_func_t)(struct rcu_head *head, rcu_callback_t func);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef int (*cmp_func_t)(const void *a, const void *b);

#define DECLARE_BITMAP(name, bits) unsigned long name[(((bits) + 63) / 64)]

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/uaccess.h>

/*
 * A ring of elements whose size is a power of two. One reader and one writer need no lock. `in` and `out` count on for ever.
 * The typed forms (DECLARE_KFIFO) carry their element in the type, as Linux's do; lib/kfifo.cpp moves bytes.
 */
struct __kfifo {
	unsigned int in;
	unsigned int out;
	unsigned int mask;
	unsigned int esize;
	void *data;
};

__BEGIN_DECLS
/* Sizes count elements, and so do results: how many were moved. A size that is no power of two becomes the next one. */
int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp);
void __kfifo_free(struct __kfifo *fifo);
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize);
unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len);
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len);
unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len);
/* Lengths in bytes; 0 or -EFAULT. */
int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned int *copied);
int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied);
/* Records: a length of `recsize` bytes, then the bytes. One that has no room is not put in; one that is longer than the
 * reader's buffer is cut. */
unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize);
unsigned int __kfifo_room_r(struct __kfifo *fifo, size_t recsize);
void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize);
int __kfifo_from_user_r(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned int *copied,
			size_t recsize);
int __kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied, size_t recsize);
__END_DECLS

/* struct kfifo has a member of its own name, which C++ does not have: the typed forms are for C. */
#ifndef __cplusplus

/* recsize: bytes of the length before each record, 0: a stream of elements. */
#define __STRUCT_KFIFO_COMMON(datatype, recsize, ptrtype)                                                                       \
	union {                                                                                                        \
		struct __kfifo kfifo;                                                                                  \
		datatype *type;                                                                                        \
		const datatype *const_type;                                                                            \
		char(*rectype)[recsize];                                                                               \
		ptrtype *ptr;                                                                                          \
		ptrtype const *ptr_const;                                                                              \
	}
#define __STRUCT_KFIFO(type, size, recsize, ptrtype)                                                                            \
	{                                                                                                              \
		__STRUCT_KFIFO_COMMON(type, recsize, ptrtype);                                                         \
		type buf[((size) < 2) || ((size) & ((size)-1)) ? -1 : (size)];                                         \
	}
#define __STRUCT_KFIFO_PTR(type, recsize, ptrtype)                                                                              \
	{                                                                                                              \
		__STRUCT_KFIFO_COMMON(type, recsize, ptrtype);                                                         \
		type buf[0];                                                                                           \
	}
#define STRUCT_KFIFO(type, size) struct __STRUCT_KFIFO(type, size, 0, type)
#define STRUCT_KFIFO_PTR(type) struct __STRUCT_KFIFO_PTR(type, 0, type)
#define STRUCT_KFIFO_REC_1(size) struct __STRUCT_KFIFO(unsigned char, size, 1, void)
#define STRUCT_KFIFO_REC_2(size) struct __STRUCT_KFIFO(unsigned char, size, 2, void)

struct kfifo __STRUCT_KFIFO_PTR(unsigned char, 0, void);
struct kfifo_rec_ptr_1 __STRUCT_KFIFO_PTR(unsigned char, 1, void);
struct kfifo_rec_ptr_2 __STRUCT_KFIFO_PTR(unsigned char, 2, void);

#define DECLARE_KFIFO_PTR(fifo, type) STRUCT_KFIFO_PTR(type) fifo
#define DECLARE_KFIFO(fifo, type, size) STRUCT_KFIFO(type, size) fifo
#define __is_kfifo_ptr(fifo) (sizeof(*(fifo)) == sizeof(struct kfifo))

#define INIT_KFIFO(fifo)                                                                                               \
	(void)({                                                                                                       \
		__typeof__(&(fifo)) __tmp = &(fifo);                                                                   \
		struct __kfifo *__kfifo = &__tmp->kfifo;                                                               \
		__kfifo->in = 0;                                                                                       \
		__kfifo->out = 0;                                                                                      \
		__kfifo->mask = __is_kfifo_ptr(__tmp) ? 0 : ARRAY_SIZE(__tmp->buf) - 1;                                \
		__kfifo->esize = sizeof(*__tmp->buf);                                                                  \
		__kfifo->data = __is_kfifo_ptr(__tmp) ? NULL : __tmp->buf;                                             \
	})
#define DEFINE_KFIFO(fifo, type, size)                                                                                 \
	DECLARE_KFIFO(fifo, type, size) =                                                                              \
		(__typeof__(fifo)){ { { .in = 0, .out = 0, .mask = (size)-1, .esize = sizeof(type), .data = (fifo).buf } } }

#define kfifo_initialized(fifo) ((fifo)->kfifo.mask)
#define kfifo_esize(fifo) ((fifo)->kfifo.esize)
#define kfifo_recsize(fifo) (sizeof(*(fifo)->rectype))
#define kfifo_size(fifo) ((fifo)->kfifo.mask + 1)
#define kfifo_reset(fifo) ((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo) ((void)((fifo)->kfifo.out = (fifo)->kfifo.in))
#define kfifo_len(fifo) ((fifo)->kfifo.in - (fifo)->kfifo.out)
#define kfifo_is_empty(fifo) ((fifo)->kfifo.in == (fifo)->kfifo.out)
#define kfifo_is_full(fifo) (kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_avail(fifo)                                                                                              \
	(kfifo_recsize(fifo) ? __kfifo_room_r(&(fifo)->kfifo, kfifo_recsize(fifo)) : kfifo_size(fifo) - kfifo_len(fifo))
/* Bytes of the next record; of a stream: of all that is there. */
#define kfifo_peek_len(fifo)                                                                                           \
	(kfifo_recsize(fifo) ? __kfifo_len_r(&(fifo)->kfifo, kfifo_recsize(fifo)) : kfifo_len(fifo) * kfifo_esize(fifo))
#define kfifo_is_empty_spinlocked(fifo, lock)                                                                          \
	({                                                                                                             \
		unsigned long __flags;                                                                                 \
		bool __ret;                                                                                            \
		spin_lock_irqsave(lock, __flags);                                                                      \
		__ret = kfifo_is_empty(fifo);                                                                          \
		spin_unlock_irqrestore(lock, __flags);                                                                 \
		__ret;                                                                                                 \
	})
#define kfifo_skip(fifo)                                                                                               \
	(kfifo_recsize(fifo) ? __kfifo_skip_r(&(fifo)->kfifo, kfifo_recsize(fifo)) : (void)((fifo)->kfifo.out++))
#define kfifo_alloc(fifo, size, gfp_mask) __kfifo_alloc(&(fifo)->kfifo, size, sizeof(*(fifo)->type), gfp_mask)
#define kfifo_free(fifo) __kfifo_free(&(fifo)->kfifo)
#define kfifo_init(fifo, buffer, size) __kfifo_init(&(fifo)->kfifo, buffer, size, sizeof(*(fifo)->type))

#define kfifo_put(fifo, val)                                                                                           \
	({                                                                                                             \
		__typeof__((fifo) + 1) __tmp = (fifo);                                                                 \
		__typeof__(*__tmp->const_type) __val = (val);                                                          \
		kfifo_recsize(__tmp) ? __kfifo_in_r(&__tmp->kfifo, &__val, sizeof(__val), kfifo_recsize(__tmp))        \
				     : __kfifo_in(&__tmp->kfifo, &__val, 1);                                                                  \
	})
#define kfifo_get(fifo, val)                                                                                           \
	({                                                                                                             \
		__typeof__((fifo) + 1) __tmp = (fifo);                                                                 \
		__typeof__(__tmp->ptr) __val = (val);                                                                  \
		kfifo_recsize(__tmp) ? __kfifo_out_r(&__tmp->kfifo, (void *)__val, sizeof(*__val), kfifo_recsize(__tmp)) \
				     : __kfifo_out(&__tmp->kfifo, (void *)__val, 1);                                                          \
	})
#define kfifo_peek(fifo, val)                                                                                          \
	({                                                                                                             \
		__typeof__((fifo) + 1) __tmp = (fifo);                                                                 \
		__typeof__(__tmp->ptr) __val = (val);                                                                  \
		kfifo_recsize(__tmp) ? __kfifo_out_peek_r(&__tmp->kfifo, (void *)__val, sizeof(*__val), kfifo_recsize(__tmp)) \
				     : __kfifo_out_peek(&__tmp->kfifo, (void *)__val, 1);                                                     \
	})
#define kfifo_in(fifo, buf, n)                                                                       \
	(kfifo_recsize(fifo) ? __kfifo_in_r(&(fifo)->kfifo, buf, n, kfifo_recsize(fifo))                      \
			     : __kfifo_in(&(fifo)->kfifo, buf, n))
#define kfifo_out(fifo, buf, n)                                                                       \
	(kfifo_recsize(fifo) ? __kfifo_out_r(&(fifo)->kfifo, buf, n, kfifo_recsize(fifo))                      \
			     : __kfifo_out(&(fifo)->kfifo, buf, n))
#define kfifo_out_peek(fifo, buf, n)                                                                       \
	(kfifo_recsize(fifo) ? __kfifo_out_peek_r(&(fifo)->kfifo, buf, n, kfifo_recsize(fifo))                      \
			     : __kfifo_out_peek(&(fifo)->kfifo, buf, n))
#define kfifo_in_spinlocked(fifo, buf, n, lock)                                                                        \
	({                                                                                                             \
		unsigned long __flags;                                                                                 \
		unsigned int __ret;                                                                                    \
		spin_lock_irqsave(lock, __flags);                                                                      \
		__ret = kfifo_in(fifo, buf, n);                                                                        \
		spin_unlock_irqrestore(lock, __flags);                                                                 \
		__ret;                                                                                                 \
	})
#define kfifo_out_spinlocked(fifo, buf, n, lock)                                                                       \
	({                                                                                                             \
		unsigned long __flags;                                                                                 \
		unsigned int __ret;                                                                                    \
		spin_lock_irqsave(lock, __flags);                                                                      \
		__ret = kfifo_out(fifo, buf, n);                                                                       \
		spin_unlock_irqrestore(lock, __flags);                                                                 \
		__ret;                                                                                                 \
	})
#define kfifo_in_locked(fifo, buf, n, lock) kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_locked(fifo, buf, n, lock) kfifo_out_spinlocked(fifo, buf, n, lock)
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock)                                                              \
	({                                                                                                             \
		unsigned int __ret;                                                                                    \
		spin_lock(lock);                                                                                       \
		__ret = kfifo_in(fifo, buf, n);                                                                        \
		spin_unlock(lock);                                                                                     \
		__ret;                                                                                                 \
	})
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock)                                                             \
	({                                                                                                             \
		unsigned int __ret;                                                                                    \
		spin_lock(lock);                                                                                       \
		__ret = kfifo_out(fifo, buf, n);                                                                       \
		spin_unlock(lock);                                                                                     \
		__ret;                                                                                                 \
	})
#define kfifo_from_user(fifo, from, len, copied)                                                             \
	(kfifo_recsize(fifo) ? __kfifo_from_user_r(&(fifo)->kfifo, from, len, copied, kfifo_recsize(fifo))            \
			     : __kfifo_from_user(&(fifo)->kfifo, from, len, copied))
#define kfifo_to_user(fifo, to, len, copied)                                                             \
	(kfifo_recsize(fifo) ? __kfifo_to_user_r(&(fifo)->kfifo, to, len, copied, kfifo_recsize(fifo))            \
			     : __kfifo_to_user(&(fifo)->kfifo, to, len, copied))

#endif /* __cplusplus */

#endif

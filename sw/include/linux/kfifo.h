/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/uaccess.h>

/*
 * A ring of elements whose size is a power of two. One reader and one writer need no lock: each counts on for ever, the
 * writer what it filled, the reader what it drained. lib/kfifo.cpp moves the bytes.
 */
struct __kfifo {
	unsigned int in;
	unsigned int out;
	unsigned int last; /* the highest slot */
	unsigned int slot_bytes;
	void *slots;
};

__BEGIN_DECLS
/* Sizes count elements, and so do results: how many were moved. A size that is not a power of two becomes the next one. */
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

/* Linux's name for the ring, which drivers copy from one fifo to another; in C++ it would be the structure's own. */
#ifdef __cplusplus
#define __KFIFO_RING_AND_ITS_NAME struct __kfifo ring;
#else
#define __KFIFO_RING_AND_ITS_NAME    \
	union {                      \
		struct __kfifo ring; \
		struct __kfifo kfifo; \
	};
#endif

/*
 * A fifo of a type: the ring, its slots if they are its own, and two arrays without elements that only say something.
 * sizeof(header[0]) is how many bytes of length stand before each record, 0 for a stream of elements; `moved` has the
 * type of what kfifo_get() and kfifo_peek() write to.
 */
#define __KFIFO_OF(element, count, length_bytes, target)                                                               \
	{                                                                                                              \
		__KFIFO_RING_AND_ITS_NAME                                                                              \
		char header[0][length_bytes];                                                                          \
		target *moved[0];                                                                                      \
		element slot[count];                                                                                   \
	}
#define __kfifo_count(n) ((n) >= 2 && ((n) & ((n)-1)) == 0 ? (n) : -1)
#define STRUCT_KFIFO(type, size) struct __KFIFO_OF(type, __kfifo_count(size), 0, type)
#define STRUCT_KFIFO_PTR(type) struct __KFIFO_OF(type, 0, 0, type)
#define STRUCT_KFIFO_REC_1(size) struct __KFIFO_OF(unsigned char, __kfifo_count(size), 1, void)
#define STRUCT_KFIFO_REC_2(size) struct __KFIFO_OF(unsigned char, __kfifo_count(size), 2, void)

struct kfifo __KFIFO_OF(unsigned char, 0, 0, void);
struct kfifo_rec_ptr_1 __KFIFO_OF(unsigned char, 0, 1, void);
struct kfifo_rec_ptr_2 __KFIFO_OF(unsigned char, 0, 2, void);

#define DECLARE_KFIFO(fifo, type, size) STRUCT_KFIFO(type, size) fifo
#define DECLARE_KFIFO_PTR(fifo, type) STRUCT_KFIFO_PTR(type) fifo

/* An empty ring over `bytes` of slots; over none, where they are still to be allocated. */
#define __KFIFO_RING(bytes, one, where)                                                                                \
	{ .last = (bytes) ? (bytes) / (one)-1 : 0, .slot_bytes = (one), .slots = (where) }

static inline void __kfifo_over(struct __kfifo *ring, void *slots, size_t bytes, size_t one)
{
	const struct __kfifo empty = __KFIFO_RING((unsigned int)bytes, (unsigned int)one, bytes ? slots : NULL);

	*ring = empty;
}

#define INIT_KFIFO(fifo) __kfifo_over(&(fifo).ring, (fifo).slot, sizeof((fifo).slot), sizeof((fifo).slot[0]))
#define DEFINE_KFIFO(fifo, type, size)                                                                                 \
	DECLARE_KFIFO(fifo, type, size) = { .ring = __KFIFO_RING((size) * sizeof(type), sizeof(type), (fifo).slot) }

#define kfifo_initialized(fifo) ((fifo)->ring.last)
#define kfifo_esize(fifo) ((fifo)->ring.slot_bytes)
#define kfifo_recsize(fifo) sizeof((fifo)->header[0])
#define kfifo_size(fifo) ((fifo)->ring.last + 1)
#define kfifo_len(fifo) ((fifo)->ring.in - (fifo)->ring.out)
#define kfifo_is_empty(fifo) (!kfifo_len(fifo))
#define kfifo_is_full(fifo) (kfifo_len(fifo) >= kfifo_size(fifo))
#define kfifo_reset_out(fifo) ((void)((fifo)->ring.out = (fifo)->ring.in))
#define kfifo_reset(fifo) ((void)((fifo)->ring.in = (fifo)->ring.out = 0))

#define kfifo_alloc(fifo, size, gfp_mask) __kfifo_alloc(&(fifo)->ring, size, sizeof((fifo)->slot[0]), gfp_mask)
#define kfifo_free(fifo) __kfifo_free(&(fifo)->ring)
#define kfifo_init(fifo, buffer, size) __kfifo_init(&(fifo)->ring, buffer, size, sizeof((fifo)->slot[0]))

/* What moves elements has a form for streams and one for records; what asks is a plain expression for streams. */
#define __kfifo_move(fifo, how, ...)                                                                                   \
	(kfifo_recsize(fifo) ? __kfifo_##how##_r(&(fifo)->ring, __VA_ARGS__, kfifo_recsize(fifo))                      \
			     : __kfifo_##how(&(fifo)->ring, __VA_ARGS__))
#define __kfifo_ask(fifo, how, of_stream)                                                                              \
	(kfifo_recsize(fifo) ? __kfifo_##how##_r(&(fifo)->ring, kfifo_recsize(fifo)) : (of_stream))

#define kfifo_in(fifo, buf, n) __kfifo_move(fifo, in, buf, n)
#define kfifo_out(fifo, buf, n) __kfifo_move(fifo, out, buf, n)
#define kfifo_out_peek(fifo, buf, n) __kfifo_move(fifo, out_peek, buf, n)
#define kfifo_from_user(fifo, from, len, copied) __kfifo_move(fifo, from_user, from, len, copied)
#define kfifo_to_user(fifo, to, len, copied) __kfifo_move(fifo, to_user, to, len, copied)
#define kfifo_avail(fifo) __kfifo_ask(fifo, room, kfifo_size(fifo) - kfifo_len(fifo))
/* Bytes of the next record; of a stream: of all that is there. */
#define kfifo_peek_len(fifo) __kfifo_ask(fifo, len, kfifo_len(fifo) * kfifo_esize(fifo))
#define kfifo_skip(fifo) __kfifo_ask(fifo, skip, (void)((fifo)->ring.out++))

/* One element; of records, one of a single byte. `to` is evaluated once, and must point to an element. */
#define kfifo_put(fifo, value)                                                                                         \
	({                                                                                                             \
		const __typeof__((fifo)->slot[0]) __element = (value);                                                 \
		kfifo_in(fifo, &__element, 1);                                                                         \
	})
#define __kfifo_target(fifo, to) (1 ? (to) : (fifo)->moved[0])
#define kfifo_get(fifo, to) kfifo_out(fifo, (void *)__kfifo_target(fifo, to), 1)
#define kfifo_peek(fifo, to) kfifo_out_peek(fifo, (void *)__kfifo_target(fifo, to), 1)

/* The same under a lock. `take` and `give` are spin_lock() and spin_unlock(), or take the word with the interrupts' state. */
#define __kfifo_under(take, give, lock, call)                                                                          \
	({                                                                                                             \
		unsigned long __irqs = 0;                                                                              \
		take(lock, __irqs);                                                                                    \
		__typeof__(call) __result = (call);                                                                    \
		give(lock, __irqs);                                                                                    \
		__result;                                                                                              \
	})
#define __kfifo_lock(lock, irqs) (spin_lock(lock), (void)(irqs))
#define __kfifo_unlock(lock, irqs) (spin_unlock(lock), (void)(irqs))
#define __kfifo_irqsave(lock, call) __kfifo_under(spin_lock_irqsave, spin_unlock_irqrestore, lock, call)
#define __kfifo_plain(lock, call) __kfifo_under(__kfifo_lock, __kfifo_unlock, lock, call)

#define kfifo_is_empty_spinlocked(fifo, lock) __kfifo_irqsave(lock, (bool)kfifo_is_empty(fifo))
#define kfifo_in_spinlocked(fifo, buf, n, lock) __kfifo_irqsave(lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked(fifo, buf, n, lock) __kfifo_irqsave(lock, kfifo_out(fifo, buf, n))
#define kfifo_in_locked(fifo, buf, n, lock) kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_locked(fifo, buf, n, lock) kfifo_out_spinlocked(fifo, buf, n, lock)
#define kfifo_is_empty_spinlocked_noirqsave(fifo, lock) __kfifo_plain(lock, (bool)kfifo_is_empty(fifo))
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock) __kfifo_plain(lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock) __kfifo_plain(lock, kfifo_out(fifo, buf, n))

#endif

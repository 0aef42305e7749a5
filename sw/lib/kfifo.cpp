// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/kfifo.h>

#include "lib/kfifo_order.h"

namespace {

unsigned int used(const struct __kfifo *fifo) {
    return fifo->in - fifo->out;
}

// Calls copy(position in the ring, offset in the other buffer, bytes) for the one or two pieces from element `at`.
template <class Copy>
void for_pieces(const struct __kfifo *fifo, unsigned int at, unsigned int count, Copy copy) {
    unsigned int size = fifo->last + 1;
    unsigned int start = at & fifo->last;
    unsigned int first = min(count, size - start);
    char *ring = static_cast<char *>(fifo->slots);

    copy(ring + static_cast<size_t>(start) * fifo->slot_bytes, 0UL, static_cast<size_t>(first) * fifo->slot_bytes);
    if (count > first)
        copy(ring, static_cast<size_t>(first) * fifo->slot_bytes,
             static_cast<size_t>(count - first) * fifo->slot_bytes);
}

} // namespace

// A ring of `count` elements, which must be a power of two, and more than one.
static int set_up(struct __kfifo *fifo, void *ring, unsigned long count, size_t esize) {
    const bool usable = count > 1;

    *fifo = {};
    fifo->slot_bytes = static_cast<unsigned int>(esize);
    fifo->last = usable ? static_cast<unsigned int>(count) - 1 : 0;
    fifo->slots = ring;
    return usable ? 0 : -EINVAL;
}

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp) {
    const unsigned long count = roundup_pow_of_two(size);
    const int error = set_up(fifo, nullptr, count, esize);

    if (!error)
        fifo->slots = kmalloc_track_caller(size_mul(count, esize), gfp);
    if (!error && !fifo->slots)
        fifo->last = 0;
    return error || fifo->slots ? error : -ENOMEM;
}
EXPORT_SYMBOL(__kfifo_alloc);

void __kfifo_free(struct __kfifo *fifo) {
    kfree(fifo->slots);
    *fifo = {};
}
EXPORT_SYMBOL(__kfifo_free);

int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize) {
    const unsigned long fits = size / esize;

    return set_up(fifo, buffer, fits ? rounddown_pow_of_two(fits) : 0, esize);
}
EXPORT_SYMBOL(__kfifo_init);

unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len) {
    const char *from = static_cast<const char *>(buf);
    unsigned int count = fifo->slots ? min(len, fifo->last + 1 - used(fifo)) : 0;

    if (!count)
        return 0;
    for_pieces(fifo, fifo->in, count,
               [=](char *ring, size_t offset, size_t bytes) { memcpy(ring, from + offset, bytes); });
    // The reader must see the data before it sees that there is some.
    smp_wmb();
    kfifo_tell_produced(fifo);
    fifo->in += count;
    return count;
}
EXPORT_SYMBOL(__kfifo_in);

unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len) {
    char *to = static_cast<char *>(buf);
    unsigned int count = min(len, used(fifo));

    order_tell(received, &fifo->in);
    if (count)
        for_pieces(fifo, fifo->out, count,
                   [=](char *ring, size_t offset, size_t bytes) { memcpy(to + offset, ring, bytes); });
    smp_wmb();
    return count;
}
EXPORT_SYMBOL(__kfifo_out_peek);

unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len) {
    unsigned int count = __kfifo_out_peek(fifo, buf, len);

    kfifo_tell_consumed(fifo);
    fifo->out += count;
    return count;
}
EXPORT_SYMBOL(__kfifo_out);

int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned int *copied) {
    const char *source = static_cast<const char *>(from);
    unsigned int count = min(static_cast<unsigned int>(len / fifo->slot_bytes), fifo->last + 1 - used(fifo));
    bool failed = false;

    *copied = 0;
    if (!count)
        return 0;
    for_pieces(fifo, fifo->in, count, [&](char *ring, size_t offset, size_t bytes) {
        failed = failed || copy_from_user(ring, source + offset, bytes);
    });
    if (failed)
        return -EFAULT;
    smp_wmb();
    kfifo_tell_produced(fifo);
    fifo->in += count;
    *copied = count * fifo->slot_bytes;
    return 0;
}
EXPORT_SYMBOL(__kfifo_from_user);

int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied) {
    char *target = static_cast<char *>(to);
    unsigned int count = min(static_cast<unsigned int>(len / fifo->slot_bytes), used(fifo));
    bool failed = false;

    *copied = 0;
    if (!count)
        return 0;
    for_pieces(fifo, fifo->out, count, [&](char *ring, size_t offset, size_t bytes) {
        failed = failed || copy_to_user(target + offset, ring, bytes);
    });
    if (failed)
        return -EFAULT;
    smp_wmb();
    kfifo_tell_consumed(fifo);
    fifo->out += count;
    *copied = count * fifo->slot_bytes;
    return 0;
}
EXPORT_SYMBOL(__kfifo_to_user);

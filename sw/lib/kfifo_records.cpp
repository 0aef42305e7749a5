// SPDX-License-Identifier: Apache-2.0
// Rings of records (Linux: lib/kfifo.c): each is its length, in one or two bytes, and then its bytes. A ring of bytes
// carries them, so that what moves records moves bytes twice.
#include <linux/export.h>
#include <linux/kfifo.h>

namespace {

unsigned longest(size_t recsize) {
    return recsize == 1 ? 0xff : 0xffff;
}

unsigned room(const struct __kfifo *fifo) {
    return fifo->mask + 1 - (fifo->in - fifo->out);
}

// A view of the ring that begins `ahead` bytes later: what is moved through it does not move the ring itself.
struct __kfifo behind(const struct __kfifo *fifo, size_t ahead) {
    struct __kfifo view = *fifo;
    view.out += static_cast<unsigned>(ahead);
    return view;
}

void put_length(struct __kfifo *view, unsigned length, size_t recsize) {
    const u8 bytes[] = {static_cast<u8>(length), static_cast<u8>(length >> 8)};
    __kfifo_in(view, bytes, static_cast<unsigned>(recsize));
}

} // namespace

unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize) {
    u8 bytes[2] = {};
    return __kfifo_out_peek(fifo, bytes, static_cast<unsigned>(recsize)) ? bytes[0] | bytes[1] << 8 : 0;
}
EXPORT_SYMBOL(__kfifo_len_r);

unsigned int __kfifo_room_r(struct __kfifo *fifo, size_t recsize) {
    const unsigned bytes = room(fifo);
    return bytes > recsize ? min(bytes - static_cast<unsigned>(recsize), longest(recsize)) : 0;
}
EXPORT_SYMBOL_GPL(__kfifo_room_r);

unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize) {
    if (len > __kfifo_room_r(fifo, recsize))
        return 0;
    struct __kfifo view = *fifo;
    put_length(&view, len, recsize);
    __kfifo_in(&view, buf, len);
    smp_wmb(); // the reader sees the whole record or nothing
    fifo->in = view.in;
    return len;
}
EXPORT_SYMBOL(__kfifo_in_r);

unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize) {
    if (fifo->in == fifo->out)
        return 0;
    struct __kfifo view = behind(fifo, recsize);
    return __kfifo_out_peek(&view, buf, min(len, __kfifo_len_r(fifo, recsize)));
}
EXPORT_SYMBOL(__kfifo_out_peek_r);

void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize) {
    fifo->out += __kfifo_len_r(fifo, recsize) + static_cast<unsigned>(recsize);
}
EXPORT_SYMBOL(__kfifo_skip_r);

unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize) {
    if (fifo->in == fifo->out)
        return 0;
    const unsigned moved = __kfifo_out_peek_r(fifo, buf, len, recsize);
    __kfifo_skip_r(fifo, recsize);
    return moved;
}
EXPORT_SYMBOL(__kfifo_out_r);

int __kfifo_from_user_r(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned int *copied,
                        size_t recsize) {
    *copied = 0;
    const unsigned length = static_cast<unsigned>(min(len, static_cast<unsigned long>(longest(recsize))));
    if (length > __kfifo_room_r(fifo, recsize))
        return 0;
    struct __kfifo view = *fifo;
    put_length(&view, length, recsize);
    if (const int error = __kfifo_from_user(&view, from, length, copied))
        return error;
    smp_wmb();
    fifo->in = view.in;
    return 0;
}
EXPORT_SYMBOL(__kfifo_from_user_r);

int __kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied, size_t recsize) {
    *copied = 0;
    if (fifo->in == fifo->out)
        return 0;
    const unsigned long length = min(len, static_cast<unsigned long>(__kfifo_len_r(fifo, recsize)));
    struct __kfifo view = behind(fifo, recsize);
    if (const int error = __kfifo_to_user(&view, to, length, copied))
        return error;
    __kfifo_skip_r(fifo, recsize);
    return 0;
}
EXPORT_SYMBOL(__kfifo_to_user_r);

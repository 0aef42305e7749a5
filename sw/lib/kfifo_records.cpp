// SPDX-License-Identifier: Apache-2.0
// Rings of records (Linux: lib/kfifo.c): each is its length, in one or two bytes, and then its bytes. A ring of bytes
// carries them, so that what moves records moves bytes twice.
#include <linux/export.h>
#include <linux/kfifo.h>

#include "lib/kfifo_order.h"

namespace {

unsigned longest(size_t recsize) {
    return recsize == 1 ? 0xff : 0xffff;
}

unsigned room(const struct __kfifo *fifo) {
    return fifo->last + 1 - (fifo->in - fifo->out);
}

// The oldest record. In an empty ring it has no bytes, not even a length.
struct front_record {
    struct __kfifo payload; // a view of the ring that begins at the record's bytes
    unsigned length = 0;

    front_record(const struct __kfifo *fifo, size_t recsize)
        : payload(*fifo) {
        u8 bytes[2] = {};
        payload.out += __kfifo_out_peek(&payload, bytes, static_cast<unsigned>(recsize));
        length = bytes[0] | bytes[1] << 8;
    }
    unsigned end() const { return payload.out + length; }
};

// A record that is being written: the reader sees nothing of it before it is published, and then all of it.
class new_record {
public:
    new_record(struct __kfifo *fifo, unsigned length, size_t recsize)
        : fifo_(fifo)
        , payload_(*fifo)
        , length_(length) {
        const u8 bytes[] = {static_cast<u8>(length), static_cast<u8>(length >> 8)};
        __kfifo_in(&payload_, bytes, static_cast<unsigned>(recsize));
    }
    unsigned fill(const void *buf) {
        __kfifo_in(&payload_, buf, length_);
        publish();
        return length_;
    }
    int fill_from_user(const void __user *from, unsigned *copied) {
        const int error = __kfifo_from_user(&payload_, from, length_, copied);
        if (!error)
            publish();
        return error;
    }

private:
    void publish() {
        smp_wmb();
        kfifo_tell_produced(fifo_);
        fifo_->in = payload_.in;
    }

    struct __kfifo *fifo_;
    struct __kfifo payload_; // a view of the ring that ends where the record's bytes go
    unsigned length_;
};

} // namespace

unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize) {
    return front_record(fifo, recsize).length;
}
EXPORT_SYMBOL(__kfifo_len_r);

unsigned int __kfifo_room_r(struct __kfifo *fifo, size_t recsize) {
    const unsigned bytes = room(fifo);
    return bytes > recsize ? min(bytes - static_cast<unsigned>(recsize), longest(recsize)) : 0;
}
EXPORT_SYMBOL_GPL(__kfifo_room_r);

unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize) {
    return len <= __kfifo_room_r(fifo, recsize) ? new_record(fifo, len, recsize).fill(buf) : 0;
}
EXPORT_SYMBOL(__kfifo_in_r);

unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize) {
    front_record record(fifo, recsize);
    return __kfifo_out_peek(&record.payload, buf, min(len, record.length));
}
EXPORT_SYMBOL(__kfifo_out_peek_r);

void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize) {
    kfifo_tell_consumed(fifo);
    fifo->out = front_record(fifo, recsize).end();
}
EXPORT_SYMBOL(__kfifo_skip_r);

unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize) {
    const unsigned moved = __kfifo_out_peek_r(fifo, buf, len, recsize);
    __kfifo_skip_r(fifo, recsize);
    return moved;
}
EXPORT_SYMBOL(__kfifo_out_r);

int __kfifo_from_user_r(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned int *copied,
                        size_t recsize) {
    *copied = 0;
    const unsigned length = static_cast<unsigned>(min(len, static_cast<unsigned long>(longest(recsize))));
    const bool fits = length <= __kfifo_room_r(fifo, recsize);
    return fits ? new_record(fifo, length, recsize).fill_from_user(from, copied) : 0;
}
EXPORT_SYMBOL(__kfifo_from_user_r);

int __kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied, size_t recsize) {
    front_record record(fifo, recsize);
    const unsigned long wanted = min(len, static_cast<unsigned long>(record.length));
    const int error = __kfifo_to_user(&record.payload, to, wanted, copied);
    // A program that could not take its record finds it again.
    if (!error) {
        kfifo_tell_consumed(fifo);
        fifo->out = record.end();
    }
    return error;
}
EXPORT_SYMBOL(__kfifo_to_user_r);

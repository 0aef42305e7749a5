// SPDX-License-Identifier: Apache-2.0
// A ring has one producer and one consumer at a time, who need no lock against each other: what the race detector is
// told of both. Each changes a counter of its own, which the other one only reads.
#ifndef LIB_KFIFO_ORDER_H
#define LIB_KFIFO_ORDER_H

#include <linux/kfifo.h>

#include "port/order.h"

static inline void kfifo_tell_produced(const struct __kfifo *fifo) {
    order_tell(received, &fifo->out);
    port_order(ORDER_memory_sole_write, &fifo->in, sizeof(fifo->in), nullptr);
    order_tell(signal, &fifo->in);
}

static inline void kfifo_tell_consumed(const struct __kfifo *fifo) {
    order_tell(received, &fifo->in);
    port_order(ORDER_memory_sole_write, &fifo->out, sizeof(fifo->out), nullptr);
    order_tell(signal, &fifo->out);
}

#endif

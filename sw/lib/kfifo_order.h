// SPDX-License-Identifier: Apache-2.0
// A ring has one producer and one consumer at a time, who need no lock against each other: what the race detector is
// told of both. Each changes a counter of its own, which the other one only reads.
#ifndef LIB_KFIFO_ORDER_H
#define LIB_KFIFO_ORDER_H

#include <linux/kfifo.h>

#include "port/order.h"

static inline void kfifo_tell_produced(const struct __kfifo *fifo) {
    order_tell(received, &fifo->drained);
    port_order(ORDER_memory_sole_write, &fifo->filled, sizeof(fifo->filled), nullptr);
    order_tell(signal, &fifo->filled);
}

static inline void kfifo_tell_consumed(const struct __kfifo *fifo) {
    order_tell(received, &fifo->filled);
    port_order(ORDER_memory_sole_write, &fifo->drained, sizeof(fifo->drained), nullptr);
    order_tell(signal, &fifo->drained);
}

#endif

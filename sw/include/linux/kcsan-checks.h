/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What code says to the race detector (Linux's include/linux/kcsan-checks.h; --kcsan). Nothing here takes simulated time.
 */
#ifndef _LINUX_KCSAN_CHECKS_H
#define _LINUX_KCSAN_CHECKS_H

#include <linux/compiler_attributes.h>
#include "port/order.h"

/* The race is meant: what is read may be old or torn. */
#define data_race(expr)                                                                                                \
	({                                                                                                             \
		order_tell(quiet_begin, 0);                                                                            \
		__typeof__(({ expr; })) __kcsan_value = ({ expr; });                                                   \
		order_tell(quiet_end, 0);                                                                              \
		__kcsan_value;                                                                                         \
	})

/* No other context writes, or accesses, the variable without being ordered: marked accesses count as well. */
#define ASSERT_EXCLUSIVE_WRITER(var) port_order(ORDER_assert_writer, &(var), sizeof(var), 0)
#define ASSERT_EXCLUSIVE_ACCESS(var) port_order(ORDER_assert_access, &(var), sizeof(var), 0)
#define ASSERT_EXCLUSIVE_BITS(var, mask) ASSERT_EXCLUSIVE_WRITER(var)
#define ASSERT_EXCLUSIVE_WRITER_SCOPED(var) ASSERT_EXCLUSIVE_WRITER(var)
#define ASSERT_EXCLUSIVE_ACCESS_SCOPED(var) ASSERT_EXCLUSIVE_ACCESS(var)

#define kcsan_disable_current() order_tell(quiet_begin, 0)
#define kcsan_enable_current() order_tell(quiet_end, 0)
#define kcsan_atomic_next(n) ((void)(n))
#define kcsan_nestable_atomic_begin() order_tell(quiet_begin, 0)
#define kcsan_nestable_atomic_end() order_tell(quiet_end, 0)
#define kcsan_flat_atomic_begin() order_tell(quiet_begin, 0)
#define kcsan_flat_atomic_end() order_tell(quiet_end, 0)
#define kcsan_check_read(ptr, size) port_order(ORDER_memory_read, ptr, size, 0)
#define kcsan_check_write(ptr, size) port_order(ORDER_memory_write, ptr, size, 0)
#define kcsan_check_atomic_read(ptr, size) ((void)(ptr), (void)(size))
#define kcsan_check_atomic_write(ptr, size) ((void)(ptr), (void)(size))

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks of the tracer (Linux: include/linux/trace_clock.h), ns. Any context. */
#ifndef _LINUX_TRACE_CLOCK_H
#define _LINUX_TRACE_CLOCK_H

#include <linux/types.h>
#include <linux/compiler.h>

__BEGIN_DECLS
u64 trace_clock_local(void);
u64 trace_clock(void);
u64 trace_clock_jiffies(void);
u64 trace_clock_global(void);
__END_DECLS

#endif

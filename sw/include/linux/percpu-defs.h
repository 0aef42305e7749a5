/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include "port/kernel.h"

/*
 * CPU n's instance of a per-CPU object lies n strides above CPU 0's, which is the object that the compiler sees; so one
 * offset per CPU serves the kernel's, the modules' and the allocated ones (mm/percpu.cpp).
 */
#define PERCPU_STRIDE 0x04000000UL
#define per_cpu_offset(cpu) ((unsigned long)(cpu) * PERCPU_STRIDE)
#define __my_cpu_offset ((unsigned long)PORT_CPU_PAGE->percpu)
#define my_cpu_offset __my_cpu_offset

#define DECLARE_PER_CPU_SECTION(type, name, sec) extern __typeof__(type) name
#define DEFINE_PER_CPU_SECTION(type, name, sec) __attribute__((__section__("percpu"))) __typeof__(type) name
#define DECLARE_PER_CPU(type, name) DECLARE_PER_CPU_SECTION(type, name, "")
#define DEFINE_PER_CPU(type, name) DEFINE_PER_CPU_SECTION(type, name, "")
#define DECLARE_PER_CPU_FIRST(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_FIRST(type, name) DEFINE_PER_CPU(type, name)
#define DECLARE_PER_CPU_ALIGNED(type, name) DECLARE_PER_CPU(type, name) ____cacheline_aligned
#define DEFINE_PER_CPU_ALIGNED(type, name) DEFINE_PER_CPU(type, name) ____cacheline_aligned
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name) DECLARE_PER_CPU(type, name) ____cacheline_aligned
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) DEFINE_PER_CPU(type, name) ____cacheline_aligned
#define DECLARE_PER_CPU_PAGE_ALIGNED(type, name) DECLARE_PER_CPU(type, name) __aligned(4096)
#define DEFINE_PER_CPU_PAGE_ALIGNED(type, name) DEFINE_PER_CPU(type, name) __aligned(4096)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)
#define EXPORT_PER_CPU_SYMBOL(var) EXPORT_SYMBOL(var)
#define EXPORT_PER_CPU_SYMBOL_GPL(var) EXPORT_SYMBOL_GPL(var)

#define SHIFT_PERCPU_PTR(ptr, offset) ((__typeof__(ptr))((unsigned long)(ptr) + (offset)))
#define per_cpu_ptr(ptr, cpu) SHIFT_PERCPU_PTR(ptr, per_cpu_offset(cpu))
#define raw_cpu_ptr(ptr) SHIFT_PERCPU_PTR(ptr, my_cpu_offset)
/* Modules are looked after as with CONFIG_DEBUG_PREEMPT. `op`: "add", "read", ...; NULL: this_cpu_ptr(). Any context. */
__BEGIN_DECLS
void __this_cpu_preempt_check(const char *op);
__END_DECLS
#ifdef MODULE
#define __checked_pcp(op, use) ({ __this_cpu_preempt_check(op); use; })
#else
#define __checked_pcp(op, use) use
#endif
#define this_cpu_ptr(ptr) __checked_pcp(NULL, raw_cpu_ptr(ptr))
#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))

/* For callers that cannot change CPU: interrupts off, preemption off or a thread bound to one. */
#define raw_cpu_read(pcp) READ_ONCE(*raw_cpu_ptr(&(pcp)))
#define raw_cpu_write(pcp, val) WRITE_ONCE(*raw_cpu_ptr(&(pcp)), val)
#define raw_cpu_add(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) += (val)))
#define raw_cpu_and(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) &= (val)))
#define raw_cpu_or(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) |= (val)))
#define raw_cpu_sub(pcp, val) raw_cpu_add(pcp, -(__typeof__(pcp))(val))
#define raw_cpu_inc(pcp) raw_cpu_add(pcp, 1)
#define raw_cpu_dec(pcp) raw_cpu_sub(pcp, 1)
#define raw_cpu_add_return(pcp, val) (*raw_cpu_ptr(&(pcp)) += (val))
#define raw_cpu_inc_return(pcp) raw_cpu_add_return(pcp, 1)
#define raw_cpu_dec_return(pcp) raw_cpu_add_return(pcp, -1)
#define raw_cpu_xchg(pcp, n)                                                                                           \
	({                                                                                                             \
		__typeof__(&(pcp)) __p = raw_cpu_ptr(&(pcp));                                                          \
		__typeof__(pcp) __ret = *__p;                                                                          \
		*__p = (n);                                                                                            \
		__ret;                                                                                                 \
	})
#define raw_cpu_cmpxchg(pcp, o, n)                                                                                     \
	({                                                                                                             \
		__typeof__(&(pcp)) __p = raw_cpu_ptr(&(pcp));                                                          \
		__typeof__(pcp) __ret = *__p;                                                                          \
		if (__ret == (o))                                                                                      \
			*__p = (n);                                                                                    \
		__ret;                                                                                                 \
	})

#define __this_cpu_read(pcp) __checked_pcp("read", raw_cpu_read(pcp))
#define __this_cpu_write(pcp, val) __checked_pcp("write", raw_cpu_write(pcp, val))
#define __this_cpu_add(pcp, val) __checked_pcp("add", raw_cpu_add(pcp, val))
#define __this_cpu_sub(pcp, val) __this_cpu_add(pcp, -(__typeof__(pcp))(val))
#define __this_cpu_and(pcp, val) __checked_pcp("and", raw_cpu_and(pcp, val))
#define __this_cpu_or(pcp, val) __checked_pcp("or", raw_cpu_or(pcp, val))
#define __this_cpu_inc(pcp) __this_cpu_add(pcp, 1)
#define __this_cpu_dec(pcp) __this_cpu_sub(pcp, 1)
#define __this_cpu_add_return(pcp, val) __checked_pcp("add_return", raw_cpu_add_return(pcp, val))
#define __this_cpu_sub_return(pcp, val) __this_cpu_add_return(pcp, -(__typeof__(pcp))(val))
#define __this_cpu_inc_return(pcp) __this_cpu_add_return(pcp, 1)
#define __this_cpu_dec_return(pcp) __this_cpu_add_return(pcp, -1)
#define __this_cpu_xchg(pcp, n) __checked_pcp("xchg", raw_cpu_xchg(pcp, n))
#define __this_cpu_cmpxchg(pcp, o, n) __checked_pcp("cmpxchg", raw_cpu_cmpxchg(pcp, o, n))

/*
 * Safe everywhere: preemption is off around an atomic operation on this CPU's instance, as arm64 does it. A read or a
 * write needs no operation.
 */
#define this_cpu_read(pcp)                                                                                             \
	({                                                                                                             \
		preempt_disable_notrace();                                                                             \
		__typeof__(pcp) __pcp_value = raw_cpu_read(pcp);                                                       \
		preempt_enable_notrace();                                                                              \
		__pcp_value;                                                                                           \
	})
#define this_cpu_write(pcp, val)                                                                                       \
	do {                                                                                                           \
		preempt_disable_notrace();                                                                             \
		raw_cpu_write(pcp, val);                                                                               \
		preempt_enable_notrace();                                                                              \
	} while (0)
#define __this_cpu_atomic(pcp, operation, val)                                                                         \
	({                                                                                                             \
		preempt_disable_notrace();                                                                             \
		__typeof__(pcp) __pcp_value =                                                                          \
			operation(raw_cpu_ptr(&(pcp)), (__typeof__(pcp))(val), __ATOMIC_RELAXED);                      \
		preempt_enable_notrace();                                                                              \
		__pcp_value;                                                                                           \
	})
#define this_cpu_add(pcp, val) ((void)__this_cpu_atomic(pcp, __atomic_fetch_add, val))
#define this_cpu_sub(pcp, val) ((void)__this_cpu_atomic(pcp, __atomic_fetch_sub, val))
#define this_cpu_and(pcp, val) ((void)__this_cpu_atomic(pcp, __atomic_fetch_and, val))
#define this_cpu_or(pcp, val) ((void)__this_cpu_atomic(pcp, __atomic_fetch_or, val))
#define this_cpu_inc(pcp) this_cpu_add(pcp, 1)
#define this_cpu_dec(pcp) this_cpu_sub(pcp, 1)
#define this_cpu_add_return(pcp, val) __this_cpu_atomic(pcp, __atomic_add_fetch, val)
#define this_cpu_sub_return(pcp, val) __this_cpu_atomic(pcp, __atomic_sub_fetch, val)
#define this_cpu_inc_return(pcp) this_cpu_add_return(pcp, 1)
#define this_cpu_dec_return(pcp) this_cpu_sub_return(pcp, 1)
#define this_cpu_xchg(pcp, n) __this_cpu_atomic(pcp, __atomic_exchange_n, n)
#define this_cpu_cmpxchg(pcp, o, n)                                                                                    \
	({                                                                                                             \
		preempt_disable_notrace();                                                                             \
		__typeof__(pcp) __pcp_value = (o);                                                                     \
		__atomic_compare_exchange_n(raw_cpu_ptr(&(pcp)), &__pcp_value, (n), 0, __ATOMIC_RELAXED,               \
					    __ATOMIC_RELAXED);                                                         \
		preempt_enable_notrace();                                                                              \
		__pcp_value;                                                                                           \
	})

/* The copy of this CPU, which the task stays on until it is put back. */
#define get_cpu_ptr(var)                                                                                               \
	({                                                                                                             \
		preempt_disable();                                                                                     \
		this_cpu_ptr(var);                                                                                     \
	})
#define put_cpu_ptr(var) ({ (void)(var); preempt_enable(); })
#define get_cpu_var(var) (*get_cpu_ptr(&(var)))
#define put_cpu_var(var) put_cpu_ptr(&(var))

#endif

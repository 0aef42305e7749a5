/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif

/* Address spaces and ownership marks are for sparse, which does not run on this tree. */
#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __safe
#define __private
#define __bitwise
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __acquire(x) (void)0
#define __release(x) (void)0
#define __cond_lock(x, c) (c)
#define __cond_acquires(x)
#define ACCESS_PRIVATE(p, member) ((p)->member)

/*
 * The kernel's `inline` emits a definition where a unit uses no `static` (GNU89 semantics); drivers rely on it. C++ has its own
 * rule for inline functions and needs nothing.
 */
#ifndef __cplusplus
#define inline inline __attribute__((__gnu_inline__, __unused__))
#endif

#undef __always_inline
#ifdef __cplusplus
#define __always_inline inline __attribute__((__always_inline__, __unused__))
#else
#define __always_inline inline __attribute__((__always_inline__))
#endif
#define noinline __attribute__((__noinline__))
#define __noinline __attribute__((__noinline__))
#define noinline_for_stack noinline
#define __attribute_const__ __attribute__((__const__))
#define __pure __attribute__((__pure__))
#define __cold __attribute__((__cold__))
#define __hot __attribute__((__hot__))
#define __weak __attribute__((__weak__))
#define __alias(symbol) __attribute__((__alias__(#symbol)))
#define __aligned(x) __attribute__((__aligned__(x)))
#define __aligned_largest __attribute__((__aligned__))
#define __packed __attribute__((__packed__))
#define __maybe_unused __attribute__((__unused__))
#define __always_unused __attribute__((__unused__))
#define __used __attribute__((__used__))
#define __section(name) __attribute__((__section__(name)))
#define __must_check __attribute__((__warn_unused_result__))
#define __deprecated
#define __printf(a, b) __attribute__((__format__(printf, a, b)))
#define __scanf(a, b) __attribute__((__format__(scanf, a, b)))
#define __malloc __attribute__((__malloc__))
#define __alloc_size(x, ...)
#define __realloc_size(x, ...)
#define __assume_aligned(a, ...) __attribute__((__assume_aligned__(a, ##__VA_ARGS__)))
#define __fix_address noinline
#define __noreturn __attribute__((__noreturn__))
#define __mode(x) __attribute__((__mode__(x)))
#define __visible
#define __latent_entropy
#define __randomize_layout
#define __no_randomize_layout
#define __designated_init
#define randomized_struct_fields_start
#define randomized_struct_fields_end
#define __nonstring
#define __counted_by(member)
#define __flatten
#define __noclone
#define __no_kcsan
#define __no_kasan_or_inline __always_inline
#define __no_sanitize_address
#define __nocfi
#define __cfi_canonical
#define noinstr noinline
#define notrace
#define __cpuidle
#define __cleanup(func) __attribute__((__cleanup__(func)))
#define __compiletime_warning(msg)
#define __compiletime_error(msg) __attribute__((__error__(msg)))
#define __diag_push()
#define __diag_pop()
#define __diag_ignore(...)
#define __diag_ignore_all(...)

#ifdef __cplusplus
#define fallthrough [[fallthrough]]
#else
#define fallthrough __attribute__((__fallthrough__))
#endif

/* The type of an expression without its outermost const and volatile, as an rvalue has it. */
#ifdef __cplusplus
template <class T> struct __unqual { typedef T type; };
template <class T> struct __unqual<T &> { typedef typename __unqual<T>::type type; };
template <class T> struct __unqual<const T> { typedef T type; };
template <class T> struct __unqual<volatile T> { typedef T type; };
template <class T> struct __unqual<const volatile T> { typedef T type; };
template <class A, class B> struct __same { enum { value = 0 }; };
template <class A> struct __same<A, A> { enum { value = 1 }; };
#define __unqual_scalar_typeof(x) typename_of_unqual(x)
#define typename_of_unqual(x) __unqual<decltype((x))>::type
#define __same_type(a, b) (__same<__unqual<__typeof__(a)>::type, __unqual<__typeof__(b)>::type>::value)
#else
#define __unqual_scalar_typeof(x) __typeof__(((void)0, (x)))
#define __same_type(a, b) __builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#endif

#define __native_word(t) (sizeof(t) == 1 || sizeof(t) == 2 || sizeof(t) == 4 || sizeof(t) == 8)

#endif

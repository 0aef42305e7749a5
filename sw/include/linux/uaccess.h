/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Access to the memory of user programs. What the shell's commands hand to a read or write method lies in a region of
 * its own (kernel/fs/user.h): any other address is refused with -EFAULT, as arm64's access_ok and page tables would, and each access
 * may sleep for a page.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

__BEGIN_DECLS

/* True when all of [addr, addr + size) can be user memory. */
bool access_ok(const void __user *addr, unsigned long size);

/* Bytes that could not be copied: 0 on success. copy_from_user clears what it could not copy. May sleep. */
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n);
/* The same without sleeping; for use under pagefault_disable. */
unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long n);
unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long n);
unsigned long clear_user(void __user *to, unsigned long n);
/* Length without NUL, `count` when it was cut, or -EFAULT. */
long strncpy_from_user(char *dst, const char __user *src, long count);
/* Length with NUL; 0 on a fault, more than n when too long. */
long strnlen_user(const char __user *str, long n);

__END_DECLS

/* Leaves the annotation of the caller, so that a report of sleeping in the wrong place names the driver's line. */
#define __user_access_may_sleep() might_fault()

static __always_inline unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	__user_access_may_sleep();
	return _copy_from_user(to, from, n);
}

static __always_inline unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	__user_access_may_sleep();
	return _copy_to_user(to, from, n);
}

#define __copy_from_user(to, from, n) _copy_from_user(to, from, n)
#define __copy_to_user(to, from, n)   _copy_to_user(to, from, n)

/* One variable: 0 or -EFAULT; x is 0 then. */
#define get_user(x, ptr)                                                             \
	({                                                                           \
		__unqual_scalar_typeof(*(ptr)) __gu_value = 0;                       \
		__user_access_may_sleep();                                           \
		int __gu_error = _copy_from_user(&__gu_value, (ptr), sizeof(__gu_value)) ? -EFAULT : 0; \
		(x) = (__typeof__(x))__gu_value;                                     \
		__gu_error;                                                          \
	})
#define put_user(x, ptr)                                                             \
	({                                                                           \
		__unqual_scalar_typeof(*(ptr)) __pu_value = (x);                     \
		__user_access_may_sleep();                                           \
		_copy_to_user((ptr), &__pu_value, sizeof(__pu_value)) ? -EFAULT : 0; \
	})
#define __get_user(x, ptr) get_user(x, ptr)
#define __put_user(x, ptr) put_user(x, ptr)


/* No fault of a user's page is served by sleeping. */
#define pagefault_disabled() 0
#define faulthandler_disabled() in_atomic()

static inline void pagefault_disable(void)
{
	barrier();
}

static inline void pagefault_enable(void)
{
	barrier();
}

#endif

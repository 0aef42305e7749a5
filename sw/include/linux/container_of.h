/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/compiler.h>
#include <linux/stddef.h>

#define typeof_member(T, m) __typeof__(((T *)0)->m)

/* The object of TYPE whose MEMBER `ptr` points to. */
#define container_of(ptr, type, member) ((type *)((char *)(void *)(ptr) - offsetof(type, member)))
#define container_of_const(ptr, type, member) container_of(ptr, type, member)
#define container_of_safe(ptr, type, member) (IS_ERR_OR_NULL(ptr) ? (type *)(ptr) : container_of(ptr, type, member))

#endif

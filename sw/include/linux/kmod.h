/* SPDX-License-Identifier: Apache-2.0 */
/* Loading a module on demand. Nothing here answers such a request: modules come by insmod alone. */
#ifndef _LINUX_KMOD_H
#define _LINUX_KMOD_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>
#include <linux/umh.h>

__BEGIN_DECLS

/* Always -ENOSYS, as a kernel without CONFIG_MODULES' helper answers. */
__printf(2, 3) int __request_module(bool wait, const char *fmt, ...);

__END_DECLS

#define request_module(mod...)	      __request_module(true, mod)
#define request_module_nowait(mod...) __request_module(false, mod)
#define try_then_request_module(x, mod...) ((x) ?: (__request_module(true, mod), (x)))

#endif

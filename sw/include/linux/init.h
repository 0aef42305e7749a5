/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

/* Memory of the initialisation is never given back here: the marks only tell the compiler that the code runs once. */
#define __init __cold
#define __initdata
#define __initconst
#define __exitdata
#define __exit_call __used
#ifdef MODULE
#define __exit __cold
#else
#define __exit __used __cold
#endif
#define __ref
#define __refdata
#define __refconst
#define __cpuinit
#define __cpuinitdata
#define __meminit
#define __meminitdata
#define __devinit
#define __devexit
#define __init_or_module
#define __initdata_or_module
#define __initconst_or_module
#define __ro_after_init

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);
typedef initcall_t initcall_entry_t;

struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *arg);
	int early;
};

__BEGIN_DECLS
/* Set by the command line option of the same name (Linux: init/main.c). */
extern bool initcall_debug;
extern char *saved_command_line;
int do_one_initcall(initcall_t fn);
__END_DECLS

#ifndef MODULE

/* Tables that init/main.cpp walks; the sections are named so that the linker supplies __start_ and __stop_ symbols. */
#define __define_initcall(fn, level)                                                                                   \
	static initcall_t __initcall_##fn##_##level __attribute__((__used__, __section__("initcall" #level))) = fn

#define pure_initcall(fn) __define_initcall(fn, 0)
#define early_initcall(fn) __define_initcall(fn, 0)
#define core_initcall(fn) __define_initcall(fn, 1)
#define core_initcall_sync(fn) __define_initcall(fn, 1)
#define postcore_initcall(fn) __define_initcall(fn, 2)
#define postcore_initcall_sync(fn) __define_initcall(fn, 2)
#define arch_initcall(fn) __define_initcall(fn, 3)
#define arch_initcall_sync(fn) __define_initcall(fn, 3)
#define subsys_initcall(fn) __define_initcall(fn, 4)
#define subsys_initcall_sync(fn) __define_initcall(fn, 4)
#define fs_initcall(fn) __define_initcall(fn, 5)
#define fs_initcall_sync(fn) __define_initcall(fn, 5)
#define rootfs_initcall(fn) __define_initcall(fn, 5)
#define device_initcall(fn) __define_initcall(fn, 6)
#define device_initcall_sync(fn) __define_initcall(fn, 6)
#define late_initcall(fn) __define_initcall(fn, 7)
#define late_initcall_sync(fn) __define_initcall(fn, 7)
#define __initcall(fn) device_initcall(fn)
#define __exitcall(fn) static exitcall_t __exitcall_##fn __maybe_unused = fn

/*
 * Options of the kernel's command line. The handler gets what follows the '=' (or NULL). A __setup handler returns 1 when
 * it has taken the option, an early_param handler 0.
 */
#define __setup_param(string, unique_id, fn, is_early)                                                                 \
	static struct obs_kernel_param __setup_##unique_id                                                             \
		__attribute__((__used__, __section__("setup_table"), __aligned__(8))) = { string, fn, is_early }
#define __setup(str, fn) __setup_param(str, fn, fn, 0)
#define early_param(str, fn) __setup_param(str, fn, fn, 1)

#else

/* A module has parameters of its own. */
#define __setup(str, fn)
#define early_param(str, fn)

#endif

#define __nosavedata
#define __exit_p(x) x

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loadable modules (Linux's include/linux/module.h).
 *
 * A module is a shared object; the loader gives it a struct module, to which its undefined symbol __this_module is bound,
 * binds its other undefined symbols to EXPORT_SYMBOLs of the kernel and of modules loaded before, and calls init_module
 * in the task that runs insmod. module_init and module_exit name the two functions.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/stringify.h>

#define MODULE_NAME_LEN MAX_PARAM_PREFIX_LEN

struct kunit_suite;
struct module;
struct port_image;

struct module_kobject {
	struct kobject kobj;
	struct module *mod;
	bool has_parameters;
	struct kobject *drivers_dir; /* /sys/module/NAME/drivers, from the first driver on */
};

struct module_attribute {
	struct attribute attr;
	ssize_t (*show)(struct module_attribute *attr, struct module_kobject *mk, char *buffer);
	ssize_t (*store)(struct module_attribute *attr, struct module_kobject *mk, const char *buffer, size_t count);
};

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,
	MODULE_STATE_GOING,
	MODULE_STATE_UNFORMED,
};

/* Bits of struct module's and the kernel's taint masks, the positions of Linux. */
enum {
	MODULE_TAINT_PROPRIETARY = 0,
	MODULE_TAINT_OOT = 12,
};

struct module_layout {
	void *base;
	size_t size;
};

struct module {
	enum module_state state;
	struct list_head list;
	char name[MODULE_NAME_LEN];

	struct module_kobject mkobj;
	struct kobject *holders_dir;
	const char *version;

	const struct kernel_symbol *syms;
	unsigned int num_syms;
	const struct kernel_param *kp;
	unsigned int num_kp;
	struct mutex param_lock;
	bool using_gplonly_symbols;
	bool async_probe_requested;
	bool constructed; /* its constructors have run */

	int (*init)(void);
	void (*exit)(void);
	struct module_layout core_layout;
	unsigned long taints;
	void *percpu;
	size_t percpu_size;
	char *args;

	/* Tests that lie in the module, for Linux's lib/kunit. */
	struct kunit_suite **kunit_suites;
	int num_kunit_suites;

	struct list_head source_list; /* modules that use this one */
	struct list_head target_list; /* modules that this one uses */
	atomic_t refcnt;
	struct port_image *image;
};

#define MODULE_INFO(tag, info)	    __MODULE_INFO(tag, tag, info)
#define MODULE_LICENSE(_license)    MODULE_INFO(license, _license)
#define MODULE_AUTHOR(_author)	    MODULE_INFO(author, _author)
#define MODULE_DESCRIPTION(_text)   MODULE_INFO(description, _text)
#define MODULE_ALIAS(_alias)	    MODULE_INFO(alias, _alias)
#define MODULE_SOFTDEP(_softdep)    MODULE_INFO(softdep, _softdep)
#define MODULE_FIRMWARE(_firmware)  MODULE_INFO(firmware, _firmware)
#define MODULE_IMPORT_NS(ns)	    MODULE_INFO(import_ns, __stringify(ns))
#define MODULE_ALIAS_MISCDEV(minor) MODULE_ALIAS("char-major-" __stringify(MISC_MAJOR) "-" __stringify(minor))
#define MODULE_ALIAS_CHARDEV(major, minor) \
	MODULE_ALIAS("char-major-" __stringify(major) "-" __stringify(minor))
#define __MODULE_STRING(x) __stringify(x)

/* In a module: /sys/module/NAME/version. */
#define MODULE_VERSION(_version) MODULE_INFO(version, _version)

/* The table of ids by which a bus finds this driver; buses here look at the driver's own pointer to it. */
#define MODULE_DEVICE_TABLE(type, name) \
	extern const __typeof__(name) __mod_##type##__##name##_device_table __attribute__((__unused__, __alias__(__stringify(name))))

#ifdef MODULE

#define module_init(initfn)                                                                      \
	static inline __always_unused int (*__inittest(void))(void)                              \
	{                                                                                        \
		return initfn;                                                                   \
	}                                                                                        \
	int init_module(void) __attribute__((__alias__(#initfn), __visibility__("default")));
#define module_exit(exitfn)                                                                      \
	static inline __always_unused void (*__exittest(void))(void)                             \
	{                                                                                        \
		return exitfn;                                                                   \
	}                                                                                        \
	void cleanup_module(void) __attribute__((__alias__(#exitfn), __visibility__("default")));

/* Code written to be built in as well: any level of initcall is the module's init. */
#undef pure_initcall
#undef arch_initcall_sync
#undef early_initcall
#undef core_initcall
#undef core_initcall_sync
#undef postcore_initcall
#undef postcore_initcall_sync
#undef arch_initcall
#undef subsys_initcall
#undef subsys_initcall_sync
#undef fs_initcall
#undef fs_initcall_sync
#undef rootfs_initcall
#undef device_initcall
#undef device_initcall_sync
#undef late_initcall
#undef late_initcall_sync
#undef console_initcall
#define pure_initcall(fn)	   module_init(fn)
#define early_initcall(fn)	   module_init(fn)
#define core_initcall(fn)	   module_init(fn)
#define core_initcall_sync(fn)	   module_init(fn)
#define postcore_initcall(fn)	   module_init(fn)
#define postcore_initcall_sync(fn) module_init(fn)
#define arch_initcall(fn)	   module_init(fn)
#define arch_initcall_sync(fn)	   module_init(fn)
#define subsys_initcall(fn)	   module_init(fn)
#define subsys_initcall_sync(fn)   module_init(fn)
#define fs_initcall(fn)		   module_init(fn)
#define fs_initcall_sync(fn)	   module_init(fn)
#define rootfs_initcall(fn)	   module_init(fn)
#define device_initcall(fn)	   module_init(fn)
#define device_initcall_sync(fn)   module_init(fn)
#define late_initcall(fn)	   module_init(fn)
#define late_initcall_sync(fn)	   module_init(fn)
#define console_initcall(fn)	   module_init(fn)

#else

#define module_init(initfn) device_initcall(initfn)
#define module_exit(exitfn)                                          \
	static inline __always_unused void (*__exittest(void))(void) \
	{                                                            \
		return exitfn;                                       \
	}                                                            \
	struct module

#endif

__BEGIN_DECLS

extern int init_module(void);
extern void cleanup_module(void);

/*
 * References. try_module_get fails for a module that is going; a NULL module (the kernel itself) always works. Any
 * context.
 */
bool try_module_get(struct module *module);
void __module_get(struct module *module);
void module_put(struct module *module);
/* Users of a module, without the loader's own reference; -1 while it goes. */
int module_refcount(struct module *mod);
void __noreturn __module_put_and_kthread_exit(struct module *mod, long code);

/* The module whose image holds an address, or NULL. Callers outside the loader disable preemption around it. */
struct module *__module_address(unsigned long addr);
struct module *__module_text_address(unsigned long addr);
bool is_module_address(unsigned long addr);
/* All modules lie between these. */
extern unsigned long module_addr_min, module_addr_max;
static inline bool address_of_module(const volatile void *p)
{
	return (unsigned long)p >= module_addr_min && (unsigned long)p < module_addr_max;
}
bool is_module_text_address(unsigned long addr);
/* A loaded module by name. Caller holds module_mutex. */
struct module *find_module(const char *name);

/* Called with MODULE_STATE_COMING, MODULE_STATE_LIVE and MODULE_STATE_GOING. */
int register_module_notifier(struct notifier_block *nb);
int unregister_module_notifier(struct notifier_block *nb);

/* One line "Modules linked in: ..." of an oops or a warning. Any context. */
void print_modules(void);

/* EXPORT_SYMBOL by name, as a module asks for it; symbol_put gives the reference to its module back. */
void *__symbol_get(const char *symbol);
void __symbol_put(const char *symbol);

__END_DECLS

#define module_put_and_kthread_exit(code) __module_put_and_kthread_exit(THIS_MODULE, code)
#define symbol_get(x)			  ((__typeof__(&x))__symbol_get(__stringify(x)))
#define symbol_put(x)			  __symbol_put(__stringify(x))
#define symbol_request(x)		  symbol_get(x)

static inline const char *module_name(const struct module *mod)
{
	return mod ? mod->name : "kernel";
}

static inline bool module_is_live(const struct module *mod)
{
	return mod->state != MODULE_STATE_GOING;
}

static inline bool module_is_coming(const struct module *mod)
{
	return mod->state == MODULE_STATE_COMING;
}

static inline bool within_module(unsigned long addr, const struct module *mod)
{
	return addr - (unsigned long)mod->core_layout.base < mod->core_layout.size;
}

static inline bool within_module_core(unsigned long addr, const struct module *mod)
{
	return within_module(addr, mod);
}

/* What Linux's module.h brings with it, and modules therefore do not name. */
#ifdef MODULE
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#endif

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Module parameters (Linux's include/linux/moduleparam.h): name=value on insmod's line (PREFIX.name=value on the kernel's
 * for built-in code), and /sys/module/NAME/parameters/name, with the permissions given here.
 *
 * Each macro puts one struct kernel_param into the section "param" and a "parmtype" line into "modinfo".
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stringify.h>
#include <linux/types.h>

/* The prefix of a parameter's name on the kernel command line; built-in code without KBUILD_MODNAME sets its own. */
#ifdef MODULE
#define MODULE_PARAM_PREFIX
#define __MODULE_INFO_PREFIX
#elif defined(KBUILD_MODNAME)
#define MODULE_PARAM_PREFIX KBUILD_MODNAME "."
#define __MODULE_INFO_PREFIX KBUILD_MODNAME "."
#else
#define __MODULE_INFO_PREFIX
#endif

#define MAX_PARAM_PREFIX_LEN (64 - sizeof(unsigned long))

/* modinfo is a sequence of "tag=text" strings, each with its NUL. */
#define __MODULE_INFO(tag, name, info)                                                                      \
	static const char __UNIQUE_ID(name)[] __attribute__((__used__, __section__("modinfo"), __aligned__(1))) = \
		__MODULE_INFO_PREFIX __stringify(tag) "=" info

#define __MODULE_PARM_TYPE(name, _type) __MODULE_INFO(parmtype, name##type, #name ":" _type)

/* One sentence about a parameter, for modinfo. */
#define MODULE_PARM_DESC(_parm, desc) __MODULE_INFO(parm, _parm, #_parm ":" desc)

struct kernel_param;

enum {
	KERNEL_PARAM_OPS_FL_NOARG = (1 << 0), /* a name without =value is allowed */
};

struct kernel_param_ops {
	unsigned int flags;
	/* 0 or a negative error; val is NULL for a name without value. */
	int (*set)(const char *val, const struct kernel_param *kp);
	/* Writes at most PAGE_SIZE bytes and returns how many, or a negative error. */
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};

enum {
	KERNEL_PARAM_FL_UNSAFE = (1 << 0),
	KERNEL_PARAM_FL_HWPARAM = (1 << 1),
};

struct kparam_string;
struct kparam_array;

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	const u16 perm;
	s8 level;
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num; /* may be NULL; kparam_array_count is used then */
	const struct kernel_param_ops *ops;
	void *elem;
};

/* Permissions are octal, not writable by others, and no less open to the owner than to the group and others. */
#define VERIFY_OCTAL_PERMISSIONS(perms)                                           \
	(BUILD_BUG_ON_ZERO((perms) < 0) + BUILD_BUG_ON_ZERO((perms) > 0777) +      \
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 4) < (((perms) >> 3) & 4)) +          \
	 BUILD_BUG_ON_ZERO((((perms) >> 3) & 4) < ((perms) & 4)) +                 \
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 2) < (((perms) >> 3) & 2)) +          \
	 BUILD_BUG_ON_ZERO((perms) & 2) + (perms))

#define __PARAM_TABLE __attribute__((__used__, __section__("param"), __aligned__(__alignof__(struct kernel_param))))
/* A row of the table that the loader reads: the name with the prefix, and what the parameter is. */
#define __module_param_call(prefix, name, ops, arg, perm, level, flags)                                       \
	static const char __param_str_##name[] = prefix #name;                                                \
	__PARAM_TABLE static const struct kernel_param __param_##name = {                                     \
		__param_str_##name, THIS_MODULE, ops, VERIFY_OCTAL_PERMISSIONS(perm), level, flags, {arg}}

#define module_param_cb(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, KERNEL_PARAM_FL_UNSAFE)
#define module_param_call(name, _set, _get, arg, perm)                               \
	static const struct kernel_param_ops __param_ops_##name = {0, _set, _get, NULL}; \
	__module_param_call(MODULE_PARAM_PREFIX, name, &__param_ops_##name, arg, perm, -1, 0)

/* module_param(variable, type, perm): type is the name of a variable's type below; perm 0: not in /sys. */
#define module_param_named(name, value, type, perm)                \
	param_check_##type(name, &(value));                        \
	module_param_cb(name, &param_ops_##type, &value, perm);    \
	__MODULE_PARM_TYPE(name, #type)
#define module_param(name, type, perm) module_param_named(name, name, type, perm)
#define module_param_named_unsafe(name, value, type, perm)             \
	param_check_##type(name, &(value));                            \
	module_param_cb_unsafe(name, &param_ops_##type, &value, perm); \
	__MODULE_PARM_TYPE(name, #type)
#define module_param_unsafe(name, type, perm) module_param_named_unsafe(name, name, type, perm)

/* A parameter of the kernel itself, without any prefix. */
#define core_param(name, var, type, perm)     \
	param_check_##type(name, &(var));     \
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, 0)
#define core_param_unsafe(name, var, type, perm) \
	param_check_##type(name, &(var));        \
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, KERNEL_PARAM_FL_UNSAFE)
#define core_param_cb(name, ops, arg, perm) __module_param_call("", name, ops, arg, perm, -1, 0)

/* A parameter with what modinfo says of its type. */
#define __module_param_told(told, name, ops, arg, perm, flags)                         \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, flags);     \
	__MODULE_PARM_TYPE(name, told)
/* The same with a description of where its value is kept. */
#define __module_param_kept(told, name, kind, ops, perm, flags, kept...)               \
	static const struct kparam_##kind __kept_##name = kept;                        \
	__module_param_told(told, name, ops, (void *)&__kept_##name, perm, flags)

/* Copies the text into a char array of at most len bytes, NUL included. */
#define module_param_string(name, text, len, perm) \
	__module_param_kept("string", name, string, &param_ops_string, perm, 0, {len, text})

/* name=1,2,3; nump (may be NULL) points to the number of elements given. */
#define __module_param_list(name, list, type, nump, perm, flags)                                                 \
	param_check_##type(name, &(list)[0]);                                                                    \
	__module_param_kept("array of " #type, name, array, &param_array_ops, perm, flags,                       \
			    {ARRAY_SIZE(list), sizeof(*(list)), nump, &param_ops_##type, list})
#define module_param_array_named(name, array, type, nump, perm) __module_param_list(name, array, type, nump, perm, 0)
#define module_param_array(name, type, nump, perm) module_param_array_named(name, name, type, nump, perm)

/* Parameters that name hardware. */
enum hwparam_type {
	hwparam_ioport,
	hwparam_iomem,
	hwparam_ioport_or_iomem,
	hwparam_irq,
	hwparam_dma,
	hwparam_dma_addr,
	hwparam_other,
};

#define __hwparam_flags(hwtype) (KERNEL_PARAM_FL_HWPARAM | (hwparam_##hwtype & 0))
#define module_param_hw_named(name, value, type, hwtype, perm)                                                   \
	param_check_##type(name, &(value));                                                                      \
	__module_param_told(#type, name, &param_ops_##type, &value, perm, __hwparam_flags(hwtype))
#define module_param_hw(name, type, hwtype, perm) module_param_hw_named(name, name, type, hwtype, perm)
#define module_param_hw_array(name, type, hwtype, nump, perm) \
	__module_param_list(name, name, type, nump, perm, __hwparam_flags(hwtype))

/* A type of the user's own: param_check_NAME, param_ops_NAME. */
#define __param_check(name, p, type)                                                     \
	static inline type __always_unused *__check_##name(void)                         \
	{                                                                                \
		return (p);                                                              \
	}

__BEGIN_DECLS

#define __DECLARE_PARAM_TYPE(name)                                               \
	extern const struct kernel_param_ops param_ops_##name;                   \
	int param_set_##name(const char *val, const struct kernel_param *kp);    \
	int param_get_##name(char *buffer, const struct kernel_param *kp)

__DECLARE_PARAM_TYPE(byte);
__DECLARE_PARAM_TYPE(short);
__DECLARE_PARAM_TYPE(ushort);
__DECLARE_PARAM_TYPE(int);
__DECLARE_PARAM_TYPE(uint);
__DECLARE_PARAM_TYPE(long);
__DECLARE_PARAM_TYPE(ulong);
__DECLARE_PARAM_TYPE(ullong);
__DECLARE_PARAM_TYPE(hexint);
__DECLARE_PARAM_TYPE(charp);
__DECLARE_PARAM_TYPE(bool);
__DECLARE_PARAM_TYPE(invbool);

#undef __DECLARE_PARAM_TYPE

void param_free_charp(void *arg);
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min, unsigned int max);

extern const struct kernel_param_ops param_ops_bool_enable_only;
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp);
extern const struct kernel_param_ops param_ops_bint;
int param_set_bint(const char *val, const struct kernel_param *kp);
extern const struct kernel_param_ops param_array_ops;
extern const struct kernel_param_ops param_ops_string;
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

/*
 * Excludes writers of parameters through /sys; mod is NULL for built-in ones. May sleep.
 */
void kernel_param_lock(struct module *mod);
void kernel_param_unlock(struct module *mod);

/*
 * Takes apart a line of name=value words. `unknown` is asked for names that params does not have. The result is NULL, an
 * error pointer, or where the text after "--" begins. The line is changed.
 */
char *parse_args(const char *name, char *args, const struct kernel_param *params, unsigned num, s16 level_min,
		 s16 level_max, void *arg,
		 int (*unknown)(char *param, char *val, const char *doing, void *arg));
bool parameq(const char *name1, const char *name2);
bool parameqn(const char *name1, const char *name2, size_t n);

/* Frees what set left behind: copies of charp parameters. */
void destroy_params(const struct kernel_param *params, unsigned num);

__END_DECLS

#define param_check_byte(name, p)   __param_check(name, p, unsigned char)
#define param_check_short(name, p)  __param_check(name, p, short)
#define param_check_ushort(name, p) __param_check(name, p, unsigned short)
#define param_check_int(name, p)    __param_check(name, p, int)
#define param_check_uint(name, p)   __param_check(name, p, unsigned int)
#define param_check_long(name, p)   __param_check(name, p, long)
#define param_check_ulong(name, p)  __param_check(name, p, unsigned long)
#define param_check_ullong(name, p) __param_check(name, p, unsigned long long)
#define param_check_hexint(name, p) param_check_uint(name, p)
#define param_check_charp(name, p)  __param_check(name, p, char *)
#define param_check_bool(name, p)   __param_check(name, p, bool)
#define param_check_invbool(name, p) __param_check(name, p, bool)
#define param_check_bint	    param_check_int
#define param_check_bool_enable_only param_check_bool

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>
#include <linux/stringify.h>

/*
 * One row of the section "ksymtab", of the kernel and of each module: what a later module may bind to. The section is
 * an array; __start_ksymtab and __stop_ksymtab (or port_image_section) are its ends.
 */
struct kernel_symbol {
	const void *value;
	const char *name;
	const char *name_space;
	unsigned long gpl_only;
};

#define __EXPORT_SYMBOL(sym, gpl, ns)                                                                                  \
	static const struct kernel_symbol __ksymtab_##sym                                                              \
		__attribute__((__used__, __section__("ksymtab"), __aligned__(8))) = { (const void *)&sym, #sym, ns, gpl }

#define EXPORT_SYMBOL(sym) __EXPORT_SYMBOL(sym, 0, "")
#define EXPORT_SYMBOL_GPL(sym) __EXPORT_SYMBOL(sym, 1, "")
#define EXPORT_SYMBOL_NS(sym, ns) __EXPORT_SYMBOL(sym, 0, __stringify(ns))
#define EXPORT_SYMBOL_NS_GPL(sym, ns) __EXPORT_SYMBOL(sym, 1, __stringify(ns))

#ifdef MODULE
#define THIS_MODULE (&__this_module)
__BEGIN_DECLS
extern struct module __this_module;
__END_DECLS
#else
#define THIS_MODULE ((struct module *)0)
#endif

#endif

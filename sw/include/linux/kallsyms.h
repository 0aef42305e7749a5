/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>

#define KSYM_NAME_LEN 512
#define KSYM_SYMBOL_LEN 640

__BEGIN_DECLS
/* "name+0x10/0x20 [module]"; a number where there is no symbol. The buffer has KSYM_SYMBOL_LEN bytes. kernel/kallsyms.cpp */
int sprint_symbol(char *buffer, unsigned long address);
int sprint_symbol_no_offset(char *buffer, unsigned long address);
int sprint_backtrace(char *buffer, unsigned long address);
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset, char **modname,
			    char *namebuf);
int lookup_symbol_name(unsigned long addr, char *symname);
__END_DECLS

#endif

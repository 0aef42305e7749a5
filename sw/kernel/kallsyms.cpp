// SPDX-License-Identifier: Apache-2.0
// Symbols are the port's: it knows the images that it has loaded.
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "port/kernel.h"

int sprint_symbol(char *buffer, unsigned long address) {
    return scnprintf(buffer, KSYM_SYMBOL_LEN, "%pS", reinterpret_cast<void *>(address));
}
EXPORT_SYMBOL_GPL(sprint_symbol);

int sprint_symbol_no_offset(char *buffer, unsigned long address) {
    return scnprintf(buffer, KSYM_SYMBOL_LEN, "%ps", reinterpret_cast<void *>(address));
}
EXPORT_SYMBOL_GPL(sprint_symbol_no_offset);

int sprint_backtrace(char *buffer, unsigned long address) {
    return scnprintf(buffer, KSYM_SYMBOL_LEN, "%pB", reinterpret_cast<void *>(address));
}

const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset, char **modname,
                            char *namebuf) {
    struct port_symbol symbol;

    if (!port_symbol(reinterpret_cast<void *>(addr), &symbol))
        return NULL;
    if (symbolsize)
        *symbolsize = symbol.size;
    if (offset)
        *offset = symbol.offset;
    if (modname)
        *modname = const_cast<char *>(symbol.module);
    strscpy(namebuf, symbol.name, KSYM_NAME_LEN);
    return namebuf;
}

int lookup_symbol_name(unsigned long addr, char *symname) {
    return kallsyms_lookup(addr, NULL, NULL, NULL, symname) ? 0 : -ERANGE;
}

int core_kernel_text(unsigned long addr) {
    struct port_symbol symbol;

    return port_symbol(reinterpret_cast<void *>(addr), &symbol) && !symbol.module;
}

int __kernel_text_address(unsigned long addr) {
    struct port_symbol symbol;

    return port_symbol(reinterpret_cast<void *>(addr), &symbol) != 0;
}

int kernel_text_address(unsigned long addr) {
    return __kernel_text_address(addr);
}

int func_ptr_is_kernel_text(void *ptr) {
    return __kernel_text_address(reinterpret_cast<unsigned long>(ptr));
}

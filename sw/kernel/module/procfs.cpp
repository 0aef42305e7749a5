// SPDX-License-Identifier: Apache-2.0
//
// Modules and symbols for the reader: /proc/modules, /proc/kallsyms, the line of an oops.
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "kernel/init.h"
#include "kernel/module/internal.h"
#include "lib/guard.h"
#include "lib/ranges.h"

char last_unloaded_module[MODULE_NAME_LEN];

// "(PO+)": the taints that a module brought, and whether it comes or goes; nothing if there is nothing to say.
char *module_flags(const struct module *mod, char *buf, bool state) {
    const struct {
        bool shown;
        char letter;
    } letters[] = {
        {(mod->taints >> TAINT_PROPRIETARY_MODULE & 1) != 0, 'P'},
        {(mod->taints >> TAINT_OOT_MODULE & 1) != 0, 'O'},
        {state && mod->state == MODULE_STATE_GOING, '-'},
        {state && mod->state == MODULE_STATE_COMING, '+'},
    };
    char *end = buf;

    for (const auto &l : letters) {
        if (!l.shown)
            continue;
        if (end == buf)
            *end++ = '(';
        *end++ = l.letter;
    }
    if (end != buf)
        *end++ = ')';
    *end = '\0';
    return buf;
}

void print_modules() {
    char line[512], flags[16];
    size_t used = scnprintf(line, sizeof(line), "Modules linked in:");
    {
        const preempt_off list_stays;
        for (const module &mod : rcu_list_of<&module::list>(modules))
            if (mod.state != MODULE_STATE_UNFORMED)
                used += scnprintf(line + used, sizeof(line) - used, " %s%s", mod.name, module_flags(&mod, flags, true));
    }
    if (*last_unloaded_module)
        scnprintf(line + used, sizeof(line) - used, " [last unloaded: %s]", last_unloaded_module);
    printk("%s\n", line);
}

// One line a module: name, size, users, who uses it, state, address, taints.
static int modules_show(struct seq_file *m, void *v) {
    static const char *const states[] = {"Live", "Loading", "Unloading"};
    struct module *mod;
    char flags[16];

    mutex_lock(&module_mutex);
    list_for_each_entry (mod, &modules, list) {
        if (mod->state == MODULE_STATE_UNFORMED)
            continue;
        seq_printf(m, "%s %zu %i ", mod->name, mod->core_layout.size, module_refcount(mod));
        struct module_use *use;
        bool printed = false;
        list_for_each_entry (use, &mod->source_list, source_list) {
            seq_printf(m, "%s,", use->source->name);
            printed = true;
        }
        if (mod->init && !mod->exit) {
            seq_puts(m, "[permanent],");
            printed = true;
        }
        if (!printed)
            seq_puts(m, "-");
        seq_printf(m, " %s 0x%px", states[mod->state], mod->core_layout.base);
        if (mod->taints)
            seq_printf(m, " %s", module_flags(mod, flags, false));
        seq_puts(m, "\n");
    }
    mutex_unlock(&module_mutex);
    return 0;
}

static void show_kernel_symbol(const struct kernel_symbol *symbol, void *arg) {
    seq_printf(static_cast<struct seq_file *>(arg), "%px T %s\n", symbol->value, symbol->name);
}

// The symbols that modules can bind to: the kernel's, then each module's.
static int kallsyms_show(struct seq_file *m, void *v) {
    struct module *mod;

    for_each_kernel_symbol(show_kernel_symbol, m);
    mutex_lock(&module_mutex);
    list_for_each_entry (mod, &modules, list) {
        for (unsigned i = 0; i < mod->num_syms; i++)
            seq_printf(m, "%px T %s\t[%s]\n", mod->syms[i].value, mod->syms[i].name, mod->name);
    }
    mutex_unlock(&module_mutex);
    return 0;
}

static int __init proc_modules_init(void) {
    proc_create_single("modules", 0, nullptr, modules_show);
    proc_create_single("kallsyms", 0, nullptr, kallsyms_show);
    return 0;
}
fs_initcall(proc_modules_init);

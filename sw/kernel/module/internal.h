// SPDX-License-Identifier: Apache-2.0
//
// What the files of kernel/module share, and the two calls that insmod and rmmod make.
#ifndef KERNEL_MODULE_INTERNAL_H
#define KERNEL_MODULE_INTERNAL_H

#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>

struct seq_file;

// All modules, newest first. Changed under module_mutex; walked under it, or with preemption off.
extern struct list_head modules;
extern struct mutex module_mutex;

// That `a` uses symbols of `b`.
struct module_use {
    struct list_head source_list; // entry in b->source_list
    struct list_head target_list; // entry in a->target_list
    struct module *source, *target;
};

// Why a load failed, for the user's line: empty when the error number says enough.
struct module_error {
    char text[160];
};

// insmod: loads the image at `path` (a host path, for the platform alone) with parameters `args` and runs its init in
// the calling task. 0 or a negative error. Process context.
int load_module(const char *path, const char *args, struct module_error *why);
// rmmod: -ENOENT no such module, -EWOULDBLOCK in use, -EBUSY not live or without an exit function.
int delete_module(const char *name);
// "button" for "out/button.ko"; '-' becomes '_'.
void module_name_of_path(const char *path, char *name, size_t size);

// symbols.cpp: who exports a name. `owner` is NULL for the kernel.
struct symbol_lookup {
    const struct kernel_symbol *symbol;
    struct module *owner;
};
bool find_symbol(const char *name, struct symbol_lookup *found); // under module_mutex
void for_each_kernel_symbol(void (*fn)(const struct kernel_symbol *symbol, void *arg), void *arg);

// sysfs.cpp: /sys/module/NAME.
int mod_sysfs_setup(struct module *mod);
void mod_sysfs_teardown(struct module *mod);

// procfs.cpp: "(O)" and the like; `state` adds + for coming and - for going.
char *module_flags(const struct module *mod, char *buf, bool state);
extern char last_unloaded_module[MODULE_NAME_LEN];

#endif

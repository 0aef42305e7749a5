// SPDX-License-Identifier: Apache-2.0
//
// What a module has left behind: the checks that the loader can make itself. See leaks.h.
#include "kernel/module/leaks.h"

#include <linux/bug.h>
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqnr.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "kernel/fs/internal.h"
#include "kernel/fs/vfs.h"
#include "kernel/proc/internal.h"

extern "C" {
extern const module_leak_check_t __start_module_leak_table[] __attribute__((weak, visibility("hidden")));
extern const module_leak_check_t __stop_module_leak_table[] __attribute__((weak, visibility("hidden")));
}

// Unloading is rare and one at a time is enough to count for.
static unsigned leaks_found;
static DEFINE_MUTEX(leak_check_mutex);

void module_leak(const struct module *mod, const void *code, const char *fmt, ...) {
    char what[200];
    va_list args;
    va_start(args, fmt);
    vscnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    pr_err("module %s unloaded with %s\n", mod->name, what);
    if (code)
        report_defect_at(code, "module %s unloaded with %s", mod->name, what);
    else
        report_defect("module %s unloaded with %s", mod->name, what);
    leaks_found++;
}

unsigned module_leak_check(const struct module *mod) {
    mutex_lock(&leak_check_mutex);
    leaks_found = 0;
    for (const module_leak_check_t *check = __start_module_leak_table; check < __stop_module_leak_table; check++)
        (*check)(mod);
    unsigned found = leaks_found;
    mutex_unlock(&leak_check_mutex);
    return found;
}

template <typename Function>
static const void *code_of(Function *function) {
    return reinterpret_cast<const void *>(function);
}

static void irq_leak_check(const struct module *mod) {
    struct irq_desc *desc;
    unsigned irq;

    for_each_irq_desc (irq, desc) {
        // The walk holds no lock while it reports; actions of a module that is gone are not freed behind its back.
        for (struct irqaction *action = READ_ONCE(desc->action); action; action = action->next) {
            const void *code = code_of(action->handler);
            if (!module_owns(mod, code))
                code = code_of(action->thread_fn);
            if (module_owns(mod, code))
                module_leak(mod, code, "irq %u (\"%s\") still requested", irq, action->name ? action->name : "");
        }
    }
}
MODULE_LEAK_CHECK(irq_leak_check);

static void kthread_leak_check(const struct module *mod) {
    struct task_struct *task;
    struct task_struct *left[8];
    unsigned count = 0;

    rcu_read_lock();
    for_each_process(task) {
        if ((task->flags & PF_KTHREAD) && count < ARRAY_SIZE(left) && module_owns(mod, kthread_func(task)))
            left[count++] = get_task_struct(task);
    }
    rcu_read_unlock();
    for (unsigned i = 0; i < count; i++) {
        module_leak(mod, kthread_func(left[i]), "kernel thread %s (pid %d) still there", left[i]->comm, left[i]->pid);
        put_task_struct(left[i]);
    }
}
MODULE_LEAK_CHECK(kthread_leak_check);

// Files in /proc, /sys and debugfs whose methods or data lie in the module.
static bool file_belongs_to(const struct dentry *dentry, const struct module *mod) {
    const struct inode *inode = dentry->d_inode;
    if (!S_ISREG(inode->i_mode))
        return false;
    if (module_owns(mod, inode->i_fop) || module_owns(mod, inode->i_private))
        return true;
    const struct proc_dir_entry *pde = proc_entry_of(inode);
    return pde && (module_owns(mod, pde->proc_ops) || module_owns(mod, pde->seq_ops) ||
                   module_owns(mod, code_of(pde->single_show)));
}

// Depth first without recursion: from a node to the one after it.
static struct dentry *next_in_tree(struct dentry *dentry) {
    if (!list_empty(&dentry->d_subdirs))
        return list_first_entry(&dentry->d_subdirs, struct dentry, d_child);
    while (dentry != vfs_root) {
        if (!list_is_last(&dentry->d_child, &dentry->d_parent->d_subdirs))
            return list_next_entry(dentry, d_child);
        dentry = dentry->d_parent;
    }
    return nullptr;
}

static void file_leak_check(const struct module *mod) {
    char path[128];

    vfs_lock();
    for (struct dentry *dentry = vfs_root; dentry; dentry = next_in_tree(dentry)) {
        if (!file_belongs_to(dentry, mod))
            continue;
        const char *text = dentry_path_raw(dentry, path, sizeof(path));
        module_leak(mod, nullptr, "%s still there", IS_ERR(text) ? "a file" : text);
    }
    vfs_unlock();
}
MODULE_LEAK_CHECK(file_leak_check);

static void chrdev_leak_check(const struct module *mod) {
    dev_t dev;
    if (chrdev_owned_by(mod, &dev))
        module_leak(mod, nullptr, "character device %u:%u still registered", MAJOR(dev), MINOR(dev));
}
MODULE_LEAK_CHECK(chrdev_leak_check);

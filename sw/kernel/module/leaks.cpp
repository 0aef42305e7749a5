// SPDX-License-Identifier: Apache-2.0
//
// What a module has left behind: the checks that the loader can make itself. See leaks.h.
#include "kernel/module/leaks.h"
#include "kernel/oops.h"

#include <linux/bug.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqnr.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "kernel/module/owned.h"

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
        report_finding_at(FINDING_left_behind, code, "module %s unloaded with %s", mod->name, what);
    else
        report_finding(FINDING_left_behind, "module %s unloaded with %s", mod->name, what);
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

// Everything that was registered (owned.h). Objects of a kind that one place registered are one finding, which names
// the first.
static void owned_leak_check(const struct module *mod) {
    const owned_object *first;
    for (u32 number = 0; (first = owned_next(mod, number)); number = first->number) {
        unsigned same_before = 0, same = 0;
        for (const owned_object *o = owned_next(mod, 0); o; o = owned_next(mod, o->number)) {
            const bool is_same = o->site == first->site && o->kind == first->kind;
            same += is_same;
            same_before += is_same && o->number < first->number;
        }
        if (same_before)
            continue;
        char buf[128], what[160], more[48] = "";
        snprintf(what, sizeof(what), first->kind->format, first->kind->name(first->object, buf, sizeof(buf)));
        if (same > 1)
            snprintf(more, sizeof(more), ", and %u more from the same place", same - 1);
        module_leak(mod, static_cast<const char *>(first->site) - 1, "%s%s", what, more);
    }
    owned_forget(mod);
}
MODULE_LEAK_CHECK(owned_leak_check);

// SPDX-License-Identifier: Apache-2.0
//
// What a module has left behind. After a module's exit function (or a failed init) each check below is asked for
// objects that still point into the module; every one is a line and a finding:
//
//     module button unloaded with irq 47 ("button") still requested
//
// A subsystem adds its check next to the code that knows its objects:
//
//     static void timer_leak_check(const struct module *mod) { ... module_leak(mod, fn, "timer %pS still pending", fn);
//     } MODULE_LEAK_CHECK(timer_leak_check);
//
// Checks run in the task of rmmod with module_mutex not held; they may sleep.
#ifndef KERNEL_MODULE_LEAKS_H
#define KERNEL_MODULE_LEAKS_H

#include <linux/compiler.h>
#include <linux/module.h>

typedef void (*module_leak_check_t)(const struct module *mod);

#define MODULE_LEAK_CHECK(fn)                                                                                          \
    static module_leak_check_t __module_leak_check_##fn __attribute__((__used__, __section__("module_leak_table"))) = fn

__BEGIN_DECLS

// Reports one object; the text follows "module NAME unloaded with ". `code` is the module's function that the object
// calls, or null. Any context.
__printf(3, 4) void module_leak(const struct module *mod, const void *code, const char *fmt, ...);

struct owned_kind;

// An object that a module registered (owned.h): where, and the how-manieth of all that was.
struct owned_object {
    const void *object;
    const struct owned_kind *kind;
    const struct module *owner;
    const void *site;
    u32 number;
    int count;
};

// The module's next object after the one of that number, in the order of registration; null at the end.
const struct owned_object *owned_next(const struct module *mod, u32 after);
// What is still there stays so, but it has no owner from now on.
void owned_forget(const struct module *mod);

// Runs all checks; how many objects they reported.
unsigned module_leak_check(const struct module *mod);

static inline bool module_owns(const struct module *mod, const volatile void *p) {
    return within_module(reinterpret_cast<unsigned long>(p), mod);
}

__END_DECLS

#endif

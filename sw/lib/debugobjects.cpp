// SPDX-License-Identifier: Apache-2.0
// Objects that must not be freed or initialised while they are active (Linux: lib/debugobjects.c).
//
// This unit goes without block costs: its work takes no simulated time, and nothing interrupts it, so its table needs
// no lock.
#include <linux/debugobjects.h>

#include <linux/bug.h>
#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched/task_stack.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "kernel/oops.h"
#include "mm/internal.h"

bool debug_objects_watched;
EXPORT_SYMBOL_GPL(debug_objects_watched);
unsigned int debug_objects_active;
EXPORT_SYMBOL_GPL(debug_objects_active);

namespace {

constexpr unsigned most_objects = 8192;
constexpr unsigned buckets = 512;
constexpr int most_reports = 5; // as in Linux: what follows is mostly noise of the first

struct tracked {
    void *object; // null: free
    const void *hint, *function;
    enum debug_obj_kind kind;
    u16 next; // in its bucket, or of the free ones; 0: none
};

tracked table[most_objects]; // [0] is not used
u16 heads[buckets];
u16 free_head;
unsigned never_used = 1;
int reports;

// By page, so that all objects of a range that is freed are found.
unsigned bucket_of(const void *object) {
    return static_cast<unsigned>((reinterpret_cast<unsigned long>(object) >> PAGE_SHIFT) % buckets);
}

tracked *find(const void *object) {
    for (u16 i = heads[bucket_of(object)]; i; i = table[i].next)
        if (table[i].object == object)
            return &table[i];
    return nullptr;
}

// `function`: of the object, where no module's code is on the way here (a module's own memory goes).
void report(const char *what, const char *state, enum debug_obj_kind kind, const void *hint,
            const void *function = nullptr) {
    static const char *const kinds[] = {"timer_list", "hrtimer", "work_struct", "rcu_head"};

    if (function && !innermost_module_code(nullptr, __builtin_frame_address(0)))
        defect_of(function);
    if (reports++ < most_reports)
        WARN(defect_is(!strcmp(what, "free")   ? FINDING_object_active
                       : !strcmp(what, "init") ? FINDING_object_init
                                               : FINDING_object_unavailable),
             "ODEBUG: %s %s (active state 0) object type: %s hint: %pS\n", what, state, kinds[kind], hint);
}

// Objects on stacks whose owners have said so; the oldest makes room.
constexpr unsigned most_annotated = 64;
const void *annotated[most_annotated];
unsigned next_annotated;

const void **find_annotation(const void *object) {
    for (const void *&a : annotated)
        if (a == object)
            return &a;
    return nullptr;
}

// Of delayed work it is the item that is annotated.
const void *annotated_part(timer_list *timer) {
    return timer->function == delayed_work_timer_fn
               ? static_cast<void *>(&from_timer(static_cast<delayed_work *>(nullptr), timer, timer)->work)
               : timer;
}

// A stack goes, and what is armed on it stays armed.
void check_on_stack(const void *object) {
    if (!object_is_on_stack(object) || find_annotation(object) || reports++ >= most_reports)
        return;
    WARN(defect_is(FINDING_object_on_stack), "ODEBUG: object %px is on stack %px, but NOT annotated.\n", object,
         task_stack_page(current));
}

void take_back(void *object, enum debug_obj_kind kind) {
    switch (kind) {
    case DEBUG_OBJECT_TIMER:
        timer_delete_sync(static_cast<timer_list *>(object));
        break;
    case DEBUG_OBJECT_HRTIMER:
        hrtimer_cancel(static_cast<hrtimer *>(object));
        break;
    case DEBUG_OBJECT_WORK:
        cancel_work_sync(static_cast<work_struct *>(object));
        break;
    case DEBUG_OBJECT_RCU: // nothing takes a callback back
        __debug_object_deactivate(object);
        break;
    }
}

} // namespace

bool __debug_object_is_freed(const void *object, enum debug_obj_kind kind, const char *what) {
    const bool freed = debug_checks && slab_is_free(object);
    if (freed)
        report(what, "not available", kind, nullptr);
    return freed;
}

void debug_object_activate(void *object, enum debug_obj_kind kind, const void *function, const void *hint) {
    if (!debug_checks || !address_of_module(function) || find(object))
        return;
    check_on_stack(kind == DEBUG_OBJECT_TIMER ? annotated_part(static_cast<timer_list *>(object)) : object);
    u16 index = free_head;
    if (index)
        free_head = table[index].next;
    else if (never_used < most_objects)
        index = static_cast<u16>(never_used++);
    else
        return; // full: what is not followed is not reported
    u16 &head = heads[bucket_of(object)];
    table[index] = {object, hint, function, kind, head};
    head = index;
    debug_objects_active++;
}

bool debug_object_activate_once(void *object, enum debug_obj_kind kind, const void *function) {
    if (debug_checks && find(object)) {
        report("activate", "active", kind, function);
        return false;
    }
    debug_object_activate(object, kind, function, function);
    return true;
}

void debug_object_annotate(const void *object) {
    if (debug_checks && !find_annotation(object))
        annotated[next_annotated++ % most_annotated] = object;
}
EXPORT_SYMBOL_GPL(debug_object_annotate);

void debug_object_unannotate(const void *object) {
    if (const void **a = find_annotation(object))
        *a = nullptr;
}
EXPORT_SYMBOL_GPL(debug_object_unannotate);

void __debug_object_deactivate(void *object) {
    for (u16 *link = &heads[bucket_of(object)]; *link; link = &table[*link].next) {
        const u16 index = *link;
        if (table[index].object != object)
            continue;
        *link = table[index].next;
        table[index].object = nullptr;
        table[index].next = free_head;
        free_head = index;
        debug_objects_active--;
        return;
    }
}

void __debug_object_init(void *object, enum debug_obj_kind kind) {
    const tracked *t = find(object);
    if (!t || t->kind != kind)
        return;
    report("init", "active", kind, t->hint);
    take_back(object, kind);
    __debug_object_deactivate(object);
}
EXPORT_SYMBOL_GPL(__debug_object_init);

void __debug_check_no_obj_freed(const void *from, unsigned long bytes) {
    const char *first = static_cast<const char *>(from), *end = first + bytes;
    const unsigned long pages = ((reinterpret_cast<unsigned long>(end) - 1) >> PAGE_SHIFT) -
                                (reinterpret_cast<unsigned long>(first) >> PAGE_SHIFT) + 1;

    for (unsigned long page = 0; page < pages && page < buckets; page++) {
        const unsigned bucket = bucket_of(first + page * PAGE_SIZE);
        for (u16 i = heads[bucket]; i;) {
            const tracked t = table[i];
            const char *at = static_cast<const char *>(t.object);
            if (at < first || at >= end) {
                i = t.next;
                continue;
            }
            report("free", "active", t.kind, t.hint, t.function);
            take_back(t.object, t.kind);
            __debug_object_deactivate(t.object);
            i = heads[bucket];
        }
    }
}

void debug_object_assert_init(const void *object, enum debug_obj_kind kind) {
    if (debug_checks)
        report("assert_init", "not available", kind, nullptr);
}

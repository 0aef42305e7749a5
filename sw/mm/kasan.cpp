// SPDX-License-Identifier: Apache-2.0
#include "mm/kasan.h"
#include "kernel/oops.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

bool kasan_enabled;

namespace {

constexpr unsigned track_depth = 12;

struct track {
    int pid;
    unsigned int entries;
    unsigned long stack[track_depth];
};

constexpr unsigned most_tracks = 4096, most_globals = 1024, most_places = 64;
track tracks[most_tracks]; // the first is none
unsigned used_tracks = 1;
kasan_freed waiting[kasan_quarantine_size]; // a ring
unsigned next_waiting;
unsigned long said_at[most_places]; // each place is reported once
unsigned said;

const asan_global *globals[most_globals];
unsigned global_count;

DEFINE_RAW_SPINLOCK(kasan_lock);

int __init set_kasan(char *value) {
    kasan_enabled = value && !strcmp(value, "on");
    return 0;
}
early_param("kasan", set_kasan);

bool first_at(unsigned long place) {
    unsigned long flags;
    bool first = true;

    raw_spin_lock_irqsave(&kasan_lock, flags);
    for (unsigned i = 0; i < said; i++)
        first = first && said_at[i] != place;
    if (first && said < most_places)
        said_at[said++] = place;
    else
        first = false;
    raw_spin_unlock_irqrestore(&kasan_lock, flags);
    return first;
}

void print_track(const char *what, u16 number) {
    const track &t = tracks[number];

    if (!number)
        return;
    pr_err("\n");
    pr_err("%s by task %d:\n", what, t.pid);
    stack_trace_print(t.stack, t.entries, 0);
}

// "0 bytes to the right of" and the like.
void print_distance(unsigned long address, unsigned long object, size_t size) {
    unsigned long distance = address - object;
    const char *relation = "inside of";

    if (address < object) {
        distance = object - address;
        relation = "to the left of";
    } else if (address >= object + size) {
        distance = address - object - size;
        relation = "to the right of";
    }
    pr_err("The buggy address is located %lu bytes %s\n", distance, relation);
    pr_err(" %zu-byte region [%px, %px)\n", size, reinterpret_cast<void *>(object),
           reinterpret_cast<void *>(object + size));
}

struct access {
    unsigned long address;
    size_t size;
    bool write;
    unsigned long place;
};

bool begin_report(const access &a, const char *bug) {
    if (!first_at(a.place))
        return false;
    pr_err("==================================================================\n");
    pr_err("BUG: KASAN: %s in %pS\n", bug, reinterpret_cast<void *>(a.place));
    pr_err("%s of size %zu at addr %px by task %s/%d\n", a.write ? "Write" : "Read", a.size,
           reinterpret_cast<void *>(a.address), current->comm, task_pid_nr(current));
    pr_err("\n");
    dump_stack();
    return true;
}

void end_report(const access &a, const char *bug) {
    pr_err("==================================================================\n");
    report_finding_at(FINDING_memory_access, reinterpret_cast<const void *>(a.place), "BUG: KASAN: %s in %pS", bug,
                      reinterpret_cast<void *>(a.place));
    add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

void report_object(const access &a, const char *bug, const kasan_object &o) {
    if (!begin_report(a, bug))
        return;
    print_track("Allocated", o.allocated);
    print_track("Freed", o.freed);
    pr_err("\n");
    pr_err("The buggy address belongs to the object at %px\n", o.object);
    pr_err(" which belongs to the cache %s of size %u\n", o.cache, o.cache_size);
    print_distance(a.address, reinterpret_cast<unsigned long>(o.object), o.size);
    end_report(a, bug);
}

void check_global(const access &a) {
    for (unsigned i = 0; i < global_count; i++) {
        const asan_global &g = *globals[i];
        if (a.address - g.address >= g.size_with_redzone || a.address + a.size <= g.address + g.size)
            continue;
        if (!begin_report(a, "global-out-of-bounds"))
            return;
        pr_err("The buggy address belongs to the variable:\n");
        pr_err(" %s, %lu bytes at %px\n", g.name, g.size, reinterpret_cast<void *>(g.address));
        return end_report(a, "global-out-of-bounds");
    }
}

void check_page(const access &a, const struct page *page) {
    if (test_bit(PAGE_SLAB, &page->flags)) {
        kasan_object o;
        if (!slab_object_of(page, reinterpret_cast<const void *>(a.address), &o))
            return;
        if (!o.in_use)
            report_object(a, "use-after-free", o);
        else if (a.address + a.size > reinterpret_cast<unsigned long>(o.object) + o.size)
            report_object(a, "slab-out-of-bounds", o);
    } else if (test_bit(PAGE_LARGE, &page->flags)) {
        const auto start = reinterpret_cast<unsigned long>(page_address(page));
        if (a.address + a.size <= start + page->size || !begin_report(a, "slab-out-of-bounds"))
            return;
        print_distance(a.address, start, page->size);
        end_report(a, "slab-out-of-bounds");
    } else if (test_bit(PAGE_BUDDY, &page->flags)) {
        if (begin_report(a, "use-after-free")) {
            pr_err("The buggy address belongs to a free page\n");
            end_report(a, "use-after-free");
        }
    } else {
        check_global(a);
    }
}

} // namespace

u16 kasan_save_track(void) {
    track t = {task_pid_nr(current), 0, {}};
    unsigned long flags;

    t.entries = stack_trace_save(t.stack, track_depth, 2);
    raw_spin_lock_irqsave(&kasan_lock, flags);
    unsigned number = 1;
    while (number < used_tracks && memcmp(&tracks[number], &t, sizeof(t)) != 0)
        number++;
    if (number == used_tracks) {
        if (used_tracks < most_tracks)
            tracks[used_tracks++] = t;
        else
            number = 0;
    }
    raw_spin_unlock_irqrestore(&kasan_lock, flags);
    return static_cast<u16>(number);
}

void kasan_quarantine(kasan_freed *object) {
    unsigned long flags;

    raw_spin_lock_irqsave(&kasan_lock, flags);
    kasan_freed &place = waiting[next_waiting++ % kasan_quarantine_size];
    swap(place, *object);
    raw_spin_unlock_irqrestore(&kasan_lock, flags);
}

void kasan_check(const void *p, size_t size, bool write, const void *place) {
    const auto address = reinterpret_cast<unsigned long>(p);

    if (!kasan_enabled || !size || !virt_addr_valid(address))
        return;
    check_page({address, size, write, reinterpret_cast<unsigned long>(place)}, virt_to_head_page(p));
}

void kasan_add_globals(const asan_global *array, size_t count) {
    unsigned long flags;

    raw_spin_lock_irqsave(&kasan_lock, flags);
    for (size_t i = 0; i < count && global_count < most_globals; i++)
        globals[global_count++] = &array[i];
    raw_spin_unlock_irqrestore(&kasan_lock, flags);
}

void kasan_remove_globals(const asan_global *array, size_t count) {
    unsigned long flags;
    unsigned kept = 0;

    raw_spin_lock_irqsave(&kasan_lock, flags);
    for (unsigned i = 0; i < global_count; i++)
        if (globals[i] < array || globals[i] >= array + count)
            globals[kept++] = globals[i];
    global_count = kept;
    raw_spin_unlock_irqrestore(&kasan_lock, flags);
}

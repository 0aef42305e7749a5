// SPDX-License-Identifier: Apache-2.0
//
// What modules have registered. See owned.h.
//
// This unit goes without block costs: its work takes no simulated time, and nothing interrupts it, so its table needs
// no lock. The report alone, which prints, is in leaks.cpp.
#include "kernel/module/owned.h"

#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/sched.h>

#include "kernel/module/internal.h"
#include "kernel/module/leaks.h"

namespace {

constexpr unsigned most_objects = 4096;
constexpr unsigned buckets = 256;

struct entry {
    owned_object what;
    u16 next; // in its bucket, or of the free ones; 0: none
};

entry table[most_objects]; // [0] is not used
u16 heads[buckets];
u16 free_head;
unsigned never_used = 1;
u32 next_number = 1;

u16 &head_of(const void *object) {
    const auto address = reinterpret_cast<unsigned long>(object);
    return heads[(address >> 4 ^ address >> 12) % buckets];
}

const module *module_at(const void *code) {
    const auto address = reinterpret_cast<unsigned long>(code);
    if (address < module_addr_min || address >= module_addr_max)
        return nullptr;
    for (const list_head *at = modules.next; at != &modules; at = at->next) {
        const module *mod = list_entry(at, module, list);
        const auto base = reinterpret_cast<unsigned long>(mod->core_layout.base);
        if (mod->state != MODULE_STATE_UNFORMED && address - base < mod->core_layout.size)
            return mod;
    }
    return nullptr;
}

struct frame {
    const frame *caller;
    const void *return_address;
};

// The next frame outwards, while it lies on the same stack; null: there is none.
const frame *outer(const frame *f) {
    const auto here = reinterpret_cast<unsigned long>(f), stack = reinterpret_cast<unsigned long>(current->stack),
               next = reinterpret_cast<unsigned long>(f->caller);
    const unsigned long end = here - stack < THREAD_SIZE ? stack + THREAD_SIZE : here + 4096;
    return next > here && next + sizeof(frame) <= end && IS_ALIGNED(next, sizeof(void *)) ? f->caller : nullptr;
}

// Where a module called; through other modules, where the outermost of them did, in its innermost function. Null: the
// kernel called.
const void *call_site(const frame *f) {
    const void *site = nullptr;
    const module *caller = nullptr;
    while (const module *mod = module_at(f->return_address)) {
        if (mod != caller)
            site = f->return_address;
        caller = mod;
        f = f->caller;
    }
    return site;
}

entry *find(const owned_kind *kind, const void *object) {
    for (u16 i = head_of(object); i; i = table[i].next)
        if (table[i].what.object == object && (!kind || table[i].what.kind == kind))
            return &table[i];
    return nullptr;
}

// Without room an object is forgotten: its loss is not a finding.
u16 take_free() {
    if (free_head) {
        const u16 taken = free_head;
        free_head = table[taken].next;
        return taken;
    }
    return never_used < most_objects ? static_cast<u16>(never_used++) : 0;
}

void note(const owned_kind &kind, const void *object, const void *code, bool counted) {
    const module *owner = module_at(code);
    if (!owner || !object)
        return;
    if (entry *known = find(&kind, object)) {
        known->what.count += counted;
        return;
    }
    if (const u16 at = take_free()) {
        u16 &head = head_of(object);
        table[at] = {{object, &kind, owner, code, next_number++, 1}, head};
        head = at;
    }
}

} // namespace

void owned_note_from(const owned_kind &kind, const void *object, const void *frame_address) {
    note(kind, object, call_site(static_cast<const frame *>(frame_address)), false);
}

void owned_count_from(const owned_kind &kind, const void *object, const void *frame_address) {
    note(kind, object, call_site(static_cast<const frame *>(frame_address)), true);
}

const void *owned_caller_from(const void *frame_address) {
    for (auto f = static_cast<const frame *>(frame_address); f; f = outer(f))
        if (module_at(f->return_address))
            return f->return_address;
    return nullptr;
}

void owned_note_by_code(const owned_kind &kind, const void *object, const void *code) {
    note(kind, object, static_cast<const char *>(code) + 1, false); // as a return address is behind its call
}

void owned_strike(const void *object) {
    for (u16 *link = &head_of(object); *link;) {
        const u16 at = *link;
        entry &e = table[at];
        if (e.what.object != object || --e.what.count > 0) {
            link = &e.next;
            continue;
        }
        *link = e.next;
        e = {};
        e.next = free_head;
        free_head = at;
    }
}

const owned_object *owned_next(const module *mod, u32 after) {
    const owned_object *next = nullptr;
    for (unsigned i = 1; i < never_used; i++) {
        const owned_object &o = table[i].what;
        if (o.object && o.owner == mod && o.number > after && (!next || o.number < next->number))
            next = &o;
    }
    return next;
}

void owned_forget(const module *mod) {
    for (unsigned i = 1; i < never_used; i++)
        if (table[i].what.object && table[i].what.owner == mod)
            table[i].what.owner = nullptr;
}

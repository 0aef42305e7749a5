// SPDX-License-Identifier: Apache-2.0
// The lock validator (Linux: kernel/locking/lockdep.c): from the order in which locks were taken once, and in which
// contexts, it tells which deadlocks are possible, without one having happened.
//
// Only locks of modules are followed: those whose initialisation, or which themselves, lie in a module. What is under
// test is the driver, not the kernel below it.
//
// This unit goes without block costs: its work takes no simulated time, and nothing interrupts it, so its tables need
// no lock.
#include <linux/lockdep.h>

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "kernel/irq/in_progress.h"
#include "kernel/locking/lockdep_internals.h"
#include "kernel/time/in_callback.h"

int lockdep_active;
EXPORT_SYMBOL_GPL(lockdep_active);

namespace lockdep {

lock_class classes[max_classes];
edge edges[max_edges];

} // namespace lockdep

using namespace lockdep;

namespace {

constexpr u16 not_followed = LOCKDEP_NOT_FOLLOWED;

bool of_module(const void *p) {
    return address_of_module(p);
}

// "debug=raw_lock_nesting": what spins here, but sleeps where PREEMPT_RT is on, is judged as it would be there (Linux:
// CONFIG_PROVE_RAW_LOCK_NESTING).
bool raw_nesting;

// A lock's type as it counts: 2 spins; 3 sleeps, or with raw nesting 3 sleeps on PREEMPT_RT, 4 sleeps.
u8 effective_type(const lockdep_map *map, int wait_type) {
    const int more = wait_type == 3 || (wait_type == 2 && map->nature != LOCKDEP_PLAIN);
    return static_cast<u8>(wait_type + (raw_nesting && more));
}

bool enabled() {
    return lockdep_active && debug_locks;
}

// There is no room for what has to be known: nothing that is known can be believed any more.
void stop() {
    lockdep_active = 0;
    debug_locks_off();
}

// Whether something is to be reported of a class: once.
bool tell_once(lock_class &c, u8 what) {
    const bool first = !(c.told & what);
    c.told |= what;
    return first && debug_locks_report();
}

// Where the validator was entered: by a lock function, whose caller is what a report names first.
const unsigned long *entry_frame;
#define REMEMBER_ENTRY() (entry_frame = static_cast<const unsigned long *>(__builtin_frame_address(0)))

// The caller of the lock function and those around it. The stack that a core boots on belongs to the boot loader: there
// only the distance is judged.
trace take_trace() {
    trace t = {};
    const auto here = reinterpret_cast<unsigned long>(entry_frame),
               stack = reinterpret_cast<unsigned long>(current->stack);
    const unsigned long end = here >= stack && here < stack + THREAD_SIZE ? stack + THREAD_SIZE : here + 4096;
    const unsigned long *frame = entry_frame;

    for (unsigned count = 0; count < trace::depth;) {
        const unsigned long next = frame[0];
        if (next <= reinterpret_cast<unsigned long>(frame) || next + 16 > end || (next & 7))
            break;
        frame = reinterpret_cast<const unsigned long *>(next);
        if (!frame[1])
            break; // where a task begins
        t.ips[count++] = frame[1];
    }
    return t;
}

const void *key_of(const lockdep_map *map) {
    return map->key ? static_cast<const void *>(map->key) : map;
}

// Keys that were allocated. What stands there says nothing of whose they are, so they are registered.
constexpr unsigned max_allocated_keys = 1024;
const void *allocated_keys[max_allocated_keys];

const void **slot_of_key(const void *key) {
    for (const void *&slot : allocated_keys)
        if (slot == key)
            return &slot;
    return nullptr;
}

// What tells the lock's class from others; null: the lock is not of a module.
const void *followed_key(const lockdep_map *map) {
    const void *key = key_of(map);

    if (of_module(key) || slot_of_key(key))
        return key;
    // Assigned from a static initialiser: the text is as good as a key.
    return !map->key && map->name && of_module(map->name) ? map->name : nullptr;
}

// Where the class of a key is, or, where it is not, could be: classes fill from the bottom, and what a module gave back
// is filled again. 0: there is no room.
unsigned find_class(const void *key, unsigned subclass) {
    unsigned free = 0;

    for (unsigned i = 1; i < max_classes; i++) {
        if (classes[i].key == key && classes[i].subclass == subclass)
            return i;
        if (!classes[i].key && !free)
            free = i;
    }
    return free;
}

// The class of a lock, made where there is none yet; 0 if it is not followed.
unsigned class_of(lockdep_map *map, unsigned subclass, int wait_type) {
    if (!subclass)
        subclass = map->subclass;
    const bool usual = subclass == map->subclass; // the one that the lock remembers
    if (map->class_idx == not_followed)
        return 0;
    if (map->class_idx && usual)
        return map->class_idx;
    const void *key = followed_key(map);
    if (!key) {
        map->class_idx = not_followed;
        return 0;
    }
    const unsigned index = find_class(key, subclass);
    if (!index) {
        stop();
        printk(KERN_WARNING "BUG: MAX_LOCKDEP_KEYS too low!\nturning off the locking correctness validator.\n");
        return 0;
    }
    lock_class &c = classes[index];
    if (!c.key) {
        c = {};
        c.key = key;
        c.subclass = subclass;
        const char *name = map->name ? map->name : "?";
        for (unsigned i = 0; i + 1 < sizeof(c.name) && name[i]; i++)
            c.name[i] = name[i];
    }
    if (!c.wait_type)
        c.wait_type = effective_type(map, wait_type);
    c.per_cpu |= map->nature == LOCKDEP_PER_CPU;
    if (usual)
        map->class_idx = static_cast<u16>(index);
    return index;
}

// ---- the graph ----

struct search {
    u32 visited[max_classes]; // the search that came by
    bool weak[max_classes];   // reached only in a way in which the lock's holder passes waiting writers
    u32 number;
    u16 via[max_classes];       // the edge over which a class was reached
    u16 queue[2 * max_classes]; // in the order in which they were reached; once weakly, once not
    unsigned length;
};
search work; // one is enough: nothing interrupts

void visit(unsigned index, u16 via, bool weak) {
    if (work.visited[index] == work.number && (weak || !work.weak[index]))
        return;
    work.visited[index] = work.number;
    work.weak[index] = weak;
    work.via[index] = via;
    work.queue[work.length++] = static_cast<u16>(index);
}

// The kinds that remain of an edge for who comes from a place that was reached weakly: a reader behind a recursive
// reader does not wait.
u8 strong_kinds(u8 kinds, unsigned side) {
    for (unsigned kind = 0; kind < 4; kind++)
        if (!(kind & side))
            kinds &= static_cast<u8>(~kind_bit(kind));
    return kinds;
}

enum class per_cpu_locks { followed, left_out };

// All classes that can be reached from `from`, itself first. `weak`: forwards, it is taken by a recursive reader;
// backwards, it is held by a reader.
void reach(unsigned from, bool forwards, bool weak, per_cpu_locks local = per_cpu_locks::followed) {
    const unsigned near = forwards ? from_writer : to_waiter, far = forwards ? to_waiter : from_writer;
    const auto leads_on = [=](unsigned index) { return local == per_cpu_locks::followed || !classes[index].per_cpu; };

    work.number++;
    work.length = 0;
    if (leads_on(from))
        visit(from, 0, weak);
    for (unsigned i = 0; i < work.length; i++) {
        const unsigned at = work.queue[i];
        const lock_class &c = classes[at];
        const bool at_weak = work.weak[at];

        for (u16 e = forwards ? c.first_after : c.first_before; e;
             e = forwards ? edges[e].next_after : edges[e].next_before) {
            const u8 kinds = at_weak ? strong_kinds(edges[e].kinds, near) : edges[e].kinds;

            if (kinds && leads_on(forwards ? edges[e].to : edges[e].from))
                visit(forwards ? edges[e].to : edges[e].from, e, !strong_kinds(kinds, far));
        }
    }
}

bool was_reached(unsigned index) {
    return work.visited[index] == work.number;
}

u8 kind_of(const held_lock *from, const held_lock *to) {
    return kind_bit((from->read ? 0 : from_writer) | (to->read == 2 ? 0 : to_waiter));
}

edge *find_edge(unsigned from, unsigned to) {
    for (u16 e = classes[from].first_after; e; e = edges[e].next_after)
        if (edges[e].to == to)
            return &edges[e];
    return nullptr;
}

// `told`: it was reported, and is remembered for that alone.
void add_edge(unsigned from, unsigned to, u8 kind, bool told = false) {
    if (edge *known = find_edge(from, to)) {
        (told ? known->told : known->kinds) |= kind;
        return;
    }
    for (unsigned i = 1; i < max_edges; i++) {
        edge &e = edges[i];
        if (e.from)
            continue;
        e.from = static_cast<u16>(from);
        e.to = static_cast<u16>(to);
        e.kinds = told ? 0 : kind;
        e.told = told ? kind : 0;
        e.at = take_trace();
        e.next_after = classes[from].first_after;
        classes[from].first_after = static_cast<u16>(i);
        e.next_before = classes[to].first_before;
        classes[to].first_before = static_cast<u16>(i);
        return;
    }
    stop();
    printk(KERN_WARNING "BUG: MAX_LOCKDEP_ENTRIES too low!\nturning off the locking correctness validator.\n");
}

// ---- interrupts ----

// The usages that one forbids for the same lock: in an interrupt against with interrupts enabled; readers do not
// disturb readers.
u8 excluded_by(unsigned bit) {
    const unsigned opposite = bit ^ enabled_bit;
    u8 mask = static_cast<u8>(1u << (opposite & ~read_bit));
    if (!(bit & read_bit))
        mask |= static_cast<u8>(1u << (opposite | read_bit));
    return mask;
}

// A usage, by readers and by anybody else.
u8 both_kinds(unsigned bit) {
    return static_cast<u8>(1u << (bit & ~read_bit) | 1u << (bit | read_bit));
}

// What a class was used for, as seen by the last search: readers count where somebody waits for them.
u8 usage_seen(unsigned index) {
    u8 readers = 0;
    for (unsigned bit = 0; bit < usage_bits; bit++)
        if (bit & read_bit)
            readers |= static_cast<u8>(1u << bit);
    return work.weak[index] ? classes[index].usage & static_cast<u8>(~readers) : classes[index].usage;
}

unsigned lowest_bit(unsigned mask) {
    return static_cast<unsigned>(__builtin_ctz(mask));
}

// The class gets a usage.
void mark(task_struct *task, const held_lock *lock, unsigned bit) {
    lock_class &c = classes[lock->class_idx];
    if (c.usage & (1u << bit))
        return;
    const u8 excluded = excluded_by(bit);
    if (c.usage & excluded && tell_once(c, told_usage))
        print_inconsistent(task, lock, lowest_bit(c.usage & excluded), bit);
    c.usage |= static_cast<u8>(1u << bit);
    c.usage_at[bit] = take_trace();
    if (c.told & told_usage)
        return;
    // Used in interrupts: nothing behind it may be taken with them enabled, whether by a reader or not. The other way
    // round for what is before it.
    const bool forwards = !(bit & enabled_bit);
    reach(lock->class_idx, forwards, forwards ? lock->read == 2 : lock->read != 0, per_cpu_locks::left_out);
    const u8 opposite = both_kinds(bit ^ enabled_bit);
    for (unsigned i = 1; i < work.length; i++) {
        if (!(usage_seen(work.queue[i]) & opposite))
            continue;
        if (!(classes[work.queue[i]].told & told_usage) && tell_once(c, told_usage))
            print_inversion(task, lock, work.queue[i], forwards, bit);
        return;
    }
}

bool softirqs_enabled() {
    return !softirq_count();
}

void mark_usage(task_struct *task, const held_lock *lock) {
    const unsigned reader = lock->read ? read_bit : 0;
    if (!lock->trylock || !lock->read) {
        if (in_hardirq())
            mark(task, lock, reader);
        else if (in_serving_softirq())
            mark(task, lock, softirq_bit | reader);
    }
    if (lock->hardirqs_off || lock->trylock)
        return;
    mark(task, lock, enabled_bit | reader);
    if (softirqs_enabled())
        mark(task, lock, softirq_bit | enabled_bit | reader);
}

// Everything that the task holds was held with these interrupts enabled.
void mark_held(bool softirqs) {
    task_struct *task = current;
    for (int i = 0; i < task->lockdep_depth && enabled(); i++) {
        const held_lock *lock = &task->held_locks[i];
        mark(task, lock, (softirqs ? softirq_bit : 0) | enabled_bit | (lock->read ? read_bit : 0));
    }
}

// ---- what may follow what ----

// The same class twice, which is right within a lock that puts the takers in a row. True: it is, and the order of what
// is held says nothing.
bool check_recursion(task_struct *task, const held_lock *next, const lockdep_map *nest) {
    bool nest_is_held = false;
    for (int i = 0; i < task->lockdep_depth; i++) {
        const held_lock *held = &task->held_locks[i];
        nest_is_held |= nest && held->instance == nest;
        if (held->class_idx != next->class_idx || (next->read == 2 && held->read))
            continue;
        if (nest_is_held)
            return true;
        if (tell_once(classes[next->class_idx], told_recursion))
            print_recursive(task, next, held);
        break;
    }
    return false;
}

// A lock used in interrupts, at or before `held`, and one taken with them enabled, at or behind `next`: between two
// locks a reader in the interrupt waits as anybody does.
bool check_irq_order(task_struct *task, const held_lock *held, const held_lock *next) {
    u16 safe[usage_bits] = {}; // by the usage in interrupts: the class that has it

    reach(held->class_idx, false, held->read != 0, per_cpu_locks::left_out);
    for (unsigned i = 0; i < work.length; i++)
        for (unsigned bit = 0; bit < usage_bits; bit++)
            if (!(bit & enabled_bit) && !safe[bit] && (usage_seen(work.queue[i]) & (1u << bit)))
                safe[bit] = work.queue[i];
    reach(next->class_idx, true, next->read == 2, per_cpu_locks::left_out);
    for (unsigned bit = 0; bit < usage_bits; bit++) {
        const unsigned opposite = bit | enabled_bit;
        const u8 excluded = both_kinds(opposite);

        for (unsigned i = 0; safe[bit] && i < work.length; i++) {
            const u8 bad = usage_seen(work.queue[i]) & excluded;
            if (!bad)
                continue;
            if (debug_locks_report())
                print_irq_order(task, next, held, safe[bit], work.queue[i], bit, lowest_bit(bad));
            return false;
        }
    }
    return true;
}

// The dependency held -> next.
void check_dependency(task_struct *task, const held_lock *held, const held_lock *next) {
    const u8 kind = kind_of(held, next);
    const edge *known = find_edge(held->class_idx, next->class_idx);
    if (held->class_idx == next->class_idx || (known && ((known->kinds | known->told) & kind)))
        return;
    reach(next->class_idx, true, next->read == 2);
    if (was_reached(held->class_idx) && (!held->read || !work.weak[held->class_idx])) {
        u16 via[max_classes / 8];
        unsigned length = 0;
        for (u16 at = held->class_idx; work.via[at] && length < ARRAY_SIZE(via); at = edges[work.via[at]].from)
            via[length++] = work.via[at];
        if (debug_locks_report())
            print_circular(task, next, held, via, length);
        return add_edge(held->class_idx, next->class_idx, kind, true);
    }
    const bool right = check_irq_order(task, held, next);
    add_edge(held->class_idx, next->class_idx, kind, !right);
}

void check_dependencies(task_struct *task, const held_lock *next) {
    if (next->trylock)
        return; // it does not wait, so nothing waits for it
    for (int i = task->lockdep_depth - 1; i >= 0; i--) {
        const held_lock *held = &task->held_locks[i];
        if (held->irq_context != next->irq_context)
            break;
        check_dependency(task, held, next);
        if (!held->trylock)
            break; // what is before it is connected through it
    }
}

// On PREEMPT_RT what runs here is a thread: the handlers of lines, softirqs, timers that do not insist.
bool is_thread_on_rt() {
    if (!in_hardirq())
        return true;
    if (const hrtimer *timer = hrtimer_in_callback())
        return !timer->is_hard;
    return irq_in_progress_may_be_threaded();
}

// What may be taken in this place: 2 that spins, 3 that sleeps on PREEMPT_RT, else anything.
unsigned wait_context() {
    if (!in_hardirq() && !in_serving_softirq())
        return raw_nesting ? 5 : 4;
    return raw_nesting && is_thread_on_rt() ? 3 : 2;
}

// A row of locks that is longer than this with what is held before it is counted.
const int LONG_ROW = 16;

// Where locks of this class are held that are only counted; -1: none are.
int row_of(const task_struct *task, unsigned index) {
    for (int i = task->lockdep_depth - 1; i >= 0; i--) {
        const held_lock &held = task->held_locks[i];
        if (held.class_idx == index && (held.more || !held.instance))
            return i;
    }
    return -1;
}

// The lock that a task holds, or one that is not followed.
bool is_held(const task_struct *task, lockdep_map *map) {
    for (int i = 0; i < task->lockdep_depth; i++)
        if (task->held_locks[i].instance == map)
            return true;
    const unsigned index = class_of(map, 0, 0);
    return !index || row_of(task, index) >= 0;
}

// A lock that sleeps may not be taken where sleeping is forbidden: in an interrupt, or within a lock that spins.
void check_wait_context(task_struct *task, const held_lock *next) {
    unsigned inner = wait_context();

    for (int i = task->lockdep_depth; i-- && task->held_locks[i].irq_context == next->irq_context;)
        if (const unsigned type = classes[task->held_locks[i].class_idx].wait_type)
            inner = min(inner, type);
    lock_class &c = classes[next->class_idx];
    if (c.wait_type > inner && tell_once(c, told_context))
        print_wait_context(task, next, wait_context());
}

void forget_held(task_struct *task, int i) {
    task->lockdep_depth--;
    for (; i < task->lockdep_depth; i++)
        task->held_locks[i] = task->held_locks[i + 1];
}

// One lock of the row that stands there: its first, or one that was only counted.
void release_one(task_struct *task, int i, bool first) {
    held_lock &held = task->held_locks[i];
    if (!held.more)
        return forget_held(task, i);
    held.more--;
    if (first)
        held.instance = nullptr;
}

} // namespace

void __lock_acquire(struct lockdep_map *map, unsigned int subclass, int trylock, int read, int wait_type,
                    unsigned long ip) {
    task_struct *task = current;
    if (!enabled() || task->lockdep_recursion)
        return;
    REMEMBER_ENTRY();
    lockdep_map *nest = task->lockdep_nests == map ? task->lockdep_nest : nullptr;
    if (nest || in_task())
        task->lockdep_nests = nullptr;
    if (!map->key && !map->name && map->class_idx != not_followed) {
        if (!of_module(map)) {
            map->class_idx = not_followed;
            if (of_module(reinterpret_cast<void *>(ip)) && debug_locks_report())
                print_not_static(map);
            return;
        }
    }
    const unsigned index = class_of(map, subclass, wait_type);
    if (!index)
        return;
    // Behind one of the same class it is one more of the row. A long row is counted, not remembered one by one.
    held_lock *const last = task->lockdep_depth ? &task->held_locks[task->lockdep_depth - 1] : nullptr;
    const bool one_more = nest && last && last->class_idx == index;
    if (one_more && task->lockdep_depth >= LONG_ROW) {
        last->more++;
        return;
    }
    if (task->lockdep_depth >= MAX_LOCK_DEPTH) {
        stop();
        printk(KERN_WARNING "BUG: MAX_LOCK_DEPTH too low!\nturning off the locking correctness validator.\n");
        return;
    }
    held_lock next = {};
    next.instance = map;
    next.acquire_ip = ip;
    next.class_idx = static_cast<u16>(index);
    next.irq_context = in_hardirq() ? 2 : in_serving_softirq() ? 1 : 0;
    next.trylock = trylock != 0;
    next.read = static_cast<u8>(read & 3);
    next.hardirqs_off = irqs_disabled() != 0;
    if (nest && !one_more && !is_held(task, nest) && tell_once(classes[index], told_nest))
        print_nest_not_held(task, &next, nest);
    if (!trylock)
        check_wait_context(task, &next);
    const bool in_a_row = one_more || (!trylock && check_recursion(task, &next, nest));
    mark_usage(task, &next);
    if (!in_a_row)
        check_dependencies(task, &next);
    task->held_locks[task->lockdep_depth++] = next;
}
EXPORT_SYMBOL_GPL(__lock_acquire);

void __lock_release(struct lockdep_map *map, unsigned long ip) {
    task_struct *task = current;
    if (!enabled() || map->class_idx == not_followed || task->lockdep_recursion)
        return;
    for (int i = task->lockdep_depth - 1; i >= 0; i--) {
        if (task->held_locks[i].instance == map)
            return release_one(task, i, true);
    }
    const unsigned index = class_of(map, 0, 2);
    if (const int row = row_of(task, index); row >= 0)
        return release_one(task, row, false);
    if (index && tell_once(classes[index], told_unlock))
        print_bad_unlock(task, map, ip);
}
EXPORT_SYMBOL_GPL(__lock_release);

void lockdep_mark_irqs_on(void) {
    if (!enabled())
        return;
    REMEMBER_ENTRY();
    mark_held(false);
    // Softirqs come with the interrupts.
    if (softirqs_enabled())
        mark_held(true);
}

void lockdep_mark_softirqs_on(void) {
    if (!enabled())
        return;
    REMEMBER_ENTRY();
    mark_held(true);
}

void lockdep_nest(struct lockdep_map *map, struct lockdep_map *nest) {
    if (!enabled())
        return;
    current->lockdep_nests = map;
    current->lockdep_nest = nest;
}
EXPORT_SYMBOL_GPL(lockdep_nest);

void lockdep_prove_raw_nesting(void) {
    raw_nesting = true;
}

void lockdep_map_waited(struct lockdep_map *map, unsigned long ip) {
    __lock_acquire(map, 0, 0, 0, 0, ip);
    __lock_release(map, ip);
}

void lockdep_might_take(struct lockdep_map *map, unsigned int subclass, int read, unsigned long ip) {
    if (!enabled())
        return;
    __lock_acquire(map, subclass, 0, read, 0, ip);
    __lock_release(map, ip);
}
EXPORT_SYMBOL_GPL(lockdep_might_take);

void lockdep_register_key(struct lock_class_key *key) {
    const void **slot = WARN_ON_ONCE(of_module(key) || slot_of_key(key)) ? nullptr : slot_of_key(nullptr);

    if (slot)
        *slot = key;
}
EXPORT_SYMBOL_GPL(lockdep_register_key);

void lockdep_unregister_key(struct lock_class_key *key) {
    const void **slot = slot_of_key(key);

    if (WARN_ON_ONCE(!slot))
        return;
    *slot = nullptr;
    lockdep_free_key_range(key, sizeof(*key));
}
EXPORT_SYMBOL_GPL(lockdep_unregister_key);

void debug_show_held_locks(struct task_struct *task) {
    if (!debug_checks)
        return;
    if (debug_locks)
        print_held(task);
    else
        printk("INFO: lockdep is turned off.\n");
}
EXPORT_SYMBOL_GPL(debug_show_held_locks);

void debug_check_no_locks_freed(const void *from, unsigned long bytes) {
    task_struct *task = current;
    const auto *to = static_cast<const char *>(from) + bytes;
    for (int i = 0; i < task->lockdep_depth && enabled();) {
        const void *at = task->held_locks[i].instance;
        if (at < from || at >= to) {
            i++;
            continue;
        }
        if (debug_locks_report())
            print_freed(task, &task->held_locks[i], from, to - 1);
        forget_held(task, i);
    }
}

void debug_check_no_locks_held(void) {
    if (!enabled() || !current->lockdep_depth)
        return;
    if (debug_locks_report())
        print_held_at_exit(current);
    current->lockdep_depth = 0;
}

void lockdep_module_loaded(void) {
    lockdep_active = debug_locks;
}

void lockdep_free_key_range(const void *base, unsigned long size) {
    const auto *from = static_cast<const char *>(base), *to = from + size;
    const auto gone = [&](unsigned i) {
        const auto *key = static_cast<const char *>(classes[i].key);
        return key >= from && key < to;
    };
    // Chains are built anew from what stays.
    for (unsigned i = 1; i < max_classes; i++)
        classes[i].first_after = classes[i].first_before = 0;
    for (unsigned i = 1; i < max_edges; i++) {
        edge &e = edges[i];
        if (!e.from)
            continue;
        if (gone(e.from) || gone(e.to)) {
            e.from = 0;
            continue;
        }
        e.next_after = classes[e.from].first_after;
        classes[e.from].first_after = static_cast<u16>(i);
        e.next_before = classes[e.to].first_before;
        classes[e.to].first_before = static_cast<u16>(i);
    }
    for (unsigned i = 1; i < max_classes; i++)
        if (classes[i].key && gone(i))
            classes[i].key = nullptr;
}

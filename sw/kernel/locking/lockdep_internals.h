// SPDX-License-Identifier: Apache-2.0
// What lockdep.cpp (the rules) and lockdep_report.cpp (their words) share.
#ifndef KERNEL_LOCKING_LOCKDEP_INTERNALS_H
#define KERNEL_LOCKING_LOCKDEP_INTERNALS_H

#include <linux/lockdep_types.h>
#include <linux/types.h>

struct task_struct;

namespace lockdep {

// Where something happened first: return addresses, the innermost first.
struct trace {
    static constexpr unsigned depth = 8;
    unsigned long ips[depth];
};

// How a class has been used. The number of a bit: 4 for softirqs, + 2 for "taken with them enabled" (else: taken in
// one), + 1 for readers.
constexpr unsigned usage_bits = 8;
constexpr unsigned softirq_bit = 4, enabled_bit = 2, read_bit = 1;

struct lock_class {
    const void *key; // null: free
    unsigned subclass;
    char name[48]; // a copy: the lock may be gone when it is printed
    u8 wait_type;  // 2: spins, 3: sleeps, 0: is not a lock
    bool per_cpu;  // each CPU has its own: what interrupts may do elsewhere does not reach through it
    u8 usage;      // mask of usage bits
    u8 told;       // mask of told_...: what was reported of it is not reported again
    trace usage_at[usage_bits];
    u16 first_after, first_before; // edges from and to this class; 0: none
};

// How the two locks of a dependency were taken: `from` by a writer or a reader, `to` by a reader that may recurse, who
// passes waiting writers, or by anybody else. Each combination that was seen is a bit.
constexpr unsigned from_writer = 1, to_waiter = 2;
constexpr u8 kind_bit(unsigned kind) {
    return static_cast<u8>(1u << kind);
}

// `to` was taken while `from` was held.
struct edge {
    u16 from, to; // from 0: free
    u16 next_after, next_before;
    u8 kinds;
    u8 told; // kinds that were reported: such a dependency is none that others follow from
    trace at;
};

constexpr u8 told_usage = 1, told_recursion = 2, told_context = 4, told_unlock = 8, told_nest = 16;

constexpr unsigned max_classes = 1024, max_edges = 8192;
extern lock_class classes[max_classes]; // [0] is not used
extern edge edges[max_edges];           // [0] is not used

void print_wait_context(task_struct *task, const held_lock *next, unsigned context);
void print_nest_not_held(task_struct *task, const held_lock *next, const lockdep_map *nest);
void print_recursive(task_struct *task, const held_lock *next, const held_lock *held);
// path[0] is the lock that is held, path[length - 1] the one that is to be taken; each needs the next one of the
// reverse chain: edges via[i] leads from the class of path[i + 1] to that of path[i].
void print_circular(task_struct *task, const held_lock *next, const held_lock *held, const u16 *via, unsigned length);
// The new dependency held -> next connects `safe` (used in `state` interrupts) to `unsafe` (taken with them enabled).
void print_irq_order(task_struct *task, const held_lock *next, const held_lock *held, unsigned safe, unsigned unsafe,
                     unsigned used_bit, unsigned on_bit);
void print_inconsistent(task_struct *task, const held_lock *lock, unsigned old_bit, unsigned new_bit);
// The class of `lock` got new_bit, and `other` before (forwards false) or behind it has the opposite one.
void print_inversion(task_struct *task, const held_lock *lock, unsigned other, bool forwards, unsigned new_bit);
void print_bad_unlock(task_struct *task, const lockdep_map *lock, unsigned long ip);
void print_not_static(const lockdep_map *lock);
void print_freed(task_struct *task, const held_lock *lock, const void *from, const void *to);
void print_held_at_exit(task_struct *task);
void print_held(const task_struct *task);

} // namespace lockdep

#endif

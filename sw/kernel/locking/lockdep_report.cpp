// SPDX-License-Identifier: Apache-2.0
// What the lock validator says, in the form in which Linux says it (kernel/locking/lockdep.c).
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/utsname.h>

#include "kernel/locking/lockdep_internals.h"
#include "kernel/oops.h"

namespace lockdep {

namespace {

const char *interrupt_name(unsigned bit) {
    return bit & softirq_bit ? "SOFTIRQ" : "HARDIRQ";
}

const char *state_name(unsigned bit) {
    if (bit & read_bit)
        return bit & softirq_bit ? "SOFTIRQ-READ" : "HARDIRQ-READ";
    return interrupt_name(bit);
}

// IN-HARDIRQ-W, SOFTIRQ-ON-R, ...
void usage_name(char *text, size_t size, unsigned bit) {
    const char rw = bit & read_bit ? 'R' : 'W';
    if (bit & enabled_bit)
        scnprintf(text, size, "%s-ON-%c", interrupt_name(bit), rw);
    else
        scnprintf(text, size, "IN-%s-%c", interrupt_name(bit), rw);
}

// One character each for hard interrupts, their readers, softirqs and theirs: + taken with them enabled, - in one,
// ? both, . neither.
void usage_chars(char text[5], const lock_class &c) {
    for (unsigned i = 0; i < 4; i++) {
        const unsigned used = (i & 2 ? softirq_bit : 0) | (i & 1 ? read_bit : 0);
        const bool in = c.usage & (1u << used), on = c.usage & (1u << (used | enabled_bit));
        text[i] = in && on ? '?' : on ? '+' : in ? '-' : '.';
    }
    text[4] = '\0';
}

void print_name(unsigned index) {
    const lock_class &c = classes[index];
    char chars[5];
    usage_chars(chars, c);
    printk(KERN_CONT " (%s", c.name);
    if (c.subclass)
        printk(KERN_CONT "/%u", c.subclass);
    printk(KERN_CONT "){%s}-{%u:%u}", chars, c.wait_type, c.wait_type);
}

void print_lock(const held_lock *lock) {
    printk("%px", lock->instance);
    print_name(lock->class_idx);
    printk(KERN_CONT ", at: %pS\n", reinterpret_cast<void *>(lock->acquire_ip));
}

void print_trace(const trace &t, const char *indent) {
    for (unsigned long ip : t.ips)
        if (ip)
            printk("%s%pS\n", indent, reinterpret_cast<void *>(ip));
}

void head(const char *title) {
    char line[81];
    const size_t length = min(strlen(title), sizeof(line) - 1);
    struct new_utsname *uts = init_utsname();

    memset(line, '=', length);
    line[length] = '\0';
    printk(KERN_WARNING "\n");
    printk(KERN_WARNING "%s\n", line);
    printk(KERN_WARNING "%s\n", title);
    printk("%s %.*s %s\n", uts->release, static_cast<int>(strcspn(uts->version, " ")), uts->version, print_tainted());
    memset(line, '-', length);
    printk("%s\n", line);
}

void print_context(const task_struct *task) {
    printk(KERN_CONT "%s/%d [HC%u[%lu]:SC%u[%lu]:HE%u:SE%u]", task->comm, task->pid, !!in_hardirq(),
           hardirq_count() >> HARDIRQ_SHIFT, !!in_serving_softirq(), softirq_count() >> SOFTIRQ_SHIFT, !irqs_disabled(),
           !softirq_count());
}

// `lock`: where it was taken stands for the finding if no code of a driver is on the stack.
void tail(enum port_finding kind, const task_struct *task, const char *title, const held_lock *lock = nullptr) {
    printk("\n");
    print_held(task);
    printk("\nstack backtrace:\n");
    dump_stack();
    const void *place = innermost_module_code(nullptr, __builtin_frame_address(0));
    if (!place && lock)
        place = reinterpret_cast<const void *>(lock->acquire_ip - 1);
    report_finding_at(kind, place, "%s", title);
}

// What the two CPUs would do: each line stands under its CPU.
void scenario_head(bool two) {
    printk("       CPU0%s\n", two ? "                    CPU1" : "");
    printk("       ----%s\n", two ? "                    ----" : "");
}

void deadlock() {
    printk("\n *** DEADLOCK ***\n");
}

const char *name(unsigned index) {
    return classes[index].name;
}

void interrupt_scenario(unsigned safe, unsigned unsafe) {
    printk(" Possible interrupt unsafe locking scenario:\n\n");
    scenario_head(true);
    printk("  lock(%s);\n", name(unsafe));
    printk("                               local_irq_disable();\n");
    printk("                               lock(%s);\n", name(safe));
    printk("                               lock(%s);\n", name(unsafe));
    printk("  <Interrupt>\n");
    printk("    lock(%s);\n", name(safe));
    deadlock();
}

} // namespace

void print_held(const task_struct *task) {
    const int count = task->lockdep_depth;
    if (!count) {
        printk("no locks held by %s/%d.\n", task->comm, task->pid);
        return;
    }
    printk("%d lock%s held by %s/%d:\n", count, count == 1 ? "" : "s", task->comm, task->pid);
    for (int i = 0; i < count; i++) {
        printk(" #%d: ", i);
        const held_lock *lock = &task->held_locks[i];
        printk(KERN_CONT "%px", lock->instance);
        print_name(lock->class_idx);
        printk(KERN_CONT ", at: %pS\n", reinterpret_cast<void *>(lock->acquire_ip));
    }
}

void print_wait_context(task_struct *task, const held_lock *next, unsigned context) {
    static const char title[] = "[ BUG: Invalid wait context ]";

    head(title);
    printk("%s/%d is trying to lock:\n", task->comm, task->pid);
    print_lock(next);
    printk("other info that might help us debug this:\n");
    printk("context-{%u:%u}\n", context, context);
    tail(FINDING_lock_context, task, title);
}

void print_nest_not_held(task_struct *task, const held_lock *next, const lockdep_map *nest) {
    static const char title[] = "WARNING: Nested lock was not taken";

    head(title);
    printk("%s/%d is trying to lock:\n", task->comm, task->pid);
    print_lock(next);
    printk("\nbut this task is not holding:\n%s\n", nest->name ? nest->name : "?");
    printk("\nother info that might help us debug this:\n");
    tail(FINDING_lock_unlock, task, title);
}

void print_recursive(task_struct *task, const held_lock *next, const held_lock *held) {
    static const char title[] = "WARNING: possible recursive locking detected";

    head(title);
    printk("%s/%d is trying to acquire lock:\n", task->comm, task->pid);
    print_lock(next);
    printk("\nbut task is already holding lock:\n");
    print_lock(held);
    printk("\nother info that might help us debug this:\n Possible unsafe locking scenario:\n\n");
    scenario_head(false);
    printk("  lock(%s);\n", name(held->class_idx));
    printk("  lock(%s);\n", name(next->class_idx));
    deadlock();
    printk("\n May be due to missing lock nesting notation\n");
    tail(FINDING_lock_recursion, task, title);
}

void print_circular(task_struct *task, const held_lock *next, const held_lock *held, const u16 *via, unsigned length) {
    static const char title[] = "WARNING: possible circular locking dependency detected";

    head(title);
    printk("%s/%d is trying to acquire lock:\n", task->comm, task->pid);
    print_lock(next);
    printk("\nbut task is already holding lock:\n");
    print_lock(held);
    printk("\nwhich lock already depends on the new lock.\n\n");
    printk("\nthe existing dependency chain (in reverse order) is:\n");
    for (unsigned i = 0; i < length; i++) {
        printk("\n-> #%u", length - i);
        print_name(edges[via[i]].to);
        printk(KERN_CONT ":\n");
        print_trace(edges[via[i]].at, "       ");
    }
    printk("\n-> #0");
    print_name(next->class_idx);
    printk(KERN_CONT ":\n       %pS\n", reinterpret_cast<void *>(next->acquire_ip));
    printk("\nother info that might help us debug this:\n\n");
    if (length > 1) {
        printk("Chain exists of:\n ");
        for (unsigned i = length; i-- > 0;)
            printk(KERN_CONT " %s -->", name(edges[via[i]].from));
        printk(KERN_CONT " %s\n\n", name(held->class_idx));
    }
    printk(" Possible unsafe locking scenario:\n\n");
    scenario_head(true);
    printk("  lock(%s);\n", name(held->class_idx));
    printk("                               lock(%s);\n", name(length > 1 ? edges[via[0]].from : next->class_idx));
    printk("                               lock(%s);\n", name(held->class_idx));
    printk("  lock(%s);\n", name(next->class_idx));
    deadlock();
    tail(FINDING_lock_order, task, title);
}

void print_irq_order(task_struct *task, const held_lock *next, const held_lock *held, unsigned safe, unsigned unsafe,
                     unsigned used_bit, unsigned on_bit) {
    const char *state = state_name(used_bit);
    char title[80];

    scnprintf(title, sizeof(title), "WARNING: %s-safe -> %s-unsafe lock order detected", state, state);
    head(title);
    print_context(task);
    printk(KERN_CONT " is trying to acquire:\n");
    print_lock(next);
    printk("\nand this task is already holding:\n");
    print_lock(held);
    printk("which would create a new lock dependency:\n");
    print_name(held->class_idx);
    printk(KERN_CONT " ->");
    print_name(next->class_idx);
    printk(KERN_CONT "\n\nbut this new dependency connects a %s-irq-safe lock:\n", state);
    print_name(safe);
    printk("\n... which became %s-irq-safe at:\n", state);
    print_trace(classes[safe].usage_at[used_bit], "  ");
    printk("\nto a %s-irq-unsafe lock:\n", state);
    print_name(unsafe);
    printk("\n... which became %s-irq-unsafe at:\n", state);
    print_trace(classes[unsafe].usage_at[on_bit], "  ");
    printk("\nother info that might help us debug this:\n\n");
    interrupt_scenario(safe, unsafe);
    tail(FINDING_lock_irq_order, task, title);
}

void print_inconsistent(task_struct *task, const held_lock *lock, unsigned old_bit, unsigned new_bit) {
    static const char title[] = "WARNING: inconsistent lock state";
    char before[16], now[16], finding[96];

    usage_name(before, sizeof(before), old_bit);
    usage_name(now, sizeof(now), new_bit);
    head(title);
    printk("inconsistent {%s} -> {%s} usage.\n", before, now);
    print_context(task);
    printk(KERN_CONT " takes:\n");
    print_lock(lock);
    printk("{%s} state was registered at:\n", before);
    print_trace(classes[lock->class_idx].usage_at[old_bit], "  ");
    printk("\nother info that might help us debug this:\n Possible unsafe locking scenario:\n\n");
    scenario_head(false);
    printk("  lock(%s);\n", name(lock->class_idx));
    printk("  <Interrupt>\n");
    printk("    lock(%s);\n", name(lock->class_idx));
    deadlock();
    scnprintf(finding, sizeof(finding), "%s: inconsistent {%s} -> {%s} usage", title, before, now);
    tail(FINDING_lock_usage, task, finding, lock);
}

void print_inversion(task_struct *task, const held_lock *lock, unsigned other, bool forwards, unsigned new_bit) {
    static const char title[] = "WARNING: possible irq lock inversion dependency detected";
    const char *state = state_name(new_bit);

    head(title);
    printk("%s/%d just changed the state of lock:\n", task->comm, task->pid);
    print_lock(lock);
    if (forwards)
        printk("but this lock took another, %s-unsafe lock in the past:\n", state);
    else
        printk("but this lock was taken by another, %s-safe lock in the past:\n", state);
    print_name(other);
    printk("\n\nand interrupts could create inverse lock ordering between them.\n\n");
    printk("\nother info that might help us debug this:\n");
    interrupt_scenario(forwards ? lock->class_idx : other, forwards ? other : lock->class_idx);
    tail(FINDING_lock_irq_order, task, title);
}

void print_bad_unlock(task_struct *task, const lockdep_map *lock, unsigned long ip) {
    static const char title[] = "WARNING: bad unlock balance detected!";

    head(title);
    printk("%s/%d is trying to release lock (%s) at:\n", task->comm, task->pid, lock->name ? lock->name : "?");
    printk("%pS\n", reinterpret_cast<void *>(ip));
    printk("but there are no more locks to release!\n");
    printk("\nother info that might help us debug this:\n");
    tail(FINDING_lock_unlock, task, title);
}

void print_not_static(const lockdep_map *lock) {
    printk(KERN_ERR "INFO: trying to register non-static key.\n");
    printk(KERN_ERR "The code is fine but needs lockdep annotation, or maybe\n");
    printk(KERN_ERR "you didn't initialize this object before use?\n");
    printk(KERN_ERR "turning off the locking correctness validator.\n");
    dump_stack();
    report_finding(FINDING_lock_not_set_up, "INFO: trying to register non-static key.");
}

void print_freed(task_struct *task, const held_lock *lock, const void *from, const void *to) {
    static const char title[] = "WARNING: held lock freed!";

    head(title);
    printk("%s/%d is freeing memory %px-%px, with a lock still held there!\n", task->comm, task->pid, from, to);
    print_lock(lock);
    printk("\nother info that might help us debug this:\n");
    tail(FINDING_lock_freed, task, title);
}

void print_held_at_exit(task_struct *task) {
    char title[80];

    scnprintf(title, sizeof(title), "WARNING: %s/%d still has locks held!", task->comm, task->pid);
    head(title);
    tail(FINDING_lock_held_at_end, task, title, &task->held_locks[task->lockdep_depth - 1]);
}

} // namespace lockdep

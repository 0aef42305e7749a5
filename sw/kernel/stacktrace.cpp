// SPDX-License-Identifier: Apache-2.0
// Walking the stack by frame pointers, and showing what was found.
#include <asm/memory.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>

#include "kernel/stacktrace.h"
#include "port/kernel.h"

namespace {

struct frame {
    const frame *caller;
    const void *return_address;
};

// Where frames may lie. The stack that a core boots on belongs to the boot loader; there only the distance is judged.
class stack_bounds {
public:
    explicit stack_bounds(const frame *from) {
        if (!enter_task_stack(from))
            end_ = reinterpret_cast<const char *>(from) + (4 << 10);
    }
    // The exception of a task whose stack is used up runs on another stack, from which the frames lead into the task's.
    bool contain(const frame *next, const frame *last) {
        if (!IS_ALIGNED(reinterpret_cast<unsigned long>(next), sizeof(void *)))
            return false;
        if (!in_task_stack_ && enter_task_stack(next))
            return true;
        return next > last && reinterpret_cast<const char *>(next + 1) <= end_;
    }

private:
    bool enter_task_stack(const frame *f) {
        const struct task_struct *task = current;
        const char *here = reinterpret_cast<const char *>(f);
        const char *stack = task ? static_cast<const char *>(task->stack) : NULL;

        in_task_stack_ = stack && here >= stack + PORT_STACK_GUARD && here < stack + THREAD_SIZE;
        if (in_task_stack_)
            end_ = stack + THREAD_SIZE;
        return in_task_stack_;
    }

    const char *end_;
    bool in_task_stack_;
};

} // namespace

unsigned int walk_stack(const void *from, bool (*visit)(const void *return_address, void *data), void *data) {
    const frame *f = static_cast<const frame *>(from);
    stack_bounds bounds(f);
    unsigned int count = 0;

    while (count < 64 && f->return_address) {
        count++;
        if (!visit(f->return_address, data) || !bounds.contain(f->caller, f))
            break;
        f = f->caller;
    }
    return count;
}

const void *frame_outside_exception(const void *from) {
    const frame *f = static_cast<const frame *>(from);
    stack_bounds bounds(f);
    bool in_port = false;

    for (int count = 0; count < 64; count++, f = f->caller) {
        struct port_symbol symbol;
        bool known = port_symbol(static_cast<const char *>(f->return_address) - 1, &symbol);

        if (in_port && known)
            return f;
        in_port = !known;
        if (!bounds.contain(f->caller, f))
            break;
    }
    return from;
}

const void *frame_caller(const void *f) {
    return static_cast<const frame *>(f)->return_address;
}

const void *frame_of_caller(const void *from) {
    const frame *f = static_cast<const frame *>(from);

    return stack_bounds(f).contain(f->caller, f) ? f->caller : f;
}

void print_call_trace(const char *level, const void *first, const void *from) {
    printk("%sCall trace:\n", level);
    if (first)
        printk("%s %pS\n", level, first);
    walk_stack(
        from,
        [](const void *address, void *data) {
            struct port_symbol symbol;

            // What the port itself does between two functions is not part of the software.
            if (port_symbol(static_cast<const char *>(address) - 1, &symbol))
                printk("%s %pB\n", static_cast<const char *>(data), address);
            return true;
        },
        const_cast<char *>(level));
}

static unsigned int save_from(const void *frame, unsigned long *store, unsigned int size, unsigned int skipnr) {
    struct {
        unsigned long *store;
        unsigned int size, skip, count;
    } state = {store, size, skipnr, 0};

    walk_stack(
        frame,
        [](const void *address, void *data) {
            auto *s = static_cast<decltype(state) *>(data);

            if (s->skip)
                s->skip--;
            else if (s->count < s->size)
                s->store[s->count++] = reinterpret_cast<unsigned long>(address);
            return s->count < s->size;
        },
        &state);
    return state.count;
}

unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr) {
    return save_from(__builtin_frame_address(0), store, size, skipnr);
}
EXPORT_SYMBOL_GPL(stack_trace_save);

unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store, unsigned int size,
                                  unsigned int skipnr) {
    if (task == current)
        return stack_trace_save(store, size, skipnr);
    return task->on_cpu || !task->thread.frame ? 0 : save_from(task->thread.frame, store, size, skipnr);
}

void stack_trace_print(const unsigned long *trace, unsigned int nr_entries, int spaces) {
    for (const unsigned long *entry = trace, *end = trace + nr_entries; entry != end; ++entry)
        printk("%*s%pS\n", 1 + spaces, "", reinterpret_cast<void *>(*entry));
}
EXPORT_SYMBOL_GPL(stack_trace_print);

int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries, unsigned int nr_entries, int spaces) {
    char *at = buf, *const end = buf + size;
    for (const unsigned long *entry = entries; entry != entries + nr_entries; entry++)
        at += scnprintf(at, end - at, "%*c%pS\n", 1 + spaces, ' ', reinterpret_cast<void *>(*entry));
    return at - buf;
}
EXPORT_SYMBOL_GPL(stack_trace_snprint);

void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl) {
    if (!task || task == current)
        print_call_trace(loglvl, NULL, __builtin_frame_address(0));
    else if (!task->on_cpu && task->thread.frame)
        print_call_trace(loglvl, NULL, task->thread.frame);
}

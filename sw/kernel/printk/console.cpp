// SPDX-License-Identifier: Apache-2.0
/*
 * Consoles (Linux: the second half of kernel/printk/printk.c). A caller that calls printk and finds nothing writing
 * takes the console lock and writes, record by record with interrupts masked, until nothing is left: also what others
 * log meanwhile. So that nothing writes for ever, a CPU that has something to print while another one writes spins, and
 * the writer hands over to it after the record that it is at.
 */
#include <linux/console.h>

#include <asm/processor.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kernel/printk/internals.h"
#include "lib/guard.h"

int console_set_on_cmdline;
bool suppress_panic_printk;
struct console *console_drivers;
EXPORT_SYMBOL_GPL(console_drivers);

namespace {

// A console= of the command line.
struct preferred_console {
    char name[16];
    int index;
    char *options; // null: none; the command line's
};
preferred_console preferred[8];
unsigned preferred_count;

DEFINE_SEMAPHORE(console_sem);
bool console_locked, console_may_schedule;

// The hand-over. `writer` is the task that writes a record just now.
DEFINE_RAW_SPINLOCK(console_owner_lock);
task_struct *writer;
bool somebody_waits;

// Above 0: this CPU is in the code below. What it logs there waits for an interrupt.
DEFINE_PER_CPU(int, printk_context);

void emit_work_fn(irq_work *) {
    if (console_trylock())
        console_unlock();
}
DEFINE_PER_CPU(irq_work, emit_work) = IRQ_WORK_INIT_HARD(emit_work_fn);

class printk_safe {
public:
    printk_safe() {
        local_irq_save(flags_);
        __this_cpu_inc(printk_context);
    }
    ~printk_safe() {
        __this_cpu_dec(printk_context);
        local_irq_restore(flags_);
    }

private:
    unsigned long flags_;
};

// In a panic only the CPU that panics prints.
bool abandoned_in_panic() {
    return panic_cpu >= 0 && panic_cpu != static_cast<int>(raw_smp_processor_id());
}

bool try_lock_sem() {
    printk_safe safe;

    return down_trylock(&console_sem) == 0;
}

void unlock_sem() {
    printk_safe safe;

    console_locked = false;
    up(&console_sem);
}

void begin_record() {
    raw_spin_lock(&console_owner_lock);
    WRITE_ONCE(writer, current);
    raw_spin_unlock(&console_owner_lock);
}

// True: the lock is another CPU's now.
bool end_record() {
    raw_spin_lock(&console_owner_lock);
    bool hand_over = READ_ONCE(somebody_waits);
    WRITE_ONCE(writer, nullptr);
    raw_spin_unlock(&console_owner_lock);
    if (hand_over)
        smp_store_release(&somebody_waits, false);
    return hand_over;
}

// Puts this CPU in line behind the one that writes. False: no CPU writes, or one is in line already.
bool line_up_behind_writer() {
    const hold l(console_owner_lock);
    const task_struct *owner = READ_ONCE(writer);
    const bool first = owner && owner != current && !READ_ONCE(somebody_waits);

    if (first)
        WRITE_ONCE(somebody_waits, true);
    return first;
}

// For a short time: as long as the writer's record takes. True: the lock is this CPU's (Linux:
// console_trylock_spinning).
bool trylock_spinning() {
    if (console_trylock())
        return true;
    if (abandoned_in_panic())
        return false;
    const printk_safe safe;
    const bool in_line = line_up_behind_writer();

    while (in_line && smp_load_acquire(&somebody_waits))
        cpu_relax();
    return in_line;
}

unsigned panic_losses;

struct emitted {
    bool any, handed_over;
};

// The next record of one console. I is masked for as long as the console takes.
emitted emit_next_record(struct console *con) {
    static char text[2048]; // the console lock's
    unsigned int level;
    u64 seq = con->seq;
    int length = printk_read(&seq, &level, text, sizeof(text));

    if (!length)
        return {};
    if (seq - 1 != con->seq) {
        con->dropped += seq - 1 - con->seq;
        if (panic_cpu >= 0 && panic_losses++ > 10) {
            suppress_panic_printk = true;
            pr_warn_once("printk: Too many dropped messages. Suppress messages on non-panic CPUs to prevent "
                         "livelock.\n");
        }
    }
    con->seq = seq;
    if (suppress_message_printing(level))
        return {true, false};
    printk_safe safe;
    begin_record();
    if (con->dropped) {
        char lost[64];
        con->write(con, lost, scnprintf(lost, sizeof(lost), "** %lu printk messages dropped **\n", con->dropped));
        con->dropped = 0;
    }
    con->write(con, text, length);
    return {true, end_record()};
}

// True: all is written, and the lock is still this CPU's.
bool flush_all(bool may_schedule, bool *handed_over) {
    bool progress;

    *handed_over = false;
    do {
        progress = false;
        for (struct console *con = console_drivers; con; con = con->next) {
            if (!(con->flags & CON_ENABLED))
                continue;
            emitted now = emit_next_record(con);

            *handed_over = now.handed_over;
            if (now.handed_over)
                return false;
            progress = progress || now.any;
            if (abandoned_in_panic())
                return false;
            if (may_schedule)
                cond_resched();
        }
    } while (progress);
    return true;
}

bool something_is_left() {
    for (struct console *con = console_drivers; con; con = con->next)
        if ((con->flags & CON_ENABLED) && con->seq < kmsg_next_seq())
            return true;
    return false;
}

// console=NAMEn[,OPTIONS]. The name's own digits end before the last group of them.
int __init console_setup(char *text) {
    if (preferred_count == ARRAY_SIZE(preferred) || !*text)
        return 1;
    preferred_console &one = preferred[preferred_count++];
    char *comma = strchr(text, ',');
    size_t length = comma ? comma - text : strlen(text);
    size_t digits = length;

    while (digits && isdigit(text[digits - 1]))
        digits--;
    one.index = digits < length ? static_cast<int>(simple_strtoul(text + digits, nullptr, 10)) : -1;
    one.options = comma ? comma + 1 : nullptr;
    strscpy(one.name, text, min(digits + 1, sizeof(one.name)));
    console_set_on_cmdline = 1;
    return 1;
}
__setup("console=", console_setup);

bool enable_preferred(struct console *con) {
    for (unsigned i = 0; i < preferred_count; i++) {
        preferred_console &one = preferred[i];

        if (strcmp(con->name, one.name) != 0 || (con->index >= 0 && con->index != one.index))
            continue;
        con->index = static_cast<short>(max(one.index, 0));
        if (con->setup && con->setup(con, one.options) != 0)
            return false;
        con->flags |= CON_ENABLED;
        if (i == preferred_count - 1)
            con->flags |= CON_CONSDEV;
        return true;
    }
    return false;
}

} // namespace

void console_lock(void) {
    might_sleep();
    while (abandoned_in_panic())
        port_wfi();
    down(&console_sem);
    console_locked = true;
    console_may_schedule = true;
}
EXPORT_SYMBOL(console_lock);

int console_trylock(void) {
    if (abandoned_in_panic() || !try_lock_sem())
        return 0;
    console_locked = true;
    console_may_schedule = false;
    return 1;
}
EXPORT_SYMBOL(console_trylock);

int is_console_locked(void) {
    return console_locked;
}
EXPORT_SYMBOL(is_console_locked);

void console_unlock(void) {
    bool may_schedule = console_may_schedule;
    bool all, handed_over;

    do {
        console_may_schedule = false;
        all = flush_all(may_schedule, &handed_over);
        if (!handed_over)
            unlock_sem();
        // What came after the last look, from somebody who saw the lock taken and left it to this CPU.
    } while (all && something_is_left() && console_trylock());
}
EXPORT_SYMBOL(console_unlock);

void console_emit(void) {
    if (!console_drivers)
        return;
    if (this_cpu_read(printk_context)) {
        console_emit_deferred();
        return;
    }
    preempt_disable();
    if (trylock_spinning())
        console_unlock();
    preempt_enable();
}

void console_emit_deferred(void) {
    if (!console_drivers)
        return;
    preempt_disable();
    irq_work_queue(this_cpu_ptr(&emit_work));
    preempt_enable();
}

void console_drain(void) {
    if (!console_drivers || !preemptible())
        return;
    console_lock();
    console_unlock();
}

void console_flush_on_panic(enum con_flush_mode mode) {
    if (!console_drivers)
        return;
    // Its owner may have been stopped: nothing else runs any more.
    console_trylock();
    console_may_schedule = false;
    if (mode == CONSOLE_REPLAY_ALL)
        for (struct console *con = console_drivers; con; con = con->next)
            con->seq = 0;
    console_unlock();
}

void register_console(struct console *newcon) {
    if (!(newcon->flags & CON_ENABLED) && !enable_preferred(newcon))
        return;
    console_lock();
    newcon->seq = newcon->flags & CON_PRINTBUFFER ? 0 : kmsg_next_seq();
    newcon->dropped = 0;
    struct console **last = &console_drivers;
    while (*last)
        last = &(*last)->next;
    newcon->next = nullptr;
    *last = newcon;
    console_unlock();
    pr_info("printk: console [%s%d] enabled\n", newcon->name, max<int>(newcon->index, 0));
}
EXPORT_SYMBOL(register_console);

int unregister_console(struct console *console) {
    int ret = -ENODEV;

    pr_info("printk: console [%s%d] disabled\n", console->name, max<int>(console->index, 0));
    console_lock();
    for (struct console **at = &console_drivers; *at; at = &(*at)->next) {
        if (*at != console)
            continue;
        *at = console->next;
        console->flags &= ~CON_ENABLED;
        ret = 0;
        break;
    }
    console_unlock();
    if (!ret && console->exit)
        ret = console->exit(console);
    return ret;
}
EXPORT_SYMBOL(unregister_console);

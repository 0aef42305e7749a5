// SPDX-License-Identifier: Apache-2.0
/*
 * The kernel log. A message is formatted on the caller's stack, copied into the log under a lock of its own, and
 * given to the observer at once when it is finished, that is when its newline has come or somebody else writes. The
 * lock is none of the kernel's locks, masks interrupts at the core and lets its holder pass: printk works in every
 * context, also in what the locks, the scheduler or a fault within printk itself have to say. Consoles read the log at
 * their own pace (console.cpp).
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/printk/internals.h"
#include "port/kernel.h"

int console_printk[4] = {CONSOLE_LOGLEVEL_DEFAULT, MESSAGE_LOGLEVEL_DEFAULT, CONSOLE_LOGLEVEL_MIN,
                         CONSOLE_LOGLEVEL_DEFAULT};
EXPORT_SYMBOL_GPL(console_printk);
int kptr_restrict;

namespace {

constexpr size_t line_max = 1024 - 32; // of one call: the rest of 1024 bytes is for what stands before it
constexpr size_t text_size = 512 << 10;
constexpr u64 record_count = 4096;

struct record {
    u64 text; // position in the text, counted from the beginning of time
    u64 ts_nsec;
    u32 caller; // a task's number; in interrupt context a CPU's, with the highest bit set
    u16 length;
    u8 level;
};

// The text is a ring, and so are the records: number n is records[n % record_count]. What is overwritten is forgotten.
char text_ring[text_size];
record records[record_count];
u64 text_head; // where the next text goes
u64 first_seq, next_seq, clear_seq;
bool last_is_open; // the newest record waits for its newline

atomic_t owner; // the CPU that has the lock, plus 1
bool ignore_loglevel;

class log_lock {
public:
    log_lock()
        : daif_(port_daif()) {
        port_daif_set(PORT_DAIF_I);
        int self = static_cast<int>(raw_smp_processor_id()) + 1;
        nested_ = atomic_read(&owner) == self;
        while (!nested_ && atomic_cmpxchg_acquire(&owner, 0, self) != 0)
            port_relax();
    }
    ~log_lock() {
        if (!nested_)
            atomic_set_release(&owner, 0);
        port_daif_write(daif_);
    }

private:
    u64 daif_;
    bool nested_;
};

record &record_of(u64 seq) {
    return records[seq % record_count];
}

void append_text(const char *text, size_t length) {
    size_t start = text_head % text_size;
    size_t piece = min(length, text_size - start);

    memcpy(text_ring + start, text, piece);
    memcpy(text_ring, text + piece, length - piece);
    text_head += length;
    while (first_seq != next_seq && record_of(first_seq).text + text_size < text_head)
        first_seq++;
}

size_t copy_text(const record &r, char *buf) {
    size_t start = r.text % text_size;
    size_t piece = min(static_cast<size_t>(r.length), text_size - start);

    memcpy(buf, text_ring + start, piece);
    memcpy(buf + piece, text_ring, r.length - piece);
    return r.length;
}

size_t print_stamp(char *buf, size_t size, u64 ts_nsec) {
    u64 microseconds = ts_nsec / 1000;

    return scnprintf(buf, size, "[%5lu.%06lu] ", static_cast<unsigned long>(microseconds / 1000000),
                     static_cast<unsigned long>(microseconds % 1000000));
}

// Calls line(text, length) for each line of a record, stamp and newline included.
template <class Line>
void for_each_line(const record &r, Line line) {
    char text[line_max], out[line_max + 32];
    size_t length = copy_text(r, text);

    for (const char *p = text, *end = text + length; p <= end;) {
        const char *newline = static_cast<const char *>(memchr(p, '\n', end - p));
        const char *stop = newline ? newline : end;
        size_t used = print_stamp(out, sizeof(out), r.ts_nsec);

        memcpy(out + used, p, stop - p);
        used += stop - p;
        out[used++] = '\n';
        line(out, used);
        p = stop + 1;
    }
}

void to_console(const record &r) {
    if (suppress_message_printing(r.level))
        return;
    for_each_line(r, [&](const char *text, size_t length) { port_console(r.level, text, length); });
}

void finish_last() {
    if (!last_is_open)
        return;
    last_is_open = false;
    to_console(record_of(next_seq - 1));
}

u32 caller_id() {
    return in_task() ? static_cast<u32>(current->pid) : 0x80000000u | static_cast<u32>(raw_smp_processor_id());
}

// `text` has no newline at its end; `complete` says whether it had one.
void store(int level, bool continues, bool complete, const char *text, size_t length) {
    u64 now = local_clock();
    u32 caller = caller_id();
    log_lock lock;

    if (continues && last_is_open && record_of(next_seq - 1).caller == caller &&
        record_of(next_seq - 1).length + length < line_max) {
        record_of(next_seq - 1).length += static_cast<u16>(length);
        append_text(text, length);
    } else {
        finish_last();
        if (next_seq - first_seq == record_count)
            first_seq++;
        record &r = record_of(next_seq++);
        r = {text_head, now, caller, static_cast<u16>(length), static_cast<u8>(level)};
        append_text(text, length);
        last_is_open = true;
    }
    if (complete)
        finish_last();
}

int __init set_quiet(char *) {
    console_loglevel = CONSOLE_LOGLEVEL_QUIET;
    return 0;
}
early_param("quiet", set_quiet);

// "debug" alone asks for all messages; with a value the word belongs to the debug checks.
int __init set_debug(char *arg) {
    if (!arg || !*arg)
        console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
    return 0;
}
early_param("debug", set_debug);

int __init set_loglevel(char *arg) {
    int level;

    if (!get_option(&arg, &level))
        return -EINVAL;
    console_loglevel = level;
    return 0;
}
early_param("loglevel", set_loglevel);

int __init set_ignore_loglevel(char *) {
    ignore_loglevel = true;
    return 0;
}
early_param("ignore_loglevel", set_ignore_loglevel);

} // namespace

bool suppress_message_printing(unsigned int level) {
    return static_cast<int>(level) >= console_loglevel && !ignore_loglevel;
}

static int vprintk_store(const char *fmt, va_list args) {
    if (suppress_panic_printk && panic_cpu != static_cast<int>(raw_smp_processor_id()))
        return 0;

    char buffer[line_max];
    size_t length = vscnprintf(buffer, sizeof(buffer), fmt, args);
    const char *text = buffer;
    int level = LOGLEVEL_DEFAULT;
    bool continues = false;

    for (int kind; (kind = printk_get_level(text)); text += 2, length -= 2) {
        if (kind == 'c')
            continues = true;
        else if (level == LOGLEVEL_DEFAULT)
            level = kind - '0';
    }
    if (level == LOGLEVEL_DEFAULT)
        level = default_message_loglevel;
    bool complete = length && text[length - 1] == '\n';
    if (complete)
        length--;
    if (length || complete)
        store(level, continues, complete, text, length);
    return static_cast<int>(length);
}

int vprintk_default(const char *fmt, va_list args) {
    int length = vprintk_store(fmt, args);

    console_emit();
    return length;
}
EXPORT_SYMBOL(vprintk_default);

int vprintk(const char *fmt, va_list args) {
    return vprintk_default(fmt, args);
}
EXPORT_SYMBOL(vprintk);

int _printk(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    int length = vprintk_default(fmt, args);
    va_end(args);
    return length;
}
EXPORT_SYMBOL(_printk);

int vprintk_deferred(const char *fmt, va_list args) {
    int length = vprintk_store(fmt, args);

    console_emit_deferred();
    return length;
}

int _printk_deferred(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    int length = vprintk_deferred(fmt, args);
    va_end(args);
    return length;
}

int __printk_ratelimit(const char *func) {
    static DEFINE_RATELIMIT_STATE(printk_ratelimit_state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

    return ___ratelimit(&printk_ratelimit_state, func);
}
EXPORT_SYMBOL(__printk_ratelimit);

bool printk_timed_ratelimit(unsigned long *caller_jiffies, unsigned int interval_msec) {
    const bool first = !*caller_jiffies;
    const bool due = first || jiffies - *caller_jiffies > msecs_to_jiffies(interval_msec);
    if (due)
        *caller_jiffies = jiffies;
    return due;
}
EXPORT_SYMBOL(printk_timed_ratelimit);

int printk_read(u64 *seq, unsigned int *level, char *buf, size_t size) {
    size_t used = 0;
    log_lock lock;

    *seq = max(*seq, first_seq);
    if (!size || *seq >= next_seq - last_is_open)
        return 0;
    const record &r = record_of((*seq)++);
    if (level)
        *level = r.level;
    for_each_line(r, [&](const char *text, size_t length) {
        length = min(length, size - 1 - used);
        memcpy(buf + used, text, length);
        used += length;
    });
    buf[used] = '\0';
    return used;
}

int kmsg_read(u64 *seq, unsigned int *level, char *buf, size_t size) {
    *seq = max(*seq, kmsg_first_seq());
    return printk_read(seq, level, buf, size);
}

u64 kmsg_next_seq(void) {
    log_lock lock;
    return next_seq - last_is_open;
}

u64 kmsg_first_seq(void) {
    log_lock lock;
    return max(first_seq, clear_seq);
}

void kmsg_clear(void) {
    log_lock lock;
    clear_seq = next_seq - last_is_open;
}

void kmsg_flush(void) {
    {
        log_lock lock;
        finish_last();
    }
    console_emit();
}

// SPDX-License-Identifier: Apache-2.0
//
// seq_file (Linux: fs/seq_file.c): records printed into a buffer that grows until at least one fits, and handed out in
// pieces of any size.
#include <linux/seq_file.h>

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>
#include <linux/uaccess.h>

#include "lib/guard.h"

// An open file. `only` prints the record of a file that has a single one.
struct open_records {
    struct seq_file m;
    int (*only)(struct seq_file *m, void *v);
};

static struct seq_file *seq_of(const struct file *file) {
    return static_cast<struct seq_file *>(file->private_data);
}

static char *seq_buf_alloc(size_t size) {
    return static_cast<char *>(kvmalloc(size, GFP_KERNEL));
}

// Makes the file an open seq_file; null without memory.
static struct open_records *open_as_records(struct file *file, const struct seq_operations *op) {
    auto *opened = static_cast<struct open_records *>(kzalloc(sizeof(struct open_records), GFP_KERNEL));

    WARN_ON(file->private_data);
    if (opened) {
        opened->m.op = op;
        opened->m.file = file;
        mutex_init(&opened->m.lock);
        file->private_data = &opened->m;
        file->f_mode &= ~FMODE_PWRITE;
    }
    return opened;
}

int seq_open(struct file *file, const struct seq_operations *op) {
    return open_as_records(file, op) ? 0 : -ENOMEM;
}

// Exchanges the buffer, in which the first record does not fit, for one of twice the size.
static bool seq_grow(struct seq_file *m) {
    kvfree(m->buf);
    m->size *= 2;
    m->buf = seq_buf_alloc(m->size);
    return m->buf;
}

// What became of a record: -errno, or one of these.
enum { IN_BUFFER, LEFT_OUT, DOES_NOT_FIT };

static int show_record(struct seq_file *m, void *record) {
    const size_t before = m->count;
    const int answer = m->op->show(m, record); // SEQ_SKIP: no text of it is wanted
    const bool overflowed = seq_has_overflowed(m);

    if (answer || overflowed)
        m->count = before;
    if (answer < 0)
        return answer;
    if (!answer && overflowed)
        return DOES_NOT_FIT;
    return m->count > before ? IN_BUFFER : LEFT_OUT;
}

static void *next_record(struct seq_file *m, void *record) {
    const loff_t before = m->index;
    void *next = m->op->next(m, record, &m->index);

    if (m->index == before) {
        pr_info_ratelimited("buggy .next function %ps did not update position index\n",
                            reinterpret_cast<void *>(m->op->next));
        m->index++;
    }
    return next;
}

// Prints records from m->index on into the empty buffer: one at least, and as many whole ones as fit until `wanted`
// bytes are there. Nothing, without an error, is the end.
static int seq_fill(struct seq_file *m, size_t wanted) {
    int outcome = LEFT_OUT;

    m->from = 0;
    void *record = m->op->start(m, &m->index);
    while (!IS_ERR_OR_NULL(record) && m->count < wanted) {
        outcome = show_record(m, record);
        if (outcome == DOES_NOT_FIT && !m->count) {
            m->op->stop(m, record);
            if (!seq_grow(m))
                return -ENOMEM;
            record = m->op->start(m, &m->index);
            continue;
        }
        if (outcome < 0 || outcome == DOES_NOT_FIT)
            break; // with the next read
        record = next_record(m, record);
    }
    if (IS_ERR(record))
        outcome = static_cast<int>(PTR_ERR(record));
    m->op->stop(m, record);
    return outcome < 0 && !m->count ? outcome : 0;
}

// Brings the file to byte `offset` by printing all that comes before it.
static int seq_traverse(struct seq_file *m, loff_t offset) {
    loff_t pos = 0;

    m->index = 0;
    m->count = m->from = 0;
    while (pos < offset) {
        int error = seq_fill(m, 1);
        if (error)
            return error;
        if (!m->count)
            break;
        size_t step = min(static_cast<loff_t>(m->count), offset - pos);
        pos += step;
        m->from = step;
        m->count -= step;
    }
    return 0;
}

// Has something to hand out at byte `pos`, unless that is the end.
static int seq_prepare(struct seq_file *m, loff_t pos, size_t wanted) {
    if (!m->buf) {
        m->size = PAGE_SIZE;
        m->buf = seq_buf_alloc(m->size);
        if (!m->buf)
            return -ENOMEM;
    }
    if (pos == 0 || pos != m->read_pos) {
        int error = seq_traverse(m, pos);
        m->read_pos = error ? 0 : pos;
        if (error) {
            m->index = 0;
            m->count = 0;
            return error;
        }
    }
    return m->count ? 0 : seq_fill(m, wanted);
}

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos) {
    struct seq_file *m = seq_of(file);

    if (!size)
        return 0;
    hold one_reader(m->lock);
    if (int error = seq_prepare(m, *ppos, size))
        return error;
    const size_t n = min(m->count, size);
    if (copy_to_user(buf, m->buf + m->from, n))
        return -EFAULT;
    m->count -= n;
    m->from += n;
    m->read_pos = *ppos += static_cast<loff_t>(n);
    return static_cast<ssize_t>(n);
}

// Forwards and backwards from the begin or from here; there is no end to seek from.
loff_t seq_lseek(struct file *file, loff_t offset, int whence) {
    hold no_reader(seq_of(file)->lock);
    const loff_t base = whence == SEEK_CUR ? file->f_pos : 0;

    if (whence == SEEK_END || base + offset < 0)
        return -EINVAL;
    return file->f_pos = base + offset;
}

int seq_release(struct inode *, struct file *file) {
    struct seq_file *m = seq_of(file);
    kvfree(m->buf);
    kfree(container_of(m, struct open_records, m));
    return 0;
}

// Files with a single record: one walk for all of them, over a row of one.
static const struct seq_operations single_record = {
    .start = [](struct seq_file *, loff_t *pos) { return *pos ? nullptr : SEQ_START_TOKEN; },
    .stop = [](struct seq_file *, void *) {},
    .next = [](struct seq_file *, void *, loff_t *pos) -> void * {
        ++*pos;
        return nullptr;
    },
    .show = [](struct seq_file *m, void *v) { return container_of(m, struct open_records, m)->only(m, v); },
};

static struct open_records *open_single(struct file *file, int (*show)(struct seq_file *, void *), void *data) {
    struct open_records *opened = open_as_records(file, &single_record);
    if (opened) {
        opened->only = show;
        opened->m.private_ = data;
    }
    return opened;
}

int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data) {
    return open_single(file, show, data) ? 0 : -ENOMEM;
}

// The same with a buffer of a size that the caller knows to be enough.
int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data, size_t size) {
    struct open_records *opened = open_single(file, show, data);
    char *room = opened ? seq_buf_alloc(size) : nullptr;

    if (room) {
        opened->m.buf = room;
        opened->m.size = size;
    } else {
        kfree(opened);
        file->private_data = nullptr;
    }
    return room ? 0 : -ENOMEM;
}

int single_release(struct inode *inode, struct file *file) {
    return seq_release(inode, file);
}

void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize) {
    void *state = kzalloc(static_cast<size_t>(psize), GFP_KERNEL_ACCOUNT);
    on_failure not_opened([state] { kfree(state); });
    struct open_records *opened = state ? open_as_records(file, ops) : nullptr;

    if (!opened)
        return nullptr;
    not_opened.dismiss();
    return opened->m.private_ = state;
}

int seq_open_private(struct file *file, const struct seq_operations *ops, int psize) {
    return __seq_open_private(file, ops, psize) ? 0 : -ENOMEM;
}

int seq_release_private(struct inode *inode, struct file *file) {
    kfree(seq_of(file)->private_);
    seq_of(file)->private_ = nullptr;
    return seq_release(inode, file);
}

// Printing. A text that does not fit marks the buffer as full: it will be printed again into a larger one.
static bool seq_take(struct seq_file *m, size_t length) {
    const bool fits = length < m->size - m->count;
    m->count = fits ? m->count + length : m->size;
    return fits;
}

// `print` puts what there is room for, and says how long all of it is.
template <typename Print>
static void print_into(seq_file &m, Print print) {
    if (const size_t room = m.size - m.count)
        seq_take(&m, static_cast<size_t>(print(m.buf + m.count, room)));
}

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args) {
    print_into(*m, [&](char *to, size_t room) { return vsnprintf(to, room, fmt, args); });
}

void seq_printf(struct seq_file *m, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    seq_vprintf(m, fmt, args);
    va_end(args);
}

int seq_write(struct seq_file *m, const void *data, size_t len) {
    char *to = m->buf + m->count;
    if (!seq_take(m, len))
        return -1;
    memcpy(to, data, len);
    return 0;
}

void seq_putc(struct seq_file *m, char c) {
    if (m->count < m->size)
        m->buf[m->count++] = c;
}

void seq_puts(struct seq_file *m, const char *s) {
    seq_write(m, s, strlen(s));
}

void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num, unsigned int width) {
    seq_printf(m, "%s%*llu", delimiter ? delimiter : "", width, num);
}

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num) {
    seq_put_decimal_ull_width(m, delimiter, num, 0);
}

void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num) {
    seq_printf(m, "%s%lld", delimiter ? delimiter : "", num);
}

void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v, unsigned int width) {
    seq_printf(m, "%s%0*llx", delimiter ? delimiter : "", width, v);
}

void seq_pad(struct seq_file *m, char c) {
    while (m->count < m->pad_until && m->count < m->size)
        m->buf[m->count++] = ' ';
    if (c)
        seq_putc(m, c);
}

void seq_escape(struct seq_file *m, const char *s, const char *esc) {
    seq_escape_str(m, s, ESCAPE_OCTAL, esc);
}

// All of it, or nothing and the buffer counts as full.
void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags, const char *esc) {
    print_into(*m, [=](char *to, size_t room) { return string_escape_mem(src, len, to, room, flags, esc); });
}

void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize, int groupsize,
                  const void *buf, size_t len, bool ascii) {
    const u8 *const bytes = static_cast<const u8 *>(buf);
    const size_t row = rowsize == 32 ? 32 : 16;
    char line[32 * 3 + 2 + 32 + 1];

    for (size_t at = 0; at < len && !seq_has_overflowed(m); at += row) {
        hex_dump_to_buffer(bytes + at, min(len - at, row), static_cast<int>(row), groupsize, line, sizeof(line), ascii);
        seq_puts(m, prefix_str);
        if (prefix_type == DUMP_PREFIX_ADDRESS)
            seq_printf(m, "%p: ", bytes + at);
        else if (prefix_type == DUMP_PREFIX_OFFSET)
            seq_printf(m, "%.8zx: ", at);
        seq_printf(m, "%s\n", line);
    }
}

struct list_head *seq_list_start(struct list_head *head, loff_t pos) {
    for (struct list_head *entry = head->next; entry != head; entry = entry->next) {
        if (pos-- == 0)
            return entry;
    }
    return nullptr;
}

struct list_head *seq_list_start_head(struct list_head *head, loff_t pos) {
    return pos ? seq_list_start(head, pos - 1) : head;
}

struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos) {
    struct list_head *entry = static_cast<struct list_head *>(v)->next;
    ++*ppos;
    return entry == head ? nullptr : entry;
}

struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos) {
    struct hlist_node *node = head->first;
    while (node && pos--)
        node = node->next;
    return node;
}

struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos) {
    struct hlist_node *const *link = v == SEQ_START_TOKEN ? &head->first : &static_cast<struct hlist_node *>(v)->next;

    *ppos += 1;
    return *link;
}

EXPORT_SYMBOL(seq_escape);
EXPORT_SYMBOL(seq_escape_mem);
EXPORT_SYMBOL(seq_hex_dump);
EXPORT_SYMBOL(seq_open);
EXPORT_SYMBOL(seq_read);
EXPORT_SYMBOL(seq_lseek);
EXPORT_SYMBOL(seq_release);
EXPORT_SYMBOL(single_open);
EXPORT_SYMBOL(single_open_size);
EXPORT_SYMBOL(single_release);
EXPORT_SYMBOL(__seq_open_private);
EXPORT_SYMBOL(seq_open_private);
EXPORT_SYMBOL(seq_release_private);
EXPORT_SYMBOL(seq_printf);
EXPORT_SYMBOL(seq_vprintf);
EXPORT_SYMBOL(seq_putc);
EXPORT_SYMBOL(seq_puts);
EXPORT_SYMBOL(seq_put_decimal_ull);
EXPORT_SYMBOL(seq_put_decimal_ll);
EXPORT_SYMBOL(seq_write);
EXPORT_SYMBOL(seq_pad);
EXPORT_SYMBOL(seq_list_start);
EXPORT_SYMBOL(seq_list_start_head);
EXPORT_SYMBOL(seq_list_next);
EXPORT_SYMBOL(seq_hlist_start);
EXPORT_SYMBOL(seq_hlist_next);

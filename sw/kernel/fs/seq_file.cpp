// SPDX-License-Identifier: Apache-2.0
//
// seq_file: records printed into a buffer that grows until at least one fits, and handed out in pieces of any size.
#include <linux/seq_file.h>

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static struct seq_file *seq_of(const struct file *file) {
    return static_cast<struct seq_file *>(file->private_data);
}

static char *seq_buf_alloc(size_t size) {
    return static_cast<char *>(kvmalloc(size, GFP_KERNEL));
}

int seq_open(struct file *file, const struct seq_operations *op) {
    WARN_ON(file->private_data);
    struct seq_file *m = static_cast<struct seq_file *>(kzalloc(sizeof(*m), GFP_KERNEL));
    if (!m)
        return -ENOMEM;
    mutex_init(&m->lock);
    m->op = op;
    m->file = file;
    file->private_data = m;
    file->f_mode &= ~FMODE_PWRITE;
    return 0;
}

// Empties the buffer into a larger one: the record that did not fit is printed again.
static bool seq_grow(struct seq_file *m) {
    kvfree(m->buf);
    m->count = 0;
    m->size <<= 1;
    m->buf = seq_buf_alloc(m->size);
    return m->buf != nullptr;
}

// Prints records from m->index on until the buffer has something and the next record would not add to what `wanted`
// bytes need. Returns 0 with m->count == 0 at the end.
static int seq_fill(struct seq_file *m, size_t wanted) {
    int error = 0;
    void *p;

    m->from = 0;
    p = m->op->start(m, &m->index);
    for (;;) {
        error = PTR_ERR(p);
        if (!p || IS_ERR(p))
            break;
        error = m->op->show(m, p);
        if (error < 0)
            break;
        if (error > 0) { // SEQ_SKIP
            m->count = 0;
            error = 0;
        }
        if (m->count && !seq_has_overflowed(m))
            goto more;
        if (!m->count) {
            p = m->op->next(m, p, &m->index);
            continue;
        }
        m->op->stop(m, p);
        if (!seq_grow(m))
            return -ENOMEM;
        p = m->op->start(m, &m->index);
    }
    m->op->stop(m, p);
    m->count = 0;
    return error;
more:
    // One record is there; as many whole ones as fit and are asked for follow it.
    for (;;) {
        size_t kept = m->count;
        loff_t pos = m->index;
        p = m->op->next(m, p, &m->index);
        if (pos == m->index) {
            pr_info_ratelimited("buggy .next function %ps did not update position index\n",
                                reinterpret_cast<void *>(m->op->next));
            m->index++;
        }
        if (!p || IS_ERR(p) || m->count >= wanted)
            break;
        error = m->op->show(m, p);
        if (error > 0) {
            m->count = kept;
        } else if (error < 0 || seq_has_overflowed(m)) {
            m->count = kept;
            break;
        }
    }
    m->op->stop(m, p);
    return 0;
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

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos) {
    struct seq_file *m = seq_of(file);
    size_t copied = 0;
    int error = 0;

    if (!size)
        return 0;
    mutex_lock(&m->lock);
    if (!m->buf) {
        m->size = PAGE_SIZE;
        m->buf = seq_buf_alloc(m->size);
        if (!m->buf) {
            error = -ENOMEM;
            goto done;
        }
    }
    if (*ppos == 0) {
        m->index = 0;
        m->count = 0;
        m->read_pos = 0;
    } else if (*ppos != m->read_pos) {
        error = seq_traverse(m, *ppos);
        if (error) {
            m->read_pos = 0;
            m->index = 0;
            m->count = 0;
            goto done;
        }
        m->read_pos = *ppos;
    }
    if (!m->count) {
        error = seq_fill(m, size);
        if (error || !m->count)
            goto done;
    }
    {
        size_t n = min(m->count, size);
        if (copy_to_user(buf, m->buf + m->from, n)) {
            error = -EFAULT;
            goto done;
        }
        m->count -= n;
        m->from += n;
        copied = n;
    }
done:
    if (!copied) {
        mutex_unlock(&m->lock);
        return error;
    }
    *ppos += copied;
    m->read_pos += copied;
    mutex_unlock(&m->lock);
    return copied;
}

loff_t seq_lseek(struct file *file, loff_t offset, int whence) {
    struct seq_file *m = seq_of(file);
    loff_t result = -EINVAL;

    mutex_lock(&m->lock);
    if (whence == SEEK_CUR)
        offset += file->f_pos;
    if ((whence == SEEK_SET || whence == SEEK_CUR) && offset >= 0) {
        file->f_pos = offset;
        result = offset;
    }
    mutex_unlock(&m->lock);
    return result;
}

int seq_release(struct inode *inode, struct file *file) {
    struct seq_file *m = seq_of(file);
    kvfree(m->buf);
    kfree(m);
    return 0;
}

// Files with a single record.
static void *single_start(struct seq_file *p, loff_t *pos) {
    return *pos ? nullptr : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *p, void *v, loff_t *pos) {
    ++*pos;
    return nullptr;
}

static void single_stop(struct seq_file *p, void *v) {}

int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data) {
    struct seq_operations *op = static_cast<struct seq_operations *>(kmalloc(sizeof(*op), GFP_KERNEL));
    if (!op)
        return -ENOMEM;
    op->start = single_start;
    op->next = single_next;
    op->stop = single_stop;
    op->show = show;
    int error = seq_open(file, op);
    if (error)
        kfree(op);
    else
        seq_of(file)->private_ = data;
    return error;
}

int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data, size_t size) {
    char *buf = seq_buf_alloc(size);
    if (!buf)
        return -ENOMEM;
    int error = single_open(file, show, data);
    if (error) {
        kvfree(buf);
        return error;
    }
    seq_of(file)->buf = buf;
    seq_of(file)->size = size;
    return 0;
}

int single_release(struct inode *inode, struct file *file) {
    const struct seq_operations *op = seq_of(file)->op;
    int result = seq_release(inode, file);
    kfree(op);
    return result;
}

void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize) {
    void *data = kzalloc(psize, GFP_KERNEL_ACCOUNT);
    if (!data)
        return nullptr;
    if (seq_open(file, ops)) {
        kfree(data);
        return nullptr;
    }
    seq_of(file)->private_ = data;
    return data;
}

int seq_open_private(struct file *file, const struct seq_operations *ops, int psize) {
    return __seq_open_private(file, ops, psize) ? 0 : -ENOMEM;
}

int seq_release_private(struct inode *inode, struct file *file) {
    kfree(seq_of(file)->private_);
    seq_of(file)->private_ = nullptr;
    return seq_release(inode, file);
}

// Printing. A text that does not fit marks the buffer as full.
void seq_vprintf(struct seq_file *m, const char *fmt, va_list args) {
    if (m->count >= m->size)
        return;
    int length = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
    if (m->count + length < m->size)
        m->count += length;
    else
        m->count = m->size;
}

void seq_printf(struct seq_file *m, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    seq_vprintf(m, fmt, args);
    va_end(args);
}

int seq_write(struct seq_file *m, const void *data, size_t len) {
    if (m->count + len < m->size) {
        memcpy(m->buf + m->count, data, len);
        m->count += len;
        return 0;
    }
    m->count = m->size;
    return -1;
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
    struct hlist_node *node = static_cast<struct hlist_node *>(v);
    ++*ppos;
    return v == SEQ_START_TOKEN ? head->first : node->next;
}

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
EXPORT_SYMBOL(seq_put_decimal_ull_width);
EXPORT_SYMBOL(seq_put_decimal_ll);
EXPORT_SYMBOL(seq_put_hex_ll);
EXPORT_SYMBOL(seq_write);
EXPORT_SYMBOL(seq_pad);
EXPORT_SYMBOL(seq_list_start);
EXPORT_SYMBOL(seq_list_start_head);
EXPORT_SYMBOL(seq_list_next);
EXPORT_SYMBOL(seq_hlist_start);
EXPORT_SYMBOL(seq_hlist_next);

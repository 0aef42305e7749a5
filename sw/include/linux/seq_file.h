/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that are made of records (Linux's include/linux/seq_file.h): start, next and stop walk over them, show prints one
 * into the file's buffer, and reads of any size are served from there.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/string_helpers.h>
#include <linux/types.h>

struct path;
struct seq_operations;

#ifdef __cplusplus
#define __SEQ_PRIVATE private_
#else
#define __SEQ_PRIVATE private
#endif

struct seq_file {
	char *buf;
	size_t size;
	size_t from;
	size_t count;
	size_t pad_until;
	loff_t index;
	loff_t read_pos;
	struct mutex lock;
	const struct seq_operations *op;
	int poll_event;
	const struct file *file;
	void *__SEQ_PRIVATE;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP	1
#define SEQ_START_TOKEN ((void *)1)

/* The buffer is full: what was printed last is cut and show will be called again with a larger one. */
static inline bool seq_has_overflowed(struct seq_file *m)
{
	return m->count == m->size;
}

static inline size_t __seq_room(const struct seq_file *m)
{
	BUG_ON(m->size < m->count);
	return m->size - m->count;
}

/* The room that is left, and where it is; what was put there is added by seq_commit, or did not fit: a negative number. */
static inline size_t seq_get_buf(struct seq_file *m, char **bufp)
{
	const size_t room = __seq_room(m);

	*bufp = room ? &m->buf[m->count] : NULL;
	return room;
}

static inline void seq_commit(struct seq_file *m, int num)
{
	m->count = num < 0 ? m->size : m->count + num;
}

/* seq_pad() fills up to this column. */
static inline void seq_setwidth(struct seq_file *m, size_t size)
{
	m->pad_until = m->count + size;
}

__BEGIN_DECLS

int seq_open(struct file *file, const struct seq_operations *op);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos);
loff_t seq_lseek(struct file *file, loff_t offset, int whence);
int seq_release(struct inode *inode, struct file *file);

int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data);
int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data, size_t size);
int single_release(struct inode *inode, struct file *file);

/* Allocates psize bytes, freed by seq_release_private, as the file's private pointer. */
void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize);
int seq_open_private(struct file *file, const struct seq_operations *ops, int psize);
int seq_release_private(struct inode *inode, struct file *file);

__printf(2, 3) void seq_printf(struct seq_file *m, const char *fmt, ...);
__printf(2, 0) void seq_vprintf(struct seq_file *m, const char *fmt, va_list args);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num);
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num, unsigned int width);
void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num);
void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v, unsigned int width);
int seq_write(struct seq_file *m, const void *data, size_t len);
void seq_pad(struct seq_file *m, char c);
/* The characters of `esc` leave as octal escapes. */
void seq_escape(struct seq_file *m, const char *s, const char *esc);
void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags, const char *esc);
static inline void seq_escape_str(struct seq_file *m, const char *src, unsigned int flags, const char *esc)
{
	seq_escape_mem(m, src, strlen(src), flags, esc);
}
void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize, int groupsize,
		  const void *buf, size_t len, bool ascii);

/* Walks over a list_head from start, next. */
struct list_head *seq_list_start(struct list_head *head, loff_t pos);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos);
struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos);
struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *ppos);

__END_DECLS

/* What an inode was made with, as the walk's private pointer; the file is open then. */
static inline int __seq_open_with(struct file *file, const struct seq_operations *ops, void *private_data)
{
	const int error = seq_open(file, ops);
	struct seq_file *m = error ? NULL : (struct seq_file *)file->private_data;

	if (m)
		m->__SEQ_PRIVATE = private_data;
	return error;
}

/*
 * The operations of files made of records, from the functions named after `name`: name_sops walks, name_show prints the
 * only record. The inode's data is the private pointer.
 */
#define __SEQ_OPEN(name, open_call)                                                                                    \
	static int name##_open(struct inode *inode, struct file *file)                                                 \
	{                                                                                                              \
		return open_call;                                                                                      \
	}
#define __SEQ_FOPS(name, open_call, release_call)                                                                      \
	__SEQ_OPEN(name, open_call)                                                                                    \
	static const struct file_operations name##_fops = { .owner = THIS_MODULE,                                      \
							    .llseek = seq_lseek,                                       \
							    .read = seq_read,                                          \
							    .open = name##_open,                                       \
							    .release = release_call }

#define DEFINE_SEQ_ATTRIBUTE(name) __SEQ_FOPS(name, __seq_open_with(file, &name##_sops, inode->i_private), seq_release)
#define DEFINE_SHOW_ATTRIBUTE(name) __SEQ_FOPS(name, single_open(file, name##_show, inode->i_private), single_release)

/* The same below /proc. */
#define DEFINE_PROC_SHOW_ATTRIBUTE(name)                                                                               \
	__SEQ_OPEN(name, single_open(file, name##_show, pde_data(inode)))                                              \
	static const struct proc_ops name##_proc_ops = { .proc_release = single_release,                               \
							 .proc_lseek = seq_lseek,                                      \
							 .proc_read = seq_read,                                        \
							 .proc_open = name##_open }

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files, as drivers see them (the part of Linux's include/linux/fs.h that character devices, procfs and debugfs need).
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/compiler.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/ioctl.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/path.h>
#include <linux/rwsem.h>
#include <linux/signal_types.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/stddef.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct address_space;
struct cdev;
struct dir_context;
struct file;
struct file_lock;
struct inode;
struct iov_iter;
struct kiocb;
struct module;
struct pipe_inode_info;
struct seq_file;
struct poll_table_struct;
struct super_block;
struct vm_area_struct;

typedef void *fl_owner_t;

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

/* file.f_mode */
#define FMODE_READ   ((fmode_t)0x1)
#define FMODE_WRITE  ((fmode_t)0x2)
#define FMODE_LSEEK  ((fmode_t)0x4)
#define FMODE_PREAD  ((fmode_t)0x8)
#define FMODE_PWRITE ((fmode_t)0x10)
#define FMODE_STREAM ((fmode_t)0x200000)

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *, loff_t, int);
	ssize_t (*read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	ssize_t (*read_iter)(struct kiocb *, struct iov_iter *);
	ssize_t (*write_iter)(struct kiocb *, struct iov_iter *);
	int (*iterate_shared)(struct file *, struct dir_context *);
	__poll_t (*poll)(struct file *, struct poll_table_struct *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	long (*compat_ioctl)(struct file *, unsigned int, unsigned long);
	int (*mmap)(struct file *, struct vm_area_struct *);
	unsigned long mmap_supported_flags;
	int (*open)(struct inode *, struct file *);
	int (*flush)(struct file *, fl_owner_t id);
	int (*release)(struct inode *, struct file *);
	int (*fsync)(struct file *, loff_t, loff_t, int datasync);
	int (*fasync)(int, struct file *, int);
	int (*lock)(struct file *, int, struct file_lock *);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	/* Never called here. */
	unsigned long (*get_unmapped_area)(struct file *, unsigned long, unsigned long, unsigned long, unsigned long);
	int (*check_flags)(int);
	int (*flock)(struct file *, int, struct file_lock *);
	ssize_t (*splice_write)(struct pipe_inode_info *, struct file *, loff_t *, size_t, unsigned int);
	ssize_t (*splice_read)(struct file *, loff_t *, struct pipe_inode_info *, size_t, unsigned int);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
	ssize_t (*copy_file_range)(struct file *, loff_t, struct file *, loff_t, size_t, unsigned int);
	int (*iterate)(struct file *, struct dir_context *);
};

#define __I_NEW 3
#define I_NEW (1 << __I_NEW)
#define I_FREEING (1 << 5)

/* There are no 32-bit programs. */
#define compat_ptr_ioctl NULL

struct inode {
	umode_t i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	unsigned long i_ino;
	dev_t i_rdev;
	loff_t i_size;
	struct timespec64 i_atime, i_mtime, i_ctime;
	struct rw_semaphore i_rwsem;
	/* Of files of Linux that name them: there are no disks behind these files. */
	unsigned long i_state;
	spinlock_t i_lock;
	unsigned int i_nlink, i_blkbits, i_flags;
	u64 i_blocks;
	struct super_block *i_sb;
	struct address_space *i_mapping;
	const struct file_operations *i_fop;
	struct list_head i_devices;
	union {
		struct cdev *i_cdev;
		char *i_link;
	};
	void *i_private;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	const struct file_operations *f_op;
	unsigned int f_flags;
	fmode_t f_mode;
	struct mutex f_pos_lock;
	loff_t f_pos;
	void *private_data;
	const struct cred *f_cred;
	struct address_space *f_mapping;
	u64 f_version;
	/* The VFS's own. */
	atomic_t f_count;
	struct list_head f_openers; /* entry among the open files of the same dentry */
	struct cdev *f_cdev; /* kept while the file is open */
};

static inline struct file *get_file(struct file *f)
{
	atomic_inc(&f->f_count);
	return f;
}

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}

#define iminor(inode) ((unsigned int)MINOR((inode)->i_rdev))
#define imajor(inode) ((unsigned int)MAJOR((inode)->i_rdev))

static inline loff_t i_size_read(const struct inode *inode)
{
	return inode->i_size;
}

static inline void i_size_write(struct inode *inode, loff_t size)
{
	inode->i_size = size;
}

static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}


__BEGIN_DECLS

/* The operations of a file, with their module's reference; NULL when the module goes. */
const struct file_operations *fops_get(const struct file_operations *fops);
void fops_put(const struct file_operations *fops);

/*
 * Character device numbers. major 0 asks for a free one, which is returned (254 to 234, then 511 to 384, as in Linux).
 * -EBUSY when the range is taken. Process context.
 */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name,
		      const struct file_operations *fops);
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name);

/* llseek methods. */
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize);

/* open helpers; both return 0. */
int nonseekable_open(struct inode *inode, struct file *filp);
int stream_open(struct inode *inode, struct file *filp);
int simple_open(struct inode *inode, struct file *file);

/* Copies between a buffer of `available` bytes and user space from *ppos on, and moves *ppos. Bytes, or -EINVAL, -EFAULT. */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count);

/* Attribute files that hold one number; see DEFINE_SIMPLE_ATTRIBUTE. */
int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *), int (*set)(void *, u64),
		     const char *fmt);
int simple_attr_release(struct inode *inode, struct file *file);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos);
ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len, loff_t *ppos);

/*
 * Files by path. `buf` of vfs_read and vfs_write is user memory. What open, read, write, ioctl and close of a program do.
 * Process context.
 */
struct file *filp_open(const char *filename, int flags, umode_t mode);
int filp_close(struct file *filp, fl_owner_t id);
void fput(struct file *file);
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg);

struct fasync_struct;
int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp);
void kill_fasync(struct fasync_struct **fapp, int sig, int band);

__END_DECLS

#define no_llseek NULL

/* 256 minors of one major, with one cdev: the old interface. */
static inline int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

static inline void unregister_chrdev(unsigned int major, const char *name)
{
	__unregister_chrdev(major, 0, 256, name);
}

#define replace_fops(f, fops)                          \
	do {                                           \
		struct file *__file = (f);             \
		fops_put(__file->f_op);                \
		__file->f_op = (fops);                 \
	} while (0)

#ifndef __cplusplus
#define DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, __write)        \
	static int __fops##_open(struct inode *inode, struct file *file)             \
	{                                                                            \
		return simple_attr_open(inode, file, __get, __set, __fmt);           \
	}                                                                            \
	static const struct file_operations __fops = {                               \
		.owner = THIS_MODULE,                                                \
		.open = __fops##_open,                                               \
		.release = simple_attr_release,                                      \
		.read = simple_attr_read,                                            \
		.write = __write,                                                    \
		.llseek = generic_file_llseek,                                       \
	}
#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt) \
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write)
#define DEFINE_SIMPLE_ATTRIBUTE_SIGNED(__fops, __get, __set, __fmt) \
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write_signed)
#endif

#endif

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Character devices: short reads, writes in pieces, seeking, ioctl, errors as a shell sees them. */
// exec: 5ms cat /dev/ofile
// exec: 7ms echo hello > /dev/ofile
// exec: 8ms echo refuse > /dev/ofile
// exec: 9ms cat /dev/oclosed
// exec: 11ms echo more >> /dev/ofile
// for: 14ms
#include "probe.h"
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/uaccess.h>

static int op(struct inode *i, struct file *f)
{
	SAY("open acc %d append %d nonblock %d mode %#x", f->f_flags & O_ACCMODE, !!(f->f_flags & O_APPEND),
	    !!(f->f_flags & O_NONBLOCK), f->f_mode & (FMODE_READ | FMODE_WRITE));
	FACT(f->private_data != NULL);
	return 0;
}
static ssize_t rd(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	ssize_t r = simple_read_from_buffer(b, min_t(size_t, n, 4), pos, "0123456789\n", 11);

	SAY("read %zd at %lld", r, *pos);
	return r;
}
static ssize_t wr(struct file *f, const char __user *b, size_t n, loff_t *pos)
{
	char k[8] = "";

	if (copy_from_user(k, b, min_t(size_t, n, 7)))
		return -EFAULT;
	SAY("write %zu at %lld [%.*s]", n, *pos, (int)strcspn(k, "\n"), k);
	*pos += n;
	return strstarts(k, "refuse") ? -ENOSPC : n;
}
static int rel(struct inode *i, struct file *f)
{
	SAY("release");
	return 0;
}
static int closed(struct inode *i, struct file *f)
{
	return -EBUSY;
}
static const struct file_operations fops = {.owner = THIS_MODULE,
					    .open = op,
					    .read = rd,
					    .write = wr,
					    .release = rel,
					    .llseek = no_llseek},
				    fclosed = {.owner = THIS_MODULE, .open = closed};
static struct miscdevice m = {.minor = MISC_DYNAMIC_MINOR, .name = "ofile", .fops = &fops, .mode = 0600},
			 n = {.minor = MISC_DYNAMIC_MINOR, .name = "oclosed", .fops = &fclosed},
			 dup = {.minor = MISC_DYNAMIC_MINOR, .name = "ofile", .fops = &fops};

static void probe(void)
{
	FACT(misc_register(&m));
	FACT(misc_register(&n));
	FACT(m.minor > 15);
	FACT(misc_register(&dup) < 0);
	FACT(m.this_device->devt == MKDEV(10, m.minor));
	SAY("%s", dev_name(m.this_device));
	SAY("%s", m.this_device->class->name);
}

static void leave(void)
{
	misc_deregister(&m);
	misc_deregister(&n);
}

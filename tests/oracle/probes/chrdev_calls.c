// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Character devices: numbers, files, calls. */
// exec: 5ms cat /dev/oraclemisc
// exec: 6ms echo hello > /dev/oraclemisc
// for: 15ms
#include "probe.h"
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/uaccess.h>

static int op(struct inode *i, struct file *f)
{
	SAY("open minor known %d flags %#x mode %#x pos %lld", iminor(i) > 0, f->f_flags & O_ACCMODE, f->f_mode & 3,
	    f->f_pos);
	return 0;
}
static int rel(struct inode *i, struct file *f)
{
	SAY("release");
	return 0;
}
static ssize_t rd(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	SAY("read pos %lld", *pos);
	return simple_read_from_buffer(b, n, pos, "misc text\n", 10);
}
static ssize_t wr(struct file *f, const char __user *b, size_t n, loff_t *pos)
{
	SAY("write %zu pos %lld", n, *pos);
	return n;
}
static const struct file_operations fops = {.owner = THIS_MODULE, .open = op, .release = rel, .read = rd, .write = wr};
static struct miscdevice misc = {.minor = MISC_DYNAMIC_MINOR, .name = "oraclemisc", .fops = &fops, .mode = 0666};
static struct class *cls;
static dev_t dev;
static struct cdev cdev;

static void probe(void)
{
	FACT(misc_register(&misc));
	FACT(alloc_chrdev_region(&dev, 3, 2, "oraclechr"));
	FACT(MINOR(dev));
	FACT(MAJOR(dev) > 0);
	FACT(register_chrdev_region(dev, 1, "other"));
	cdev_init(&cdev, &fops);
	FACT(cdev_add(&cdev, dev, 2));
	cls = class_create(THIS_MODULE, "oraclecls");
	SAY("%s", dev_name(device_create(cls, NULL, dev, NULL, "oracle%d", 7)));
	FACT(PTR_ERR(class_create(THIS_MODULE, "oraclecls")));
	FACT(PTR_ERR(device_create(cls, NULL, dev, NULL, "oracle%d", 7)));
	SAY("%s", cls->name);
	FACT(misc.minor > 0);
}

static void leave(void)
{
	device_destroy(cls, dev);
	class_destroy(cls);
	cdev_del(&cdev);
	unregister_chrdev_region(dev, 2);
	misc_deregister(&misc);
}

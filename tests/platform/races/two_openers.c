// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// A device that counts its openers without a lock.
// races: planted_open / planted_release
// exec: 5ms cat /dev/planted
// exec: 6ms cat /dev/planted
#include "planted.h"

static __maybe_unused DEFINE_MUTEX(lock);
static int openers;

static void count(int by)
{
#ifdef CORRECT
	mutex_lock(&lock);
#endif
	openers += by;
#ifdef CORRECT
	mutex_unlock(&lock);
#endif
}

static int planted_open(struct inode *inode, struct file *file)
{
	count(1);
	return 0;
}

static int planted_release(struct inode *inode, struct file *file)
{
	count(-1);
	return 0;
}

static ssize_t planted_read(struct file *file, char __user *to, size_t n, loff_t *pos)
{
	return 0;
}

static const struct file_operations fops = {
	.owner = THIS_MODULE, .open = planted_open, .release = planted_release, .read = planted_read,
};
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "planted", .fops = &fops };

static int __init planted_init(void)
{
	return misc_register(&device);
}

static void __exit planted_exit(void)
{
	misc_deregister(&device);
}
module_init(planted_init);
module_exit(planted_exit);

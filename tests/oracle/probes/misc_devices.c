// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A misc device: its numbers and name twice, what read, write and seek answer to a shell. */
// exec: 5ms cat /dev/oracle-misc
// exec: 6ms echo hello > /dev/oracle-misc
// exec: 7ms echo -n abcdefghijkl > /dev/oracle-misc
// exec: 8ms head -c 8 /dev/oracle-misc
// exec: 9ms cat /dev/oracle-refuses
// exec: 10ms cat /dev/oracle-bare
// exec: 11ms echo x > /dev/oracle-bare
// exec: 12ms ls /dev/oracle-bare /dev/oracle-misc
// exec: 13ms ls /sys/class/misc/oracle-misc
// exec: 14ms cat /sys/class/misc/oracle-misc/uevent | grep -v MINOR
// exec: 15ms echo y >> /dev/oracle-misc
// for: 30ms
#include "probe.h"

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/uaccess.h>

static int m_open(struct inode *inode, struct file *file)
{
	SAY("open flags %#x mode %#x private %d", file->f_flags & (O_ACCMODE | O_APPEND | O_NONBLOCK),
	    file->f_mode & (FMODE_READ | FMODE_WRITE | FMODE_LSEEK), file->private_data != NULL);
	return 0;
}

static int m_release(struct inode *inode, struct file *file)
{
	SAY("release");
	return 0;
}

static ssize_t m_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	SAY("read at %lld", *at);
	return simple_read_from_buffer(to, size, at, "content\n", 8);
}

static ssize_t m_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[5] = {};
	ssize_t ret = simple_write_to_buffer(text, 4, at, from, size);

	SAY("write %zu: %zd '%s' at %lld", size, ret, text, *at);
	*at = 0;
	return ret;
}

static const struct file_operations fops = {.owner = THIS_MODULE,
					    .open = m_open,
					    .release = m_release,
					    .read = m_read,
					    .write = m_write,
					    .llseek = default_llseek};
static int refuse(struct inode *inode, struct file *file)
{
	return -EBUSY;
}
static const struct file_operations refuses = {.owner = THIS_MODULE, .open = refuse};
static const struct file_operations bare = {.owner = THIS_MODULE};
static struct miscdevice one = {.minor = MISC_DYNAMIC_MINOR, .name = "oracle-misc", .fops = &fops};
static struct miscdevice two = {.minor = MISC_DYNAMIC_MINOR, .name = "oracle-refuses", .fops = &refuses};
static struct miscdevice three = {.minor = MISC_DYNAMIC_MINOR, .name = "oracle-bare", .fops = &bare};
static struct miscdevice again = {.name = "oracle-again", .fops = &fops};

static void probe(void)
{
	FACT(misc_register(&one));
	FACT(misc_register(&two));
	FACT(misc_register(&three));
	again.minor = one.minor;
	FACT(misc_register(&again));
	FACT(one.this_device != NULL);
	FACT(MAJOR(one.this_device->devt));
	FACT(MINOR(one.this_device->devt) == one.minor);
	SAY("%s", dev_name(one.this_device));
}

static void leave(void)
{
	misc_deregister(&one);
	misc_deregister(&two);
	misc_deregister(&three);
	FACT(one.minor == MISC_DYNAMIC_MINOR);
}

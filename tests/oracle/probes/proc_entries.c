// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Entries of /proc: folders, names twice, links, what remains of what was removed. */
// exec: 5ms ls /proc/oracle_folder
// exec: 6ms cat /proc/oracle_folder/inner/file
// exec: 7ms cat /proc/oracle_folder/to_file
// exec: 8ms echo 1 > /proc/oracle_folder/inner/file
// exec: 9ms echo 1 > /proc/oracle_folder/nothing
// exec: 10ms cat /proc/oracle_folder/gone
// exec: 11ms echo data > /proc/oracle_folder/written
// exec: 12ms cat /proc/oracle_folder/written
// for: 30ms
#include "probe.h"

#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

static struct proc_dir_entry *folder;

static int show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", (char *)m->private);
	return 0;
}

static ssize_t written(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[16] = {};

	if (size >= sizeof(text) || copy_from_user(text, from, size))
		return -EFAULT;
	SAY("written %zu at %lld", size, *at);
	return size;
}

static const struct proc_ops only_write = {.proc_write = written};

static void probe(void)
{
	struct proc_dir_entry *inner, *gone;

	folder = proc_mkdir("oracle_folder", NULL);
	FACT(folder != NULL);
	FACT(proc_mkdir("oracle_folder", NULL) == NULL);
	inner = proc_mkdir_mode("inner", 0500, folder);
	FACT(proc_create_single_data("file", 0444, inner, show, "of the inner one") != NULL);
	FACT(proc_create_single_data("file", 0444, inner, show, "twice") == NULL);
	FACT(proc_symlink("to_file", folder, "inner/file") != NULL);
	FACT(proc_create_single_data("oracle_folder/by_path", 0, NULL, show, "by its path") != NULL);
	FACT(proc_create_single_data("no_folder/by_path", 0, NULL, show, "no") == NULL);
	FACT(proc_create("written", 0200, folder, &only_write) != NULL);
	gone = proc_create_single_data("gone", 0, folder, show, "gone");
	proc_remove(gone);
	proc_remove(NULL);
	FACT(remove_proc_subtree("nothing", folder));
	FACT(proc_mkdir("", folder) == NULL);
}

static void leave(void)
{
	remove_proc_entry("nothing", folder);
	FACT(remove_proc_subtree("oracle_folder", NULL));
}

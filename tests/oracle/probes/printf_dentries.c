// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* How files and their folders are printed. */
#include <linux/fs.h>
#include "probe.h"

static void probe(void)
{
	struct file *f = filp_open("/sys/devices/system/cpu/possible", O_RDONLY, 0);

	if (IS_ERR(f)) {
		SAY("open: %ld", PTR_ERR(f));
		return;
	}
	SAY("%pD|%pD2|%pD3|%pD4", f, f, f, f);
	SAY("%pd|%pd2|%pd3|%pd4", f->f_path.dentry, f->f_path.dentry, f->f_path.dentry, f->f_path.dentry);
	SAY("%30pD|%-30pd|%.3pD", f, f->f_path.dentry, f);
	filp_close(f, NULL);
}

static void leave(void)
{
}

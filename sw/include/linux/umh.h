/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that the kernel starts (Linux 6.1, include/linux/umh.h). There are none here: -ENOENT, and the log says so. */
#ifndef __LINUX_UMH_H__
#define __LINUX_UMH_H__

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/stddef.h>
#include <linux/sysctl.h>
#include <linux/workqueue.h>

struct completion;
struct cred;
struct file;

#define UMH_NO_WAIT 0x00
#define UMH_WAIT_EXEC 0x01
#define UMH_WAIT_PROC 0x02
#define UMH_KILLABLE 0x04
#define UMH_FREEZABLE 0x08

struct subprocess_info {
	struct work_struct work;
	struct completion *complete;
	const char *path;
	char **argv;
	char **envp;
	int wait;
	int retval;
	int (*init)(struct subprocess_info *info, struct cred *new_cred);
	void (*cleanup)(struct subprocess_info *info);
	void *data;
};

__BEGIN_DECLS
int call_usermodehelper(const char *path, char **argv, char **envp, int wait);
/* NULL without memory. exec() runs cleanup and frees it, whether it worked or not. May sleep. */
struct subprocess_info *call_usermodehelper_setup(const char *path, char **argv, char **envp, gfp_t gfp_mask,
						  int (*init)(struct subprocess_info *info, struct cred *new_cred),
						  void (*cleanup)(struct subprocess_info *info), void *data);
int call_usermodehelper_exec(struct subprocess_info *info, int wait);
__END_DECLS

#endif

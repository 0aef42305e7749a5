// SPDX-License-Identifier: Apache-2.0
#include "kernel/proc/sysctl.h"

#include <linux/proc_fs.h>

struct proc_dir_entry *sysctl_kernel_folder() {
    static struct proc_dir_entry *folder;
    if (!folder)
        folder = proc_mkdir("sys/kernel", nullptr);
    return folder;
}

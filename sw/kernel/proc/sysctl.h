// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_PROC_SYSCTL_H
#define KERNEL_PROC_SYSCTL_H

struct proc_dir_entry;

// /proc/sys/kernel, made at the first call; null: no memory. From initcalls, one after the other.
struct proc_dir_entry *sysctl_kernel_folder();

#endif

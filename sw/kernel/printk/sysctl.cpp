// SPDX-License-Identifier: Apache-2.0
//
// /proc/sys/kernel/printk: console, default, minimum and default console loglevel, as proc(5) describes them.
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/sysctl.h>

namespace {

ctl_table levels[] = {
    {.procname = "printk",
     .data = console_printk,
     .maxlen = sizeof(console_printk),
     .mode = 0644,
     .proc_handler = proc_dointvec},
    {},
};

int __init printk_sysctl_init() {
    register_sysctl_init("kernel", levels);
    return 0;
}
fs_initcall(printk_sysctl_init);

} // namespace

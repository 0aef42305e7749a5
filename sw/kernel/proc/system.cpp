// SPDX-License-Identifier: Apache-2.0
//
// What the machine and the kernel are: /proc/version, /proc/cmdline, /proc/devices, /proc/filesystems, /proc/cpuinfo.
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "kernel/fs/internal.h"
#include "kernel/init.h"
#include "port/port.h"

static int version_show(struct seq_file *m, void *v) {
    seq_puts(m, linux_banner);
    return 0;
}

static int cmdline_show(struct seq_file *m, void *v) {
    seq_printf(m, "%s\n", saved_command_line);
    return 0;
}

static int devices_show(struct seq_file *m, void *v) {
    chrdev_show(m);
    return 0;
}

static int filesystems_show(struct seq_file *m, void *v) {
    seq_puts(m, "nodev\tsysfs\nnodev\tproc\nnodev\tdevtmpfs\nnodev\tdebugfs\n");
    return 0;
}

static int cpuinfo_show(struct seq_file *m, void *v) {
    u32 midr = port_read_sysreg(PORT_MIDR_EL1);
    unsigned cpu;

    for_each_online_cpu (cpu) {
        seq_printf(m, "processor\t: %d\n", cpu);
        seq_printf(m, "CPU implementer\t: 0x%02x\n", midr >> 24);
        seq_puts(m, "CPU architecture: 8\n");
        seq_printf(m, "CPU variant\t: 0x%x\n", (midr >> 20) & 0xf);
        seq_printf(m, "CPU part\t: 0x%03x\n", (midr >> 4) & 0xfff);
        seq_printf(m, "CPU revision\t: %d\n\n", midr & 0xf);
    }
    return 0;
}

static int __init proc_system_init(void) {
    proc_create_single("version", 0, nullptr, version_show);
    proc_create_single("cmdline", 0, nullptr, cmdline_show);
    proc_create_single("devices", 0, nullptr, devices_show);
    proc_create_single("filesystems", 0, nullptr, filesystems_show);
    proc_create_single("cpuinfo", 0, nullptr, cpuinfo_show);
    return 0;
}
fs_initcall(proc_system_init);

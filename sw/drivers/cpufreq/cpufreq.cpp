// SPDX-License-Identifier: Apache-2.0
// /sys/devices/system/cpu/cpufreq/policy0: the one clock of the four cores, with the userspace governor (Linux:
// drivers/cpufreq/cpufreq.c, cpufreq-dt.c). Operating points are the device tree's (operating-points-v2); firmware
// sets the clock. Frequencies are in kHz, as Linux has them here.
#include "drivers/base/base.h"
#include "port/clock.h"

#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/kstrtox.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

namespace {

constexpr unsigned most_points = 16;
unsigned long points[most_points]; // kHz, ascending
unsigned count;
u32 latency_ns; // of a change: the device tree's clock-latency-ns

ssize_t available_show(kobject *, kobj_attribute *, char *buf) {
    int at = 0;

    for (unsigned i = 0; i < count; i++)
        at += sysfs_emit_at(buf, at, "%lu ", points[i]);
    return at + sysfs_emit_at(buf, at, "\n");
}

ssize_t current_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%lu\n", static_cast<unsigned long>(port_cpu_frequency() / 1000));
}

ssize_t lowest_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%lu\n", points[0]);
}

ssize_t highest_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%lu\n", points[count - 1]);
}

ssize_t latency_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%u\n", latency_ns);
}

ssize_t governor_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "userspace\n");
}

// The lowest operating point that is at least what is asked for, or the highest.
ssize_t speed_store(kobject *, kobj_attribute *, const char *buf, size_t size) {
    unsigned long wanted;
    unsigned i = 0;

    if (kstrtoul(buf, 10, &wanted))
        return -EINVAL;
    while (i + 1 < count && points[i] < wanted)
        i++;
    if (points[i] != port_cpu_frequency() / 1000) {
        ndelay(latency_ns);
        if (!port_set_cpu_frequency(points[i] * 1000))
            return -ENODEV;
    }
    return static_cast<ssize_t>(size);
}

kobj_attribute attributes[] = {
    {{"scaling_available_frequencies", 0444}, available_show, nullptr},
    {{"scaling_cur_freq", 0444}, current_show, nullptr},
    {{"cpuinfo_min_freq", 0444}, lowest_show, nullptr},
    {{"cpuinfo_max_freq", 0444}, highest_show, nullptr},
    {{"cpuinfo_transition_latency", 0444}, latency_show, nullptr},
    {{"scaling_governor", 0444}, governor_show, nullptr},
    {{"scaling_setspeed", 0644}, current_show, speed_store},
};

void read_points() {
    device_node *table = of_find_compatible_node(nullptr, nullptr, "operating-points-v2"), *child;

    if (!table)
        return;
    for_each_child_of_node (table, child) {
        u64 hz;
        u32 latency;
        unsigned at = count;

        if (count == most_points || of_property_read_u64(child, "opp-hz", &hz))
            continue;
        for (; at && points[at - 1] > hz / 1000; at--)
            points[at] = points[at - 1];
        points[at] = hz / 1000;
        count++;
        if (!of_property_read_u32(child, "clock-latency-ns", &latency) && latency > latency_ns)
            latency_ns = latency;
    }
    of_node_put(table);
}

int cpufreq_init() {
    read_points();
    if (!count)
        return 0;
    kobject *cpufreq = kobject_create_and_add("cpufreq", cpus_root());
    kobject *policy = cpufreq ? kobject_create_and_add("policy0", cpufreq) : nullptr;

    if (!policy)
        return -ENOMEM;
    for (kobj_attribute &attribute : attributes)
        if (int error = sysfs_create_file(policy, &attribute.attr))
            return error;
    return 0;
}

} // namespace

device_initcall(cpufreq_init);

// SPDX-License-Identifier: Apache-2.0
// /sys/devices/system/cpu: which CPUs there are, and a switch for each (Linux: drivers/base/cpu.c).
#include "drivers/base/base.h"
#include "lib/result.h"

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kobject.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include <linux/sysfs.h>

namespace {

kobject *cpu_kobj[NR_CPUS]; // /sys/devices/system/cpu/cpuN
kobject *cpus;              // /sys/devices/system/cpu

int number_of(const kobject *kobj) {
    for (int cpu = 0; cpu < static_cast<int>(nr_cpu_ids); cpu++)
        if (cpu_kobj[cpu] == kobj)
            return cpu;
    return -ENODEV;
}

ssize_t online_show(kobject *kobj, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", cpu_online(static_cast<unsigned>(number_of(kobj))));
}

int switch_cpu(unsigned cpu, bool up) {
    return up ? add_cpu(cpu) : remove_cpu(cpu);
}

ssize_t online_store(kobject *kobj, kobj_attribute *, const char *buf, size_t count) {
    bool up = false;
    result<void> done = as_result(kstrtobool(buf, &up));
    if (done)
        done = as_result(switch_cpu(static_cast<unsigned>(number_of(kobj)), up));
    return done ? static_cast<ssize_t>(count) : done.error();
}

template <const cpumask *mask()>
ssize_t mask_show(kobject *, kobj_attribute *, char *buf) {
    return cpumap_print_to_pagebuf(true, buf, mask());
}

ssize_t kernel_max_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%d\n", NR_CPUS - 1);
}

// isolcpus= is not known: none is.
ssize_t isolated_show(kobject *, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "\n");
}

const cpumask *online() {
    return cpu_online_mask;
}
const cpumask *possible() {
    return cpu_possible_mask;
}
const cpumask *present() {
    return cpu_present_mask;
}
const cpumask *offline() {
    static cpumask mask;

    cpumask_andnot(&mask, cpu_possible_mask, cpu_online_mask);
    return &mask;
}

kobj_attribute online_attribute = {{"online", 0644}, online_show, online_store};
kobj_attribute mask_attributes[] = {
    {{"online", 0444}, mask_show<online>, nullptr},   {{"possible", 0444}, mask_show<possible>, nullptr},
    {{"present", 0444}, mask_show<present>, nullptr}, {{"offline", 0444}, mask_show<offline>, nullptr},
    {{"kernel_max", 0444}, kernel_max_show, nullptr}, {{"isolated", 0444}, isolated_show, nullptr},
};

} // namespace

kobject *cpus_root() {
    return cpus;
}

int cpu_dev_init() {
    kobject *system = kobject_create_and_add("system", devices_root());
    unsigned int cpu;

    cpus = system ? kobject_create_and_add("cpu", system) : nullptr;
    if (!cpus)
        return -ENOMEM;
    for (kobj_attribute &attribute : mask_attributes)
        if (int error = sysfs_create_file(cpus, &attribute.attr))
            return error;
    for_each_possible_cpu (cpu) {
        char name[8];

        snprintf(name, sizeof(name), "cpu%u", cpu);
        cpu_kobj[cpu] = kobject_create_and_add(name, cpus);
        if (!cpu_kobj[cpu])
            return -ENOMEM;
        if (int error = sysfs_create_file(cpu_kobj[cpu], &online_attribute.attr))
            return error;
    }
    return 0;
}

bool cpu_is_hotpluggable(unsigned int cpu) {
    return cpu_possible(cpu);
}
EXPORT_SYMBOL_GPL(cpu_is_hotpluggable);

// SPDX-License-Identifier: Apache-2.0
// /sys/kernel/irq/N: what is known of a line, a file for each thing.
#include "kernel/irq/irqdesc_internal.h"

#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

kobject *irq_folder;

irq_desc &line_of(kobject *kobj) {
    return *container_of(kobj, irq_desc, kobj);
}

// A file's text as it grows; what is never added to is an empty file.
class text {
public:
    explicit text(char *to)
        : to_(to) {}
    template <typename... Args>
    void add(const char *format, Args... args) {
        length_ += sysfs_emit_at(to_, length_, format, args...);
    }
    // Of a list whose members have commas between them.
    template <typename T>
    void add_member(const char *format, T member) {
        if (length_)
            add("%s", ",");
        add(format, member);
    }
    void end_line() {
        if (length_)
            add("%s", "\n");
    }
    ssize_t length() const { return length_; }

private:
    char *to_;
    ssize_t length_ = 0;
};

// What each file says of a line.
void say_per_cpu_count(irq_desc &desc, text &out) {
    for (unsigned int cpu : bits_of(*cpu_possible_mask))
        out.add_member("%u", kstat_irqs_cpu(irq_desc_get_irq(&desc), cpu));
}
void say_chip_name(irq_desc &desc, text &out) {
    if (desc.irq_data.chip && desc.irq_data.chip->name)
        out.add("%s", desc.irq_data.chip->name);
}
void say_hwirq(irq_desc &desc, text &out) {
    if (desc.irq_data.domain)
        out.add("%lu", desc.irq_data.hwirq);
}
void say_type(irq_desc &desc, text &out) {
    out.add("%s", irqd_is_level_type(&desc.irq_data) ? "level" : "edge");
}
void say_wakeup(irq_desc &desc, text &out) {
    out.add("%s", irqd_is_wakeup_set(&desc.irq_data) ? "enabled" : "disabled");
}
void say_name(irq_desc &desc, text &out) {
    if (desc.name)
        out.add("%s", desc.name);
}
void say_actions(irq_desc &desc, text &out) {
    for (const irqaction *action = desc.action; action; action = action->next)
        out.add_member("%s", action->name);
}

// The line does not change while it is described.
template <void (*say)(irq_desc &, text &)>
ssize_t show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc &desc = line_of(kobj);
    text out(buf);
    hold_irq l(desc.lock);

    say(desc, out);
    out.end_line();
    return out.length();
}

#define LINE_FILE(what)                                                                                                \
    { {#what, 0444}, show<say_##what>, nullptr }
kobj_attribute files[] = {
    LINE_FILE(per_cpu_count), LINE_FILE(chip_name), LINE_FILE(hwirq),   LINE_FILE(type),
    LINE_FILE(wakeup),        LINE_FILE(name),      LINE_FILE(actions),
};
attribute *file_list[] = {
    &files[0].attr, &files[1].attr, &files[2].attr, &files[3].attr,
    &files[4].attr, &files[5].attr, &files[6].attr, nullptr,
};
const attribute_group file_group = {.attrs = file_list};
const attribute_group *file_groups[] = {&file_group, nullptr};

void end_of_line(kobject *kobj) {
    irq_desc &desc = line_of(kobj);

    free_desc_masks(&desc);
    free_percpu(desc.kstat_irqs);
    kfree(&desc);
}

// Lines that were allocated before /sys existed get their folders now.
int __init add_folders() {
    irq_lock_sparse();
    irq_folder = kobject_create_and_add("irq", kernel_kobj);
    for (unsigned int irq = irq_get_next_irq(0); irq_folder && irq < static_cast<unsigned int>(nr_irqs);
         irq = irq_get_next_irq(irq + 1))
        irq_sysfs_add(irq, irq_to_desc(irq));
    irq_unlock_sparse();
    return irq_folder ? 0 : -ENOMEM;
}
postcore_initcall(add_folders);

} // namespace

const kobj_type irq_kobj_type = {end_of_line, &kobj_sysfs_ops, file_groups};

void irq_sysfs_add(unsigned int irq, irq_desc *desc) {
    if (irq_folder && kobject_add(&desc->kobj, irq_folder, "%u", irq))
        pr_warn("genirq: Failed to add kobject for irq %u\n", irq);
}

void irq_sysfs_del(irq_desc *desc) {
    if (desc->kobj.state_in_sysfs)
        kobject_del(&desc->kobj);
}

// SPDX-License-Identifier: Apache-2.0
// /proc/interrupts and /proc/irq, in Linux's formats.
#include "kernel/irq/internals.h"

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static proc_dir_entry *root_irq_dir;

namespace {

// The files of one line that show a mask.
enum mask_kind { affinity, affinity_list, effective, effective_list };

bool is_list(mask_kind kind) {
    return kind == affinity_list || kind == effective_list;
}

int show_mask(seq_file *m, mask_kind kind) {
    irq_desc *desc = irq_to_desc(reinterpret_cast<unsigned long>(m->private_));

    if (!desc)
        return -EINVAL;
    const cpumask *mask = kind == effective || kind == effective_list ? desc->irq_common_data.effective_affinity
                                                                      : desc->irq_common_data.affinity;
    seq_printf(m, is_list(kind) ? "%*pbl\n" : "%*pb\n", cpumask_pr_args(mask));
    return 0;
}

template <mask_kind kind>
int show_mask_file(seq_file *m, void *) {
    return show_mask(m, kind);
}

int irq_affinity_hint_proc_show(seq_file *m, void *) {
    irq_desc *desc = irq_to_desc(reinterpret_cast<unsigned long>(m->private_));
    cpumask mask;
    unsigned long flags;

    if (!desc)
        return -EINVAL;
    cpumask_clear(&mask);
    raw_spin_lock_irqsave(&desc->lock, flags);
    if (desc->affinity_hint)
        cpumask_copy(&mask, desc->affinity_hint);
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    seq_printf(m, "%*pb\n", cpumask_pr_args(&mask));
    return 0;
}

int irq_node_proc_show(seq_file *m, void *) {
    seq_printf(m, "%d\n", 0);
    return 0;
}

int irq_spurious_proc_show(seq_file *m, void *) {
    irq_desc *desc = irq_to_desc(reinterpret_cast<unsigned long>(m->private_));

    if (!desc)
        return -EINVAL;
    seq_printf(m, "count %u\nunhandled %u\nlast_unhandled %u ms\n", desc->irq_count, desc->irqs_unhandled,
               jiffies_to_msecs(desc->last_unhandled));
    return 0;
}

// A mask written to smp_affinity (hexadecimal) or smp_affinity_list.
ssize_t write_affinity(bool list, file *file, const char __user *buffer, size_t count) {
    auto irq = static_cast<unsigned int>(reinterpret_cast<unsigned long>(pde_data(file_inode(file))));
    char text[64];
    cpumask mask;

    if (!irq_can_set_affinity_usr(irq))
        return -EIO;
    if (count >= sizeof(text))
        return -EOVERFLOW;
    if (copy_from_user(text, buffer, count))
        return -EFAULT;
    text[count] = 0;
    int err = list ? cpulist_parse(text, &mask) : cpumask_parse(text, &mask);
    if (err)
        return err;
    // Not all CPUs of the mask need be there, but one must.
    if (!cpumask_intersects(&mask, cpu_online_mask)) {
        // An empty mask asks for the architecture's own choice, which arm64 does not have.
        return -EINVAL;
    }
    err = irq_set_affinity(irq, &mask);
    return err ? err : static_cast<ssize_t>(count);
}

template <mask_kind kind>
ssize_t write_affinity_file(file *file, const char __user *buffer, size_t count, loff_t *) {
    return write_affinity(is_list(kind), file, buffer, count);
}

template <int (*show)(seq_file *, void *)>
int open_single(inode *inode, file *file) {
    return single_open(file, show, pde_data(inode));
}

template <mask_kind kind>
const proc_ops affinity_proc_ops = {
    .proc_open = open_single<show_mask_file<kind>>,
    .proc_read = seq_read,
    .proc_write = write_affinity_file<kind>,
    .proc_lseek = seq_lseek,
    .proc_release = single_release,
};

int default_affinity_show(seq_file *m, void *) {
    seq_printf(m, "%*pb\n", cpumask_pr_args(irq_default_affinity));
    return 0;
}

ssize_t default_affinity_write(file *, const char __user *buffer, size_t count, loff_t *) {
    char text[64];
    cpumask mask;

    if (count >= sizeof(text))
        return -EOVERFLOW;
    if (copy_from_user(text, buffer, count))
        return -EFAULT;
    text[count] = 0;
    int err = cpumask_parse(text, &mask);
    if (err)
        return err;
    if (!cpumask_intersects(&mask, cpu_online_mask))
        return -EINVAL;
    cpumask_copy(irq_default_affinity, &mask);
    return count;
}

const proc_ops default_affinity_proc_ops = {
    .proc_open = open_single<default_affinity_show>,
    .proc_read = seq_read,
    .proc_write = default_affinity_write,
    .proc_lseek = seq_lseek,
    .proc_release = single_release,
};

// An action gets a folder only if no other action of the line has the same name.
bool name_unique(unsigned int irq, irqaction *act) {
    irq_desc *desc = irq_to_desc(irq);
    unsigned long flags;
    bool unique = true;

    raw_spin_lock_irqsave(&desc->lock, flags);
    for_each_action(desc, [&](irqaction *other) {
        if (other != act && other->name && !strcmp(act->name, other->name))
            unique = false;
    });
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    return unique;
}

// How wide the first column of /proc/interrupts is.
int number_width() {
    int width = 3;

    for (int limit = 1000; width < 10 && limit <= nr_irqs; limit *= 10)
        width++;
    return width;
}

void show_header(seq_file *p, int width) {
    int cpu;

    seq_printf(p, "%*s", width + 8, "");
    for_each_online_cpu (cpu)
        seq_printf(p, "CPU%-8d", cpu);
    seq_putc(p, '\n');
}

void show_line(seq_file *p, int irq, irq_desc *desc, int width) {
    unsigned long flags;
    int cpu;

    seq_printf(p, "%*d: ", width, irq);
    for_each_online_cpu (cpu)
        seq_printf(p, "%10u ", READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)));

    raw_spin_lock_irqsave(&desc->lock, flags);
    if (desc->irq_data.chip && desc->irq_data.chip->irq_print_chip)
        desc->irq_data.chip->irq_print_chip(&desc->irq_data, p);
    else if (desc->irq_data.chip && desc->irq_data.chip->name)
        seq_printf(p, " %8s", desc->irq_data.chip->name);
    else
        seq_printf(p, " %8s", "None");
    if (desc->irq_data.domain)
        seq_printf(p, " %*lu", width, desc->irq_data.hwirq);
    else
        seq_printf(p, " %*s", width, "");
    seq_printf(p, " %-8s", irqd_is_level_type(&desc->irq_data) ? "Level" : "Edge");
    if (desc->name)
        seq_printf(p, "-%-8s", desc->name);
    const char *separator = "  ";
    for_each_action(desc, [&](irqaction *action) {
        seq_printf(p, "%s%s", separator, action->name);
        separator = ", ";
    });
    seq_putc(p, '\n');
    raw_spin_unlock_irqrestore(&desc->lock, flags);
}

} // namespace

// The folder of a line, made when it is first requested.
void register_irq_proc(unsigned int irq, irq_desc *desc) {
    static DEFINE_MUTEX(register_lock);
    char name[10];
    void *key = reinterpret_cast<void *>(static_cast<unsigned long>(irq));

    if (!root_irq_dir || desc->irq_data.chip == &no_irq_chip)
        return;
    mutex_lock(&register_lock);
    if (!desc->dir) {
        snprintf(name, sizeof(name), "%u", irq);
        desc->dir = proc_mkdir(name, root_irq_dir);
        if (desc->dir) {
            proc_create_data("smp_affinity", 0644, desc->dir, &affinity_proc_ops<affinity>, key);
            proc_create_single_data("affinity_hint", 0444, desc->dir, irq_affinity_hint_proc_show, key);
            proc_create_data("smp_affinity_list", 0644, desc->dir, &affinity_proc_ops<affinity_list>, key);
            proc_create_single_data("node", 0444, desc->dir, irq_node_proc_show, key);
            proc_create_single_data("effective_affinity", 0444, desc->dir, show_mask_file<effective>, key);
            proc_create_single_data("effective_affinity_list", 0444, desc->dir, show_mask_file<effective_list>, key);
            proc_create_single_data("spurious", 0444, desc->dir, irq_spurious_proc_show, key);
        }
    }
    mutex_unlock(&register_lock);
}

void unregister_irq_proc(unsigned int, irq_desc *desc) {
    if (!root_irq_dir || !desc->dir)
        return;
    proc_remove(desc->dir);
    desc->dir = nullptr;
}

void register_handler_proc(unsigned int irq, irqaction *action) {
    irq_desc *desc = irq_to_desc(irq);
    char name[128];

    if (!desc->dir || action->dir || !action->name || !name_unique(irq, action))
        return;
    snprintf(name, sizeof(name), "%s", action->name);
    action->dir = proc_mkdir(name, desc->dir);
}

void unregister_handler_proc(unsigned int, irqaction *action) {
    if (!action->dir)
        return;
    proc_remove(action->dir);
    action->dir = nullptr;
}

int show_interrupts(seq_file *p, void *v) {
    auto irq = static_cast<int>(*static_cast<loff_t *>(v));
    static int width;

    if (irq > nr_irqs)
        return 0;
    if (irq == nr_irqs)
        return arch_show_interrupts(p, width);
    if (irq == 0) {
        width = number_width();
        show_header(p, width);
    }
    rcu_read_lock();
    irq_desc *desc = irq_to_desc(irq);
    // Lines that nobody uses and that never fired say nothing.
    if (desc && !irq_settings_is_hidden(desc) &&
        ((desc->action && !irq_desc_is_chained(desc)) || kstat_irqs_usr(irq) != 0))
        show_line(p, irq, desc, width);
    rcu_read_unlock();
    return 0;
}

// One record per number, and one behind them for the architecture's rows.

static void *int_seq_start(seq_file *, loff_t *pos) {
    return *pos <= nr_irqs ? pos : nullptr;
}

static void *int_seq_next(seq_file *, void *, loff_t *pos) {
    (*pos)++;
    return *pos > nr_irqs ? nullptr : pos;
}

static void int_seq_stop(seq_file *, void *) {}

static const seq_operations int_seq_ops = {
    .start = int_seq_start,
    .stop = int_seq_stop,
    .next = int_seq_next,
    .show = show_interrupts,
};

// Called once at boot, when /proc is there.
void init_irq_proc(void) {
    irq_desc *desc;
    unsigned int irq;

    proc_create_seq("interrupts", 0, nullptr, &int_seq_ops);
    root_irq_dir = proc_mkdir("irq", nullptr);
    if (!root_irq_dir)
        return;
    proc_create("default_smp_affinity", 0644, root_irq_dir, &default_affinity_proc_ops);
    for_each_irq_desc (irq, desc)
        register_irq_proc(irq, desc);
}

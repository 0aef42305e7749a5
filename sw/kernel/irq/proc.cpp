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

// Masks in files

void show_mask(seq_file *m, bool as_list, const cpumask *mask) {
    seq_printf(m, as_list ? "%*pbl\n" : "%*pb\n", cpumask_pr_args(mask));
}

// What a user wrote, as text, and the mask that it means. At least one of its CPUs must be online.
class written_mask {
public:
    written_mask(const char __user *buffer, size_t count, bool as_list) {
        char text[64];

        if (count >= sizeof(text))
            error_ = -EOVERFLOW;
        else if (copy_from_user(text, buffer, count))
            error_ = -EFAULT;
        if (error_)
            return;
        text[count] = 0;
        error_ = as_list ? cpulist_parse(text, &mask_) : cpumask_parse(text, &mask_);
        // An empty mask asks for the architecture's own choice, which arm64 does not have.
        if (!error_ && !cpumask_intersects(&mask_, cpu_online_mask))
            error_ = -EINVAL;
    }
    int error() const { return error_; }
    const cpumask *mask() const { return &mask_; }

private:
    int error_ = 0;
    cpumask mask_ = {};
};

// The files of a line: what each shows, and what writing to it does.

void show_affinity(seq_file *m, irq_line line) {
    show_mask(m, false, line.data()->common->affinity);
}

void show_affinity_list(seq_file *m, irq_line line) {
    show_mask(m, true, line.data()->common->affinity);
}

void show_effective(seq_file *m, irq_line line) {
    show_mask(m, false, line.data()->common->effective_affinity);
}

void show_effective_list(seq_file *m, irq_line line) {
    show_mask(m, true, line.data()->common->effective_affinity);
}

void show_hint(seq_file *m, irq_line line) {
    cpumask hint = {};
    {
        hold_irqsave section(line.desc()->lock);
        if (line.desc()->affinity_hint) // the driver may take it back at any time
            hint = *line.desc()->affinity_hint;
    }
    show_mask(m, false, &hint);
}

void show_node(seq_file *m, irq_line line) {
    seq_printf(m, "%d\n", irq_data_get_node(line.data()));
}

void show_account(seq_file *m, irq_line line) {
    const irq_desc &desc = *line.desc();

    seq_printf(m, "count %u\nunhandled %u\nlast_unhandled %u ms\n", desc.irq_count, desc.irqs_unhandled,
               jiffies_to_msecs(desc.last_unhandled));
}

int move(irq_line line, const char __user *buffer, size_t count, bool as_list) {
    if (!irq_can_set_affinity_usr(line.number()))
        return -EIO;
    const written_mask wish(buffer, count, as_list);
    return wish.error() ? wish.error() : irq_set_affinity(line.number(), wish.mask());
}

int store_affinity(irq_line line, const char __user *buffer, size_t count) {
    return move(line, buffer, count, false);
}

int store_affinity_list(irq_line line, const char __user *buffer, size_t count) {
    return move(line, buffer, count, true);
}

constexpr struct line_file {
    const char *name;
    void (*show)(seq_file *, irq_line);
    int (*store)(irq_line, const char __user *, size_t); // 0 or an error; null: the file is read only
} line_files[] = {
    {"smp_affinity", show_affinity, store_affinity},
    {"affinity_hint", show_hint, nullptr},
    {"smp_affinity_list", show_affinity_list, store_affinity_list},
    {"node", show_node, nullptr},
    {"effective_affinity", show_effective, nullptr},
    {"effective_affinity_list", show_effective_list, nullptr},
    {"spurious", show_account, nullptr},
};

// Which file of which line: what /proc keeps for each of them.
class file_key {
public:
    file_key(unsigned int irq, unsigned int row)
        : value_(static_cast<unsigned long>(irq) * ARRAY_SIZE(line_files) + row) {}
    explicit file_key(const void *kept)
        : value_(reinterpret_cast<unsigned long>(kept)) {}
    void *kept() const { return reinterpret_cast<void *>(value_); }
    irq_desc *desc() const { return irq_to_desc(value_ / ARRAY_SIZE(line_files)); }
    const line_file &file() const { return line_files[value_ % ARRAY_SIZE(line_files)]; }

private:
    unsigned long value_;
};

int show_line_file(seq_file *m, void *) {
    const file_key key(m->private_);

    return key.desc() ? (key.file().show(m, key.desc()), 0) : -EINVAL;
}

ssize_t write_line_file(file *file, const char __user *buffer, size_t count, loff_t *) {
    const file_key key(pde_data(file_inode(file)));
    const int error = key.desc() ? key.file().store(key.desc(), buffer, count) : -EIO;

    return error ? error : static_cast<ssize_t>(count);
}

template <int (*show)(seq_file *, void *)>
int open_single(inode *inode, file *file) {
    return single_open(file, show, pde_data(inode));
}

template <int (*show)(seq_file *, void *), ssize_t (*write)(file *, const char __user *, size_t, loff_t *)>
constexpr proc_ops file_ops = {
    .proc_open = open_single<show>,
    .proc_read = seq_read,
    .proc_write = write,
    .proc_lseek = seq_lseek,
    .proc_release = single_release,
};

// /proc/irq/default_smp_affinity: where lines start

int show_default(seq_file *m, void *) {
    show_mask(m, false, irq_default_affinity);
    return 0;
}

ssize_t write_default(file *, const char __user *buffer, size_t count, loff_t *) {
    const written_mask wish(buffer, count, false);

    if (!wish.error())
        cpumask_copy(irq_default_affinity, wish.mask());
    return wish.error() ? wish.error() : static_cast<ssize_t>(count);
}

// Folders

proc_dir_entry *make_folder(unsigned int irq) {
    char name[12];
    snprintf(name, sizeof(name), "%u", irq);
    proc_dir_entry *const folder = proc_mkdir(name, root_irq_dir);

    for (unsigned int row = 0; folder && row < ARRAY_SIZE(line_files); row++) {
        const bool writable = line_files[row].store;
        proc_create_data(line_files[row].name, writable ? 0644 : 0444, folder,
                         writable ? &file_ops<show_line_file, write_line_file> : &file_ops<show_line_file, nullptr>,
                         file_key(irq, row).kept());
    }
    return folder;
}

void remove_folder(proc_dir_entry *&folder) {
    if (folder)
        proc_remove(folder);
    folder = nullptr;
}

// An action gets a folder in its line's if it has a name, and no other action of the line has the same one.
bool deserves_folder(irq_line line, const irqaction &action) {
    if (!line.desc()->dir || !action.name || action.dir)
        return false;
    hold_irqsave section(line.desc()->lock);
    for (const irqaction &other : line.actions())
        if (&other != &action && other.name && strcmp(other.name, action.name) == 0)
            return false;
    return true;
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
    int cpu;

    seq_printf(p, "%*d: ", width, irq);
    for_each_online_cpu (cpu)
        seq_printf(p, "%10u ", READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)));

    hold_irqsave section(desc->lock);
    const irq_chip *const chip = desc->irq_data.chip;
    const auto print_chip = chip ? chip->irq_print_chip : nullptr;
    char number[24] = "";

    if (print_chip)
        print_chip(&desc->irq_data, p);
    else
        seq_printf(p, " %8s", chip && chip->name ? chip->name : "None");
    if (desc->irq_data.domain)
        snprintf(number, sizeof(number), "%lu", desc->irq_data.hwirq);
    seq_printf(p, " %*s", width, number);
    seq_printf(p, " %-8s", irqd_is_level_type(&desc->irq_data) ? "Level" : "Edge");
    if (desc->name)
        seq_printf(p, "-%-8s", desc->name);
    const char *separator = "  ";
    for (const irqaction &action : irq_line(desc).actions()) {
        seq_printf(p, "%s%s", separator, action.name);
        separator = ", ";
    }
    seq_putc(p, '\n');
}

} // namespace

// The folder of a line, made when it is first requested.
void register_irq_proc(unsigned int irq, irq_desc *desc) {
    static DEFINE_MUTEX(register_lock);

    if (!root_irq_dir || desc->irq_data.chip == &no_irq_chip)
        return;
    hold one_at_a_time(register_lock);
    if (!desc->dir)
        desc->dir = make_folder(irq);
}

void unregister_irq_proc(unsigned int, irq_desc *desc) {
    remove_folder(desc->dir);
}

void register_handler_proc(unsigned int irq, irqaction *action) {
    irq_desc *const line = irq_to_desc(irq);

    if (deserves_folder(line, *action))
        action->dir = proc_mkdir(action->name, line->dir);
}

void unregister_handler_proc(unsigned int, irqaction *action) {
    remove_folder(action->dir);
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
    rcu_section section;
    irq_desc *desc = irq_to_desc(irq);
    // Lines without an action that never fired are left out.
    if (desc && !irq_line(desc).is(IRQ_HIDDEN) &&
        ((desc->action && !irq_desc_is_chained(desc)) || kstat_irqs_usr(irq) != 0))
        show_line(p, irq, desc, width);
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
    unsigned int irq;

    root_irq_dir = proc_mkdir("irq", nullptr);
    proc_create("default_smp_affinity", 0644, root_irq_dir, &file_ops<show_default, write_default>);
    proc_create_seq("interrupts", 0, nullptr, &int_seq_ops);
    for_each_active_irq(irq) register_irq_proc(irq, irq_to_desc(irq));
}

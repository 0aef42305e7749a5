// SPDX-License-Identifier: Apache-2.0
// The cores as Linux's CPUs: finding them, starting them, interrupting them (Linux: arch/arm64/kernel/smp.c).
#include <asm/smp.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <port/trace.h>

#include "kernel/entry/entry.h"
#include "lib/ranges.h"

// kernel/irq
extern "C" int __ipi_send_mask(irq_desc *desc, const cpumask *dest);

// ---- which cores there are ----

static u64 logical_map[NR_CPUS];
static constexpr u64 affinity_bits = 0xff00ffffff;

u64 cpu_logical_map(unsigned int cpu) {
    return cpu < NR_CPUS ? logical_map[cpu] : INVALID_HWID;
}
EXPORT_SYMBOL_GPL(cpu_logical_map);

void set_cpu_logical_map(unsigned int cpu, u64 hwid) {
    logical_map[cpu] = hwid;
}

void smp_setup_processor_id(void) {
    init_boot_task();
    PORT_CPU_PAGE->percpu = nullptr;
    install_vectors();
    for (auto &hwid : logical_map)
        hwid = INVALID_HWID;
    set_cpu_logical_map(0, port_mpidr() & affinity_bits);
    printk(KERN_INFO "Booting Linux on physical CPU 0x%010lx [0x%08x]\n",
           static_cast<unsigned long>(port_mpidr() & affinity_bits),
           static_cast<unsigned>(port_read_sysreg(PORT_MIDR_EL1)));
}

static unsigned int cpus_limit = NR_CPUS;

static int setup_nr_cpus(char *str) {
    int nr = 0;

    get_option(&str, &nr);
    if (nr > 0 && nr < NR_CPUS)
        cpus_limit = static_cast<unsigned>(nr);
    return 0;
}
early_param("nr_cpus", setup_nr_cpus);

// The boot CPU is number 0, the others follow in the order of the device tree.
void smp_init_cpus(void) {
    device_node *node;
    unsigned int cpu = 1;
    bool boot_cpu_found = false;

    for_each_of_cpu_node(node) {
        int length = 0;
        const __be32 *reg = static_cast<const __be32 *>(of_get_property(node, "reg", &length));
        const u64 hwid = reg ? of_read_number(reg, length / 4) : INVALID_HWID;

        if (!reg || (hwid & ~affinity_bits)) {
            printk(KERN_ERR "%pOF: missing or invalid reg property\n", node);
        } else if (hwid == cpu_logical_map(0)) {
            boot_cpu_found = true;
        } else if (cpu < NR_CPUS) {
            set_cpu_logical_map(cpu++, hwid);
        }
    }
    if (!boot_cpu_found)
        printk(KERN_ERR "missing boot CPU MPIDR, not enabling secondaries\n");
    else
        for (unsigned int i = 1; i < cpu && i < cpus_limit; i++)
            set_cpu_possible(i, true);
    nr_cpu_ids = num_possible_cpus();
    total_cpus = num_possible_cpus();
}

void smp_prepare_boot_cpu(void) {
    PORT_CPU_PAGE->percpu = reinterpret_cast<void *>(per_cpu_offset(0));
}

void smp_prepare_cpus(unsigned int max_cpus) {
    unsigned int cpu;

    // The boot CPU alone: leave the others not present.
    if (!max_cpus)
        return;
    for_each_possible_cpu (cpu)
        set_cpu_present(cpu, true);
}

void smp_cpus_done(unsigned int) {
    printk(KERN_INFO "SMP: Total of %u processors activated.\n", num_online_cpus());
    printk(KERN_INFO "CPU: All CPU(s) started at EL2\n");
}

// ---- starting them ----

static DECLARE_COMPLETION(cpu_running);
static void ipi_setup();

// The first code of a core, on the stack that the firmware's stand-in gives it; it becomes that CPU's idle task.
static void secondary_entry(void *idle_task) {
    task_struct *idle = static_cast<task_struct *>(idle_task);
    const unsigned int cpu = task_cpu(idle);

    PORT_CPU_PAGE->thread = idle;
    PORT_CPU_PAGE->percpu = reinterpret_cast<void *>(per_cpu_offset(cpu));
    idle->thread.context = port_context_current();
    install_vectors();

    notify_cpu_starting(cpu);
    ipi_setup();
    printk(KERN_INFO "CPU%u: Booted secondary processor 0x%010lx [0x%08x]\n", cpu,
           static_cast<unsigned long>(port_mpidr() & affinity_bits),
           static_cast<unsigned>(port_read_sysreg(PORT_MIDR_EL1)));
    set_cpu_online(cpu, true);
    complete(&cpu_running);
    local_irq_enable();
    cpu_startup_entry(CPUHP_AP_ONLINE_IDLE);
}

int __cpu_up(unsigned int cpu, struct task_struct *idle) {
    const int ret = port_cpu_on(cpu_logical_map(cpu), secondary_entry, idle);

    if (ret) {
        printk(KERN_ERR "CPU%u: failed to boot: %d\n", cpu, ret);
        return -EIO;
    }
    wait_for_completion_timeout(&cpu_running, 5 * HZ);
    if (cpu_online(cpu))
        return 0;
    printk(KERN_CRIT "CPU%u: failed to come online\n", cpu);
    return -EIO;
}

// ---- taking them down ----

static void ipi_teardown();

int __cpu_disable(void) {
    set_cpu_online(raw_smp_processor_id(), false);
    ipi_teardown();
    irq_migrate_all_off_this_cpu();
    return 0;
}

void __noreturn cpu_die(void) {
    local_irq_disable();
    port_cpu_off();
}

void __cpu_die(unsigned int cpu) {
    const unsigned long start = jiffies;

    while (port_affinity_info(cpu_logical_map(cpu)) != 1) {
        if (time_after(jiffies, start + HZ / 10)) {
            printk(KERN_WARNING "psci: CPU%u may not have shut down cleanly (AFFINITY_INFO reports 0)\n", cpu);
            return;
        }
        usleep_range(100, 1000);
    }
    printk(KERN_INFO "psci: CPU%u killed (polled %u ms)\n", cpu, jiffies_to_msecs(jiffies - start));
}

// ---- interrupting them ----

enum ipi_msg_type {
    IPI_RESCHEDULE,
    IPI_CALL_FUNC,
    IPI_CPU_STOP,
    IPI_CPU_CRASH_STOP,
    IPI_TIMER,
    IPI_IRQ_WORK,
    IPI_WAKEUP,
    NR_IPI,
};

static const char *const ipi_types[NR_IPI] = {
    "Rescheduling interrupts",    "Function call interrupts",
    "CPU stop interrupts",        "CPU stop (for crash dump) interrupts",
    "Timer broadcast interrupts", "IRQ work interrupts",
    "CPU wake-up interrupts",
};

static int ipi_irq_base;
static int nr_ipi;
static irq_desc *ipi_desc[NR_IPI];
static DEFINE_PER_CPU(int, ipi_dummy_dev);
unsigned long irq_err_count;

static void smp_cross_call(const cpumask *target, ipi_msg_type message) {
    // Before the interrupt controller is there, there is nothing to interrupt either.
    if (!ipi_desc[message])
        return;
    trace_event1(ipi_raise, cpumask_bits(target)[0], ipi_types[message]);
    __ipi_send_mask(ipi_desc[message], target);
}

void smp_send_reschedule(int cpu) {
    smp_cross_call(cpumask_of(static_cast<unsigned>(cpu)), IPI_RESCHEDULE);
}

void arch_send_call_function_single_ipi(int cpu) {
    smp_cross_call(cpumask_of(static_cast<unsigned>(cpu)), IPI_CALL_FUNC);
}

void arch_send_call_function_ipi_mask(const struct cpumask *mask) {
    smp_cross_call(mask, IPI_CALL_FUNC);
}

bool arch_irq_work_has_interrupt(void) {
    return true;
}

void arch_irq_work_raise(void) {
    smp_cross_call(cpumask_of(raw_smp_processor_id()), IPI_IRQ_WORK);
}

static void __noreturn local_cpu_stop(void) {
    set_cpu_online(raw_smp_processor_id(), false);
    local_irq_disable();
    for (;;)
        port_wfi();
}

static irqreturn_t ipi_handler(int irq, void *) {
    const int message = irq - ipi_irq_base;

    if (message < 0 || message >= NR_IPI) {
        printk(KERN_CRIT "CPU%u: Unknown IPI message 0x%x\n", raw_smp_processor_id(), message);
        return IRQ_HANDLED;
    }
    trace_event0(ipi_entry, ipi_types[message]);
    switch (message) {
    case IPI_RESCHEDULE:
        preempt_fold_need_resched(); // the way out of the interrupt does the rest
        break;
    case IPI_CALL_FUNC:
        generic_smp_call_function_interrupt();
        break;
    case IPI_CPU_STOP:
    case IPI_CPU_CRASH_STOP:
        local_cpu_stop();
        break;
    case IPI_IRQ_WORK:
        irq_work_run();
        break;
    default:
        printk(KERN_CRIT "CPU%u: Unknown IPI message 0x%x\n", raw_smp_processor_id(), message);
        break;
    }
    trace_event0(ipi_exit, ipi_types[message]);
    return IRQ_HANDLED;
}

// This CPU begins to listen. I masked.
static void ipi_setup() {
    for (int i = 0; i < nr_ipi; i++)
        enable_percpu_irq(static_cast<unsigned>(ipi_irq_base + i), 0);
}

static void ipi_teardown() {
    for (int i = 0; i < nr_ipi; i++)
        disable_percpu_irq(static_cast<unsigned>(ipi_irq_base + i));
}

// Each message has an interrupt of its own, from the first one on.
void set_smp_ipi_range(int first, int count) {
    WARN_ON(count < NR_IPI);
    nr_ipi = min(count, static_cast<int>(NR_IPI));
    ipi_irq_base = first;
    for (irq_desc *&desc : ipi_desc) {
        const auto irq = static_cast<unsigned>(first + (&desc - ipi_desc));

        if (&desc == ipi_desc + nr_ipi)
            break;
        WARN_ON(request_percpu_irq(irq, ipi_handler, "IPI", &ipi_dummy_dev));
        irq_set_status_flags(irq, IRQ_HIDDEN);
        desc = irq_to_desc(irq);
    }
    ipi_setup();
}

static unsigned times_received(unsigned message, unsigned cpu) {
    const auto irq = static_cast<unsigned>(ipi_irq_base) + message;

    return ipi_desc[message] ? kstat_irqs_cpu(irq, static_cast<int>(cpu)) : 0;
}

// As for other interrupts: its name, a count for each CPU, what it is.
static void show_ipi(seq_file *p, int width, unsigned message) {
    char name[8];

    snprintf(name, sizeof(name), "IPI%u:", message);
    seq_printf(p, "%*s%s", width + 1, name, width >= 4 ? " " : "");
    for (unsigned cpu : bits_of(*cpu_online_mask))
        seq_printf(p, "%10u ", times_received(message, cpu));
    seq_printf(p, "      %s\n", ipi_types[message]);
}

int arch_show_interrupts(struct seq_file *p, int prec) {
    unsigned message = 0;

    while (message < NR_IPI)
        show_ipi(p, prec, message++);
    seq_printf(p, "%*s: %10lu\n", prec, "Err", irq_err_count);
    return 0;
}

void ack_bad_irq(unsigned int) {
    irq_err_count++;
}

static bool others_run() {
    return num_online_cpus() > 1;
}

// From panic: the others stop, regardless of what they do, and this CPU waits up to a second for it.
void smp_send_stop(void) {
    constexpr unsigned patience_us = USEC_PER_SEC;
    const cpumask others = {{cpumask_bits(cpu_online_mask)[0] & ~BIT(raw_smp_processor_id())}};
    unsigned waited = 0;

    if (others_run() && system_state <= SYSTEM_RUNNING)
        printk(KERN_CRIT "SMP: stopping secondary CPUs\n");
    if (others_run())
        smp_cross_call(&others, IPI_CPU_STOP);
    for (; others_run() && waited < patience_us; waited++)
        udelay(1);
    if (waited == patience_us)
        printk(KERN_WARNING "SMP: failed to stop secondary CPUs %*pbl\n", cpumask_pr_args(cpu_online_mask));
}

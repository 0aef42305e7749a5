// SPDX-License-Identifier: Apache-2.0
// Lines of a CPU that goes down or comes up.
#include "kernel/irq/internals.h"

#include <linux/irqnr.h>
#include <linux/kernel.h>
#include <linux/smp.h>

namespace {

enum class leaving {
    stays,    // the line does not come to this CPU, or cannot be moved
    moves,    // other CPUs of its affinity are there
    shuts,    // a managed line whose last CPU this is
    scatters, // an ordinary one: it goes to any CPU, against its affinity
};

// A chip that does not say where its lines go may send them anywhere that the affinity allows.
bool comes_here(irq_data *data) {
    const cpumask *where = data->common->effective_affinity;

    if (cpumask_empty(where))
        where = data->common->affinity;
    return cpumask_test_cpu(smp_processor_id(), where);
}

leaving fate(irq_line line) {
    if (!line.chip() || !line.chip()->irq_set_affinity || line.has(IRQD_PER_CPU) || !line.has(IRQD_IRQ_STARTED) ||
        !comes_here(line.data()))
        return leaving::stays;
    if (cpumask_intersects(line.data()->common->affinity, cpu_online_mask))
        return leaving::moves;
    return line.has(IRQD_AFFINITY_MANAGED) ? leaving::shuts : leaving::scatters;
}

bool redirect(irq_line line, const cpumask *where) {
    const int error = irq_do_set_affinity(line.data(), where, false);

    if (error)
        pr_warn_ratelimited("IRQ%u: set affinity failed(%d).\n", line.number(), error);
    return !error;
}

// True if the line lost the last of its CPUs and goes to others now. It stays open: what a controller has to do so that
// nothing is lost meanwhile, its irq_set_affinity does.
bool migrate_one_irq(irq_line line) {
    switch (fate(line)) {
    case leaving::moves:
        redirect(line, line.data()->common->affinity);
        return false;
    case leaving::scatters:
        return redirect(line, cpu_online_mask);
    case leaving::shuts:
        line.set(IRQD_MANAGED_SHUTDOWN);
        irq_shutdown_and_deactivate(line.desc());
        return false;
    default:
        return false;
    }
}

} // namespace

// Interrupts are masked already, and no other CPU runs.
void irq_migrate_all_off_this_cpu(void) {
    each_line<hold>([](irq_line line) {
        if (migrate_one_irq(line))
            pr_debug("IRQ %u: no longer affine to CPU%u\n", line.number(), smp_processor_id());
    });
}

// In cpuhp/N of a CPU that comes up: lines that were shut down for lack of it work again.
int irq_affinity_online_cpu(unsigned int cpu) {
    each_line([&](irq_line line) {
        constexpr unsigned int waiting = IRQD_AFFINITY_MANAGED | IRQD_MANAGED_SHUTDOWN;
        const bool waits = (line.data()->common->state_use_accessors & waiting) == waiting && line.desc()->action;

        if (waits && cpumask_test_cpu(cpu, line.data()->common->affinity))
            irq_startup(line.desc(), IRQ_RESEND, IRQ_START_COND);
    });
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Finding a device's line by making it interrupt (probe_irq_on, probe_irq_off).
//
// A line without an action that may be probed is a candidate: open, and IRQS_AUTODETECT. It is quiet while
// IRQS_WAITING stands, which its first interrupt takes away.
#include "kernel/irq/internals.h"

#include <linux/delay.h>
#include <linux/export.h>

// One task probes at a time, from on to off.
static DEFINE_MUTEX(probing_active);

namespace {

bool can_be_probed(irq_line line) {
    return !line.desc()->action && !line.is(IRQ_NOPROBE);
}

// Opens what can be probed, so that lines which are asserted anyway show themselves.
void open_candidates() {
    each_line([](irq_line line) {
        if (!can_be_probed(line))
            return;
        if (const auto set_type = line.chip()->irq_set_type)
            set_type(line.data(), IRQ_TYPE_PROBE);
        irq_activate_and_startup(line.desc(), IRQ_NORESEND);
    });
}

// The same lines, now watched; those that fired before were masked by it and are opened again.
void watch_candidates() {
    each_line([](irq_line line) {
        if (!can_be_probed(line))
            return;
        line.mark(IRQS_AUTODETECT | IRQS_WAITING);
        const bool pending = irq_activate_and_startup(line.desc(), IRQ_NORESEND) != 0;
        line.mark(pending ? IRQS_PENDING : 0);
    });
}

void dismiss(irq_line line) {
    line.unmark(IRQS_AUTODETECT);
    irq_shutdown_and_deactivate(line.desc());
}

// Visits the candidates that are left: with whether they have fired.
template <typename Visit>
void each_candidate(Visit visit) {
    each_line([&](irq_line line) {
        if (line.marked(IRQS_AUTODETECT))
            visit(line, !line.marked(IRQS_WAITING));
    });
}

// Ends a probe: `found` is called with each line that interrupted.
template <typename Found>
void end_probe(Found found) {
    each_candidate([&](irq_line line, bool fired) {
        if (fired)
            found(line.number());
        dismiss(line);
    });
    mutex_unlock(&probing_active);
}

// What fits into a mask of so many lines.
unsigned int bit_of(unsigned int irq, unsigned int lines) {
    return irq < lines ? 1u << irq : 0;
}

} // namespace

unsigned long probe_irq_on(void) {
    unsigned long quiet = 0;

    mutex_lock(&probing_active);
    // What fires within 20 ms is asserted anyway, and is not the device's.
    open_candidates();
    msleep(20);
    watch_candidates();
    msleep(100);
    each_candidate([&](irq_line line, bool fired) {
        if (fired)
            dismiss(line);
        else
            quiet |= bit_of(line.number(), 32);
    });
    return quiet;
}
EXPORT_SYMBOL(probe_irq_on);

unsigned int probe_irq_mask(unsigned long val) {
    unsigned int fired = 0;

    end_probe([&](unsigned int irq) { fired |= bit_of(irq, 16); });
    return fired & val;
}
EXPORT_SYMBOL(probe_irq_mask);

int probe_irq_off(unsigned long) {
    unsigned int first = 0, fired = 0;

    end_probe([&](unsigned int irq) {
        if (!fired++)
            first = irq;
    });
    return fired > 1 ? -static_cast<int>(first) : static_cast<int>(first);
}
EXPORT_SYMBOL(probe_irq_off);

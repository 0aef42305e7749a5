// SPDX-License-Identifier: Apache-2.0
// See leftovers.h.
#include "kernel/leftovers.h"

#include <linux/printk.h>

#include "kernel/oops.h"

void task_state::report(const char *what, const void *code) const {
    char text[160];

    scnprintf(text, sizeof(text),
              "%s %pS leaks its context: preempt count %08x -> %08x, RCU readers %d -> %d, interrupts %s", what, code,
              static_cast<unsigned>(count_), static_cast<unsigned>(preempt_count()), readers_, rcu_preempt_depth(),
              irqs_disabled() ? "off" : "on");
    pr_err("BUG: %s\n", text);
    dump_stack();
    report_finding_at(FINDING_preempt_leak, code, "BUG: %s", text);
    put_right();
}

void task_state::put_right() const {
    while (rcu_preempt_depth() > readers_)
        rcu_read_unlock();
    preempt_count_set(static_cast<u64>(count_));
    if (irqs_disabled() && !masked_)
        local_irq_enable();
    else if (!irqs_disabled() && masked_)
        local_irq_disable();
}

// SPDX-License-Identifier: Apache-2.0
//
// What a function of a driver must leave as it found it: preemption, interrupts, RCU's read sections. The caller notes
// the state before the call, and asks behind it; what is different is a finding with the function's place, and put
// right, so that what follows is not blamed for it.
#ifndef KERNEL_LEFTOVERS_H
#define KERNEL_LEFTOVERS_H

#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>

class task_state {
public:
    __always_inline task_state()
        : count_(preempt_count())
        , readers_(rcu_preempt_depth())
        , masked_(irqs_disabled()) {}
    __always_inline bool is_as_before() const {
        return likely(preempt_count() == count_ && rcu_preempt_depth() == readers_ && !irqs_disabled() == !masked_);
    }
    // `what`: whose function `code` is, "irq thread" for instance.
    __always_inline void expect(const char *what, const void *code) const {
        if (unlikely(!is_as_before()))
            report(what, code);
    }
    void put_right() const __attribute__((cold));

private:
    void report(const char *what, const void *code) const __attribute__((cold));

    int count_, readers_;
    bool masked_;
};

#endif

// SPDX-License-Identifier: Apache-2.0
// Lines that fire and that no handler serves: found out, reported, disabled, and then polled.
//
// Each interrupt of a watched line gets a verdict: served, unserved, or open, when only threads can say. Of a line with
// unserved ones, 100,000 interrupts are a trial; if more than 99,900 of them were unserved, the line is given up.
#include "kernel/irq/internals.h"
#include "kernel/oops.h"

#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/processor.h>
#include <linux/smp.h>
#include <linux/timer.h>

bool noirqdebug;
int irq_poll_cpu;

static int irqfixup;
static atomic_t irq_poll_active = ATOMIC_INIT(0);

constexpr unsigned int judged_interrupts = 100000;
constexpr unsigned int unhandled_limit = 99900;
constexpr unsigned long poll_spurious_irq_interval = HZ / 10;

static void poll_spurious_irqs(timer_list *unused);
static DEFINE_TIMER(poll_spurious_irq_timer, poll_spurious_irqs);

namespace {

// Polling

// One CPU polls at a time; what others find to poll meanwhile, its round covers.
class poll_round {
public:
    poll_round()
        : mine_(atomic_inc_return(&irq_poll_active) == 1) {
        if (mine_)
            irq_poll_cpu = smp_processor_id();
    }
    ~poll_round() { atomic_dec(&irq_poll_active); }
    poll_round(const poll_round &) = delete;
    poll_round &operator=(const poll_round &) = delete;
    bool mine() const { return mine_; }

private:
    const bool mine_;
};

// Handlers of shared lines are written for calls in vain; of others, only a timer's could be meant.
bool may_be_polled(irq_line line, bool even_disabled) {
    const irqaction *const first = line.desc()->action;

    return first && (first->flags & (IRQF_SHARED | __IRQF_TIMER)) == IRQF_SHARED &&
           !line.is(IRQ_PER_CPU | IRQ_NESTED_THREAD | IRQ_IS_POLLED) && (even_disabled || !line.disabled());
}

// Runs a line's handlers on the chance that it fired unseen. True if one of them served something.
bool try_one_irq(irq_line line, bool even_disabled) {
    hold_irqsave section(line.desc()->lock);
    bool served = false;

    if (!may_be_polled(line, even_disabled))
        return false;
    // Another CPU is in it: let that one run the handlers once more.
    if (line.served())
        return line.remember(), false;
    line.mark(IRQS_POLL_INPROGRESS);
    do
        served |= handle_irq_event(line.desc()) == IRQ_HANDLED;
    while (line.remembered() && line.desc()->action);
    line.unmark(IRQS_POLL_INPROGRESS);
    return served;
}

// Polls the lines that `pick` names, number 0 never.
template <typename Pick>
bool poll_lines(bool even_disabled, Pick pick) {
    poll_round round;
    irq_desc *desc;
    unsigned int irq;
    bool served = false;

    if (!round.mine())
        return false;
    for_each_irq_desc (irq, desc) {
        if (irq && pick(irq_line(desc)))
            served |= try_one_irq(desc, even_disabled);
    }
    return served;
}

// Verdicts

enum class verdict { served, unserved, open };

bool makes_no_sense(irqreturn_t answer) {
    return unlikely(static_cast<unsigned int>(answer) > (IRQ_HANDLED | IRQ_WAKE_THREAD));
}

// An interrupt that only woke threads is judged when the next one arrives: by then the threads have said whether it was
// theirs, by counting in threads_handled. threads_handled_last has that count of the last one, and in its top bit that
// a verdict is outstanding.
verdict judge(irq_desc &desc, irqreturn_t answer) {
    constexpr int outstanding = 1 << 31;

    if (!(answer & IRQ_WAKE_THREAD))
        return answer == IRQ_NONE ? verdict::unserved : verdict::served;
    // A primary handler served it: what was outstanding no longer matters.
    if (answer != IRQ_WAKE_THREAD) {
        desc.threads_handled_last &= ~outstanding;
        return verdict::served;
    }
    const int before = desc.threads_handled_last;
    if (!(before & outstanding)) {
        desc.threads_handled_last |= outstanding;
        return verdict::open;
    }
    desc.threads_handled_last = atomic_read(&desc.threads_handled) | outstanding;
    return desc.threads_handled_last == before ? verdict::unserved : verdict::served;
}

// Unserved ones that are long apart are no sign of a stuck line: each begins a new account.
void enter_unserved(irq_desc &desc) {
    const bool same_storm = !time_after(jiffies, desc.last_unhandled + HZ / 10);

    desc.irqs_unhandled = same_storm ? desc.irqs_unhandled + 1 : 1;
    desc.last_unhandled = jiffies;
}

// irqfixup: perhaps the interrupt was another line's. With irqpoll, every interrupt of a line that says so (the
// timer's, on machines with one) is an occasion to look.
bool look_elsewhere(irq_line line, verdict found) {
    if (likely(!irqfixup))
        return false;
    if (found == verdict::unserved)
        return true;
    const irqaction *const first = READ_ONCE(line.desc()->action);
    return irqfixup == 2 && (!line.number() || (first && first->flags & IRQF_IRQPOLL));
}

// A level that is served by a thread alone comes again before the thread has run, and that for ever.
bool lacks_oneshot(irq_line line) {
    if (line.is(IRQ_LEVEL) && !line.marked(IRQS_ONESHOT))
        for (const irqaction &action : line.actions())
            if (action.thread)
                return true;
    return false;
}

__cold void report_bad_irq(irq_line line, irqreturn_t answer) {
    const bool bogus = makes_no_sense(answer);
    // What Linux does not say is in the finding alone.
    const char *const why = !bogus && lacks_oneshot(line) ? ": IRQF_ONESHOT is missing on a level" : "";
    char text[80];

    snprintf(text, sizeof(text), bogus ? "irq event %d: bogus return value %x" : "irq %d: nobody cared", line.number(),
             answer);
    printk(KERN_ERR "%s%s\n", text, bogus ? "" : " (try booting with the \"irqpoll\" option)");
    dump_stack();
    printk(KERN_ERR "handlers:\n");

    // The list may change under us, as this is called without the lock.
    const void *first = nullptr;
    {
        hold_irqsave section(line.desc()->lock);
        for (const irqaction &action : line.actions()) {
            if (!first)
                first = reinterpret_cast<const void *>(action.handler);
            printk(KERN_ERR "[<%p>] %ps", action.handler, action.handler);
            if (action.thread_fn)
                printk(KERN_CONT " threaded [<%p>] %ps", action.thread_fn, action.thread_fn);
            printk(KERN_CONT "\n");
        }
    }
    report_finding_at(bogus  ? FINDING_irq_answer
                      : *why ? FINDING_irq_oneshot
                             : FINDING_irq_unserved,
                      first, "%s%s", text, why);
}

// A handler that answers nonsense is reported a hundred times.
__cold void report_bogus_answer(irq_line line, irqreturn_t answer) {
    static int reports_left = 100;

    if (reports_left > 0) {
        reports_left--;
        report_bad_irq(line, answer);
    }
}

__cold void give_up(irq_line line, irqreturn_t answer) {
    report_bad_irq(line, answer);
    printk(KERN_EMERG "Disabling IRQ #%d\n", line.number());
    line.mark(IRQS_SPURIOUS_DISABLED);
    line.desc()->depth++;
    irq_disable(line.desc());
    mod_timer(&poll_spurious_irq_timer, jiffies + poll_spurious_irq_interval);
}

// It came so often without its thread having run in between: that is not a device's doing.
constexpr unsigned oneshot_limit = 100;

__cold void report_missing_oneshot(irq_line line) {
    char text[160];
    const void *site = nullptr;
    for (const irqaction &action : line.actions())
        if (action.thread && !site) {
            site = action.site;
            snprintf(text, sizeof(text),
                     "irq %d (\"%s\"): IRQF_ONESHOT is missing on a level: it came %u times before its thread ran",
                     line.number(), action.name, oneshot_limit);
        }
    printk(KERN_ERR "%s\n", text);
    if (site)
        report_finding_at(FINDING_irq_oneshot, static_cast<const char *>(site) - 1, "%s", text);
}

} // namespace

// Waits while another CPU polls the line. True: this interrupt may be handled. The line's lock is held.
bool irq_wait_for_poll(irq_desc *desc) {
    const irq_line line(desc);
    const int cpu = smp_processor_id();

    if (WARN_ONCE(cpu == irq_poll_cpu, "irq poll in progress on cpu %d for irq %d\n", cpu, line.number()))
        return false;
    while (line.served()) {
        raw_spin_unlock(&desc->lock);
        cpu_relax();
        raw_spin_lock(&desc->lock);
    }
    return line.heard();
}

static void poll_spurious_irqs(timer_list *) {
    poll_lines(true, [](irq_line line) { return READ_ONCE(line.desc()->istate) & IRQS_SPURIOUS_DISABLED; });
    mod_timer(&poll_spurious_irq_timer, jiffies + poll_spurious_irq_interval);
}

void note_interrupt(irq_desc *desc, irqreturn_t action_ret) {
    const irq_line line(desc);

    if (line.marked(IRQS_POLL_INPROGRESS) || line.is(IRQ_IS_POLLED))
        return;
    if (makes_no_sense(action_ret))
        return report_bogus_answer(line, action_ret);
    if (noirqdebug)
        return;
    const verdict found = judge(*desc, action_ret);
    if (found == verdict::open)
        return;
    if (unlikely(found == verdict::unserved)) {
        enter_unserved(*desc);
        if (unlikely(desc->irqs_unhandled == oneshot_limit) && lacks_oneshot(line))
            report_missing_oneshot(line);
    }
    if (unlikely(look_elsewhere(line, found))) {
        const bool was_another = poll_lines(false, [&](irq_line other) { return other.number() != line.number(); });
        if (was_another && found == verdict::unserved)
            desc->irqs_unhandled--;
    }
    if (likely(!desc->irqs_unhandled) || likely(++desc->irq_count < judged_interrupts))
        return;
    if (desc->irqs_unhandled > unhandled_limit)
        give_up(line, action_ret);
    desc->irq_count = desc->irqs_unhandled = 0;
}

// A new handler is a new chance, for a line that was given up too. The line's lock is held.
void irq_forgive(irq_line line) {
    line.desc()->irq_count = line.desc()->irqs_unhandled = 0;
    if (line.marked(IRQS_SPURIOUS_DISABLED)) {
        line.unmark(IRQS_SPURIOUS_DISABLED);
        __enable_irq(line.desc());
    }
}

int noirqdebug_setup(char *) {
    noirqdebug = true;
    printk(KERN_INFO "IRQ lockup detection disabled\n");
    return 1;
}
__setup("noirqdebug", noirqdebug_setup);

static int __init fix_misrouted(int level, const char *what, const char *cost) {
    irqfixup = level;
    printk(KERN_WARNING "Misrouted IRQ fixup %s\n", what);
    printk(KERN_WARNING "This may %s system performance%s\n", cost, level == 1 ? "." : "");
    return 1;
}

static int __init irqfixup_setup(char *) {
    return fix_misrouted(1, "support enabled.", "impact");
}
__setup("irqfixup", irqfixup_setup);

static int __init irqpoll_setup(char *) {
    return fix_misrouted(2, "and polling support enabled", "significantly impact");
}
__setup("irqpoll", irqpoll_setup);

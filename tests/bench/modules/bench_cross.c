// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// Two cores that work for each other: CPU 0 asks, CPU 1 answers, `rounds` times.
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

enum { WAKE, CALL, RELAX, PLAIN, LOCK };
static int rounds = 1000, kind;
module_param(rounds, int, 0444);
module_param(kind, int, 0444);
MODULE_PARM_DESC(kind, "0 a wake-up and back, 1 an interrupt and its answer, 2 a flag polled with cpu_relax, 3 "
                       "without, 4 a lock that both want");

static struct task_struct *asker, *answerer;
static struct completion question, answer, done;
static DEFINE_SPINLOCK(lock);
static unsigned long flag, count;
static u64 total, least = ~0ull, most;

static void called(void *unused) {
    count++;
}

static void hold_it(void) {
    spin_lock(&lock);
    count++;
    spin_unlock(&lock);
}

static void wait_for_flag(unsigned long value) {
    while (READ_ONCE(flag) != value)
        if (kind == RELAX)
            cpu_relax();
}

static void until_stopped(void) {
    while (!kthread_should_stop())
        schedule_timeout_interruptible(1);
}

static int answering(void *unused) {
    int i;

    for (i = 0; i < rounds; i++) {
        switch (kind) {
        case WAKE:
            wait_for_completion(&question);
            count++;
            complete(&answer);
            break;
        case RELAX:
        case PLAIN:
            wait_for_flag(2ul * i + 1);
            count++;
            WRITE_ONCE(flag, 2ul * i + 2);
            break;
        case LOCK:
            hold_it();
            break;
        }
    }
    until_stopped();
    return 0;
}

static int asking(void *unused) {
    const u64 begin = ktime_get_ns();
    int i;

    for (i = 0; i < rounds; i++) {
        const u64 before = ktime_get_ns();
        u64 took;

        switch (kind) {
        case WAKE:
            complete(&question);
            wait_for_completion(&answer);
            break;
        case CALL:
            smp_call_function_single(1, called, NULL, 1);
            break;
        case RELAX:
        case PLAIN:
            WRITE_ONCE(flag, 2ul * i + 1);
            wait_for_flag(2ul * i + 2);
            break;
        case LOCK:
            hold_it();
            break;
        }
        took = ktime_get_ns() - before;
        least = min(least, took);
        most = max(most, took);
    }
    total = ktime_get_ns() - begin;
    complete(&done);
    until_stopped();
    return 0;
}

static int __init bench_cross_init(void) {
    init_completion(&question);
    init_completion(&answer);
    init_completion(&done);
    answerer = kthread_create_on_cpu(answering, NULL, 1, "answerer/%u");
    if (IS_ERR(answerer))
        return PTR_ERR(answerer);
    asker = kthread_create_on_cpu(asking, NULL, 0, "asker/%u");
    if (IS_ERR(asker)) {
        kthread_stop(answerer);
        return PTR_ERR(asker);
    }
    wake_up_process(answerer);
    wake_up_process(asker);
    wait_for_completion(&done);
    return 0;
}

static void __exit bench_cross_exit(void) {
    kthread_stop(asker);
    kthread_stop(answerer);
    pr_info("bench_cross: %lu, %llu ns in all, each %llu to %llu ns\n", count, total, least, most);
}

module_init(bench_cross_init);
module_exit(bench_cross_exit);
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: Apache-2.0
// The class of the stopper threads: at most one task a CPU, before all others (Linux: kernel/sched/stop_task.c).
#include "kernel/sched/sched.h"

static int select_task_rq_stop(task_struct *p, int cpu, int flags) {
    return static_cast<int>(task_cpu(p));
}

static void check_preempt_curr_stop(rq *r, task_struct *p, int flags) {}

static void enqueue_task_stop(rq *r, task_struct *p, int flags) {}

static void dequeue_task_stop(rq *r, task_struct *p, int flags) {}

static void update_curr_stop(rq *r) {
    task_struct *curr = r->curr;

    if (r->clock > curr->se.exec_start) {
        curr->se.sum_exec_runtime += r->clock - curr->se.exec_start;
        curr->se.exec_start = r->clock;
    }
}

static void set_next_task_stop(rq *r, task_struct *p) {
    p->se.exec_start = r->clock;
}

static task_struct *pick_next_task_stop(rq *r) {
    if (!r->stop || !task_on_rq_queued(r->stop))
        return nullptr;
    set_next_task_stop(r, r->stop);
    return r->stop;
}

static void put_prev_task_stop(rq *r, task_struct *p) {
    if (r->curr == p)
        update_curr_stop(r);
}

static void task_tick_stop(rq *r, task_struct *p) {}

static void yield_task_stop(rq *r) {}

const sched_class stop_sched_class = {
    0,
    enqueue_task_stop,
    dequeue_task_stop,
    yield_task_stop,
    check_preempt_curr_stop,
    pick_next_task_stop,
    put_prev_task_stop,
    set_next_task_stop,
    nullptr,
    select_task_rq_stop,
    nullptr,
    task_tick_stop,
    nullptr,
    nullptr,
    update_curr_stop,
};

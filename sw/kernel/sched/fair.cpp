// SPDX-License-Identifier: Apache-2.0
// The fair class (Linux: kernel/sched/fair.c). Each task has a virtual runtime, its CPU time divided by its weight; the
// one that has had least runs next. A task that slept starts at most half a latency behind the others.
#include "kernel/sched/sched.h"

#include <linux/log2.h>
#include <linux/math64.h>

// ns, before scaling with the number of CPUs.
constexpr u64 base_latency = 6000000;
constexpr u64 base_min_granularity = 750000;
constexpr u64 base_wakeup_granularity = 1000000;
constexpr unsigned latency_tasks = 8; // with more tasks, each gets the minimal slice

static u64 sched_latency = base_latency;
static u64 min_granularity = base_min_granularity;
static u64 wakeup_granularity = base_wakeup_granularity;

void init_sched_fair_smp(unsigned cpus) {
    const u64 factor = 1 + static_cast<u64>(ilog2(cpus < 8 ? cpus : 8u));

    sched_latency = base_latency * factor;
    min_granularity = base_min_granularity * factor;
    wakeup_granularity = base_wakeup_granularity * factor;
}

void init_cfs_rq(cfs_rq *cfs) {
    cfs->tasks_timeline = RB_ROOT_CACHED;
    // Wraps early, so that arithmetic that does not survive it shows.
    cfs->min_vruntime = static_cast<u64>(-(1LL << 20));
}

namespace {

inline task_struct *task_of(sched_entity *se) {
    return container_of(se, task_struct, se);
}

inline sched_entity *entity_of(rb_node *node) {
    return node ? rb_entry(node, sched_entity, run_node) : nullptr;
}

// Virtual runtimes wrap: only differences count.
inline bool is_before(u64 a, u64 b) {
    return static_cast<s64>(a - b) < 0;
}

inline bool entity_less(rb_node *a, const rb_node *b) {
    return is_before(rb_entry(a, sched_entity, run_node)->vruntime,
                     rb_entry(const_cast<rb_node *>(b), sched_entity, run_node)->vruntime);
}

inline u64 to_virtual(u64 ns, unsigned long weight) {
    return weight == nice_0_load ? ns : ns * nice_0_load / weight;
}

inline sched_entity *first_entity(cfs_rq *cfs) {
    return entity_of(rb_first_cached(&cfs->tasks_timeline));
}

void enqueue_entity(cfs_rq *cfs, sched_entity *se) {
    rb_add_cached(&se->run_node, &cfs->tasks_timeline, entity_less);
}

void dequeue_entity(cfs_rq *cfs, sched_entity *se) {
    rb_erase_cached(&se->run_node, &cfs->tasks_timeline);
}

void update_min_vruntime(cfs_rq *cfs) {
    const sched_entity *curr = cfs->curr && cfs->curr->on_rq ? cfs->curr : nullptr;
    const sched_entity *first = first_entity(cfs);
    u64 vruntime;

    if (curr && first)
        vruntime = is_before(curr->vruntime, first->vruntime) ? curr->vruntime : first->vruntime;
    else if (curr || first)
        vruntime = (curr ? curr : first)->vruntime;
    else
        return;
    if (is_before(cfs->min_vruntime, vruntime))
        WRITE_ONCE(cfs->min_vruntime, vruntime);
}

void update_curr(rq *r) {
    sched_entity *curr = r->cfs.curr;

    if (!curr || r->clock <= curr->exec_start)
        return;
    const u64 delta = r->clock - curr->exec_start;
    curr->exec_start = r->clock;
    curr->sum_exec_runtime += delta;
    curr->vruntime += to_virtual(delta, curr->load.weight);
    update_min_vruntime(&r->cfs);
}

// The CPU time that `se` is due of each round, in ns.
u64 slice_of(const cfs_rq *cfs, const sched_entity *se) {
    const unsigned nr = cfs->nr_running + !se->on_rq;
    const unsigned long load = cfs->load + (se->on_rq ? 0 : se->load.weight);
    const u64 period = nr > latency_tasks ? nr * min_granularity : sched_latency;
    const u64 slice = period * se->load.weight / load;

    return slice > min_granularity ? slice : min_granularity;
}

void place_entity(cfs_rq *cfs, sched_entity *se, bool initial) {
    u64 vruntime = cfs->min_vruntime;

    if (initial) {
        // A new task waits for a slice first, so that starting tasks does not pay.
        se->vruntime = vruntime + to_virtual(slice_of(cfs, se), se->load.weight);
        return;
    }
    vruntime -= (task_of(se)->policy == SCHED_IDLE ? min_granularity : sched_latency) / 2;
    if (is_before(se->vruntime, vruntime))
        se->vruntime = vruntime;
}

// 1: `se` should take the CPU from `curr`; 0: it is ahead, but not enough; -1: it is behind.
int wakeup_preempts(const sched_entity *curr, const sched_entity *se) {
    const s64 lead = static_cast<s64>(curr->vruntime - se->vruntime);

    if (lead <= 0)
        return -1;
    return static_cast<u64>(lead) > to_virtual(wakeup_granularity, se->load.weight);
}

void enqueue_task_fair(rq *r, task_struct *p, int flags) {
    cfs_rq *cfs = &r->cfs;
    sched_entity *se = &p->se;

    update_curr(r);
    if (flags & ENQUEUE_WAKEUP)
        place_entity(cfs, se, false);
    cfs->load += se->load.weight;
    cfs->nr_running++;
    if (se != cfs->curr)
        enqueue_entity(cfs, se);
    se->on_rq = 1;
}

void dequeue_task_fair(rq *r, task_struct *p, int flags) {
    cfs_rq *cfs = &r->cfs;
    sched_entity *se = &p->se;

    update_curr(r);
    if (cfs->skip == se)
        cfs->skip = nullptr;
    if (se != cfs->curr)
        dequeue_entity(cfs, se);
    se->on_rq = 0;
    cfs->load -= se->load.weight;
    cfs->nr_running--;
    update_min_vruntime(cfs);
}

void yield_task_fair(rq *r) {
    update_curr(r);
    if (r->cfs.nr_running > 1)
        r->cfs.skip = r->cfs.curr;
}

void check_preempt_wakeup(rq *r, task_struct *p, int wake_flags) {
    task_struct *curr = r->curr;

    if (curr == p || test_tsk_need_resched(curr))
        return;
    if (curr->policy == SCHED_IDLE && p->policy != SCHED_IDLE) {
        resched_curr(r);
        return;
    }
    // Batch and idle tasks wait for the tick.
    if (p->policy != SCHED_NORMAL)
        return;
    update_curr(r);
    if (wakeup_preempts(&curr->se, &p->se) == 1)
        resched_curr(r);
}

void set_next_task_fair(rq *r, task_struct *p) {
    sched_entity *se = &p->se;

    if (se->on_rq)
        dequeue_entity(&r->cfs, se);
    se->exec_start = r->clock;
    se->prev_sum_exec_runtime = se->sum_exec_runtime;
    r->cfs.curr = se;
}

task_struct *pick_next_task_fair(rq *r) {
    cfs_rq *cfs = &r->cfs;
    sched_entity *se = first_entity(cfs);

    if (!se)
        return nullptr;
    if (se == cfs->skip) {
        sched_entity *second = entity_of(rb_next(&se->run_node));

        if (second && wakeup_preempts(second, se) < 1)
            se = second;
    }
    cfs->skip = nullptr;
    set_next_task_fair(r, task_of(se));
    return task_of(se);
}

void put_prev_task_fair(rq *r, task_struct *p) {
    sched_entity *se = &p->se;

    if (se->on_rq) {
        update_curr(r);
        enqueue_entity(&r->cfs, se);
    }
    r->cfs.curr = nullptr;
}

void task_tick_fair(rq *r, task_struct *curr) {
    sched_entity *se = &curr->se;

    update_curr(r);
    if (r->cfs.nr_running < 2)
        return;
    const u64 slice = slice_of(&r->cfs, se);
    const u64 ran = se->sum_exec_runtime - se->prev_sum_exec_runtime;
    if (ran > slice) {
        resched_curr(r);
        return;
    }
    if (ran < min_granularity)
        return;
    const sched_entity *first = first_entity(&r->cfs);
    if (first && static_cast<s64>(se->vruntime - first->vruntime) > static_cast<s64>(slice))
        resched_curr(r);
}

void switched_from_fair(rq *r, task_struct *p) {
    p->se.vruntime -= r->cfs.min_vruntime;
}

void switched_to_fair(rq *r, task_struct *p) {
    p->se.vruntime += r->cfs.min_vruntime;
}

// ---- placement of a waking task ----

bool can_run_on(const task_struct *p, int cpu) {
    return cpumask_test_cpu(static_cast<unsigned>(cpu), p->cpus_ptr) && cpu_active(static_cast<unsigned>(cpu));
}

bool is_idle_choice(const task_struct *p, int cpu) {
    return can_run_on(p, cpu) && idle_cpu(cpu);
}

// The waker's CPU or the one that the task was on: where its data are, and where there is time.
int wake_affine(int this_cpu, int prev_cpu, bool sync) {
    const auto load = [](int cpu) { return READ_ONCE(cpu_rq(cpu)->cfs.load); };
    // The waker sleeps at once: its CPU is as good as idle if it is alone there.
    const auto soon_free = [=] { return sync && READ_ONCE(cpu_rq(this_cpu)->nr_running) == 1; };

    if (this_cpu == prev_cpu)
        return this_cpu;
    const bool here_idle = idle_cpu(this_cpu);
    if (!here_idle && soon_free())
        return this_cpu;
    if (idle_cpu(prev_cpu))
        return prev_cpu;
    return here_idle || load(this_cpu) < load(prev_cpu) ? this_cpu : prev_cpu;
}

int select_idle_sibling(task_struct *p, int prev_cpu, int target) {
    if (is_idle_choice(p, target))
        return target;
    if (prev_cpu != target && is_idle_choice(p, prev_cpu))
        return prev_cpu;

    // A per-CPU thread that woke it, such as a kworker that ends: the CPU is free as soon as the waker sleeps.
    if (is_percpu_thread() && in_task() && prev_cpu == static_cast<int>(raw_smp_processor_id()) &&
        can_run_on(p, prev_cpu) && READ_ONCE(this_rq()->nr_running) <= 1)
        return prev_cpu;

    const int recent = p->recent_used_cpu;
    p->recent_used_cpu = prev_cpu;
    if (recent != prev_cpu && recent != target && is_idle_choice(p, recent))
        return recent;

    const int cpus = static_cast<int>(nr_cpu_ids);
    for (int i = 1; i < cpus; i++) {
        const int cpu = (target + i) % cpus;

        if (is_idle_choice(p, cpu))
            return cpu;
    }
    return can_run_on(p, target) ? target : prev_cpu;
}

int find_idlest_cpu(task_struct *p, int this_cpu) {
    int best = -1;
    unsigned least = ~0u;
    int cpu;

    for_each_online_cpu (cpu) {
        if (!can_run_on(p, cpu))
            continue;
        if (idle_cpu(cpu))
            return cpu;
        const unsigned nr = READ_ONCE(cpu_rq(cpu)->nr_running);
        if (nr < least || (nr == least && cpu == this_cpu)) {
            least = nr;
            best = cpu;
        }
    }
    return best < 0 ? this_cpu : best;
}

int select_task_rq_fair(task_struct *p, int prev_cpu, int wake_flags) {
    const int this_cpu = static_cast<int>(raw_smp_processor_id());

    if (wake_flags & WF_FORK)
        return find_idlest_cpu(p, this_cpu);
    const int target = can_run_on(p, this_cpu) ? wake_affine(this_cpu, prev_cpu, wake_flags & WF_SYNC) : prev_cpu;
    return select_idle_sibling(p, prev_cpu, target);
}

} // namespace

void task_fork_fair(rq *r, task_struct *p) {
    update_curr(r);
    place_entity(&r->cfs, &p->se, true);
}

task_struct *last_fair_task(rq *r) {
    sched_entity *se = entity_of(rb_last(&r->cfs.tasks_timeline.rb_root));

    return se ? task_of(se) : nullptr;
}

task_struct *fair_task_before(task_struct *p) {
    sched_entity *se = entity_of(rb_prev(&p->se.run_node));

    return se ? task_of(se) : nullptr;
}

const sched_class fair_sched_class = {
    2,
    enqueue_task_fair,
    dequeue_task_fair,
    yield_task_fair,
    check_preempt_wakeup,
    pick_next_task_fair,
    put_prev_task_fair,
    set_next_task_fair,
    nullptr,
    select_task_rq_fair,
    nullptr,
    task_tick_fair,
    switched_from_fair,
    switched_to_fair,
    update_curr,
};

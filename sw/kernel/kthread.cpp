// SPDX-License-Identifier: Apache-2.0
// Kernel threads (Linux: kernel/kthread.c). kthreadd, pid 2, makes them on request, so that they all inherit from one
// clean task.
#include <linux/kthread.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/leftovers.h"
#include "kernel/sched/sched.h"
#include "lib/guard.h"
#include "lib/ranges.h"

using thread_function = int(void *);

// What others ask of a thread, a bit each.
enum kthread_order {
    order_stop,
    order_park,
};

// A kernel thread's own part of its task.
struct kthread {
    unsigned long orders;
    int home; // the CPU that it belongs to for good; -1: none
    int result;
    thread_function *threadfn;
    void *data;
    completion parked;
    completion exited;
    char *full_name; // what did not fit into comm

    void begin() {
        home = -1;
        init_completion(&parked);
        init_completion(&exited);
    }
    bool is_ordered_to(kthread_order what) const { return test_bit(what, &orders); }
    bool order(kthread_order what) { return !test_and_set_bit(what, &orders); } // false: it is ordered already
    void take_back_park() {
        reinit_completion(&parked); // of a thread that parked itself, nothing waited
        clear_bit(order_park, &orders);
    }
};

struct task_struct *kthreadd_task;

static struct kthread *to_kthread(task_struct *k) {
    WARN_ON(!(k->flags & PF_KTHREAD));
    return static_cast<struct kthread *>(k->worker_private);
}

// For tasks that may be no kernel threads.
static struct kthread *to_kthread_or_null(task_struct *p) {
    return (p->flags & PF_KTHREAD) ? static_cast<struct kthread *>(p->worker_private) : nullptr;
}

bool set_kthread_struct(struct task_struct *p) {
    const auto part = static_cast<struct kthread *>(kzalloc(sizeof(struct kthread), GFP_KERNEL));
    p->worker_private = part;
    if (part) {
        part->begin();
        p->vfork_done = &part->exited;
    }
    return part;
}

void free_kthread_struct(struct task_struct *k) {
    if (struct kthread *self = static_cast<struct kthread *>(k->worker_private)) {
        kfree(self->full_name);
        kfree(self);
    }
    k->worker_private = nullptr;
}

void get_kthread_comm(char *buf, size_t buf_size, struct task_struct *tsk) {
    const struct kthread *part = to_kthread_or_null(tsk);
    strscpy_pad(buf, part && part->full_name ? part->full_name : tsk->comm, buf_size);
}

bool kthread_should_stop(void) {
    return to_kthread(current)->is_ordered_to(order_stop);
}
EXPORT_SYMBOL(kthread_should_stop);

bool __kthread_should_park(struct task_struct *k) {
    return to_kthread(k)->is_ordered_to(order_park);
}
EXPORT_SYMBOL_GPL(__kthread_should_park);

bool kthread_should_park(void) {
    return __kthread_should_park(current);
}
EXPORT_SYMBOL_GPL(kthread_should_park);

bool kthread_should_stop_or_park(void) {
    const struct kthread *self = to_kthread_or_null(current);
    return self && self->orders;
}

bool kthread_freezable_should_stop(bool *was_frozen) {
    might_sleep();
    if (was_frozen)
        *was_frozen = false;
    return kthread_should_stop();
}
EXPORT_SYMBOL_GPL(kthread_freezable_should_stop);

void *kthread_func(struct task_struct *k) {
    const struct kthread *part = to_kthread_or_null(k);
    return part ? reinterpret_cast<void *>(part->threadfn) : nullptr;
}
EXPORT_SYMBOL_GPL(kthread_func);

void *kthread_data(struct task_struct *k) {
    return to_kthread(k)->data;
}
EXPORT_SYMBOL_GPL(kthread_data);

void *kthread_probe_data(struct task_struct *k) {
    const struct kthread *part = to_kthread_or_null(k);
    return part ? part->data : nullptr;
}

// The state is set already. A task that waits for `done` may expect that nothing of this thread runs after it was told.
static void tell_and_sleep(completion &done) {
    preempt_disable();
    complete(&done);
    schedule_preempt_disabled();
    preempt_enable();
}

// Special states: a stray wake-up must not end it, only kthread_unpark does.
static void park_while_ordered(struct kthread &self) {
    set_special_state(TASK_PARKED);
    while (self.is_ordered_to(order_park)) {
        tell_and_sleep(self.parked);
        set_special_state(TASK_PARKED);
    }
    __set_current_state(TASK_RUNNING);
}

void kthread_parkme(void) {
    park_while_ordered(*to_kthread(current));
}
EXPORT_SYMBOL_GPL(kthread_parkme);

void __noreturn kthread_exit(long result) {
    to_kthread(current)->result = static_cast<int>(result);
    do_exit(0);
}

void __noreturn kthread_complete_and_exit(struct completion *comp, long code) {
    if (comp)
        complete(comp);
    kthread_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);

// ---- making a thread ----

namespace {

// A wish for a thread: posted by who wants it, served by kthreadd, answered by the thread itself or, if there is none,
// by kthreadd. It stands on the stack of who wants the thread, and is gone once it is answered.
class thread_request {
public:
    thread_request(thread_function *function, void *data)
        : function_(function)
        , data_(data) {
        init_completion(&answered_);
    }
    void name(const char *format, va_list args) { vsnprintf(name_, sizeof(name_), format, args); }
    thread_request(const thread_request &) = delete;
    thread_request &operator=(const thread_request &) = delete;

    // The thread, named, asleep before its function; or an ERR_PTR.
    task_struct *result();
    static thread_request *next();
    void serve();

private:
    static int first_steps(void *request);

    thread_function *function_;
    void *data_;
    task_struct *thread_ = nullptr;
    char name_[64];
    completion answered_;
    list_head node_;

    static raw_spinlock_t lock;
    static list_head posted;
};

raw_spinlock_t thread_request::lock = __RAW_SPIN_LOCK_INITIALIZER(thread_request::lock);
list_head thread_request::posted = LIST_HEAD_INIT(thread_request::posted);

task_struct *thread_request::result() {
    {
        const hold l(lock);
        list_add_tail(&node_, &posted);
    }
    wake_up_process(kthreadd_task);
    wait_for_completion(&answered_);
    if (!IS_ERR(thread_)) {
        if (strlen(name_) >= TASK_COMM_LEN)
            to_kthread(thread_)->full_name = kstrdup(name_, GFP_KERNEL);
        set_task_comm(thread_, name_);
    }
    return thread_;
}

// The oldest one that is not served; null: none.
thread_request *thread_request::next() {
    const hold l(lock);
    thread_request *request = first_of<&thread_request::node_>(posted);
    if (request)
        list_del(&request->node_);
    return request;
}

void thread_request::serve() {
    const pid_t pid = kernel_thread(first_steps, this, 0);
    if (pid >= 0)
        return;
    thread_ = static_cast<task_struct *>(ERR_PTR(pid));
    complete(&answered_);
}

// What each thread runs first: it answers, and waits until somebody wakes it for its function.
int thread_request::first_steps(void *arg) {
    thread_request &request = *static_cast<thread_request *>(arg);
    struct kthread &self = *to_kthread(current);
    const sched_param ordinary = {0};
    sched_setscheduler_nocheck(current, SCHED_NORMAL, &ordinary);
    set_cpus_allowed_ptr(current, cpu_possible_mask);
    self.threadfn = request.function_;
    self.data = request.data_;

    __set_current_state(TASK_UNINTERRUPTIBLE);
    request.thread_ = current;
    tell_and_sleep(request.answered_);

    if (self.is_ordered_to(order_stop))
        kthread_exit(-EINTR);
    if (self.is_ordered_to(order_park))
        park_while_ordered(self);
    const task_state before;
    const int result = self.threadfn(self.data);
    before.expect("kernel thread", reinterpret_cast<const void *>(self.threadfn));
    kthread_exit(result);
}

} // namespace

// All threads inherit from this one: no signals, all CPUs, not frozen.
int kthreadd(void *) {
    set_task_comm(current, "kthreadd");
    ignore_signals(current);
    current->flags |= PF_NOFREEZE;
    set_cpus_allowed_ptr(current, cpu_possible_mask);
    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE);
        thread_request *request = thread_request::next();
        if (!request) {
            schedule();
            continue;
        }
        __set_current_state(TASK_RUNNING);
        request->serve();
    }
}

struct task_struct *kthread_create_on_node(thread_function *threadfn, void *data, int, const char namefmt[], ...) {
    thread_request request(threadfn, data);
    va_list args;
    va_start(args, namefmt);
    request.name(namefmt, args);
    va_end(args);
    return request.result();
}
EXPORT_SYMBOL(kthread_create_on_node);

// ---- which CPUs ----

// The thread has not run its function yet, or is parked: it sleeps in this file, in that state.
static void bind_asleep(task_struct *k, const cpumask *mask, unsigned int state) {
    if (WARN_ON(!wait_task_inactive(k, state)))
        return;
    hold_task held(k);
    k->flags |= PF_NO_SETAFFINITY;
    do_set_cpus_allowed_locked(k, mask);
}

void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask) {
    bind_asleep(k, mask, TASK_UNINTERRUPTIBLE);
}

void kthread_bind(struct task_struct *k, unsigned int cpu) {
    kthread_bind_mask(k, cpumask_of(cpu));
}
EXPORT_SYMBOL(kthread_bind);

struct task_struct *kthread_create_on_cpu(thread_function *threadfn, void *data, unsigned int cpu,
                                          const char *namefmt) {
    task_struct *const made = kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, cpu);

    return IS_ERR(made) ? made : (kthread_bind(made, cpu), made);
}
EXPORT_SYMBOL(kthread_create_on_cpu);

// cpu < 0: it belongs to no CPU any more.
void kthread_set_per_cpu(struct task_struct *k, int cpu) {
    WARN_ON_ONCE(cpu >= 0 && !(k->flags & PF_NO_SETAFFINITY));
    WRITE_ONCE(to_kthread(k)->home, max(cpu, -1));
}

bool kthread_is_per_cpu(struct task_struct *p) {
    const struct kthread *part = to_kthread_or_null(p);
    return part && READ_ONCE(part->home) >= 0;
}

// ---- parking and stopping ----

void kthread_unpark(struct task_struct *k) {
    if (struct kthread &part = *to_kthread(k); part.is_ordered_to(order_park)) {
        // Its CPU may have been away while it was parked.
        if (part.home >= 0)
            bind_asleep(k, cpumask_of(static_cast<unsigned>(part.home)), TASK_PARKED);
        part.take_back_park();
        wake_up_state(k, TASK_PARKED);
    }
}
EXPORT_SYMBOL_GPL(kthread_unpark);

// Until the thread has noticed its order and said so.
static void wake_and_wait(task_struct *k, completion &said) {
    wake_up_process(k);
    wait_for_completion(&said);
}

static void wait_until_parked(task_struct *k, struct kthread &part) {
    wake_and_wait(k, part.parked);
    WARN_ON_ONCE(!wait_task_inactive(k, TASK_PARKED));
}

// A thread that parks itself does so when it next calls kthread_parkme().
int kthread_park(struct task_struct *k) {
    struct kthread &part = *to_kthread(k);
    const bool ends = WARN_ON(k->flags & PF_EXITING);
    const int refused = ends ? -ENOSYS : WARN_ON_ONCE(!part.order(order_park)) ? -EBUSY : 0;
    if (!refused && k != current)
        wait_until_parked(k, part);
    return refused;
}
EXPORT_SYMBOL_GPL(kthread_park);

// A task that waits for the end of a thread keeps its task, in which the result is.
class kept_task {
public:
    explicit kept_task(task_struct *task)
        : task_(task) {
        get_task_struct(task_);
    }
    ~kept_task() { put_task_struct(task_); }

private:
    task_struct *task_;
};

int kthread_stop(struct task_struct *k) {
    const kept_task keep(k);
    struct kthread &part = *to_kthread(k);
    part.order(order_stop);
    kthread_unpark(k);
    // It may sleep where only signals end it.
    set_tsk_thread_flag(k, TIF_NOTIFY_SIGNAL);
    wake_and_wait(k, part.exited);
    return part.result;
}
EXPORT_SYMBOL(kthread_stop);

int tsk_fork_get_node(struct task_struct *) {
    return -1;
}

// There are no address spaces to borrow.
void kthread_use_mm(struct mm_struct *) {}
EXPORT_SYMBOL_GPL(kthread_use_mm);

void kthread_unuse_mm(struct mm_struct *) {}
EXPORT_SYMBOL_GPL(kthread_unuse_mm);

// SPDX-License-Identifier: Apache-2.0
// Asynchronous calls (Linux: kernel/async.c). A call is a work item with a number, the cookie; it stands in the list of
// its domain from the moment it is scheduled until it has returned. Waiting is for the condition that no call of the
// domain has a number below a given one.
#include <linux/async.h>

#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

constexpr async_cookie_t after_all = ~0ull;

struct call {
    list_head of_domain; // in async_domain.pending
    list_head of_all;    // in `registered_calls`, if its domain is registered
    work_struct work;
    async_cookie_t cookie;
    async_func_t function;
    void *data;
    task_struct *runner;
};

DEFINE_SPINLOCK(calls_lock);
LIST_HEAD(registered_calls);
DECLARE_WAIT_QUEUE_HEAD(call_ended);
ASYNC_DOMAIN(default_domain);
async_cookie_t next_cookie = 1;

void run(work_struct *work) {
    call *c = container_of(work, call, work);

    WRITE_ONCE(c->runner, current);
    c->function(c->data, c->cookie);
    {
        hold_irqsave l(calls_lock);
        list_del(&c->of_domain);
        list_del(&c->of_all);
    }
    kfree(c);
    wake_up(&call_ended);
}

// Whether no call in the list has a cookie below `cookie`. Calls are added in the order of their cookies.
template <auto list_member>
bool none_before(const list_head &calls, async_cookie_t cookie) {
    hold_irqsave l(calls_lock);
    const call *oldest = first_of<list_member>(calls);
    return !oldest || oldest->cookie >= cookie;
}

} // namespace

async_cookie_t async_schedule_node_domain(async_func_t func, void *data, int, async_domain *domain) {
    auto *c = static_cast<call *>(kzalloc(sizeof(call), GFP_ATOMIC));
    async_cookie_t cookie;
    {
        hold_irqsave l(calls_lock);
        cookie = next_cookie++;
        if (c) {
            list_add_tail(&c->of_domain, &domain->pending);
            INIT_LIST_HEAD(&c->of_all);
            if (domain->registered)
                list_add_tail(&c->of_all, &registered_calls);
        }
    }
    if (!c) {
        func(data, cookie);
        return cookie;
    }
    INIT_WORK(&c->work, run);
    c->cookie = cookie;
    c->function = func;
    c->data = data;
    queue_work(system_unbound_wq, &c->work);
    return cookie;
}
EXPORT_SYMBOL_GPL(async_schedule_node_domain);

async_cookie_t async_schedule_node(async_func_t func, void *data, int node) {
    return async_schedule_node_domain(func, data, node, &default_domain);
}
EXPORT_SYMBOL_GPL(async_schedule_node);

void async_synchronize_full(void) {
    wait_event(call_ended, none_before<&call::of_all>(registered_calls, after_all));
}
EXPORT_SYMBOL_GPL(async_synchronize_full);

void async_synchronize_cookie_domain(async_cookie_t cookie, async_domain *domain) {
    wait_event(call_ended, none_before<&call::of_domain>(domain->pending, cookie));
}
EXPORT_SYMBOL_GPL(async_synchronize_cookie_domain);

void async_synchronize_full_domain(async_domain *domain) {
    async_synchronize_cookie_domain(after_all, domain);
}
EXPORT_SYMBOL_GPL(async_synchronize_full_domain);

void async_synchronize_cookie(async_cookie_t cookie) {
    async_synchronize_cookie_domain(cookie, &default_domain);
}
EXPORT_SYMBOL_GPL(async_synchronize_cookie);

bool current_is_async(void) {
    hold_irqsave l(calls_lock);
    return find_in<&call::of_all>(registered_calls, [](const call &c) { return c.runner == current; }) != nullptr;
}
EXPORT_SYMBOL_GPL(current_is_async);

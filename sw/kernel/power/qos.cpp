// SPDX-License-Identifier: Apache-2.0
// Ranges that several agree on (Linux: kernel/power/qos.c): each asks for a least or a most, the strictest counts.
#include <linux/pm_qos.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/notifier.h>
#include <linux/plist.h>
#include <linux/spinlock.h>

#include "lib/guard.h"
#include "lib/result.h"

namespace {

DEFINE_SPINLOCK(requests);

pm_qos_constraints *of(freq_constraints *qos, freq_qos_req_type type) {
    return type == FREQ_QOS_MIN ? &qos->min_freq : type == FREQ_QOS_MAX ? &qos->max_freq : nullptr;
}

void init(pm_qos_constraints &limit, blocking_notifier_head &listeners, s32 otherwise) {
    plist_head_init(&limit.list);
    limit.target_value = limit.default_value = limit.no_constraint_value = otherwise;
    limit.notifiers = &listeners;
    BLOCKING_INIT_NOTIFIER_HEAD(&listeners);
}

// The strictest of what is asked for: the list is sorted, the lowest value first.
s32 agreed(const pm_qos_constraints &limit, freq_qos_req_type type) {
    if (plist_head_empty(&limit.list))
        return limit.no_constraint_value;
    return type == FREQ_QOS_MIN ? plist_last(&limit.list)->prio : plist_first(&limit.list)->prio;
}

// Takes a request out of its list, puts it in with a value, or both; tells the listeners what has come of it.
template <typename Change>
int change(freq_qos_request &req, Change how) {
    pm_qos_constraints &limit = *of(req.qos, req.type);
    hold_irqsave l(requests);
    const s32 before = limit.target_value;
    how(limit);
    const s32 now = limit.target_value = agreed(limit, req.type);
    l.release();
    if (before == now)
        return 0;
    blocking_notifier_call_chain(limit.notifiers, static_cast<unsigned long>(now), nullptr);
    return 1;
}

// The request asks for `value` from now on, instead of what it asked for before, if it did.
int ask(freq_qos_request &req, s32 value) {
    return change(req, [&](pm_qos_constraints &limit) {
        if (!plist_node_empty(&req.pnode))
            plist_del(&req.pnode, &limit.list);
        plist_node_init(&req.pnode, value);
        plist_add(&req.pnode, &limit.list);
    });
}

enum class state { unused, in_use };

// What every call asks of its request: that there is one, in the state that the call needs, and no negative value. The
// wrong state is the caller's defect; the warning names him. Inline: the warning's place is the call, too.
__always_inline result<void> check(const char *call, freq_qos_request *req, state needed, s32 value = 0) {
    if (!req || value < 0)
        return failure(-EINVAL);
    const state found = freq_qos_request_active(req) ? state::in_use : state::unused;
    const char *what = needed == state::in_use ? "unknown object" : "active request";
    return as_result(WARN(found != needed, "%s() called for %s\n", call, what) ? -EINVAL : 0);
}

} // namespace

void freq_constraints_init(freq_constraints *qos) {
    init(qos->min_freq, qos->min_freq_notifiers, FREQ_QOS_MIN_DEFAULT_VALUE);
    init(qos->max_freq, qos->max_freq_notifiers, FREQ_QOS_MAX_DEFAULT_VALUE);
}

s32 freq_qos_read_value(freq_constraints *qos, freq_qos_req_type type) {
    const pm_qos_constraints *limit = IS_ERR_OR_NULL(qos) ? nullptr : of(qos, type);
    if (limit)
        return READ_ONCE(limit->target_value);
    return type == FREQ_QOS_MIN ? FREQ_QOS_MIN_DEFAULT_VALUE : FREQ_QOS_MAX_DEFAULT_VALUE;
}

int freq_qos_add_request(freq_constraints *qos, freq_qos_request *req, freq_qos_req_type type, s32 value) {
    const bool known = !IS_ERR_OR_NULL(qos) && of(qos, type);
    const result<void> usable = known ? check(__func__, req, state::unused, value) : failure(-EINVAL);
    if (usable) {
        req->type = type;
        req->qos = qos;
        plist_node_init(&req->pnode, value);
    }
    return usable ? ask(*req, value) : usable.error();
}
EXPORT_SYMBOL_GPL(freq_qos_add_request);

int freq_qos_update_request(freq_qos_request *req, s32 value) {
    const result<void> usable = check(__func__, req, state::in_use, value);
    const bool is_new = usable && req->pnode.prio != value;
    return is_new ? ask(*req, value) : usable.error();
}
EXPORT_SYMBOL_GPL(freq_qos_update_request);

int freq_qos_remove_request(freq_qos_request *req) {
    const result<void> usable = check(__func__, req, state::in_use);
    if (!usable)
        return usable.error();
    const int changed = change(*req, [=](pm_qos_constraints &limit) { plist_del(&req->pnode, &limit.list); });
    *req = {};
    return changed;
}
EXPORT_SYMBOL_GPL(freq_qos_remove_request);

int freq_qos_add_notifier(freq_constraints *qos, freq_qos_req_type type, notifier_block *notifier) {
    pm_qos_constraints *limit = IS_ERR_OR_NULL(qos) || !notifier ? nullptr : of(qos, type);
    return limit ? blocking_notifier_chain_register(limit->notifiers, notifier) : -EINVAL;
}
EXPORT_SYMBOL_GPL(freq_qos_add_notifier);

int freq_qos_remove_notifier(freq_constraints *qos, freq_qos_req_type type, notifier_block *notifier) {
    pm_qos_constraints *limit = IS_ERR_OR_NULL(qos) || !notifier ? nullptr : of(qos, type);
    return limit ? blocking_notifier_chain_unregister(limit->notifiers, notifier) : -EINVAL;
}
EXPORT_SYMBOL_GPL(freq_qos_remove_notifier);

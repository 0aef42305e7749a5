// SPDX-License-Identifier: Apache-2.0
// The owner's reference is given back a grace period after the kill: until then those who looked before may still come.
#include <linux/percpu-refcount.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>

namespace {

void known_everywhere(rcu_head *head) {
    percpu_ref *ref = container_of(head, percpu_ref, rcu);
    percpu_ref_func_t *const confirm = ref->confirm;

    if (confirm)
        confirm(ref);
    percpu_ref_put(ref);
}

void switched_everywhere(rcu_head *head) {
    percpu_ref *ref = container_of(head, percpu_ref, rcu_switch);

    ref->confirm_switch(ref);
    percpu_ref_put(ref);
}

} // namespace

int percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release, unsigned int flags, gfp_t) {
    *ref = {};
    ref->release = release;
    ref->dead = flags & PERCPU_REF_INIT_DEAD;
    atomic_long_set(&ref->count, !ref->dead);
    return 0;
}
EXPORT_SYMBOL_GPL(percpu_ref_init);

void percpu_ref_exit(struct percpu_ref *ref) {
    ref->release = nullptr;
}
EXPORT_SYMBOL_GPL(percpu_ref_exit);

void percpu_ref_kill_and_confirm(struct percpu_ref *ref, percpu_ref_func_t *confirm_kill) {
    if (WARN_ONCE(ref->dead, "percpu_ref_kill_and_confirm called more than once on %ps!",
                  reinterpret_cast<void *>(ref->release)))
        return;
    ref->dead = true;
    ref->confirm = confirm_kill;
    call_rcu(&ref->rcu, known_everywhere);
}
EXPORT_SYMBOL_GPL(percpu_ref_kill_and_confirm);

void percpu_ref_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm_switch) {
    if (!confirm_switch)
        return;
    rcu_barrier(); // an earlier one has been confirmed
    percpu_ref_get(ref);
    ref->confirm_switch = confirm_switch;
    call_rcu(&ref->rcu_switch, switched_everywhere);
}
EXPORT_SYMBOL_GPL(percpu_ref_switch_to_atomic);

void percpu_ref_switch_to_atomic_sync(struct percpu_ref *) {
    rcu_barrier();
}
EXPORT_SYMBOL_GPL(percpu_ref_switch_to_atomic_sync);

void percpu_ref_switch_to_percpu(struct percpu_ref *) {
    rcu_barrier();
}
EXPORT_SYMBOL_GPL(percpu_ref_switch_to_percpu);

void percpu_ref_resurrect(struct percpu_ref *ref) {
    WARN_ON_ONCE(!ref->dead);
    rcu_barrier();
    ref->dead = false;
    percpu_ref_get(ref);
}
EXPORT_SYMBOL_GPL(percpu_ref_resurrect);

void percpu_ref_reinit(struct percpu_ref *ref) {
    WARN_ON_ONCE(!percpu_ref_is_zero(ref));
    percpu_ref_resurrect(ref);
}
EXPORT_SYMBOL_GPL(percpu_ref_reinit);

bool percpu_ref_is_zero(struct percpu_ref *ref) {
    return ref->dead && !atomic_long_read(&ref->count);
}
EXPORT_SYMBOL_GPL(percpu_ref_is_zero);

void percpu_ref_put_many(struct percpu_ref *ref, unsigned long nr) {
    if (atomic_long_sub_and_test(static_cast<long>(nr), &ref->count))
        ref->release(ref);
}
EXPORT_SYMBOL_GPL(percpu_ref_put_many);

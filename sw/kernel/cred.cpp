// SPDX-License-Identifier: Apache-2.0
// Credentials (Linux: kernel/cred.c). There is one user, root: they are kept and counted, and no permission depends on
// them.
#include <linux/cred.h>

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

constexpr kernel_cap_t everything = {{~0U, (1U << (CAP_LAST_CAP - 31)) - 1}};

cred *copy_of(const cred *from) {
    auto *made = static_cast<cred *>(kmemdup(from, sizeof(cred), GFP_KERNEL));
    if (made)
        atomic_set(&made->usage, 1);
    return made;
}

} // namespace

cred init_cred = {
    .usage = ATOMIC_INIT(4),
    .cap_permitted = everything,
    .cap_effective = everything,
    .cap_bset = everything,
};
EXPORT_SYMBOL(init_cred);

void __put_cred(cred *cred) {
    kfree_rcu(cred, rcu);
}
EXPORT_SYMBOL(__put_cred);

cred *prepare_creds() {
    return copy_of(current_cred());
}
EXPORT_SYMBOL(prepare_creds);

cred *prepare_kernel_cred(task_struct *daemon) {
    return copy_of(daemon ? __task_cred(daemon) : &init_cred);
}
EXPORT_SYMBOL(prepare_kernel_cred);

int commit_creds(cred *made) {
    const cred *old = current->real_cred;
    current->real_cred = current->cred = made;
    put_cred(old);
    return 0;
}
EXPORT_SYMBOL(commit_creds);

void abort_creds(cred *made) {
    put_cred(made);
}
EXPORT_SYMBOL(abort_creds);

const cred *override_creds(const cred *as) {
    const cred *old = current_cred();
    current->cred = get_cred(as);
    return old;
}
EXPORT_SYMBOL(override_creds);

void revert_creds(const cred *old) {
    const cred *used = current->cred;
    current->cred = old == &init_cred ? nullptr : old;
    put_cred(used);
}
EXPORT_SYMBOL(revert_creds);

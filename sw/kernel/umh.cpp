// SPDX-License-Identifier: Apache-2.0
// Programs that the kernel starts (Linux: kernel/umh.c). No program can run here: each is refused as one that is not
// installed, with a line in the log, so that a module's own way out is what runs.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>

namespace {

// A request lives by itself until it is executed. Null without memory.
subprocess_info *request_of(const subprocess_info &wanted, gfp_t gfp) {
    return static_cast<subprocess_info *>(kmemdup(&wanted, sizeof(wanted), gfp));
}

// Only who waits for a program may also sleep for the memory.
gfp_t memory_for(int wait) {
    return wait == UMH_NO_WAIT ? GFP_ATOMIC : GFP_KERNEL;
}

} // namespace

subprocess_info *call_usermodehelper_setup(const char *path, char **argv, char **envp, gfp_t gfp,
                                           int (*init)(subprocess_info *, cred *), void (*cleanup)(subprocess_info *),
                                           void *data) {
    return request_of({.path = path, .argv = argv, .envp = envp, .init = init, .cleanup = cleanup, .data = data}, gfp);
}
EXPORT_SYMBOL(call_usermodehelper_setup);

int call_usermodehelper_exec(subprocess_info *info, int wait) {
    pr_notice("usermodehelper: %s is not run: there are no programs here\n", info->path ? info->path : "(none)");
    if (info->cleanup)
        info->cleanup(info);
    kfree(info);
    // Who does not wait does not hear of it.
    return wait & (UMH_WAIT_EXEC | UMH_WAIT_PROC) ? -ENOENT : 0;
}
EXPORT_SYMBOL(call_usermodehelper_exec);

int call_usermodehelper(const char *path, char **argv, char **envp, int wait) {
    if (subprocess_info *plain = request_of({.path = path, .argv = argv, .envp = envp}, memory_for(wait)))
        return call_usermodehelper_exec(plain, wait);
    return -ENOMEM;
}
EXPORT_SYMBOL(call_usermodehelper);

// SPDX-License-Identifier: Apache-2.0
// Programs that the kernel starts (Linux: kernel/umh.c). No program can run here: each is refused as one that is not
// installed, with a line in the log, so that a module's own way out is what runs.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/umh.h>

subprocess_info *call_usermodehelper_setup(const char *path, char **argv, char **envp, gfp_t gfp,
                                           int (*init)(subprocess_info *, cred *), void (*cleanup)(subprocess_info *),
                                           void *data) {
    auto *info = static_cast<subprocess_info *>(kzalloc(sizeof(subprocess_info), gfp));
    if (info) {
        info->path = path;
        info->argv = argv;
        info->envp = envp;
        info->init = init;
        info->cleanup = cleanup;
        info->data = data;
    }
    return info;
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
    const gfp_t gfp = wait == UMH_NO_WAIT ? GFP_ATOMIC : GFP_KERNEL;
    subprocess_info *info = call_usermodehelper_setup(path, argv, envp, gfp, nullptr, nullptr, nullptr);
    return info ? call_usermodehelper_exec(info, wait) : -ENOMEM;
}
EXPORT_SYMBOL(call_usermodehelper);

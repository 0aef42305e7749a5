// SPDX-License-Identifier: Apache-2.0
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ratelimit.h>

int ___ratelimit(struct ratelimit_state *rs, const char *func) {
    int interval = READ_ONCE(rs->interval), burst = READ_ONCE(rs->burst);
    int allowed;

    if (!interval)
        return 1;
    // Whoever finds somebody else at it has come too often by that alone.
    if (atomic_xchg_acquire(&rs->busy, 1))
        return 0;
    if (!rs->begin)
        rs->begin = jiffies;
    if (time_is_before_jiffies(rs->begin + interval)) {
        if (rs->missed && !(rs->flags & RATELIMIT_MSG_ON_RELEASE)) {
            printk_deferred(KERN_WARNING "%s: %d callbacks suppressed\n", func, rs->missed);
            rs->missed = 0;
        }
        rs->begin = jiffies;
        rs->printed = 0;
    }
    allowed = burst && burst > rs->printed;
    if (allowed)
        rs->printed++;
    else
        rs->missed++;
    atomic_set_release(&rs->busy, 0);
    return allowed;
}
EXPORT_SYMBOL(___ratelimit);

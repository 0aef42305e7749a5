// SPDX-License-Identifier: Apache-2.0
// "No more than `burst` in `interval` ticks" (Linux: lib/ratelimit.c).
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ratelimit.h>

namespace {

// What was left out is told before the next interval begins, or at the end if that was asked for.
void tell_missed(ratelimit_state &rs, const char *func) {
    const bool at_the_end = rs.flags & RATELIMIT_MSG_ON_RELEASE;

    if (!rs.missed || at_the_end)
        return;
    printk_deferred(KERN_WARNING "%s: %d callbacks suppressed\n", func, rs.missed);
    rs.missed = 0;
}

// Counts the caller in or out.
bool count(ratelimit_state &rs, int burst) {
    const bool in = rs.printed < burst;

    ++(in ? rs.printed : rs.missed);
    return in;
}

} // namespace

int ___ratelimit(struct ratelimit_state *rs, const char *func) {
    const int length = READ_ONCE(rs->interval);
    bool allowed = !length;

    // A caller that finds another at it has come too often by that alone.
    if (length && !atomic_xchg_acquire(&rs->busy, 1)) {
        if (rs->begin && time_is_before_jiffies(rs->begin + length)) {
            tell_missed(*rs, func);
            rs->begin = 0;
            rs->printed = 0;
        }
        if (!rs->begin)
            rs->begin = jiffies;
        allowed = count(*rs, READ_ONCE(rs->burst));
        atomic_set_release(&rs->busy, 0);
    }
    return allowed;
}
EXPORT_SYMBOL(___ratelimit);

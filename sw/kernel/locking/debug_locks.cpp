// SPDX-License-Identifier: Apache-2.0
// Whether lock debugging is still to be believed (Linux: lib/debug_locks.c).
#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/string.h>

#include "kernel/locking/internal.h"
#include "kernel/oops.h"

int debug_locks = 1;
EXPORT_SYMBOL_GPL(debug_locks);

bool debug_checks = true;
EXPORT_SYMBOL_GPL(debug_checks);

// "debug=off": the checks of a production kernel only. "debug=raw_lock_nesting": also what PREEMPT_RT would complain
// of.
static int setup_debug(char *str) {
    if (str && !strcmp(str, "raw_lock_nesting"))
        lockdep_prove_raw_nesting();
    if (str && !strcmp(str, "off")) {
        debug_locks = 0;
        debug_checks = false;
    }
    return 0;
}
early_param("debug", setup_debug);

int debug_locks_report(void) {
    static int reports;

    defect_is(FINDING_lock_state);
    if (debug_locks && __atomic_add_fetch(&reports, 1, __ATOMIC_SEQ_CST) >= LOCK_REPORTS && debug_locks_off())
        return 1; // the last one
    return debug_locks;
}
EXPORT_SYMBOL_GPL(debug_locks_report);

int debug_locks_off(void) {
    return __atomic_exchange_n(&debug_locks, 0, __ATOMIC_SEQ_CST);
}
EXPORT_SYMBOL_GPL(debug_locks_off);

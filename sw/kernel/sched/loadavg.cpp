// SPDX-License-Identifier: Apache-2.0
// Load averages, for LEDs that beat with them: nothing averages the load, they stay 0.
#include <linux/export.h>
#include <linux/sched/loadavg.h>

unsigned long avenrun[3];
EXPORT_SYMBOL(avenrun);

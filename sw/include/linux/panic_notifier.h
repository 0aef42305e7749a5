/* SPDX-License-Identifier: Apache-2.0 */
/* Called by panic() before the run ends (Linux's include/linux/panic_notifier.h). */
#ifndef _LINUX_PANIC_NOTIFIERS_H
#define _LINUX_PANIC_NOTIFIERS_H

#include <linux/notifier.h>
#include <linux/types.h>

__BEGIN_DECLS
extern struct atomic_notifier_head panic_notifier_list;
__END_DECLS

#endif

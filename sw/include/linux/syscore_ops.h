/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What runs last before the system sleeps or powers off and first after it wakes up, on one CPU with interrupts masked (Linux
 * 6.1, include/linux/syscore_ops.h). drivers/base/syscore.cpp
 */
#ifndef _LINUX_SYSCORE_OPS_H
#define _LINUX_SYSCORE_OPS_H

#include <linux/list.h>

struct syscore_ops {
	struct list_head node;
	int (*suspend)(void);
	void (*resume)(void);
	void (*shutdown)(void);
};

__BEGIN_DECLS
/* May sleep. */
void register_syscore_ops(struct syscore_ops *ops);
void unregister_syscore_ops(struct syscore_ops *ops);
/* In the reverse order of registration. There is no syscore_suspend(): the simulated system never sleeps. */
void syscore_shutdown(void);
__END_DECLS

#endif

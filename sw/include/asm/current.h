/* SPDX-License-Identifier: Apache-2.0 */
/* The running task: SP_EL0 on arm64, the core's page of port/kernel.h here. Valid from smp_setup_processor_id() on. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

#include <linux/compiler.h>
#include "port/kernel.h"

struct task_struct;

static __always_inline struct task_struct *get_current(void)
{
	return (struct task_struct *)PORT_CPU_PAGE->thread;
}

#define current get_current()

#endif

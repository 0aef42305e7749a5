// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Per-CPU rwsem, static keys, once. */
#include "probe.h"
#include <linux/jump_label.h>
#include <linux/percpu-rwsem.h>

DEFINE_STATIC_PERCPU_RWSEM(rw);
static DEFINE_STATIC_KEY_FALSE(key);

static void probe(void)
{
	FACT(percpu_down_read_trylock(&rw));
	percpu_up_read(&rw);
	percpu_down_write(&rw);
	FACT(percpu_down_read_trylock(&rw));
	percpu_up_write(&rw);
	FACT(static_branch_unlikely(&key));
	static_branch_inc(&key);
	FACT(static_branch_unlikely(&key));
	FACT(static_key_count(&key.key));
	static_branch_inc(&key);
	static_branch_dec(&key);
	FACT(static_key_enabled(&key));
	static_branch_disable(&key);
	FACT(static_key_enabled(&key));
}

static void leave(void)
{
}

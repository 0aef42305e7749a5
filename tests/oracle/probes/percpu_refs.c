// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* A percpu_ref: killed, confirmed, resurrected, switched; and what its state answers. */
#include "probe.h"

#include <linux/percpu-refcount.h>

static struct percpu_ref ref;
static DECLARE_COMPLETION(released);
static DECLARE_COMPLETION(confirmed);

static void release(struct percpu_ref *r)
{
	SAY("release: zero %d dying %d", percpu_ref_is_zero(r), percpu_ref_is_dying(r));
	complete(&released);
}

static void confirm(struct percpu_ref *r)
{
	SAY("confirm: zero %d dying %d", percpu_ref_is_zero(r), percpu_ref_is_dying(r));
	complete(&confirmed);
}

static void state(const char *what)
{
	SAY("%s: zero %d dying %d", what, percpu_ref_is_zero(&ref), percpu_ref_is_dying(&ref));
}

static void probe(void)
{
	FACT(percpu_ref_init(&ref, release, PERCPU_REF_ALLOW_REINIT, GFP_KERNEL));
	state("init");
	FACT(percpu_ref_tryget(&ref));
	FACT(percpu_ref_tryget_live(&ref));
	percpu_ref_put(&ref);
	percpu_ref_kill_and_confirm(&ref, confirm);
	wait_for_completion(&confirmed);
	state("killed");
	FACT(percpu_ref_tryget_live(&ref));
	FACT(percpu_ref_tryget(&ref));
	percpu_ref_put(&ref);
	FACT(completion_done(&released));
	percpu_ref_put(&ref);
	wait_for_completion(&released);
	state("released");
	FACT(percpu_ref_tryget(&ref));
	percpu_ref_reinit(&ref);
	state("reinit");
	percpu_ref_get_many(&ref, 5);
	percpu_ref_switch_to_atomic_sync(&ref);
	state("atomic");
	percpu_ref_put_many(&ref, 5);
	percpu_ref_switch_to_percpu(&ref);
	state("percpu");
	percpu_ref_kill(&ref);
	msleep(50);
	percpu_ref_resurrect(&ref);
	state("resurrected");
	percpu_ref_exit(&ref);
	FACT(percpu_ref_init(&ref, release, PERCPU_REF_INIT_DEAD | PERCPU_REF_ALLOW_REINIT, GFP_KERNEL));
	state("born dead");
	FACT(percpu_ref_tryget(&ref));
	percpu_ref_reinit(&ref);
	FACT(percpu_ref_tryget_live(&ref));
	percpu_ref_put(&ref);
	percpu_ref_exit(&ref);
	FACT(percpu_ref_init(&ref, release, PERCPU_REF_INIT_ATOMIC | PERCPU_REF_ALLOW_REINIT, GFP_KERNEL));
	state("born atomic");
	percpu_ref_exit(&ref);
}

static void leave(void)
{
}

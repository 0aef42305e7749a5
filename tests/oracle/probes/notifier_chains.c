// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Order and results of notifier chains. */
#include "probe.h"
#include <linux/notifier.h>

static int stop_at;
static int cb(struct notifier_block *nb, unsigned long action, void *data)
{
	SAY("prio %d action %lu", nb->priority, action);
	return nb->priority == stop_at ? NOTIFY_STOP : NOTIFY_OK;
}
static int bad(struct notifier_block *nb, unsigned long action, void *data)
{
	SAY("bad prio %d action %lu", nb->priority, action);
	return notifier_from_errno(-EBUSY);
}
static struct notifier_block a = {.notifier_call = cb, .priority = 0}, b = {.notifier_call = cb, .priority = 10},
			     c = {.notifier_call = cb, .priority = 10}, d = {.notifier_call = cb, .priority = -5},
			     e = {.notifier_call = bad, .priority = 5};
static RAW_NOTIFIER_HEAD(raw);
static BLOCKING_NOTIFIER_HEAD(blocking);
static ATOMIC_NOTIFIER_HEAD(atomic);

static void probe(void)
{
	int r;

	stop_at = 99;
	FACT(raw_notifier_chain_register(&raw, &a));
	FACT(raw_notifier_chain_register(&raw, &b));
	FACT(raw_notifier_chain_register(&raw, &c));
	FACT(raw_notifier_chain_register(&raw, &d));
	FACT(raw_notifier_chain_register(&raw, &a));
	r = raw_notifier_call_chain(&raw, 3, NULL);
	FACT(r);
	stop_at = 10;
	r = raw_notifier_call_chain(&raw, 4, NULL);
	FACT(r);
	FACT(notifier_to_errno(r));
	FACT(raw_notifier_chain_unregister(&raw, &b));
	FACT(raw_notifier_chain_unregister(&raw, &b));
	FACT(blocking_notifier_chain_register(&blocking, &e));
	r = blocking_notifier_call_chain(&blocking, 1, NULL);
	FACT(r);
	FACT(notifier_to_errno(r));
	FACT(blocking_notifier_chain_register(&blocking, &b));
	stop_at = 0;
	r = blocking_notifier_call_chain_robust(&blocking, 1, 2, NULL);
	FACT(r);
	FACT(blocking_notifier_chain_register_unique_prio(&blocking, &c));
	FACT(atomic_notifier_chain_register(&atomic, &d));
	r = atomic_notifier_call_chain(&atomic, 9, NULL);
	FACT(r);
	FACT(atomic_notifier_chain_unregister(&atomic, &a));
	r = raw_notifier_call_chain(&(struct raw_notifier_head){}, 1, NULL);
	FACT(r);
	FACT(NOTIFY_DONE);
	FACT(NOTIFY_OK);
	FACT(NOTIFY_BAD);
	FACT(NOTIFY_STOP);
}

static void leave(void)
{
}

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Notifier chains: stopping, counts, removal of what is not there, errno and back. */
#include "probe.h"
#include <linux/notifier.h>

static int answer = NOTIFY_OK;
static int one(struct notifier_block *b, unsigned long e, void *d)
{
	SAY("one %lu", e);
	return answer;
}
static int two(struct notifier_block *b, unsigned long e, void *d)
{
	SAY("two %lu", e);
	return NOTIFY_DONE;
}
static struct notifier_block a = {.notifier_call = one, .priority = 5}, b = {.notifier_call = two},
			     c = {.notifier_call = two};
static ATOMIC_NOTIFIER_HEAD(at);
static BLOCKING_NOTIFIER_HEAD(bl);
static RAW_NOTIFIER_HEAD(raw);
static struct srcu_notifier_head sr;

static void probe(void)
{
	srcu_init_notifier_head(&sr);
	FACT(atomic_notifier_chain_register(&at, &b));
	FACT(atomic_notifier_chain_register(&at, &a));
	FACT(atomic_notifier_call_chain(&at, 3, NULL));
	answer = NOTIFY_STOP;
	FACT(atomic_notifier_call_chain(&at, 4, NULL));
	answer = NOTIFY_BAD;
	FACT(atomic_notifier_call_chain(&at, 5, NULL));
	answer = notifier_from_errno(-EBUSY);
	FACT(answer);
	FACT(atomic_notifier_call_chain(&at, 6, NULL));
	FACT(notifier_to_errno(answer));
	FACT(notifier_to_errno(NOTIFY_OK));
	FACT(notifier_from_errno(0));
	FACT(atomic_notifier_chain_unregister(&at, &c));
	FACT(atomic_notifier_chain_unregister(&at, &a));
	FACT(atomic_notifier_chain_unregister(&at, &a));
	FACT(atomic_notifier_call_chain(&at, 7, NULL));
	answer = NOTIFY_OK;
	FACT(blocking_notifier_chain_register(&bl, &a));
	FACT(blocking_notifier_call_chain(&bl, 8, NULL));
	FACT(blocking_notifier_chain_unregister(&bl, &a));
	FACT(blocking_notifier_call_chain(&bl, 9, NULL));
	FACT(raw_notifier_chain_register(&raw, &a));
	FACT(raw_notifier_call_chain(&raw, 10, NULL));
	FACT(srcu_notifier_chain_register(&sr, &c));
	FACT(srcu_notifier_call_chain(&sr, 11, NULL));
	FACT(srcu_notifier_chain_unregister(&sr, &c));
	srcu_cleanup_notifier_head(&sr);
	FACT(NOTIFY_STOP_MASK);
}

static void leave(void)
{
}

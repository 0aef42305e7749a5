// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Printing limited by rate, and once: what is let through, what is said of the rest. */
#include "probe.h"

#include <linux/ratelimit.h>

static DEFINE_RATELIMIT_STATE(two, HZ / 2, 2);
static struct ratelimit_state none, quiet;

static void probe(void)
{
	int i;

	for (i = 0; i < 5; i++)
		FACT(__ratelimit(&two));
	FACT(two.missed);
	FACT(two.printed);
	msleep(600);
	FACT(__ratelimit(&two));
	FACT(two.missed);
	ratelimit_state_init(&none, 0, 1);
	for (i = 0; i < 3; i++)
		FACT(__ratelimit(&none));
	ratelimit_state_init(&quiet, HZ / 10, 1);
	ratelimit_set_flags(&quiet, RATELIMIT_MSG_ON_RELEASE);
	for (i = 0; i < 3; i++)
		FACT(__ratelimit(&quiet));
	msleep(200);
	FACT(__ratelimit(&quiet));
	for (i = 0; i < 3; i++)
		FACT(__ratelimit(&quiet));
	ratelimit_state_exit(&quiet);
	ratelimit_state_init(&quiet, HZ, 0);
	FACT(__ratelimit(&quiet));
	for (i = 0; i < 12; i++)
		pr_info_ratelimited("PROBE limited %d\n", i);
	for (i = 0; i < 3; i++)
		pr_info_once("PROBE once %d\n", i);
	for (i = 0; i < 3; i++)
		FACT(WARN_ONCE(i == 1, "PROBE warned at %d\n", i));
	for (i = 0; i < 2; i++)
		FACT(WARN_ON_ONCE(i >= 0));
	FACT(printk_timed_ratelimit(&(unsigned long){0}, 10));
	FACT(DEFAULT_RATELIMIT_INTERVAL);
	FACT(DEFAULT_RATELIMIT_BURST);
}

static void leave(void)
{
}

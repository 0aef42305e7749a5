// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Cookies and domains of async calls, and their order. */
#include "probe.h"

#include <linux/async.h>

static ASYNC_DOMAIN(domain);
static ASYNC_DOMAIN_EXCLUSIVE(alone);
static atomic_t ran;
static async_cookie_t first;

static void call(void *data, async_cookie_t cookie)
{
	msleep(5 * (3 - (long)data));
	async_synchronize_cookie_domain(cookie, &domain);
	SAY("call %ld cookie +%lld async %d", (long)data, cookie - first, current_is_async());
	atomic_inc(&ran);
}

static void plain(void *data, async_cookie_t cookie)
{
	SAY("plain %s", (char *)data);
}

static void probe(void)
{
	long i;

	first = async_schedule_domain(call, (void *)0, &domain);
	for (i = 1; i < 4; i++)
		FACT(async_schedule_domain(call, (void *)i, &domain) - first);
	async_synchronize_full_domain(&domain);
	FACT(atomic_read(&ran));
	async_schedule_domain(plain, "alone", &alone);
	async_synchronize_full_domain(&alone);
	async_schedule(plain, "global");
	async_synchronize_full();
	async_schedule_node(plain, "on a node", 0);
	async_synchronize_full();
	FACT(current_is_async());
}

static void leave(void)
{
}

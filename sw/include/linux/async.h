/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that run later, each in a context of its own, and can be waited for (Linux 6.1, include/linux/async.h). */
#ifndef __ASYNC_H__
#define __ASYNC_H__

#include <linux/compiler.h>
#include <linux/device.h>
#include <linux/list.h>
#include <linux/numa.h>
#include <linux/types.h>

/* Grows by one from call to call. */
typedef u64 async_cookie_t;
typedef void (*async_func_t)(void *data, async_cookie_t cookie);

/* Calls that are waited for together; `registered`: by async_synchronize_full() too. */
struct async_domain {
	struct list_head pending;
	unsigned registered : 1;
};

#define __ASYNC_DOMAIN(_name, _registered)                                                                             \
	struct async_domain _name = { .pending = LIST_HEAD_INIT(_name.pending), .registered = _registered }
#define ASYNC_DOMAIN(_name)	      __ASYNC_DOMAIN(_name, 1)
#define ASYNC_DOMAIN_EXCLUSIVE(_name) __ASYNC_DOMAIN(_name, 0)

__BEGIN_DECLS

/* May be called in any context; without memory `func` is called at once. */
async_cookie_t async_schedule_node(async_func_t func, void *data, int node);
async_cookie_t async_schedule_node_domain(async_func_t func, void *data, int node, struct async_domain *domain);
/* Wait for all calls (of a domain), or for those that were scheduled before `cookie`. May sleep. */
void async_synchronize_full(void);
void async_synchronize_full_domain(struct async_domain *domain);
void async_synchronize_cookie(async_cookie_t cookie);
void async_synchronize_cookie_domain(async_cookie_t cookie, struct async_domain *domain);
bool current_is_async(void);

__END_DECLS

#define async_schedule(func, data)			  async_schedule_node(func, data, NUMA_NO_NODE)
#define async_schedule_domain(func, data, domain)	  async_schedule_node_domain(func, data, NUMA_NO_NODE, domain)
#define async_schedule_dev(func, dev)			  async_schedule_node(func, dev, dev_to_node(dev))
#define async_schedule_dev_domain(func, dev, domain)	  async_schedule_node_domain(func, dev, dev_to_node(dev), domain)

#endif

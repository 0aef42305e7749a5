// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: BUG: KASAN: use-after-free in handler+
// with: --kasan
#include "defect.h"

struct event { int number; };
static int irq, seen;
static struct kmem_cache *cache;

static irqreturn_t handler(int n, void *d)
{
	struct event *e = kmem_cache_zalloc(cache, GFP_ATOMIC);

	if (!e)
		return IRQ_NONE;
#ifdef CORRECT
	seen += READ_ONCE(e->number);
#endif
	kmem_cache_free(cache, e);
#ifndef CORRECT
	seen += READ_ONCE(e->number); /* here */
#endif
	return IRQ_HANDLED;
}
static int __init defect_init(void)
{
	cache = KMEM_CACHE(event, 0);
	irq = gpio_to_irq(BUTTON);
	return request_irq(irq, handler, IRQF_TRIGGER_RISING, "defect", &irq);
}
static void __exit defect_exit(void)
{
	free_irq(irq, &irq);
	kmem_cache_destroy(cache);
}

module_init(defect_init);
module_exit(defect_exit);

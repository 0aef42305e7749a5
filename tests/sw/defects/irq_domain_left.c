// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: module irq_domain_left unloaded with irq domain
#include "defect.h"
#include <linux/irqdomain.h>

static const struct irq_domain_ops operations;
static struct irq_domain *domain;

static int __init defect_init(void)
{
	domain = irq_domain_add_linear(NULL, 4, &operations, NULL); /* here */
	return domain ? 0 : -ENOMEM;
}

static void __exit defect_exit(void)
{
#ifdef CORRECT
	irq_domain_remove(domain);
#endif
}
module_init(defect_init);
module_exit(defect_exit);

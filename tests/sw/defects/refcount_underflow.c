// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: refcount_t: underflow; use-after-free.
#include "defect.h"

static refcount_t count = REFCOUNT_INIT(1);

static int __init defect_init(void)
{
	if (refcount_dec_and_test(&count))
		pr_info("last\n");
#ifndef CORRECT
	if (refcount_dec_and_test(&count)) /* here */
		pr_info("last again\n");
#else
#endif
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);

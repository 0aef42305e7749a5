// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: s and does not end
#include "defect.h"

static int ready; /* nothing ever sets it */

static int __init defect_init(void)
{
	int tries = 0;

	while (!READ_ONCE(ready)) {
#ifdef CORRECT
		if (++tries == 100)
			break;
#endif
		udelay(100); /* here */
	}
	return tries ? 0 : -ETIMEDOUT;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: does not come to its end: it was waited for 900 seconds
#include "defect.h"

static DECLARE_COMPLETION(answered);

static int __init defect_init(void)
{
#ifdef CORRECT
	complete(&answered);
#endif
	return wait_for_completion_interruptible(&answered); /* here */
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);

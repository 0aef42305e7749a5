// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: WARNING: bad unlock balance detected!
#include "defect.h"

static DECLARE_RWSEM(sem);

static int __init defect_init(void)
{
#ifndef CORRECT
#else
	down_read(&sem);
#endif
	up_read(&sem); /* here */
	return 0;
}

static void __exit defect_exit(void)
{
}

module_init(defect_init);
module_exit(defect_exit);

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// says: stack-protector: Kernel stack is corrupted in
#include "defect.h"

static noinline void fill(char *line, int bytes)
{
	memset(line, 'x', bytes);
}

static noinline int measure(int bytes)
{
	char line[16]; /* here */

	fill(line, bytes);
	return line[3];
}

static int __init defect_init(void)
{
#ifndef CORRECT
	return measure(40) == 'y';
#else
	return measure(16) == 'y';
#endif
}

static void __exit defect_exit(void)
{
}
module_init(defect_init);
module_exit(defect_exit);

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* ERR_PTR and the numbers of errors; IS_ERR_OR_NULL; errname. */
#include "probe.h"
#include <linux/err.h>

static void probe(void)
{
	int i;

	FACT(IS_ERR(ERR_PTR(-4095)));
	FACT(IS_ERR((void *)-4096L));
	FACT(IS_ERR_OR_NULL(NULL));
	FACT(PTR_ERR_OR_ZERO(ERR_PTR(-5)));
	FACT(PTR_ERR_OR_ZERO(&i));
	FACT(MAX_ERRNO);
	for (i = 1; i < 134; i++)
		SAY("%d %pe", i, ERR_PTR(-i));
	for (i = 512; i < 531; i++)
		SAY("%d %pe", i, ERR_PTR(-i));
}

static void leave(void)
{
}

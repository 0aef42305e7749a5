// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* What a module's init function is called while it runs, and who calls it. */
#include "probe.h"

static noinline void probe(void)
{
	SAY("called by %ps", __builtin_return_address(0));
}

static void leave(void)
{
}

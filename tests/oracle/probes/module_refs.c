// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* try_module_get, symbol_get, module names in messages. */
#include "probe.h"

static void probe(void)
{
	FACT(module_refcount(THIS_MODULE));
	FACT(try_module_get(THIS_MODULE));
	FACT(module_refcount(THIS_MODULE));
	module_put(THIS_MODULE);
	FACT(THIS_MODULE->state);
	SAY("%s", module_name(THIS_MODULE));
	SAY("%s", KBUILD_MODNAME);
	SAY("[%ps]", probe);
	FACT(within_module((unsigned long)probe, THIS_MODULE));
}
static void leave(void)
{
	FACT(THIS_MODULE->state);
}

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: numbers, widths, flags. */
#include "probe.h"

static void probe(void)
{
	SAY("[%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%#x] [%X] [%o] [%#o]", 42, 42, 42, 42, 42, 255, 255, 255, 8, 8);
	SAY("[%.3d] [%8.3d] [%-8.3d] [%.0d] [%lld] [%llu]", 7, 7, 7, 0, -1LL, ~0ULL);
	SAY("[%hhd] [%hd] [%hhu] [%zu] [%td] [%ld]", 300, 70000, 300, (size_t)5, (ptrdiff_t)-5, -5L);
	SAY("[%s] [%.3s] [%10s] [%-10s] [%s] [%.*s] [%5.1s]", "text", "text", "text", "text", (char *)NULL, 2, "text",
	    "text");
	SAY("[%c] [%5c] [%-5c] [%%] [%*d] [%-*d]", 'a', 'b', 'c', 6, 1, 6, 1);
	SAY("[%#08x] [%#-8x] [%#010llx] [%08.3d]", 255, 255, 255ULL, 5);
	SAY("[%i] [%u] [%5u] [%05u]", -3, 4000000000U, 5, 5);
}

static void leave(void)
{
}

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: network addresses, flags, names, nested formats, odd directives. */
#include "probe.h"
#include <linux/gfp.h>
#include <linux/uuid.h>

static void nested(const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	SAY("nested [%pV] [%d]", &vaf, 5);
	va_end(args);
}

static void probe(void)
{
	static const u8 v6[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, v4[4] = {192, 168, 0, 1},
			mac[6] = {0, 0x1a, 0xff, 3, 4, 5};
	static const u8 mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4};
	uuid_t u = UUID_INIT(0x01234567, 0x89ab, 0xcdef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef);
	gfp_t g = GFP_KERNEL;
	u16 h = 0xabcd;
	phys_addr_t pa = 0x12345;
	dma_addr_t da = 0x6789;
	char b[64];

	SAY("[%pI4] [%pi4] [%pI4h] [%pI4n] [%pI4b] [%pI4l]", v4, v4, v4, v4, v4, v4);
	SAY("[%pI6] [%pi6] [%pI6c]", v6, v6, v6);
	SAY("[%pI6c]", mapped);
	SAY("[%pM] [%pMR] [%pMF] [%pm] [%pmR]", mac, mac, mac, mac, mac);
	SAY("[%pUb] [%pUB] [%pUl] [%pUL] [%pU]", &u, &u, &u, &u, &u);
	SAY("[%pGg]", &g);
	g = GFP_ATOMIC | __GFP_ZERO;
	SAY("[%pGg]", &g);
	SAY("[%pap] [%pad] [%pa]", &pa, &da, &pa);
	SAY("[%*ph] [%*phC] [%*phD] [%*phN]", 3, mac, 3, mac, 3, mac, 3, mac);
	SAY("[%3phN]", mac);
	SAY("[%ps] [%pS]", probe, probe);
	SAY("[%pSR]", (void *)1);
	SAY("[%10s] [%-10s] [%.3s] [%10.2s] [%.*s] [%*s]", "abc", "abc", "abcdef", "abcdef", 2, "abc", -6, "abc");
	SAY("[%s] [%5s] [%.2s]", (char *)NULL, (char *)NULL, (char *)NULL);
	SAY("[%s]", (char *)5);
	SAY("[%p] [%px]", NULL, NULL);
	SAY("[%pe]", ERR_PTR(-ENOENT));
	SAY("[%pe]", NULL);
	SAY("[%+d] [% d] [%05d] [%-5d] [%5.3d] [%.0d] [%+5d] [%#x] [%#o] [%08x] [%#010x] [%X] [%#X]", 5, 5, -5, 5, 5, 0,
	    5, 255, 8, 255, 255, 255, 255);
	SAY("[%hhd] [%hhu] [%hd] [%hx]", 300, 300, 70000, h);
	SAY("[%lld] [%llx] [%zu] [%zd] [%td]", -1LL, ~0ULL, (size_t)5, (ssize_t)-5, (ptrdiff_t)7);
	SAY("[%c%c] [%3c] [%-3c]", 'a', 'b', 'c', 'd');
	SAY("[%%] [%i] [%u]", 5, -1);
	nested("%s-%d", "in", 3);
	FACT(snprintf(b, 4, "%s", "abcdef"));
	SAY("[%s]", b);
	FACT(scnprintf(b, 4, "%s", "abcdef"));
	FACT(scnprintf(b, 0, "%s", "abcdef"));
	FACT(snprintf(NULL, 0, "%d", 12345));
	FACT(sprintf(b, "%*d|%-*d", 5, 1, 4, 2));
	SAY("[%s]", b);
}

static void leave(void)
{
}

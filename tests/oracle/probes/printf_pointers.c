// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: what stands behind %p. */
#include "probe.h"
#include <linux/ioport.h>

static void probe(void)
{
	static const u8 bytes[8] = {0x00, 0x11, 0x22, 0xab, 0xcd, 0xef, 0x7f, 0x41};
	static const char text[] = "a\tb\n\"\\\x01\xff";
	struct resource r = {.start = 0x1000, .end = 0x1fff, .flags = IORESOURCE_MEM, .name = "r"};
	struct resource q = {.start = 42, .end = 42, .flags = IORESOURCE_IRQ, .name = "q"};
	struct resource u = {.flags = IORESOURCE_MEM | IORESOURCE_UNSET, .end = 0xff};
	phys_addr_t pa = 0xfe000000;
	dma_addr_t da = 0x12345;
	unsigned long bits[2] = {0x8000000000000005UL, 0x3};
	u32 fourcc = 0x34325258;

	SAY("[%p] [%px]", NULL, NULL);
	SAY("[%pe] [%pe] [%pe]", ERR_PTR(-EINVAL), ERR_PTR(-1234), ERR_PTR(-EPROBE_DEFER));
	SAY("[%*ph] [%*phC] [%*phD] [%*phN] [%*ph]", 8, bytes, 8, bytes, 3, bytes, 3, bytes, 0, bytes);
	SAY("[%pM] [%pMF] [%pm] [%pMR]", bytes, bytes, bytes, bytes);
	SAY("[%pI4] [%pi4]", bytes, bytes);
	SAY("[%pR] [%pr]", &r, &r);
	SAY("[%pR] [%pr]", &q, &q);
	SAY("[%pR]", &u);
	SAY("[%pa] [%pad]", &pa, &da);
	SAY("[%*pb] [%*pbl]", 66, bits, 66, bits);
	SAY("[%*pE] [%*pEh] [%*pEp] [%*pEn]", (int)sizeof(text) - 1, text, 3, text, 3, text, (int)sizeof(text) - 1,
	    text);
	SAY("[%p4cc]", &fourcc);
	SAY("[%ps] [%pS]", probe, NULL);
	SAY("[%pE] [%pR] [%pM]", NULL, NULL, NULL);
	SAY("[%px] [%px] [%px]", LIST_POISON1, ERR_PTR(-EIO), (void *)18);
	SAY("[%10pe] [%-10pe]", ERR_PTR(-EIO), ERR_PTR(-EIO));
}

static void leave(void)
{
}

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* printf: what stands behind %p. */
#include <linux/ioport.h>
#include <linux/rtc.h>
#include <linux/time64.h>
#include <linux/uuid.h>
#include "probe.h"

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
	struct va_format vaf;
	u32 fourcc = 0x34325258;
	struct tm tm;
	struct rtc_time rtc = {.tm_year = 126, .tm_mon = 10, .tm_mday = 30, .tm_hour = 1, .tm_min = 2, .tm_sec = 3};
	time64_t t = 1700000000;

	SAY("[%p] [%px] [%pK]", NULL, NULL, NULL);
	SAY("[%pe] [%pe] [%pe]", ERR_PTR(-EINVAL), ERR_PTR(-1234), ERR_PTR(-EPROBE_DEFER));
	SAY("[%*ph] [%*phC] [%*phD] [%*phN] [%*ph]", 8, bytes, 8, bytes, 3, bytes, 3, bytes, 0, bytes);
	SAY("[%pM] [%pMF] [%pm] [%pMR]", bytes, bytes, bytes, bytes);
	SAY("[%pI4] [%pi4] [%pI6c]", bytes, bytes, bytes);
	SAY("[%pR] [%pr]", &r, &r);
	SAY("[%pR] [%pr]", &q, &q);
	SAY("[%pR]", &u);
	SAY("[%pa] [%pad]", &pa, &da);
	SAY("[%*pb] [%*pbl]", 66, bits, 66, bits);
	SAY("[%*pE] [%*pEh] [%*pEp] [%*pEn]", (int)sizeof(text) - 1, text, 3, text, 3, text, (int)sizeof(text) - 1, text);
	SAY("[%p4cc]", &fourcc);
	SAY("[%ptR] [%ptRd] [%ptRt] [%ptRr]", &rtc, &rtc, &rtc, &rtc);
	SAY("[%ptT] [%ptTd]", &t, &t);
	SAY("[%pd]", NULL);
	time64_to_tm(t, 0, &tm);
	SAY("tm %ld %d %d %d %d %d wday %d yday %d", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_wday, tm.tm_yday);
	SAY("[%ps]", probe);
	SAY("[%pS]", NULL);
}

static void leave(void)
{
}

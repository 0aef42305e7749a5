// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Extensions of %%p that others left out: with widths, precisions, and wrong ones. */
#include "probe.h"

#include <linux/in6.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/socket.h>
#include <linux/in.h>

static void varied(const char *format, ...)
{
	struct va_format vaf;
	va_list args;

	va_start(args, format);
	vaf.fmt = format;
	vaf.va = &args;
	SAY("within <%pV>", &vaf);
	va_end(args);
}

static void probe(void)
{
	u8 mac[6] = {1, 2, 0xab, 0xcd, 5, 6}, v6[16] = {0x20, 1, 0xd, 0xb8, [15] = 1}, zeros[16] = {};
	u8 mapped[16] = {[10] = 0xff, [11] = 0xff, 10, 0, 0, 1};
	__be32 v4 = cpu_to_be32(0xc0a80102);
	struct resource mem = {.start = 0x1000, .end = 0x1fff, .flags = IORESOURCE_MEM, .name = "m"};
	struct resource irq = {.start = 5, .end = 5, .flags = IORESOURCE_IRQ};
	struct resource odd = {.start = 7, .end = 9, .flags = IORESOURCE_BUS | IORESOURCE_DISABLED};
	struct resource empty = {.start = 5, .end = 4, .flags = IORESOURCE_IO | IORESOURCE_UNSET};
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = cpu_to_be16(80)};
	phys_addr_t phys = 0x12345678;
	dma_addr_t dma = 0x87654321;
	unsigned long flags = __GFP_HIGH | __GFP_IO, bits[1] = {0xf0f0f};
	char text[8] = "a\n\x01\"\\z";

	in.sin_addr.s_addr = v4;
	SAY("%pM %pm %pMR %pMF %20pM|%-20pM|", mac, mac, mac, mac, mac, mac);
	SAY("%pI4 %pi4 %pI4h %pI4n %pI4b %pI4l %18pI4|", &v4, &v4, &v4, &v4, &v4, &v4, &v4);
	SAY("%pI6 %pi6 %pI6c %pI6c %pI6c", v6, v6, v6, zeros, mapped);
	SAY("%pIS %pISp %pISpc %piS", &in, &in, &in, &in);
	SAY("%pr %pR", &mem, &mem);
	SAY("%pr %pR", &irq, &irq);
	SAY("%pr %pR", &odd, &odd);
	SAY("%pr %pR", &empty, &empty);
	SAY("%pa %pap %pad", &phys, &phys, &dma);
	SAY("%pGg", &flags);
	flags = GFP_KERNEL;
	SAY("%pGg", &flags);
	flags = 0;
	SAY("%pGg|", &flags);
	flags = VM_READ | VM_WRITE | VM_SHARED;
	SAY("%pGv", &flags);
	SAY("%*pb %*pbl %30pbl|", 20, bits, 20, bits, bits);
	SAY("%*ph %*phC %*phD %*phN", 3, mac, 3, mac, 3, mac, 3, mac);
	SAY("%*pE %*pEa %*pEn %*pEs %*pEo %*pEh %*pEc %*pEp", 6, text, 6, text, 6, text, 6, text, 6, text, 6, text, 6,
	    text, 6, text);
	SAY("%pe %pe %pe", ERR_PTR(-EPROBE_DEFER), ERR_PTR(-EREMOTEIO), ERR_PTR(-ENOTSUPP));
	SAY("%20pe|%-20pe|", ERR_PTR(-EIO), ERR_PTR(-EIO));
	SAY("%px", (void *)0x1234);
	SAY("%20px|%-20px|", (void *)0x1234, (void *)0x1234);
	SAY("%p %pK", NULL, NULL);
	SAY("%ps %pS", probe, probe);
	SAY("%pM %pI4 %pr %pe", NULL, NULL, NULL, NULL);
	SAY("%s %10s| %.2s|", (char *)NULL, (char *)NULL, (char *)NULL);
	SAY("%pUb", (void *)5);
	SAY("%pUb %pUB %pUl %pUL", v6, v6, v6, v6);
	SAY("%*.*s|%-*s|", 6, 2, "abc", 6, "abc");
	varied("%d %s %pM", 5, "x", mac);
}

static void leave(void)
{
}

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/byteorder.h>
#include "port/kernel.h"

/*
 * Registers through the cookies that ioremap gives. Reads stall until the answer is back and order later accesses
 * (a load barrier); writes are posted, after a store barrier. The _relaxed and __raw forms have no barrier.
 */
static inline u8 __raw_readb(const volatile void __iomem *addr)
{
	return port_read8(port_iomap_pa(addr));
}

static inline u16 __raw_readw(const volatile void __iomem *addr)
{
	return port_read16(port_iomap_pa(addr));
}

static inline u32 __raw_readl(const volatile void __iomem *addr)
{
	return port_read32(port_iomap_pa(addr));
}

static inline u64 __raw_readq(const volatile void __iomem *addr)
{
	return port_read64(port_iomap_pa(addr));
}

static inline void __raw_writeb(u8 val, volatile void __iomem *addr)
{
	port_write8(port_iomap_pa(addr), val);
}

static inline void __raw_writew(u16 val, volatile void __iomem *addr)
{
	port_write16(port_iomap_pa(addr), val);
}

static inline void __raw_writel(u32 val, volatile void __iomem *addr)
{
	port_write32(port_iomap_pa(addr), val);
}

static inline void __raw_writeq(u64 val, volatile void __iomem *addr)
{
	port_write64(port_iomap_pa(addr), val);
}

#define __iormb() smp_mb()
#define __iowmb() smp_mb()
#define __io_br() do { } while (0)

#define readb_relaxed(c) __raw_readb(c)
#define readw_relaxed(c) __raw_readw(c)
#define readl_relaxed(c) __raw_readl(c)
#define readq_relaxed(c) __raw_readq(c)
#define writeb_relaxed(v, c) __raw_writeb((v), (c))
#define writew_relaxed(v, c) __raw_writew((v), (c))
#define writel_relaxed(v, c) __raw_writel((v), (c))
#define writeq_relaxed(v, c) __raw_writeq((v), (c))

static inline u8 readb(const volatile void __iomem *addr)
{
	u8 val = __raw_readb(addr);

	__iormb();
	return val;
}

static inline u16 readw(const volatile void __iomem *addr)
{
	u16 val = __raw_readw(addr);

	__iormb();
	return val;
}

static inline u32 readl(const volatile void __iomem *addr)
{
	u32 val = __raw_readl(addr);

	__iormb();
	return val;
}

static inline u64 readq(const volatile void __iomem *addr)
{
	u64 val = __raw_readq(addr);

	__iormb();
	return val;
}

static inline void writeb(u8 val, volatile void __iomem *addr)
{
	__iowmb();
	__raw_writeb(val, addr);
}

static inline void writew(u16 val, volatile void __iomem *addr)
{
	__iowmb();
	__raw_writew(val, addr);
}

static inline void writel(u32 val, volatile void __iomem *addr)
{
	__iowmb();
	__raw_writel(val, addr);
}

static inline void writeq(u64 val, volatile void __iomem *addr)
{
	__iowmb();
	__raw_writeq(val, addr);
}

#define ioread8(p) readb(p)
#define ioread16(p) readw(p)
#define ioread32(p) readl(p)
#define ioread64(p) readq(p)
#define iowrite8(v, p) writeb((v), (p))
#define iowrite16(v, p) writew((v), (p))
#define iowrite32(v, p) writel((v), (p))
#define iowrite64(v, p) writeq((v), (p))
#define ioread16be(p) swab16(readw(p))
#define ioread32be(p) swab32(readl(p))
#define iowrite16be(v, p) writew(swab16(v), (p))
#define iowrite32be(v, p) writel(swab32(v), (p))

__BEGIN_DECLS
/* kernel/iomap.cpp: NULL for size 0 or a range that is DRAM. May sleep. */
void __iomem *ioremap(phys_addr_t phys_addr, size_t size);
void iounmap(volatile void __iomem *addr);
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count);
void memcpy_toio(volatile void __iomem *to, const void *from, size_t count);
void memset_io(volatile void __iomem *dst, int c, size_t count);
phys_addr_t virt_to_phys(const volatile void *address);
void *phys_to_virt(phys_addr_t address);
__END_DECLS

#define ioremap_wc(addr, size) ioremap(addr, size)
#define ioremap_np(addr, size) ioremap(addr, size)
#define ioremap_uc(addr, size) ioremap(addr, size)
#define ioremap_cache(addr, size) ioremap(addr, size)
#define ioremap_wt(addr, size) ioremap(addr, size)

/*
 * Port I/O. arm64 has it in a window of the address space, in which a SoC without PCI has mapped nothing: an access ends as
 * one to any other unmapped address does.
 */
#define PCI_IOBASE ((void __iomem *)0xfffffbfffe800000UL)
#define __io_port(port) ((volatile char __iomem *)PCI_IOBASE + (port))

#define __PORT_IO(suffix, type)                                                                                 \
	static inline type in##suffix(unsigned long port)                                                              \
	{                                                                                                              \
		return read##suffix(__io_port(port));                                                                  \
	}                                                                                                              \
	static inline void out##suffix(type value, unsigned long port)                                                 \
	{                                                                                                              \
		write##suffix(value, __io_port(port));                                                                 \
	}                                                                                                              \
	static inline type in##suffix##_p(unsigned long port)                                                          \
	{                                                                                                              \
		return in##suffix(port);                                                                               \
	}                                                                                                              \
	static inline void out##suffix##_p(type value, unsigned long port)                                             \
	{                                                                                                              \
		out##suffix(value, port);                                                                              \
	}                                                                                                              \
	static inline void ins##suffix(unsigned long port, void *buffer, unsigned int count)                           \
	{                                                                                                              \
		type *p = (type *)buffer;                                                                              \
		while (count--)                                                                                        \
			*p++ = __raw_read##suffix(__io_port(port));                                                    \
	}                                                                                                              \
	static inline void outs##suffix(unsigned long port, const void *buffer, unsigned int count)                    \
	{                                                                                                              \
		const type *p = (const type *)buffer;                                                                  \
		while (count--)                                                                                        \
			__raw_write##suffix(*p++, __io_port(port));                                                    \
	}

#define __MMIO_STREAM(suffix, type)                                                                            \
	static inline void reads##suffix(const volatile void __iomem *addr, void *buffer, unsigned int count)  \
	{                                                                                                      \
		for (type *p = (type *)buffer; count--; p++)                                                   \
			*p = __raw_read##suffix(addr);                                                         \
	}                                                                                                      \
	static inline void writes##suffix(volatile void __iomem *addr, const void *buffer, unsigned int count) \
	{                                                                                                      \
		for (const type *p = (const type *)buffer; count--; p++)                                       \
			__raw_write##suffix(*p, addr);                                                         \
	}
__MMIO_STREAM(b, u8)
__MMIO_STREAM(w, u16)
__MMIO_STREAM(l, u32)
__MMIO_STREAM(q, u64)
#undef __MMIO_STREAM
#define ioread8_rep(addr, buffer, count) readsb((addr), (buffer), (count))
#define ioread16_rep(addr, buffer, count) readsw((addr), (buffer), (count))
#define ioread32_rep(addr, buffer, count) readsl((addr), (buffer), (count))
#define iowrite8_rep(addr, buffer, count) writesb((addr), (buffer), (count))
#define iowrite16_rep(addr, buffer, count) writesw((addr), (buffer), (count))
#define iowrite32_rep(addr, buffer, count) writesl((addr), (buffer), (count))

__PORT_IO(b, u8)
__PORT_IO(w, u16)
__PORT_IO(l, u32)
#undef __PORT_IO

#endif

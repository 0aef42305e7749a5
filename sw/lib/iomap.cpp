// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "kernel/module/owned.h"
#include "port/kernel.h"

static const owned_kind owned_mapping = {"registers at %s still mapped",
                                         [](const void *object, char *buf, size_t size) {
                                             snprintf(buf, size, "%px", object);
                                             return static_cast<const char *>(buf);
                                         }};

void *ioremap(phys_addr_t phys_addr, size_t size) {
    if (!size || phys_addr + size - 1 < phys_addr)
        return NULL;
    // Device attributes on DRAM would be a second mapping with other attributes: arm64 refuses it.
    if (WARN_ON(port_va(phys_addr) != NULL))
        return NULL;
    void *cookie = port_iomap(phys_addr);
    owned_count(owned_mapping, cookie);
    return cookie;
}
EXPORT_SYMBOL(ioremap);

void iounmap(volatile void *addr) {
    owned_strike(const_cast<const void *>(addr));
}
EXPORT_SYMBOL(iounmap);

void memcpy_fromio(void *to, const volatile void *from, size_t count) {
    u8 *d = static_cast<u8 *>(to);
    const volatile u8 *s = static_cast<const volatile u8 *>(from);

    for (; count; count--)
        *d++ = __raw_readb(s++);
}
EXPORT_SYMBOL(memcpy_fromio);

void memcpy_toio(volatile void *to, const void *from, size_t count) {
    volatile u8 *d = static_cast<volatile u8 *>(to);
    const u8 *s = static_cast<const u8 *>(from);

    for (; count; count--)
        __raw_writeb(*s++, d++);
}
EXPORT_SYMBOL(memcpy_toio);

void memset_io(volatile void *dst, int c, size_t count) {
    for (volatile u8 *d = static_cast<volatile u8 *>(dst); count; count--)
        __raw_writeb(static_cast<u8>(c), d++);
}
EXPORT_SYMBOL(memset_io);

phys_addr_t virt_to_phys(const volatile void *address) {
    return port_pa(const_cast<const void *>(address));
}
EXPORT_SYMBOL(virt_to_phys);

void *phys_to_virt(phys_addr_t address) {
    return port_va(address);
}
EXPORT_SYMBOL(phys_to_virt);

void *memremap(resource_size_t offset, size_t size, unsigned long flags) {
    return port_va(offset);
}
EXPORT_SYMBOL(memremap);

void memunmap(void *addr) {}
EXPORT_SYMBOL(memunmap);

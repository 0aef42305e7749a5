// SPDX-License-Identifier: Apache-2.0
// Memory of programs, for drivers that implement mmap: there is no program, so nothing can be mapped into one.
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mm.h>

int remap_pfn_range(struct vm_area_struct *, unsigned long, unsigned long, unsigned long, pgprot_t) {
    return -ENOSYS;
}
EXPORT_SYMBOL(remap_pfn_range);

int vm_iomap_memory(struct vm_area_struct *, phys_addr_t, unsigned long) {
    return -ENOSYS;
}
EXPORT_SYMBOL(vm_iomap_memory);

int vm_insert_page(struct vm_area_struct *, unsigned long, struct page *) {
    return -ENOSYS;
}
EXPORT_SYMBOL(vm_insert_page);

int remap_vmalloc_range(struct vm_area_struct *, void *, unsigned long) {
    return -ENOSYS;
}
EXPORT_SYMBOL(remap_vmalloc_range);

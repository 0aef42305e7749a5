// SPDX-License-Identifier: Apache-2.0
// Memory for bus masters (Linux: kernel/dma/mapping.c). A master sees the DRAM as the cores see it, at its physical
// addresses and always up to date: a mapping is an address, and synchronising is nothing. The interface is declared by
// Linux's own linux/dma-mapping.h, which platform/linux brings.
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "kernel/module/owned.h"

namespace {

enum direction : int {};

const owned_kind coherent_memory = {"coherent memory%s still allocated",
                                    [](const void *, char *, size_t) -> const char * { return ""; }};

struct managed {
    void *memory;
    size_t size;
    dma_addr_t handle;
};

} // namespace

extern "C" {

void *dma_alloc_attrs(device *, size_t size, dma_addr_t *handle, gfp_t gfp, unsigned long) {
    auto *memory = reinterpret_cast<void *>(__get_free_pages(gfp | __GFP_ZERO, get_order(size)));
    if (!memory)
        return nullptr;
    *handle = virt_to_phys(memory);
    owned_note(coherent_memory, memory);
    return memory;
}
EXPORT_SYMBOL(dma_alloc_attrs);

void dma_free_attrs(device *, size_t size, void *memory, dma_addr_t, unsigned long) {
    if (!memory)
        return;
    owned_strike(memory);
    free_pages(reinterpret_cast<unsigned long>(memory), get_order(size));
}
EXPORT_SYMBOL(dma_free_attrs);

void *dmam_alloc_attrs(device *dev, size_t size, dma_addr_t *handle, gfp_t gfp, unsigned long attrs) {
    auto *memory = dma_alloc_attrs(dev, size, handle, gfp, attrs);
    auto *note = static_cast<managed *>(memory ? devm_kzalloc(dev, sizeof(managed), gfp) : nullptr);
    if (note) {
        *note = {memory, size, *handle};
        const auto release = [](void *data) {
            const auto *note = static_cast<managed *>(data);
            dma_free_attrs(nullptr, note->size, note->memory, note->handle, 0);
        };
        return devm_add_action_or_reset(dev, release, note) ? nullptr : memory;
    }
    dma_free_attrs(dev, size, memory, memory ? *handle : 0, attrs);
    return nullptr;
}
EXPORT_SYMBOL(dmam_alloc_attrs);

dma_addr_t dma_map_page_attrs(device *, page *page, size_t offset, size_t, direction, unsigned long) {
    return page_to_phys(page) + offset;
}
EXPORT_SYMBOL(dma_map_page_attrs);

dma_addr_t dma_map_resource(device *, phys_addr_t address, size_t, direction, unsigned long) {
    return address;
}
EXPORT_SYMBOL(dma_map_resource);

void dma_unmap_page_attrs(device *, dma_addr_t, size_t, direction, unsigned long) {}
EXPORT_SYMBOL(dma_unmap_page_attrs);
void dma_unmap_resource(device *, dma_addr_t, size_t, direction, unsigned long) {}
EXPORT_SYMBOL(dma_unmap_resource);
void dma_sync_single_for_cpu(device *, dma_addr_t, size_t, direction) {}
EXPORT_SYMBOL(dma_sync_single_for_cpu);
void dma_sync_single_for_device(device *, dma_addr_t, size_t, direction) {}
EXPORT_SYMBOL(dma_sync_single_for_device);

int dma_set_mask(device *dev, u64 mask) {
    if (!dev->dma_mask)
        return -EIO;
    *dev->dma_mask = mask;
    return 0;
}
EXPORT_SYMBOL(dma_set_mask);

int dma_set_coherent_mask(device *dev, u64 mask) {
    dev->coherent_dma_mask = mask;
    return 0;
}
EXPORT_SYMBOL(dma_set_coherent_mask);

size_t dma_max_mapping_size(device *) {
    return SIZE_MAX;
}
EXPORT_SYMBOL_GPL(dma_max_mapping_size);

bool dma_need_sync(device *, dma_addr_t) {
    return false;
}
EXPORT_SYMBOL_GPL(dma_need_sync);

bool dma_can_mmap(device *) {
    return false;
}
EXPORT_SYMBOL_GPL(dma_can_mmap);

int dma_mmap_attrs(device *, struct vm_area_struct *, void *, dma_addr_t, size_t, unsigned long) {
    return -ENXIO;
}
EXPORT_SYMBOL(dma_mmap_attrs);
}

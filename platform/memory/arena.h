// SPDX-License-Identifier: Apache-2.0
//
// The arena: simulated physical memory at a fixed host address, so that software can use DRAM natively and no result
// depends on where the host put anything. Physical address p is host address base + p, for the low 4 GiB. DRAM is
// accessible; the rest faults when dereferenced, and the fault becomes the access to a register that software meant
// (platform/port/plain_access.h).
//
//   physical, within DRAM        use
//   dram_base .. images          device tree, command line
//   images .. modules            the kernel's image
//   modules .. images_end        modules' images
//   + n * percpu_stride          the images' per-CPU data of core n (only those pages are ever touched)
//   heap ..                      free memory for software
#ifndef RK3568_PLATFORM_MEMORY_ARENA_H
#define RK3568_PLATFORM_MEMORY_ARENA_H

#include <cstddef>
#include <cstdint>

namespace rk3568 {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RK3568_ARENA_ABOVE_SHADOW 1
#endif
#endif

class arena {
public:
#ifdef RK3568_ARENA_ABOVE_SHADOW
    static constexpr uint64_t base = 0x200000000000; // AddressSanitizer's shadow takes what is below
#else
    static constexpr uint64_t base = 0x080000000000;
#endif
    static constexpr uint64_t span = 1ull << 32;
    static constexpr uint64_t page = 4096;

    static constexpr uint64_t boot_data = 0x00200000; // device tree, command line
    static constexpr uint64_t images = 0x00400000;
    static constexpr uint64_t modules = 0x02000000;
    static constexpr uint64_t images_end = 0x04000000;
    static constexpr uint64_t percpu_stride = 0x04000000; // sw/port/kernel.h: PERCPU_STRIDE
    static constexpr unsigned most_cpus = 4;
    static constexpr uint64_t heap = images_end + (most_cpus - 1) * percpu_stride;

    // arm64's kernel address space with 48 bits of VA.
    static constexpr uint64_t va_linear = 0xffff000000000000;
    static constexpr uint64_t va_kernel = 0xffff800008000000;
    static constexpr uint64_t va_modules = 0xffff800000000000;
    static constexpr uint64_t va_io = 0xffff800010000000;

    // Reserves the whole and makes [dram_base, dram_base + dram_size) memory. Throws std::runtime_error.
    arena(uint64_t dram_base, uint64_t dram_size);
    ~arena();
    arena(const arena &) = delete;
    arena &operator=(const arena &) = delete;

    uint64_t dram_base() const {
        return m_dram_base;
    }
    uint64_t dram_size() const {
        return m_dram_size;
    }

    static uint8_t *host(uint64_t pa) {
        return reinterpret_cast<uint8_t *>(base + pa);
    }
    static bool contains(const void *p) {
        return reinterpret_cast<uint64_t>(p) - base < span;
    }
    static uint64_t physical(const void *p) {
        return reinterpret_cast<uint64_t>(p) - base;
    }
    bool is_dram(uint64_t pa, uint64_t size = 1) const {
        return pa >= m_dram_base && pa - m_dram_base < m_dram_size && size <= m_dram_size - (pa - m_dram_base);
    }
    // The address that a pointer has in arm64's address space; small and negative numbers (error codes) stay.
    uint64_t simulated(const void *p) const {
        if (!contains(p)) {
            const auto number = reinterpret_cast<uint64_t>(p);
            return number < page || number >= ~0ull - page ? number : 0;
        }
        const uint64_t pa = physical(p);
        if (pa >= images && pa < modules)
            return va_kernel + (pa - images);
        if (pa >= modules && pa < images_end)
            return va_modules + (pa - modules);
        return is_dram(pa) ? va_linear + pa : va_io + pa;
    }

    // Memory that is never returned, zeroed; null when DRAM is exhausted.
    void *allocate(size_t bytes, size_t align);
    uint64_t free_base() const {
        return m_free;
    }

private:
    uint64_t m_dram_base, m_dram_size;
    uint64_t m_free = heap;
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "platform/memory/arena.h"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/mman.h>

namespace rk3568 {

arena::arena(uint64_t dram_base, uint64_t dram_size)
    : m_dram_base(dram_base)
    , m_dram_size(dram_size) {
    if (dram_base > boot_data || dram_base + dram_size <= heap || dram_base + dram_size > span)
        throw std::runtime_error(fmt::format("the device tree's memory at {:#x}..{:#x} does not cover {:#x}..{:#x}",
                                             dram_base, dram_base + dram_size, boot_data, heap));
    void *whole = mmap(reinterpret_cast<void *>(base), span, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (whole != reinterpret_cast<void *>(base))
        throw std::runtime_error(
            fmt::format("cannot reserve simulated memory at {:#x}: {}", base, std::strerror(errno)));
    if (mprotect(host(dram_base), dram_size, PROT_READ | PROT_WRITE) != 0)
        throw std::runtime_error(
            fmt::format("cannot make {} MiB of simulated DRAM: {}", dram_size >> 20, std::strerror(errno)));
}

arena::~arena() {
    munmap(reinterpret_cast<void *>(base), span);
}

void *arena::allocate(size_t bytes, size_t align) {
    if (!align || (align & (align - 1)))
        return nullptr;
    const uint64_t at = (m_free + align - 1) & ~(static_cast<uint64_t>(align) - 1);
    if (at < m_free || !is_dram(at, bytes ? bytes : 1))
        return nullptr;
    m_free = at + bytes;
    return host(at); // never used before, so still zero
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// The port by name: what an image's undefined symbols may be.
#include "platform/port/machine.h"
#include "sw/port/clock.h"
#include "sw/port/kernel.h"
#include "sw/port/trace.h"

#include <algorithm>
#include <dlfcn.h>
#include <iterator>

extern "C" __attribute__((preserve_most)) void port_cost_expired();
extern "C" __attribute__((preserve_most)) void port_cached_block(const void *code, uint64_t shape);
extern "C" __attribute__((preserve_most)) void port_access(const void *data, uint64_t shape);

namespace rk3568 {

namespace {

struct entry {
    const char *name;
    const void *address;
};

#define PORT(function)                                                                                                 \
    { #function, reinterpret_cast < const void *>(&function) }

const entry entries[] = {
    PORT(port_read8),
    PORT(port_read16),
    PORT(port_read32),
    PORT(port_read64),
    PORT(port_write8),
    PORT(port_write16),
    PORT(port_write32),
    PORT(port_write64),
    PORT(port_read_sysreg),
    PORT(port_write_sysreg),
    PORT(port_isb),
    PORT(port_dsb),
    PORT(port_dmb),
    PORT(port_wfi),
    PORT(port_wfe),
    PORT(port_sev),
    PORT(port_daif),
    PORT(port_daif_set),
    PORT(port_daif_clear),
    PORT(port_daif_write),
    PORT(port_set_vectors),
    PORT(port_cpu),
    PORT(port_mpidr),
    PORT(port_cpu_on),
    PORT(port_cpu_off),
    PORT(port_affinity_info),
    PORT(port_time_ns),
    PORT(port_delay_ns),
    PORT(port_alloc),
    PORT(port_pa),
    PORT(port_va),
    PORT(port_print),
    PORT(port_exit),
    PORT(port_cost_expired),
    PORT(port_cached_block),
    PORT(port_access),
    PORT(port_set_cpu_frequency),
    PORT(port_cpu_frequency),
    // For the kernel.
    PORT(port_context_create),
    PORT(port_context_switch),
    PORT(port_context_current),
    PORT(port_context_destroy),
    PORT(port_stuck_after),
    PORT(port_relax),
    PORT(port_iomap),
    PORT(port_iomap_pa),
    PORT(port_address),
    PORT(port_symbol),
    PORT(port_source_line),
    PORT(port_image_open),
    PORT(port_image_undefined),
    PORT(port_image_bind),
    PORT(port_image_link),
    PORT(port_image_symbol),
    PORT(port_image_section),
    PORT(port_image_base),
    PORT(port_image_close),
    PORT(port_kernel_section),
    PORT(port_boot_info),
    PORT(port_next_command),
    PORT(port_ready),
    PORT(port_command_failed),
    PORT(port_console),
    PORT(port_trace),
};

#undef PORT

} // namespace

const void *machine::port_function(const std::string &name) {
#if RK3568_CONTEXT_ASAN
    for (const char *prefix : {"__asan_", "__ubsan_", "__sanitizer_"})
        if (name.rfind(prefix, 0) == 0)
            if (const void *runtime = dlsym(RTLD_DEFAULT, name.c_str()))
                return runtime;
#endif
    const auto *found =
        std::find_if(std::begin(entries), std::end(entries), [&](const entry &e) { return name == e.name; });
    return found == std::end(entries) ? nullptr : found->address;
}

} // namespace rk3568

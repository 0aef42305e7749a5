// SPDX-License-Identifier: Apache-2.0
//
// The port by name: what an image's undefined symbols may be.
#include "platform/port/machine.h"
#include "sw/port/clock.h"
#include "sw/port/functions.h"
#include "sw/port/kernel.h"
#include "sw/port/order.h"
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

const entry entries[] = {
#define PORT(function, who, code, argument) {#function, reinterpret_cast<const void *>(&function)},
    PORT_FUNCTIONS(PORT)
#undef PORT
};

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

// SPDX-License-Identifier: Apache-2.0
//
// sw/port/port.h, bound to the cluster: each function finds the running core and passes on.
#include "sw/port/port.h"
#include "sw/port/clock.h"

#include "platform/port/machine.h"

#include <cstdio>

using rk3568::arena;
using rk3568::core;
using rk3568::machine;

namespace {

core &here() {
    return machine::get().cpu.current();
}

// platform/cost_pass/access.h, which is LLVM's and not included here.
constexpr uint64_t access_writes = 1;
constexpr unsigned access_bytes_shift = 8;

// A barrier of a module's own code; those in the kernel order nothing for modules that they are not told of.
void tell_barrier(const void *frame) {
    rk3568::race_watch *const races = machine::races();
    if (races && races->detector && races->is_module_code(static_cast<const uint64_t *>(frame)[1]))
        races->detector->barrier(races->here(frame));
}

} // namespace

// Where software called from: what a fault reports.
#define CALLER reinterpret_cast<uint64_t>(__builtin_return_address(0))

extern "C" {

uint8_t port_read8(uint64_t pa) {
    return static_cast<uint8_t>(here().read(pa, 1, CALLER));
}
uint16_t port_read16(uint64_t pa) {
    return static_cast<uint16_t>(here().read(pa, 2, CALLER));
}
uint32_t port_read32(uint64_t pa) {
    return static_cast<uint32_t>(here().read(pa, 4, CALLER));
}
uint64_t port_read64(uint64_t pa) {
    return here().read(pa, 8, CALLER);
}
void port_write8(uint64_t pa, uint8_t value) {
    here().write(pa, 1, value, CALLER);
}
void port_write16(uint64_t pa, uint16_t value) {
    here().write(pa, 2, value, CALLER);
}
void port_write32(uint64_t pa, uint32_t value) {
    here().write(pa, 4, value, CALLER);
}
void port_write64(uint64_t pa, uint64_t value) {
    here().write(pa, 8, value, CALLER);
}

uint64_t port_read_sysreg(uint32_t reg) {
    if (core::is_counter(reg))
        return here().read_counter(CALLER);
    return here().read_sysreg(reg, CALLER);
}
void port_write_sysreg(uint32_t reg, uint64_t value) {
    here().write_sysreg(reg, value, CALLER);
}

void port_isb() {
    here().isb();
}
void port_dsb() {
    tell_barrier(__builtin_frame_address(0));
    here().dsb();
}
void port_dmb() {
    tell_barrier(__builtin_frame_address(0));
    here().dmb();
}
void port_wfi() {
    here().wfi();
}
void port_wfe() {
    here().wfe();
}
void port_sev() {
    here().sev();
}

uint64_t port_daif() {
    return here().daif();
}
void port_daif_set(uint64_t bits) {
    here().write_daif(here().daif() | bits);
}
void port_daif_clear(uint64_t bits) {
    here().write_daif(here().daif() & ~bits);
}
void port_daif_write(uint64_t daif) {
    here().write_daif(daif);
}

void port_set_vectors(void (*irq)(void), void (*fiq)(void), void (*fault)(uint64_t, uint64_t)) {
    here().set_vectors(irq, fiq, fault);
}

unsigned port_cpu() {
    return here().number();
}
uint64_t port_mpidr() {
    return here().mpidr();
}

int port_cpu_on(uint64_t mpidr, void (*entry)(void *), void *arg) {
    machine &m = machine::get();
    const int number = m.cpu.core_of(mpidr);
    if (number < 0)
        return PORT_PSCI_INVALID_PARAMETERS;
    return m.start_core(static_cast<unsigned>(number), entry, arg) ? 0 : PORT_PSCI_ALREADY_ON;
}

void port_cpu_off() {
    here().power_off();
}

int port_affinity_info(uint64_t mpidr) {
    const rk3568::cluster &c = machine::get().cpu;
    const int number = c.core_of(mpidr);
    if (number < 0)
        return PORT_PSCI_INVALID_PARAMETERS;
    machine::get().cpu.wait_for_turn();
    return c.cores[static_cast<size_t>(number)].state() == rk3568::core_state::off;
}

uint64_t port_time_ns() {
    machine::get().cpu.wait_for_turn();
    return here().now() / 1000;
}
void port_delay_ns(uint64_t ns) {
    here().delay(ns * 1000);
}

void *port_alloc(size_t bytes, size_t align) {
    return machine::get().memory.allocate(bytes, align);
}

uint64_t port_pa(const void *p) {
    const machine &m = machine::get();
    return arena::contains(p) && m.memory.is_dram(arena::physical(p)) ? arena::physical(p) : ~0ull;
}

void *port_va(uint64_t pa) {
    return machine::get().memory.is_dram(pa) ? arena::host(pa) : nullptr;
}

void port_print(const char *text) {
    if (machine::get().on_print)
        machine::get().on_print(text);
    else
        std::fputs(text, stdout);
}

void port_exit(int status) {
    machine::get().cpu.stop(status);
}

// What the cost pass calls when the budget word goes negative. All registers but r11 belong to the code that was cut.
__attribute__((preserve_most)) void port_cost_expired() {
    machine::get().cpu.expire(CALLER);
}

// --timing cached: a block of code begins, with its own cost and its shape. Same rules.
__attribute__((preserve_most)) void port_cached_block(const void *code, uint64_t shape) {
    machine::get().cpu.execute_block(reinterpret_cast<uint64_t>(code), shape, CALLER);
}

// An access to memory that others may see comes next: its shape is that of platform/cost_pass/access.h. Same rules.
__attribute__((preserve_most)) void port_access(const void *data, uint64_t shape) {
    // What is not DRAM is not a memory of the SoC's: the core's own words, and registers.
    if (!arena::contains(data) || !machine::get().memory.is_dram(arena::physical(data)))
        return;
    const auto *const frame = static_cast<const uint64_t *>(__builtin_frame_address(0));
    if (rk3568::race_watch *const races = machine::races(); races && races->is_module_code(frame[1])) {
        if (races->holder)
            races->pass_access(frame, reinterpret_cast<uint64_t>(data), (shape & access_writes) != 0);
        if (races->detector)
            races->detector->access(races->here(frame), reinterpret_cast<uint64_t>(data), shape);
    }
    machine::get().cpu.access_data(reinterpret_cast<uint64_t>(data), shape >> access_bytes_shift,
                                   (shape & access_writes) != 0);
}

// The clock of all cores, Hz (SCMI's clock protocol on the board). 0: this version of the platform has no such clock.
int port_set_cpu_frequency(uint64_t hz) {
    machine &m = machine::get();
    if (!hz || m.fixed_clock)
        return 0;
    m.cpu.set_frequency(hz);
    return 1;
}

uint64_t port_cpu_frequency(void) {
    return machine::get().cpu.frequency();
}

} // extern "C"

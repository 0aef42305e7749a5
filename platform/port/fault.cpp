// SPDX-License-Identifier: Apache-2.0
//
// A wild access of software is a host signal. It becomes what it is on hardware, a data abort of the running core,
// whose handler runs on the stack of the culprit. A signal anywhere else is the simulator's own failure.
#include "platform/port/machine.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ucontext.h>
#include <unistd.h>

namespace rk3568 {

namespace {

constexpr int exit_defect = 2, exit_simulator_failed = 3;

template <class... Arguments>
[[noreturn]] void end_with(int status, const char *format, Arguments... arguments) {
    char text[160];
    const int length = std::snprintf(text, sizeof text, format, arguments...);
    if (write(STDERR_FILENO, text, static_cast<size_t>(length)) < 0)
        _exit(status);
    _exit(status);
}

[[noreturn]] void simulator_failed(int number, const void *pc, const void *address) {
    end_with(exit_simulator_failed, "rk3568-sim: signal %d at %p (address %p) in the simulator itself\n", number, pc,
             address);
}

// The last straw was a function of the port, which cannot be left in its middle.
[[noreturn]] void overflow_in_port(unsigned core) {
    end_with(exit_defect, "rk3568-sim: kernel stack overflow on CPU %u: the run cannot go on\n", core);
}

// For software that has lost its stack pointer: its fault is reported like any other (Linux: arm64's overflow_stack).
alignas(16) char s_overflow_stacks[arena::most_cpus][64 * 1024];

// Runs on the culprit's stack, with the registers of the faulting instruction lost: its context cannot be continued.
[[noreturn]] void deliver(uint64_t esr, uint64_t far, uint64_t pc) {
    machine &m = machine::get();
    m.cpu.current().take_fault(esr, far, pc);
    SC_REPORT_FATAL("/rk3568/port", "software returned from a fault that it cannot continue after");
    std::abort();
}

uint64_t syndrome_of(int number, const ucontext_t &context) {
    constexpr uint64_t translation_level_0 = 0x04;
    constexpr uint64_t data_abort = 0x25ull << 26 | 1u << 25;
    constexpr greg_t page_fault_write = 2;
    if (number == SIGILL || number == SIGTRAP)
        return 0x3cull << 26 | 1u << 25; // BRK: how BUG() and __builtin_trap() arrive
    const bool write = context.uc_mcontext.gregs[REG_ERR] & page_fault_write;
    return data_abort | translation_level_0 | (write ? 1u << 6 : 0);
}

void on_signal(int number, siginfo_t *info, void *raw) {
    auto &context = *static_cast<ucontext_t *>(raw);
    auto &registers = context.uc_mcontext.gregs;
    const auto *pc = reinterpret_cast<const void *>(registers[REG_RIP]);
    machine &m = machine::get();
    const bool overflow = m.cpu.executing() && m.is_guarded(info->si_addr);
    if (!m.cpu.executing() || !m.image_at(pc)) {
        if (overflow)
            overflow_in_port(m.cpu.current().number());
        // A call through a bad pointer: the return address on the stack says who did it.
        if (!m.cpu.executing() || pc != info->si_addr)
            simulator_failed(number, pc, info->si_addr);
    }
    uint64_t at = reinterpret_cast<uint64_t>(pc);
    auto stack = static_cast<uint64_t>(registers[REG_RSP]);
    if (overflow || !m.memory.is_dram(arena::physical(reinterpret_cast<const void *>(stack - 4096)), 8192))
        stack = reinterpret_cast<uint64_t>(s_overflow_stacks[m.cpu.current().number()] + sizeof s_overflow_stacks[0]);
    else if (!m.image_at(pc))
        at = *reinterpret_cast<uint64_t *>(stack);
    // Continue in deliver() as if the faulting instruction had called it.
    stack = (stack - 256) & ~15ull;
    stack -= 8;
    *reinterpret_cast<uint64_t *>(stack) = at;
    registers[REG_RSP] = static_cast<greg_t>(stack);
    registers[REG_RDI] = static_cast<greg_t>(syndrome_of(number, context));
    registers[REG_RSI] = static_cast<greg_t>(
        arena::contains(info->si_addr) ? m.memory.simulated(info->si_addr) : reinterpret_cast<uint64_t>(info->si_addr));
    registers[REG_RDX] = static_cast<greg_t>(at);
    registers[REG_RIP] = reinterpret_cast<greg_t>(&deliver);
}

} // namespace

void machine::install_fault_handler() {
    static char stack[64 * 1024];
    stack_t alternative{};
    alternative.ss_sp = stack;
    alternative.ss_size = sizeof stack;
    sigaltstack(&alternative, nullptr);
    struct sigaction action {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE})
        sigaction(number, &action, nullptr);
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// A wild access of software is a host signal. It becomes what it is on hardware, a data abort of the running core,
// whose handler runs on the stack of the culprit. A signal anywhere else is the simulator's own failure.
//
// Three kinds are no end: an integer division by zero, an access to a module that was unloaded and left something
// behind, and a system call of software. The kernel's handler says so and returns, and what faulted goes on. A fourth
// is not a fault at all: an access to a register through a plain pointer is made (plain_access.h).
#include "platform/port/division.h"
#include "platform/port/load_registers.h"
#include "platform/port/machine.h"
#include "platform/port/plain_access.h"

#include "sw/port/kernel.h"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdexcept>
#include <sys/prctl.h>
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

// What is restored after a fault that software goes on from.
struct interrupted {
    gregset_t registers;
    uint64_t esr, far;
    plain_access access;
};

// Where it goes on: it cannot stand on the stack, whose first bytes below the pointer are in use.
extern "C" {
greg_t rk3568_fault_resume_at;
[[noreturn]] void rk3568_fault_resume(const greg_t *registers);
}
asm(".pushsection .text\n"
    ".type rk3568_fault_resume, @function\n"
    "rk3568_fault_resume:\n\t" RK3568_LOAD_REGISTERS "jmp *rk3568_fault_resume_at(%rip)\n"
    ".size rk3568_fault_resume, .-rk3568_fault_resume\n"
    ".popsection\n");

[[noreturn]] void resume(const interrupted *from) {
    rk3568_fault_resume_at = from->registers[REG_RIP];
    rk3568_fault_resume(from->registers);
}

// These run on the stack of who faulted, below what is saved.
[[noreturn]] void tell(interrupted *from, uint64_t pc) {
    core &here = machine::get().cpu.current();
    if (here.has_fault_vector())
        here.take_fault(from->esr, from->far, pc);
    resume(from);
}

[[noreturn]] void access_registers(interrupted *from, uint64_t pc) {
    machine::get().note_plain_access(reinterpret_cast<const void *>(pc), from->access.writes);
    make_plain_access(from->access, from->registers);
    resume(from);
}

// Returns from the signal into `function`, as if the instruction before `caller` had called it.
interrupted &continue_in(void (*function)(interrupted *, uint64_t), ucontext_t &context, uint64_t caller, uint64_t pc) {
    auto &registers = context.uc_mcontext.gregs;
    constexpr uint64_t red_zone = 128;
    const uint64_t at = (static_cast<uint64_t>(registers[REG_RSP]) - red_zone - sizeof(interrupted)) & ~15ull;
    auto *const saved = reinterpret_cast<interrupted *>(at);
    std::memcpy(saved->registers, registers, sizeof saved->registers);
    *reinterpret_cast<uint64_t *>(at - 8) = caller;
    registers[REG_RSP] = static_cast<greg_t>(at - 8);
    registers[REG_RDI] = static_cast<greg_t>(at);
    registers[REG_RSI] = static_cast<greg_t>(pc);
    registers[REG_RIP] = reinterpret_cast<greg_t>(function);
    return *saved;
}

void tell_and_go_on(ucontext_t &context, uint64_t esr, uint64_t far, uint64_t pc) {
    interrupted &saved = continue_in(tell, context, pc, pc);
    saved.esr = esr;
    saved.far = far;
}

// Whether it is an access to a register, which will be made.
bool goes_to_registers(ucontext_t &context, uint64_t pc) {
    const machine &m = machine::get();
    if (!m.may_access_registers(reinterpret_cast<const void *>(pc)))
        return false;
    const plain_access access = decode_plain_access(context.uc_mcontext.gregs);
    if (!is_register_access(access, context.uc_mcontext.gregs, m))
        return false;
    continue_in(access_registers, context, pc + access.length, pc).access = access;
    return true;
}

// Whether software goes on after it.
bool goes_on(int number, const siginfo_t &info, ucontext_t &context) {
    machine &m = machine::get();
    auto &registers = context.uc_mcontext.gregs;
    const auto pc = static_cast<uint64_t>(registers[REG_RIP]);
    const bool in_software = m.image_at(reinterpret_cast<const void *>(pc)) != nullptr;
    if (number == SIGSYS) {
        registers[REG_RAX] = -ENOSYS;
        tell_and_go_on(context, PORT_ESR_SYSCALL, static_cast<uint64_t>(info.si_syscall), pc - 1);
        return true;
    }
    if (number == SIGFPE && in_software) {
        const division d = finish_division(registers);
        if (d == division::by_zero)
            tell_and_go_on(context, PORT_ESR_DIVISION, 0, pc);
        return d != division::none;
    }
    if (number == SIGSEGV && goes_to_registers(context, pc))
        return true;
    if (number != SIGSEGV || !m.open_left(info.si_addr))
        return false;
    if (in_software) // else a function of the port looks at what it was given
        tell_and_go_on(context, PORT_ESR_GONE, reinterpret_cast<uint64_t>(info.si_addr), pc);
    return true;
}

void on_signal(int number, siginfo_t *info, void *raw) {
    auto &context = *static_cast<ucontext_t *>(raw);
    auto &registers = context.uc_mcontext.gregs;
    const auto *pc = reinterpret_cast<const void *>(registers[REG_RIP]);
    machine &m = machine::get();
    if (m.cpu.executing() && goes_on(number, *info, context))
        return;
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
    prepare_plain_accesses();
    static char stack[64 * 1024];
    stack_t alternative{};
    alternative.ss_sp = stack;
    alternative.ss_size = sizeof stack;
    sigaltstack(&alternative, nullptr);
    struct sigaction action {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS})
        sigaction(number, &action, nullptr);
}

// Software has the host's instructions, but not its system: a system call from anywhere in the arena is a signal.
void machine::forbid_system_calls() {
    static_assert(arena::span == 1ull << 32 && arena::base % arena::span == 0, "the upper half of an address decides");
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, instruction_pointer) + 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(arena::base >> 32), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{sizeof program / sizeof program[0], program};
    // Where the host has no filters, a module may still do everything (docs/SECURITY.md).
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

} // namespace rk3568

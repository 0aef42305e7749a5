// SPDX-License-Identifier: Apache-2.0
// Exceptions that the kernel itself caused: what arm64's Linux says of ESR_EL1 and FAR_EL1 (Arm ARM, D17.2.37).
#include <asm/esr.h>
#include <asm/page.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/sched.h>

#include "kernel/oops.h"
#include "kernel/printk/internals.h"
#include "kernel/stacktrace.h"
#include "port/kernel.h"

namespace {

const char *class_name(unsigned int ec) {
    switch (ec) {
    case ESR_ELx_EC_UNKNOWN:
        return "Unknown/Uncategorized";
    case ESR_ELx_EC_IABT_CUR:
        return "IABT (current EL)";
    case ESR_ELx_EC_PC_ALIGN:
        return "PC Alignment";
    case ESR_ELx_EC_DABT_CUR:
        return "DABT (current EL)";
    case ESR_ELx_EC_SP_ALIGN:
        return "SP Alignment";
    case ESR_ELx_EC_SERROR:
        return "SError";
    case ESR_ELx_EC_BRK64:
        return "BRK (AArch64)";
    default:
        return "unrecognized EC";
    }
}

const char *status_name(u64 esr) {
    static const char *const levels[] = {"level 0", "level 1", "level 2", "level 3"};
    static char text[40];
    unsigned int fsc = esr & ESR_ELx_FSC;
    const char *kind;

    if (fsc == 0x10)
        return "synchronous external abort";
    if (fsc == 0x21)
        return "alignment fault";
    switch (fsc & ESR_ELx_FSC_TYPE) {
    case 0:
        kind = "address size fault";
        break;
    case ESR_ELx_FSC_FAULT:
        kind = "translation fault";
        break;
    case ESR_ELx_FSC_ACCESS:
        kind = "access flag fault";
        break;
    case ESR_ELx_FSC_PERM:
        kind = "permission fault";
        break;
    default:
        return "unknown";
    }
    scnprintf(text, sizeof(text), "%s %s", levels[fsc & 3], kind);
    return text;
}

void print_esr(u64 esr) {
    unsigned int ec = ESR_ELx_EC(esr);

    pr_alert("Mem abort info:\n");
    pr_alert("  ESR = 0x%016llx\n", esr);
    pr_alert("  EC = 0x%02x: %s, IL = %u bits\n", ec, class_name(ec), esr & ESR_ELx_IL ? 32 : 16);
    if (ec != ESR_ELx_EC_DABT_CUR && ec != ESR_ELx_EC_IABT_CUR)
        return;
    pr_alert("  SET = %lu, FnV = %lu\n", static_cast<unsigned long>((esr >> 11) & 3),
             static_cast<unsigned long>((esr >> 10) & 1));
    pr_alert("  EA = %lu, S1PTW = %lu\n", static_cast<unsigned long>((esr >> 9) & 1),
             static_cast<unsigned long>((esr >> 7) & 1));
    pr_alert("  FSC = 0x%02lx: %s\n", static_cast<unsigned long>(esr & ESR_ELx_FSC), status_name(esr));
    if (ec == ESR_ELx_EC_DABT_CUR) {
        pr_alert("Data abort info:\n");
        pr_alert("  CM = %lu, WnR = %lu\n", static_cast<unsigned long>((esr >> 8) & 1),
                 static_cast<unsigned long>((esr >> 6) & 1));
    }
}

const char *access_name(u64 esr, u64 far) {
    if ((esr & ESR_ELx_FSC_TYPE) == ESR_ELx_FSC_PERM) {
        if (ESR_ELx_EC(esr) == ESR_ELx_EC_IABT_CUR)
            return "execute from non-executable memory";
        return esr & ESR_ELx_WNR ? "write to read-only memory" : "read from unreadable memory";
    }
    return far < PAGE_SIZE ? "NULL pointer dereference" : "paging request";
}

// The stack of the task is used up (Linux: arch/arm64/kernel/traps.c, handle_bad_stack). This runs on another one.
[[noreturn]] void handle_bad_stack(u64 esr, u64 far, const void *pc, const void *from) {
    const u64 stack = port_address(current->stack);

    console_verbose();
    pr_emerg("Insufficient stack space to handle exception!");
    pr_emerg("ESR: 0x%016llx -- %s\n", esr, class_name(ESR_ELx_EC(esr)));
    pr_emerg("FAR: 0x%016llx\n", far);
    pr_emerg("Task stack:     [0x%016llx..0x%016llx]\n", stack + PORT_STACK_GUARD, stack + THREAD_SIZE);
    print_state(KERN_EMERG);
    pr_emerg("pc : %pS\n", pc);
    pr_emerg("sp : %016llx\n", static_cast<unsigned long long>(port_address(from)));
    // The last straw is often the entry of a function: it is the call that has no end.
    struct port_symbol function;
    const bool at_entry = port_symbol(pc, &function) && function.offset < 32;
    panic_at("kernel stack overflow", at_entry ? nullptr : pc, from);
}

// What a host's processor or system stopped, and a board would not have: it is a finding, and goes on.
void report_and_go_on(u64 esr, u64 far, const void *pc, const void *from) {
    static bool reporting; // what is printed may itself come upon such a place
    char what[200], place[200] = "?";

    if (reporting)
        return;
    reporting = true;
    const void *code = innermost_module_code(pc, from);
    if (esr == PORT_ESR_DIVISION) {
        if (code)
            port_source_line(code, place, sizeof(place));
        pr_err("================================================================================\n");
        pr_err("UBSAN: division-overflow in %s\n", place);
        pr_err("division by zero\n");
        scnprintf(what, sizeof(what), "UBSAN: division-overflow: division by zero");
    } else if (esr == PORT_ESR_SYSCALL) {
        scnprintf(what, sizeof(what), "BUG: system call %llu of the host from within the kernel", far);
        pr_err("%s: not made\n", what);
    } else {
        const auto *memory = reinterpret_cast<const void *>(far);
        const char *name = port_image_name(memory);
        if (pc == memory)
            scnprintf(what, sizeof(what), "BUG: module %s is unloaded, and %ps is called", name, pc);
        else
            scnprintf(what, sizeof(what), "BUG: module %s is unloaded, and %ps uses its memory", name, pc);
        pr_err("%s: %pS\n", what, memory);
    }
    print_state(KERN_ERR);
    print_call_trace(KERN_ERR, pc, from);
    if (esr == PORT_ESR_DIVISION)
        pr_err("================================================================================\n");
    report_finding_at(esr == PORT_ESR_DIVISION  ? FINDING_division
                      : esr == PORT_ESR_SYSCALL ? FINDING_system_call
                                                : FINDING_unloaded,
                      code, "%s", what);
    reporting = false;
}

} // namespace

void do_mem_abort(u64 esr, u64 far) {
    unsigned int ec = ESR_ELx_EC(esr);
    const void *here = __builtin_frame_address(0);
    const void *from = frame_outside_exception(here);
    const void *pc = NULL;
    bool external = (esr & ESR_ELx_FSC) == ESR_ELx_FSC_EXTABT;

    // The exception was entered as if the instruction at fault had called it; an external abort is reported by the
    // port's function for the access, whose return address lies behind the call.
    if (from != here) {
        pc = static_cast<const char *>(frame_caller(from)) - external;
        from = frame_of_caller(from);
    }
    kmsg_flush();
    if (current->stack && far - port_address(current->stack) < PORT_STACK_GUARD)
        handle_bad_stack(esr, far, pc, from);
    if (esr == PORT_ESR_STUCK)
        watchdog_hardlockup(pc, from);
    if (esr == PORT_ESR_DIVISION || esr == PORT_ESR_GONE || esr == PORT_ESR_SYSCALL)
        return report_and_go_on(esr, far, pc, from);
    if (ec == ESR_ELx_EC_SERROR) {
        pr_crit("SError Interrupt on CPU%u, code 0x%016llx -- SError\n", port_cpu(), esr);
        panic("Asynchronous SError Interrupt");
    }
    if (ec == ESR_ELx_EC_UNKNOWN)
        die_at("Oops - Undefined instruction", esr, pc, from);
    if (ec != ESR_ELx_EC_DABT_CUR && ec != ESR_ELx_EC_IABT_CUR) {
        print_esr(esr);
        die_at("Oops - bad mode", esr, pc, from);
    }
    if (external) {
        // Linux prints no line of this sort; but here the address is known, and it is what the reader wants.
        pr_alert("Unhandled fault at 0x%016llx in %pS\n", far, pc);
        print_esr(esr);
        die_at("synchronous external abort", esr, pc, from);
    }
    pr_alert("Unable to handle kernel %s at virtual address %016llx\n", access_name(esr, far), far);
    print_esr(esr);
    die_at("Oops", esr, pc, from);
}

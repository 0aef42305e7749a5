// SPDX-License-Identifier: Apache-2.0
// What the kernel prints when something is wrong, in the form in which arm64's Linux prints it. Each report is a
// finding for the observer, with the line of the driver that led to it.
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/panic.h>
#include <linux/panic_notifier.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include <linux/workqueue.h>

#include "kernel/oops.h"
#include "kernel/printk/internals.h"
#include "kernel/stacktrace.h"
#include "lib/guard.h"
#include "port/kernel.h"
#include "port/trace.h"

int panic_timeout;
int panic_on_oops;
int panic_on_warn;
int oops_in_progress;
EXPORT_SYMBOL(oops_in_progress);
int panic_cpu = -1;

namespace {

constexpr int exit_defect = 2;

// Position n: what stands for taint n, and what stands there without it.
const char taint_set[] = "PFSRMBUDAWCIOELKXTN";
const char taint_clear[] = "G                  ";
unsigned long tainted_mask;

char hardware_name[96];

int __init read_hardware_name(void) {
    const char *model = NULL;

    if (!of_property_read_string(of_root, "model", &model))
        scnprintf(hardware_name, sizeof(hardware_name), "%s (DT)", model);
    return 0;
}
pure_initcall(read_hardware_name);

int __init set_panic_on_oops(char *arg) {
    panic_on_oops = !arg || strcmp(arg, "panic") == 0;
    return 0;
}
early_param("oops", set_panic_on_oops);

int __init set_panic_on_warn(char *) {
    panic_on_warn = 1;
    return 0;
}
early_param("panic_on_warn", set_panic_on_warn);

bool lies_in_module(const void *code) {
    struct port_symbol symbol;

    return code && port_symbol(code, &symbol) && symbol.module;
}

void print_driver_line(const void *code) {
    char place[256];

    if (code && port_source_line(code, place, sizeof(place)))
        printk(KERN_WARNING "driver: %s\n", place);
}

enum port_finding next_kind; // by defect_is(): of the next report

void finding(const char *text) {
    trace_event1(finding, next_kind, text);
    next_kind = FINDING_warning;
}

} // namespace

const void *innermost_module_code(const void *pc, const void *from) {
    const void *found = NULL;

    if (lies_in_module(pc))
        return pc;
    walk_stack(
        from,
        [](const void *address, void *data) {
            // A call is what lies before the return address.
            const char *call = static_cast<const char *>(address) - 1;
            struct port_symbol symbol;

            // Code of no image is the port's exception entry: what lies outside of it was only interrupted.
            if (!port_symbol(call, &symbol))
                return false;
            if (!symbol.module)
                return true;
            *static_cast<const void **>(data) = call;
            return false;
        },
        &found);
    return found;
}

void print_state(const char *level) {
    struct new_utsname *uts = init_utsname();

    printk("%sCPU: %d PID: %d Comm: %.20s %s %s %.*s\n", level, static_cast<int>(raw_smp_processor_id()), current->pid,
           current->comm, print_tainted(), uts->release, static_cast<int>(strcspn(uts->version, " ")), uts->version);
    if (hardware_name[0])
        printk("%sHardware name: %s\n", level, hardware_name);
    print_worker_info(level, current);
}

struct new_utsname *init_utsname(void) {
    static struct new_utsname uts = {"Linux", "rk3568", UTS_RELEASE, UTS_VERSION, "aarch64", "(none)"};

    return &uts;
}
EXPORT_SYMBOL_GPL(init_utsname);

void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok) {
    set_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(add_taint);

int test_taint(unsigned int flag) {
    return test_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(test_taint);

unsigned long get_taint(void) {
    return tainted_mask;
}

const char *print_tainted(void) {
    static char text[sizeof("Tainted: ") + TAINT_FLAGS_COUNT] = "Tainted: ";
    char *at = strchrnul(text, ' ') + 1;

    for (unsigned int flag = 0; flag < TAINT_FLAGS_COUNT; flag++)
        *at++ = (test_taint(flag) ? taint_set : taint_clear)[flag];
    *at = '\0';
    return tainted_mask ? text : "Not tainted";
}

void dump_stack_lvl(const char *log_lvl) {
    print_state(log_lvl);
    print_call_trace(log_lvl, NULL, __builtin_frame_address(0));
}
EXPORT_SYMBOL(dump_stack_lvl);

void dump_stack(void) {
    print_state(KERN_DEFAULT);
    print_call_trace(KERN_DEFAULT, NULL, __builtin_frame_address(0));
}
EXPORT_SYMBOL(dump_stack);

void print_ip_sym(const char *log_lvl, unsigned long address) {
    printk("%s[<%px>] %pS\n", log_lvl, reinterpret_cast<void *>(address), reinterpret_cast<void *>(address));
}

// The line of a finding, as text.
struct finding_text {
    char text[256];

    finding_text(const char *fmt, va_list args) { vscnprintf(text, sizeof(text), fmt, args); }
};

static void report(const finding_text &what, const void *code) {
    finding(what.text);
    print_driver_line(code);
}

void report_defect_at(const void *code, const char *fmt, ...) {
    VARARGS(args, fmt);
    const void *caller = __builtin_frame_address(0);

    report(finding_text(fmt, args), lies_in_module(code) ? code : innermost_module_code(NULL, caller));
}

void report_finding_at(enum port_finding kind, const void *code, const char *fmt, ...) {
    VARARGS(args, fmt);
    const void *caller = __builtin_frame_address(0);

    defect_is(kind);
    report(finding_text(fmt, args), lies_in_module(code) ? code : innermost_module_code(NULL, caller));
}

void report_finding(enum port_finding kind, const char *fmt, ...) {
    VARARGS(args, fmt);
    const void *caller = __builtin_frame_address(0);

    defect_is(kind);
    report(finding_text(fmt, args), innermost_module_code(NULL, caller));
}

bool defect_is(enum port_finding kind) {
    next_kind = kind;
    return true;
}

void report_defect(const char *fmt, ...) {
    VARARGS(args, fmt);
    const void *caller = __builtin_frame_address(0);

    report(finding_text(fmt, args), innermost_module_code(NULL, caller));
}

namespace {
const void *returned_code; // of defect_of(): used up by the next warning
} // namespace

bool defect_of(const void *code) {
    returned_code = code;
    return true;
}

bool first_defect_of(const void *code) {
    static struct { const void *code, *check; } known[64];
    const void *const check = __builtin_return_address(0);

    for (auto &k : known) {
        if (k.code == code && k.check == check)
            return false;
        if (k.code)
            continue;
        k = {code, check};
        return defect_of(code);
    }
    return false; // there were more than enough
}

void __warn_printk(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}
EXPORT_SYMBOL(__warn_printk);

void warn_slowpath_fmt(const char *file, int line, unsigned int taint, const char *fmt, ...) {
    const void *caller = __builtin_return_address(0);
    char message[256] = "";

    kmsg_flush();
    printk(KERN_WARNING "------------[ cut here ]------------\n");
    if (fmt) {
        va_list args;

        va_start(args, fmt);
        vscnprintf(message, sizeof(message), fmt, args);
        va_end(args);
        size_t length = strlen(message);
        if (length && message[length - 1] == '\n')
            message[length - 1] = '\0';
        const char *text = printk_skip_level(message);
        printk(KERN_WARNING "%s\n", text);
        memmove(message, text, strlen(text) + 1);
    }
    printk(KERN_WARNING "WARNING: CPU: %d PID: %d at %s:%d %pB\n", static_cast<int>(raw_smp_processor_id()),
           current->pid, file, line, caller);
    if (panic_on_warn)
        panic("panic_on_warn set ...\n");
    print_modules();
    print_state(KERN_WARNING);
    print_call_trace(KERN_WARNING, NULL, __builtin_frame_address(0));
    printk(KERN_WARNING "---[ end trace 0000000000000000 ]---\n");

    if (!message[0])
        scnprintf(message, sizeof(message), "WARNING at %s:%d %pB", file, line, caller);
    finding(message);
    const void *code = innermost_module_code(NULL, __builtin_frame_address(0));
    print_driver_line(returned_code && lies_in_module(returned_code) ? returned_code : code);
    returned_code = NULL;
    add_taint(taint, LOCKDEP_STILL_OK);
}
EXPORT_SYMBOL(warn_slowpath_fmt);

void __bug(const char *file, int line) {
    const void *caller = __builtin_return_address(0);

    kmsg_flush();
    printk(KERN_CRIT "------------[ cut here ]------------\n");
    printk(KERN_CRIT "kernel BUG at %s:%d!\n", file, line);
    // ESR of the BRK instruction that Linux's BUG() is: EC 0x3c, immediate 0x800.
    die_at("Oops - BUG", 0xf2000800, static_cast<const char *>(caller) - 1,
           frame_of_caller(__builtin_frame_address(0)));
}
EXPORT_SYMBOL(__bug);

ATOMIC_NOTIFIER_HEAD(panic_notifier_list);
EXPORT_SYMBOL(panic_notifier_list);

void panic_at(const char *message, const void *pc, const void *from) {
    static atomic_t panicking = ATOMIC_INIT(0);

    port_daif_set(PORT_DAIF_I);
    // One panic is enough: a second CPU waits for the end, a second one of the same CPU is it.
    int self = static_cast<int>(raw_smp_processor_id()) + 1;
    int old = atomic_cmpxchg(&panicking, 0, self);
    while (old && old != self)
        port_wfi();
    if (!old) {
        panic_cpu = self - 1;
        console_verbose();
        bust_spinlocks(1);
        kmsg_flush();
        pr_emerg("Kernel panic - not syncing: %s\n", message);
        if (oops_in_progress <= 1)
            dump_stack_lvl(KERN_EMERG);
        if (next_kind == FINDING_warning)
            next_kind = FINDING_panic;
        finding(message);
        print_driver_line(innermost_module_code(pc, from));
        smp_send_stop();
        atomic_notifier_call_chain(&panic_notifier_list, 0, const_cast<char *>(message));
        console_flush_on_panic(CONSOLE_FLUSH_PENDING);
        pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", message);
    }
    kmsg_flush();
    port_exit(exit_defect);
}

void panic(const char *fmt, ...) {
    char message[256];
    va_list args;

    port_daif_set(PORT_DAIF_I);
    va_start(args, fmt);
    vscnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    size_t length = strlen(message);
    if (length && message[length - 1] == '\n')
        message[length - 1] = '\0';
    panic_at(message, NULL, __builtin_frame_address(0));
}
EXPORT_SYMBOL(panic);

// What stands behind a function's variables on the stack was overwritten: modules are compiled with the check. The
// caller cannot go on, as its return address may be gone, too.
extern "C" [[noreturn]] void __stack_chk_fail(void) {
    // The call is the function's last instruction.
    const char *place = static_cast<const char *>(__builtin_return_address(0)) - 1;
    char message[160];

    port_daif_set(PORT_DAIF_I);
    scnprintf(message, sizeof(message), "stack-protector: Kernel stack is corrupted in: %pS", place);
    panic_at(message, place, __builtin_frame_address(0));
}
EXPORT_SYMBOL(__stack_chk_fail);

void nmi_panic(struct pt_regs *regs, const char *msg) {
    panic("%s", msg);
}
EXPORT_SYMBOL(nmi_panic);

void oops_enter(void) {
    oops_in_progress++;
    console_verbose();
}

void oops_exit(void) {
    oops_in_progress--;
    kmsg_flush();
}

bool oops_may_print(void) {
    return true;
}

// While it is above 0, consoles do not wait for locks.
void bust_spinlocks(int yes) {
    oops_in_progress += yes ? 1 : -1;
}

void die(const char *str, unsigned long err) {
    die_at(str, err, NULL, __builtin_frame_address(0));
}

void die_at(const char *str, unsigned long err, const void *pc, const void *from) {
    static atomic_t die_counter = ATOMIC_INIT(0);
    char text[160];

    oops_enter();
    pr_emerg("Internal error: %s: %016lx [#%d] PREEMPT SMP\n", str, err, atomic_inc_return(&die_counter));
    print_modules();
    print_state(KERN_EMERG);
    if (pc) {
        pr_emerg("pc : %pS\n", pc);
        pr_emerg("sp : %016llx\n", static_cast<unsigned long long>(port_address(from)));
    }
    print_call_trace(KERN_EMERG, pc, from);
    pr_emerg("---[ end trace 0000000000000000 ]---\n");
    add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
    scnprintf(text, sizeof(text), "Internal error: %s: %016lx", str, err);
    if (next_kind == FINDING_warning)
        next_kind = FINDING_oops;
    finding(text);
    print_driver_line(innermost_module_code(pc, from));
    if (in_interrupt())
        panic("%s: Fatal exception in interrupt", str);
    if (panic_on_oops)
        panic("%s: Fatal exception", str);
    oops_exit();
    make_task_dead(11); // SIGSEGV
}

// SPDX-License-Identifier: Apache-2.0
//
// sw/port/kernel.h and sw/port/trace.h: contexts, images, symbols, the script, the console.
#include "sw/port/kernel.h"

#include "hw/cortex_a55/context.h"
#include "platform/port/machine.h"
#include "platform/port/source_line.h"
#include "sw/port/order.h"
#include "sw/port/trace.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

using rk3568::arena;
using rk3568::image;
using rk3568::machine;
using rk3568::observer;

static_assert(sizeof(port_cpu_page) == sizeof(rk3568::cpu_page));

namespace {

rk3568::context *inside(port_context *c) {
    return reinterpret_cast<rk3568::context *>(c);
}
port_context *outside(rk3568::context *c) {
    return reinterpret_cast<port_context *>(c);
}
image *inside(port_image *i) {
    return reinterpret_cast<image *>(i);
}
port_image *outside(image *i) {
    return reinterpret_cast<port_image *>(i);
}

// record::state: what the task that runs there says about where it is.
uint16_t context_of(const rk3568::core &core) {
    const auto *const task = static_cast<const port_thread *>(PORT_CPU_PAGE->thread);
    unsigned state = core.daif() & rk3568::core::daif_i ? rk3568::state_irqs_off : 0;
    if (!task)
        return static_cast<uint16_t>(state);
    uint32_t count = task->preempt_count;
    const auto next = [&count](unsigned bits) {
        const uint32_t value = count & ((1u << bits) - 1);
        count >>= bits;
        return value;
    };
    const uint32_t preempt = next(PORT_PREEMPT_BITS), softirq = next(PORT_SOFTIRQ_BITS),
                   hardirq = next(PORT_HARDIRQ_BITS);
    // Serving softirqs counts one, each region without them two.
    state |= (task->no_resched ? 0 : rk3568::state_need_resched) | (hardirq ? rk3568::state_hardirq : 0) |
             (softirq & 1 ? rk3568::state_softirq : 0) | (softirq > 1 ? rk3568::state_bh_off : 0) |
             (std::min(preempt, rk3568::state_preempt_most) << rk3568::state_preempt_shift);
    return static_cast<uint16_t>(state);
}

// The calls of software that led here, by frame pointers, the innermost first. Frames of the platform, which lie
// outside of DRAM's code, are not among them.
std::vector<uint64_t> callers(const machine &m, const void *from) {
    constexpr size_t most = 32;
    constexpr uint64_t longest_frame = 64 << 10;
    struct frame {
        const frame *caller;
        uint64_t return_address;
    };
    std::vector<uint64_t> out;
    const auto *f = static_cast<const frame *>(from);
    while (out.size() < most && arena::contains(f) && f->return_address) {
        if (m.image_at(reinterpret_cast<const void *>(f->return_address)))
            out.push_back(f->return_address);
        const auto here = reinterpret_cast<uint64_t>(f), next = reinterpret_cast<uint64_t>(f->caller);
        if (next <= here || next - here > longest_frame || next % sizeof(void *))
            break;
        f = f->caller;
    }
    return out;
}

void keep_finding(machine &m, uint64_t kind, const char *text, const void *frame) {
    m.findings.report(static_cast<unsigned>(kind), text ? text : "", m.cpu.current().now(), m.cpu.current().number(),
                      callers(m, frame));
}

__attribute__((noinline)) void observed(rk3568::machine &m, port_trace_event event, uint64_t a, uint64_t b, uint64_t c,
                                        uint64_t d, const char *text) {
    rk3568::core &here = m.cpu.current();
    if (event == TRACE_finding)
        keep_finding(m, a, text, __builtin_frame_address(0));
    if (observer *const to = m.observe())
        to->trace(event, here.number(), here.now(), a, b, c, d, text,
                  to->wants_state() ? context_of(here) : static_cast<uint16_t>(0));
}

} // namespace

extern "C" {

port_context *port_context_create(void (*entry)(void *), void *arg, void *stack, size_t size) {
    auto *made = new rk3568::context(entry, arg, stack, size);
    machine::get().guard_stack(made, stack);
    return outside(made);
}

void port_context_switch(port_context *to) {
    machine::get().cpu.current().switch_to(*inside(to));
}
port_context *port_context_current() {
    return outside(machine::get().cpu.current().running());
}
void port_context_destroy(port_context *context) {
    machine::get().unguard_stack(inside(context));
    delete inside(context);
}

static_assert(PORT_ESR_STUCK == rk3568::exception_syndrome::stuck);

void port_stuck_after(uint64_t ns) {
    machine::get().cpu.set_stuck_after(ns * 1000);
}

// Reads stacks as they lie, red zones of the address sanitizer included.
__attribute__((no_sanitize("address"))) static uint64_t digest(uint64_t sum, const uint64_t *from, const uint64_t *to) {
    for (; from < to; ++from) {
        sum = (sum ^ *from) * 0x9e3779b97f4a7c15ull;
        sum ^= sum >> 29;
    }
    return sum;
}

// What a loop around the call has for itself: the registers that a call keeps, and its stack. The words stand in this
// order in memory: five registers, the frame pointer, the return address, the caller's frame and those around it. Of
// the stack nothing needs to be known while others execute: then no loop leaps.
extern "C" void port_relax_from(const uint64_t *words) {
    constexpr unsigned registers = 7, frames = 3, longest_frame = 128;
    rk3568::cluster &cpu = machine::get().cpu;
    uint64_t stack = 0;
    if (cpu.is_alone()) {
        const uint64_t *at = words + registers;
        const auto *frame = reinterpret_cast<const uint64_t *>(words[5]);
        for (unsigned n = 0; n < frames && frame >= at && frame <= at + longest_frame && arena::contains(frame); ++n) {
            stack = digest(stack, at, frame + 2) | 1;
            at = frame + 2;
            frame = reinterpret_cast<const uint64_t *>(*frame);
        }
    }
    cpu.current().relax(digest(0, words, words + registers), stack);
}

asm(".pushsection .text\n"
    ".globl port_relax\n"
    ".type port_relax, @function\n"
    "port_relax:\n\t"
    "pushq %rbp\n\t"
    "movq %rsp, %rbp\n\t"
    "pushq %rbx\n\t"
    "pushq %r12\n\t"
    "pushq %r13\n\t"
    "pushq %r14\n\t"
    "pushq %r15\n\t"
    "movq %rsp, %rdi\n\t"
    "subq $8, %rsp\n\t"
    "call port_relax_from\n\t"
    "leave\n\t"
    "ret\n"
    ".size port_relax, .-port_relax\n"
    ".popsection\n");

void *port_iomap(uint64_t pa) {
    return pa < arena::span ? arena::host(pa) : nullptr;
}

uint64_t port_iomap_pa(const volatile void *cookie) {
    const auto *p = const_cast<const void *>(cookie);
    return arena::contains(p) ? arena::physical(p) : ~0ull;
}

uint64_t port_address(const void *p) {
    return machine::get().memory.simulated(p);
}

int port_symbol(const void *p, struct port_symbol *out) {
    const machine &m = machine::get();
    const image *home = m.image_at(p);
    const image::symbol *s = home ? home->symbol_at(p) : nullptr;
    if (!s)
        return 0;
    out->name = s->name;
    out->module = home == m.program() ? nullptr : home->name().c_str();
    out->offset = reinterpret_cast<uint64_t>(p) - s->address;
    out->size = s->size;
    return 1;
}

int port_source_line(const void *code, char *text, size_t size) {
    const image *home = machine::get().image_at(code);
    const std::string line =
        home ? rk3568::source_line(home->path(),
                                   static_cast<uint64_t>(static_cast<const uint8_t *>(code) - home->base()))
             : std::string();
    if (size)
        std::snprintf(text, size, "%s", line.c_str());
    // The line that follows a finding is its place.
    machine &m = machine::get();
    m.findings.place(line);
    if (m.findings.goes_on_for_ever() && m.on_endless_finding)
        m.on_endless_finding();
    return !line.empty();
}

port_image *port_image_open(const char *path, const char *name, char *error, size_t size) {
    try {
        return outside(&machine::get().load_module(path, name));
    } catch (const std::exception &e) {
        std::snprintf(error, size, "%s", e.what());
        return nullptr;
    }
}

// The port's own functions, which inline functions of the kernel's headers call, are not for the kernel to bind.
const char *port_image_undefined(port_image *i, unsigned index) {
    const auto &names = machine::get().unbound(*inside(i));
    return index < names.size() ? inside(i)->undefined()[names[index]] : nullptr;
}

void port_image_bind(port_image *i, unsigned index, const void *address) {
    inside(i)->bind(machine::get().unbound(*inside(i)).at(index), address);
}

int port_image_link(port_image *i) {
    try {
        inside(i)->link();
        return 1;
    } catch (const std::exception &) {
        return 0;
    }
}

void *port_image_symbol(port_image *i, const char *name) {
    return inside(i)->find(name);
}

void *port_image_section(port_image *i, const char *name, size_t *bytes) {
    return inside(i)->section(name, *bytes);
}

void *port_image_base(port_image *i, size_t *bytes) {
    *bytes = inside(i)->size();
    return inside(i)->base();
}

void port_image_close(port_image *i) {
    machine::get().unload_module(*inside(i));
}

void port_image_leave(port_image *i) {
    machine::get().leave_module(*inside(i));
}

const char *port_image_name(const void *p) {
    const image *home = machine::get().image_at(p);
    return home ? home->name().c_str() : nullptr;
}

void *port_kernel_section(const char *name, size_t *bytes) {
    return machine::get().program()->section(name, *bytes);
}

const port_boot *port_boot_info() {
    static port_boot info;
    const machine &m = machine::get();
    info = {m.dtb_pa,
            m.memory.dram_base(),
            m.memory.dram_size(),
            (m.memory.free_base() + arena::page - 1) & ~(arena::page - 1),
            arena::most_cpus,
            m.command_line.c_str()};
    return &info;
}

int port_next_command(port_command *out) {
    machine &m = machine::get();
    if (!m.script.begun() && m.on_booted)
        m.on_booted();
    const auto next = m.script.next();
    if (!next)
        return 0;
    const rk3568::script_line *const line = next->line;
    out->at_ns = next->at_ns;
    out->line = line ? line->text.c_str() : nullptr;
    out->end_ns = m.script.end_ns().value_or(PORT_NO_END);
    out->echo = line && line->echo;
    out->ends = line && !line->echo && out->at_ns == out->end_ns && out->at_ns > 0;
    return 1;
}

void port_ready() {
    machine &m = machine::get();
    m.cpu.wait_for_turn();
    if (m.on_ready)
        m.on_ready(m.cpu.current().now());
    m.cpu.expire(0);
}

void port_command_failed(const char *line, const char *why) {
    if (!machine::get().failure_counts(line))
        return;
    ++machine::get().failed_commands;
    std::fflush(stdout);
    const std::string text = std::string("rk3568-sim: ") + line + ": " + why + "\n";
    if (machine::get().on_failure)
        machine::get().on_failure(text);
    else
        std::fputs(text.c_str(), stderr);
}

void port_command_ended(const char *) {
    if (machine::get().on_line_ended)
        machine::get().on_line_ended();
}

void port_console(unsigned level, const char *text, size_t length) {
    if (machine::get().on_console)
        machine::get().on_console(level, std::string(text, length));
}

void port_trace(enum port_trace_event event, uint64_t a, uint64_t b, uint64_t c, uint64_t d, const char *text) {
    if (!PORT_TRACE_WANTED[event]) // the cost pass asks, too, where it knows the event
        return;
    rk3568::race_watch *const races = machine::races();
    if (races && races->detector && rk3568::races::detector::wants(event))
        races->detector->trace(races->here(__builtin_frame_address(0)), event, a, b, c, text);
    observed(machine::get(), event, a, b, c, d, text);
    if (races && races->holder && rk3568::race_watch::is_point(event))
        races->pass_event(event, b, __builtin_frame_address(0));
}

__attribute__((preserve_most)) void port_order(enum port_order what, const volatile void *object, uint64_t detail,
                                               const char *name) {
    rk3568::race_watch *const races = machine::races();
    if (!races)
        return;
    if (races->holder)
        races->pass_order(__builtin_frame_address(0), what);
    if (races->detector)
        races->detector->order(races->here(__builtin_frame_address(0)), what, reinterpret_cast<uint64_t>(object),
                               detail, name);
}

} // extern "C"

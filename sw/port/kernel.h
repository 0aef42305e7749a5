/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of the port that only the kernel uses: what on hardware is a stack switch, a boot loader, a file system with
 * modules in it, and a person at a shell. Same rules as port/port.h.
 */
#ifndef PORT_KERNEL_H
#define PORT_KERNEL_H

#include "port.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The words of the running core that software reads without a call: a page at a fixed host address, switched with the
 * core. `thread` and `percpu` belong to the kernel (SP_EL0 and TPIDR_EL2 on hardware); `cpu` is the core's number;
 * `budget` and `strict` belong to the cost pass. Read them through volatile: another core's turn changes them, though never within a
 * stretch of one core's execution.
 */
struct port_cpu_page {
	int64_t budget;
	uint64_t cpu;
	void *thread;
	void *percpu;
	int64_t strict;
};
/*
 * What `thread` points at begins with this (Linux's thread_info). Traces show it: an event's context is that of the task
 * that runs.
 */
struct port_thread {
	uint64_t flags;		/* bit 1: TIF_NEED_RESCHED */
	uint32_t preempt_count; /* PORT_*_BITS of each, from bit 0 on: preemption, softirq, hardirq, NMI */
	uint32_t no_resched;	/* 0: must be preempted */
};
#define PORT_PREEMPT_BITS 8
#define PORT_SOFTIRQ_BITS 8
#define PORT_HARDIRQ_BITS 4
#define PORT_NMI_BITS 4
#define PORT_CPU_PAGE ((volatile struct port_cpu_page *)0x10000000)
/* Behind them, a byte for each event of port/trace.h: whether anybody wants it. The cost pass reads them. */
#define PORT_TRACE_WANTED ((volatile uint8_t *)0x10000100)

/*
 * Contexts: a stack with something to run on it. port_context_switch leaves the running context, which some later switch
 * resumes, and must be called with I masked. A context that no core is running may be destroyed; its stack stays the
 * caller's. `entry` must not return. Until then nothing can access the lowest PORT_STACK_GUARD bytes of the stack, which
 * begins at a page: what overflows it takes a fault there, on another stack.
 */
#define PORT_STACK_GUARD 0x4000
struct port_context;
struct port_context *port_context_create(void (*entry)(void *), void *arg, void *stack, size_t size);
void port_context_switch(struct port_context *to);
struct port_context *port_context_current(void);
void port_context_destroy(struct port_context *context);

/*
 * A core that keeps interrupts masked for so long (ns of its time, 0: for ever, as at power-on) without sleeping in
 * port_wfi gets an SError with the syndrome PORT_ESR_STUCK through its fault vector, and again after as long.
 */
#define PORT_ESR_STUCK 0xbf00010cull
/*
 * Faults after which software goes on, if the fault vector returns. `far` says more, as a host address or a number.
 */
#define PORT_ESR_DIVISION 0xbf00020cull /* an integer was divided by zero: the quotient is 0, as on arm64 */
#define PORT_ESR_GONE 0xbf00030cull	/* `far` is memory of an image that port_image_leave was called for */
#define PORT_ESR_SYSCALL 0xbf00040cull	/* code called the host's system, number `far`: it got -ENOSYS */
void port_stuck_after(uint64_t ns);

/*
 * This core polls for something that only time or another core can change (cpu_relax in a loop). A turn of the loop takes
 * what it takes. Only a loop that has polled for a millisecond, and in which nothing of its own changes (registers, the
 * stack), skips turns in which nothing else does anything; after a counter was read since the last call, at most to the
 * counter's next increment.
 */
void port_relax(void);

/* A fixed mapping for registers: the readX/writeX functions take it apart, the platform makes plain accesses through it. */
void *port_iomap(uint64_t pa);
uint64_t port_iomap_pa(const volatile void *cookie); /* ~0: not such a pointer */

/*
 * Simulated addresses and names. Every pointer that reaches a result goes through port_address: the address that it
 * would have in arm64's kernel address space (48-bit VA). port_symbol finds the function or object at an address: false
 * if there is none. Strings live as long as the image does.
 */
struct port_symbol {
	const char *name;
	const char *module; /* NULL: the kernel itself */
	uint64_t offset;    /* of the address within the symbol */
	uint64_t size;
};
uint64_t port_address(const void *p);
int port_symbol(const void *p, struct port_symbol *out);
/* "FILE:LINE" of code, from DWARF. False (and an empty string) where there is no debug information. */
int port_source_line(const void *code, char *text, size_t size);

/*
 * Module images: a shared object mapped into simulated DRAM at a deterministic address. Opening maps it; the kernel binds
 * each undefined symbol; port_image_link applies relocations. Errors are returned as text for one line. Closing unmaps.
 */
struct port_image;
struct port_image *port_image_open(const char *path, const char *name, char *error, size_t size);
const char *port_image_undefined(struct port_image *image, unsigned index); /* NULL: no more */
void port_image_bind(struct port_image *image, unsigned index, const void *address);
int port_image_link(struct port_image *image);
void *port_image_symbol(struct port_image *image, const char *name);                   /* NULL: not defined in it */
void *port_image_section(struct port_image *image, const char *name, size_t *bytes); /* NULL: no such section */
void *port_image_base(struct port_image *image, size_t *bytes);
void port_image_close(struct port_image *image);
/*
 * In place of closing, where something still points into the image: it stays, and the first access (or call) is a fault with the
 * syndrome PORT_ESR_GONE. port_image_name: of the image that the address is in, NULL if it is in none.
 */
void port_image_leave(struct port_image *image);
const char *port_image_name(const void *p);

/*
 * The kernel's own image: its sections (EXPORT_SYMBOL tables and the like) and the command line and device tree that the
 * boot loader left. The device tree is in DRAM at dtb_pa.
 */
void *port_kernel_section(const char *name, size_t *bytes);
struct port_boot {
	uint64_t dtb_pa;
	uint64_t dram_base, dram_size; /* physical */
	uint64_t free_base;	       /* physical: DRAM below it is occupied */
	unsigned most_cpus;	       /* cores that a machine can have */
	const char *command_line;
};
const struct port_boot *port_boot_info(void);

/*
 * What the user asked for, one shell-like line after the other: "insmod PATH name=value ...", "rmmod NAME", "cat PATH",
 * "echo TEXT > PATH", ... Lines before port_ready() have at_ns 0 and run as soon as the one before has ended; after it,
 * at_ns counts from that call. port_ready() is time zero of stimulus and windows. False: no more, power off.
 * Where somebody types the lines, a call in which line is NULL says when to ask again.
 */
#define PORT_NO_END (1ull << 62)
struct port_command {
	uint64_t at_ns;
	const char *line;
	int echo; /* the line is the user's own: shown before its output */
	uint64_t end_ns; /* when the run is to end; PORT_NO_END: that is not known yet */
	int ends; /* the run's end has come, and this is its part of it: what still runs is stopped before */
};
int port_next_command(struct port_command *out);
void port_ready(void);
/* A command or a module load failed: makes the run exit 1. */
void port_command_failed(const char *line, const char *why);
/* A line that the user typed has ended, or was ended: the console can take the next one. */
void port_command_ended(const char *line);

/* Console text with its level (0..7), after printk's formatting; `record` is the number of the message. */
void port_console(unsigned level, const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif

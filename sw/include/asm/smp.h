/* SPDX-License-Identifier: Apache-2.0 */
/* What the SMP code agrees with the interrupt controller (arm64's asm/smp.h). */
#ifndef __ASM_SMP_H
#define __ASM_SMP_H

#include <linux/compiler.h>
#include <linux/smp.h>
#include <linux/types.h>

struct seq_file;

__BEGIN_DECLS
/* The interrupt controller's `n` consecutive software-generated interrupts, as Linux interrupt numbers from `ipi_base`. */
void set_smp_ipi_range(int ipi_base, int n);
/* MPIDR_EL1's affinity of a logical CPU number; INVALID_HWID where there is no such CPU. */
u64 cpu_logical_map(unsigned int cpu);
void set_cpu_logical_map(unsigned int cpu, u64 hwid);
/* Reads the device tree's /cpus: the possible CPUs and their affinities. */
void smp_init_cpus(void);
/* The IPI and Err rows of /proc/interrupts. */
int arch_show_interrupts(struct seq_file *p, int prec);
/*
 * Going down: on the CPU itself, I masked, all others standing still; on another CPU, until it is off; and the last the CPU
 * does.
 */
int __cpu_disable(void);
void __cpu_die(unsigned int cpu);
void __noreturn cpu_die(void);
void arch_irq_work_raise(void);
bool arch_irq_work_has_interrupt(void);
__END_DECLS

#define INVALID_HWID (~0ULL)

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the CPUs are capable of and which errata they need care for (Linux 6.1, arch/arm64/include/asm/cpufeature.h). The
 * simulated cores have none of the errata, and software does not see more of their features than it needs.
 */
#ifndef __ASM_CPUFEATURE_H
#define __ASM_CPUFEATURE_H

#include <linux/types.h>
#include <asm/cputype.h>
#include <asm/sysreg.h>

/* Numbered as the sorted list of arch/arm64/tools/cpucaps is; these are the ones that drivers ask for. */
#define ARM64_HAS_CNP 13
#define ARM64_WORKAROUND_CAVIUM_23154 71

static inline bool cpus_have_cap(unsigned int cap)
{
	return false;
}

static inline bool this_cpu_has_cap(unsigned int cap)
{
	return false;
}

#define cpus_have_const_cap(cap) cpus_have_cap(cap)
#define cpus_have_final_cap(cap) cpus_have_cap(cap)

static inline u64 read_sanitised_ftr_reg(u32 id)
{
	return read_sysreg_s(id);
}

/* A field of four bits of an identification register. */
static inline unsigned int cpuid_feature_extract_unsigned_field(u64 features, int field)
{
	return features >> field & 0xf;
}

static inline bool system_uses_irq_prio_masking(void)
{
	return false;
}

#endif

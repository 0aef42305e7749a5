/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_CPUTYPE_H
#define _ASM_CPUTYPE_H

#include <linux/types.h>
#include "port/kernel.h"

#define MPIDR_HWID_BITMASK 0xff00ffffffULL
#define MPIDR_UP_BITMASK (0x1 << 30)
#define MPIDR_LEVEL_BITS 8
#define MPIDR_LEVEL_MASK ((1 << MPIDR_LEVEL_BITS) - 1)
#define MPIDR_LEVEL_SHIFT(level) (((1 << (level)) >> 1) << 3)
#define MPIDR_AFFINITY_LEVEL(mpidr, level) (((mpidr) >> MPIDR_LEVEL_SHIFT(level)) & MPIDR_LEVEL_MASK)

static inline u64 read_cpuid_mpidr(void)
{
	return port_mpidr();
}

static inline u32 read_cpuid_id(void)
{
	return (u32)port_read_sysreg(PORT_MIDR_EL1);
}

#endif

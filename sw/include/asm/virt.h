/* SPDX-License-Identifier: Apache-2.0 */
/* The exception level that the kernel runs at (Linux 6.1, arch/arm64/include/asm/virt.h). */
#ifndef __ASM__VIRT_H
#define __ASM__VIRT_H

#include <asm/cpufeature.h>

/* EL2, with the Virtualization Host Extensions. */
static inline bool is_kernel_in_hyp_mode(void)
{
	return (port_read_sysreg(PORT_CURRENTEL) >> 2 & 3) == 2;
}

/* A kernel that was started at EL2 stays there. */
static inline bool is_hyp_mode_available(void)
{
	return is_kernel_in_hyp_mode();
}

static inline bool is_hyp_mode_mismatched(void)
{
	return false;
}

static inline bool has_vhe(void)
{
	return is_kernel_in_hyp_mode();
}

static inline bool is_hyp_nvhe(void)
{
	return false;
}

#endif

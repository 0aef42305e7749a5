/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * What an exception leaves: nothing but the state that the architecture saves, for the registers of the interrupted code
 * lie in its own frame.
 */
struct pt_regs {
	u64 regs[31];
	u64 sp;
	u64 pc;
	u64 pstate;
};

#define PSR_F_BIT 0x00000040
#define PSR_I_BIT 0x00000080
#define PSR_A_BIT 0x00000100
#define PSR_D_BIT 0x00000200
#define PSR_MODE_EL2h 0x00000009

static inline bool user_mode(const struct pt_regs *regs)
{
	return false;
}

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs ? regs->pc : 0;
}

#define interrupts_enabled(regs) (!((regs)->pstate & PSR_I_BIT))

#endif

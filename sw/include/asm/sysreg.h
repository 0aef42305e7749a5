/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_SYSREG_H
#define _ASM_SYSREG_H

#include "port/kernel.h"

/* Registers under the architecture's names, as port/port.h spells them: read_sysreg_s(PORT_ICC_IAR1_EL1). */
#define sys_reg(op0, op1, crn, crm, op2) PORT_SYSREG(op0, op1, crn, crm, op2)
#define read_sysreg_s(r) port_read_sysreg(r)
#define write_sysreg_s(v, r) port_write_sysreg((r), (v))

#define SYS_ID_AA64PFR0_EL1 PORT_ID_AA64PFR0_EL1
#define ID_AA64PFR0_EL1_GIC_SHIFT 24

/* Linux's names of the CPU interface's. */
#define SYS_ICC_PMR_EL1 PORT_ICC_PMR_EL1
#define SYS_ICC_IAR0_EL1 PORT_ICC_IAR0_EL1
#define SYS_ICC_EOIR0_EL1 PORT_ICC_EOIR0_EL1
#define SYS_ICC_HPPIR0_EL1 PORT_ICC_HPPIR0_EL1
#define SYS_ICC_BPR0_EL1 PORT_ICC_BPR0_EL1
#define SYS_ICC_AP0Rn_EL1(n) sys_reg(3, 0, 12, 8, 4 | (n))
#define SYS_ICC_AP0R0_EL1 SYS_ICC_AP0Rn_EL1(0)
#define SYS_ICC_AP0R1_EL1 SYS_ICC_AP0Rn_EL1(1)
#define SYS_ICC_AP0R2_EL1 SYS_ICC_AP0Rn_EL1(2)
#define SYS_ICC_AP0R3_EL1 SYS_ICC_AP0Rn_EL1(3)
#define SYS_ICC_AP1Rn_EL1(n) sys_reg(3, 0, 12, 9, (n))
#define SYS_ICC_AP1R0_EL1 SYS_ICC_AP1Rn_EL1(0)
#define SYS_ICC_AP1R1_EL1 SYS_ICC_AP1Rn_EL1(1)
#define SYS_ICC_AP1R2_EL1 SYS_ICC_AP1Rn_EL1(2)
#define SYS_ICC_AP1R3_EL1 SYS_ICC_AP1Rn_EL1(3)
#define SYS_ICC_DIR_EL1 PORT_ICC_DIR_EL1
#define SYS_ICC_RPR_EL1 PORT_ICC_RPR_EL1
#define SYS_ICC_SGI1R_EL1 PORT_ICC_SGI1R_EL1
#define SYS_ICC_ASGI1R_EL1 PORT_ICC_ASGI1R_EL1
#define SYS_ICC_SGI0R_EL1 PORT_ICC_SGI0R_EL1
#define SYS_ICC_IAR1_EL1 PORT_ICC_IAR1_EL1
#define SYS_ICC_EOIR1_EL1 PORT_ICC_EOIR1_EL1
#define SYS_ICC_HPPIR1_EL1 PORT_ICC_HPPIR1_EL1
#define SYS_ICC_BPR1_EL1 PORT_ICC_BPR1_EL1
#define SYS_ICC_CTLR_EL1 PORT_ICC_CTLR_EL1
#define SYS_ICC_SRE_EL1 PORT_ICC_SRE_EL1
#define SYS_ICC_IGRPEN0_EL1 PORT_ICC_IGRPEN0_EL1
#define SYS_ICC_IGRPEN1_EL1 PORT_ICC_IGRPEN1_EL1

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_SYSREG_H
#define _ASM_SYSREG_H

#include "port/kernel.h"

/* Registers under the architecture's names, as port/port.h spells them: read_sysreg_s(PORT_ICC_IAR1_EL1). */
#define sys_reg(op0, op1, crn, crm, op2) PORT_SYSREG(op0, op1, crn, crm, op2)
#define read_sysreg_s(r) port_read_sysreg(r)
#define write_sysreg_s(v, r) port_write_sysreg((r), (v))

#endif

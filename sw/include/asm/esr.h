/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_ESR_H
#define _ASM_ESR_H

#include <linux/types.h>

/* ESR_ELx (Arm ARM, D17.2.37). */
#define ESR_ELx_EC_UNKNOWN 0x00
#define ESR_ELx_EC_IABT_CUR 0x21
#define ESR_ELx_EC_PC_ALIGN 0x22
#define ESR_ELx_EC_DABT_LOW 0x24
#define ESR_ELx_EC_DABT_CUR 0x25
#define ESR_ELx_EC_SP_ALIGN 0x26
#define ESR_ELx_EC_SERROR 0x2f
#define ESR_ELx_EC_BRK64 0x3c
#define ESR_ELx_EC_SHIFT 26
#define ESR_ELx_EC(esr) ((unsigned int)(((esr) >> ESR_ELx_EC_SHIFT) & 0x3f))
#define ESR_ELx_IL (1UL << 25)
#define ESR_ELx_ISS(esr) ((esr) & 0x1ffffff)
#define ESR_ELx_FSC 0x3f
#define ESR_ELx_FSC_TYPE 0x3c
#define ESR_ELx_FSC_EXTABT 0x10
#define ESR_ELx_FSC_FAULT 0x04
#define ESR_ELx_FSC_ACCESS 0x08
#define ESR_ELx_FSC_PERM 0x0c
#define ESR_ELx_FNV (1UL << 10)
#define ESR_ELx_WNR (1UL << 6)

#endif

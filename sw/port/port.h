/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The port: the only door from software to the simulated hardware. C11 and C++17. Bare programs (--bare) are written
 * against this header alone; it is stable. What only the kernel needs is in port/kernel.h.
 *
 * Every function here runs on the core that calls it, at that core's local time, and charges that core what the
 * operation costs there. Interrupts that PSTATE allows are taken inside any of them, on the caller's stack, as they are
 * between any two basic blocks of instrumented code.
 *
 * Software starts on core 0 at non-secure EL2 with VHE (HCR_EL2.E2H = 1, so _EL1 names reach the EL2 registers, as the
 * architecture has it), DAIF all masked, after firmware has set up the GIC (Arm IHI 0069, TF-A's plat/rockchip/rk3568).
 */
#ifndef PORT_PORT_H
#define PORT_PORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define PORT_NORETURN [[noreturn]]
extern "C" {
#else
#define PORT_NORETURN _Noreturn
#endif

/*
 * Physical memory and registers. `pa` is a physical address, naturally aligned. Device reads stall the core until the
 * answer is back; device writes are posted (nGnRE) and arrive in order. An access that no block answers, or answers with
 * an error, is an external abort: the fault vector is called with ESR_ELx and FAR_ELx, and reads then give 0.
 */
uint8_t port_read8(uint64_t pa);
uint16_t port_read16(uint64_t pa);
uint32_t port_read32(uint64_t pa);
uint64_t port_read64(uint64_t pa);
void port_write8(uint64_t pa, uint8_t value);
void port_write16(uint64_t pa, uint16_t value);
void port_write32(uint64_t pa, uint32_t value);
void port_write64(uint64_t pa, uint64_t value);

/*
 * System registers by their architectural encoding (Arm ARM, MRS/MSR). A register that does not exist here is an
 * undefined instruction: the fault vector is called with ESR.EC = 0.
 */
#define PORT_SYSREG(op0, op1, crn, crm, op2)                                                                           \
	((((op0) & 3u) << 14) | (((op1) & 7u) << 11) | (((crn) & 15u) << 7) | (((crm) & 15u) << 3) | ((op2) & 7u))
uint64_t port_read_sysreg(uint32_t reg);
void port_write_sysreg(uint32_t reg, uint64_t value);

/* Barriers, and waiting for interrupts and events. WFI returns when an interrupt is pending, masked or not. */
void port_isb(void);
void port_dsb(void); /* DSB SY: returns when posted writes have arrived */
void port_dmb(void);
void port_wfi(void);
void port_wfe(void);
void port_sev(void);

/* PSTATE.DAIF, in the bits that the DAIF register has. */
#define PORT_DAIF_F (1u << 6)
#define PORT_DAIF_I (1u << 7)
#define PORT_DAIF_A (1u << 8)
#define PORT_DAIF_D (1u << 9)
uint64_t port_daif(void);
void port_daif_set(uint64_t bits);
void port_daif_clear(uint64_t bits);
void port_daif_write(uint64_t daif);

/*
 * The vectors of the calling core: called with D, A, I and F masked on the stack of what ran; returning is ERET.
 * `fault` gets synchronous exceptions and SErrors. A null pointer stops the simulation when that exception comes.
 */
void port_set_vectors(void (*irq)(void), void (*fiq)(void), void (*fault)(uint64_t esr, uint64_t far));

/*
 * Which core this is (0..3), its MPIDR_EL1 affinity, and PSCI (Arm DEN 0022): CPU_ON gives 0 or an error (< 0); CPU_OFF
 * turns the calling core off, which nothing but CPU_ON ends, and then at `entry` again; AFFINITY_INFO gives 0: on, 1: off, or an
 * error. What is pending for a core that is off stays so.
 */
unsigned port_cpu(void);
uint64_t port_mpidr(void);
int port_cpu_on(uint64_t mpidr, void (*entry)(void *), void *arg);
PORT_NORETURN void port_cpu_off(void);
int port_affinity_info(uint64_t mpidr);
#define PORT_PSCI_INVALID_PARAMETERS (-2)
#define PORT_PSCI_ALREADY_ON (-4)

/*
 * Simulated time in ns since power-on. Reading it costs nothing (it is the simulator's clock; software that wants the
 * price of a counter read uses PORT_CNTVCT_EL0). port_delay_ns lets that much time pass, taking interrupts meanwhile.
 */
uint64_t port_time_ns(void);
void port_delay_ns(uint64_t ns);

/*
 * Simulated DRAM. port_alloc gives zeroed memory that is never returned, or a null pointer when DRAM is exhausted; align
 * is a power of two. port_pa and port_va translate between pointers into DRAM and physical addresses; a pointer outside
 * DRAM has the physical address ~0, an address outside DRAM the null pointer.
 */
void *port_alloc(size_t bytes, size_t align);
uint64_t port_pa(const void *p);
void *port_va(uint64_t pa);

/* Text for the user, verbatim, to standard output. */
void port_print(const char *text);
/* Ends the run. 0..255; the simulator exits with it. */
PORT_NORETURN void port_exit(int status);

#ifdef __cplusplus
}
#endif

/* Identification and system control. */
#define PORT_MIDR_EL1 PORT_SYSREG(3, 0, 0, 0, 0)
#define PORT_MPIDR_EL1 PORT_SYSREG(3, 0, 0, 0, 5)
#define PORT_ID_AA64PFR0_EL1 PORT_SYSREG(3, 0, 0, 4, 0)
#define PORT_CURRENTEL PORT_SYSREG(3, 0, 4, 2, 2)
#define PORT_DAIF PORT_SYSREG(3, 3, 4, 2, 1)
#define PORT_SPSR_EL1 PORT_SYSREG(3, 0, 4, 0, 0)
#define PORT_ELR_EL1 PORT_SYSREG(3, 0, 4, 0, 1)
#define PORT_ESR_EL1 PORT_SYSREG(3, 0, 5, 2, 0)
#define PORT_FAR_EL1 PORT_SYSREG(3, 0, 6, 0, 0)
#define PORT_ISR_EL1 PORT_SYSREG(3, 0, 12, 1, 0)
#define PORT_VBAR_EL1 PORT_SYSREG(3, 0, 12, 0, 0)
#define PORT_TPIDR_EL0 PORT_SYSREG(3, 3, 13, 0, 2)
#define PORT_TPIDR_EL1 PORT_SYSREG(3, 0, 13, 0, 4)
#define PORT_TPIDR_EL2 PORT_SYSREG(3, 4, 13, 0, 2)
#define PORT_SPSR_EL2 PORT_SYSREG(3, 4, 4, 0, 0)
#define PORT_ELR_EL2 PORT_SYSREG(3, 4, 4, 0, 1)
#define PORT_ESR_EL2 PORT_SYSREG(3, 4, 5, 2, 0)
#define PORT_FAR_EL2 PORT_SYSREG(3, 4, 6, 0, 0)
#define PORT_HCR_EL2 PORT_SYSREG(3, 4, 1, 1, 0)

/* Generic timer. At EL2 with VHE the CNTP names reach the EL2 physical timer (CNTHP, INTID 26). */
#define PORT_CNTFRQ_EL0 PORT_SYSREG(3, 3, 14, 0, 0)
#define PORT_CNTPCT_EL0 PORT_SYSREG(3, 3, 14, 0, 1)
#define PORT_CNTVCT_EL0 PORT_SYSREG(3, 3, 14, 0, 2)
#define PORT_CNTP_TVAL_EL0 PORT_SYSREG(3, 3, 14, 2, 0)
#define PORT_CNTP_CTL_EL0 PORT_SYSREG(3, 3, 14, 2, 1)
#define PORT_CNTP_CVAL_EL0 PORT_SYSREG(3, 3, 14, 2, 2)
#define PORT_CNTV_TVAL_EL0 PORT_SYSREG(3, 3, 14, 3, 0)
#define PORT_CNTV_CTL_EL0 PORT_SYSREG(3, 3, 14, 3, 1)
#define PORT_CNTV_CVAL_EL0 PORT_SYSREG(3, 3, 14, 3, 2)
#define PORT_CNTP_TVAL_EL02 PORT_SYSREG(3, 5, 14, 2, 0)
#define PORT_CNTP_CTL_EL02 PORT_SYSREG(3, 5, 14, 2, 1)
#define PORT_CNTP_CVAL_EL02 PORT_SYSREG(3, 5, 14, 2, 2)
#define PORT_CNTV_TVAL_EL02 PORT_SYSREG(3, 5, 14, 3, 0)
#define PORT_CNTV_CTL_EL02 PORT_SYSREG(3, 5, 14, 3, 1)
#define PORT_CNTV_CVAL_EL02 PORT_SYSREG(3, 5, 14, 3, 2)
#define PORT_CNTHP_TVAL_EL2 PORT_SYSREG(3, 4, 14, 2, 0)
#define PORT_CNTHP_CTL_EL2 PORT_SYSREG(3, 4, 14, 2, 1)
#define PORT_CNTHP_CVAL_EL2 PORT_SYSREG(3, 4, 14, 2, 2)
#define PORT_CNTVOFF_EL2 PORT_SYSREG(3, 4, 14, 0, 3)

/* GIC CPU interface (Arm IHI 0069, chapter 12). */
#define PORT_ICC_PMR_EL1 PORT_SYSREG(3, 0, 4, 6, 0)
#define PORT_ICC_IAR0_EL1 PORT_SYSREG(3, 0, 12, 8, 0)
#define PORT_ICC_EOIR0_EL1 PORT_SYSREG(3, 0, 12, 8, 1)
#define PORT_ICC_HPPIR0_EL1 PORT_SYSREG(3, 0, 12, 8, 2)
#define PORT_ICC_BPR0_EL1 PORT_SYSREG(3, 0, 12, 8, 3)
#define PORT_ICC_AP0R0_EL1 PORT_SYSREG(3, 0, 12, 8, 4)
#define PORT_ICC_AP1R0_EL1 PORT_SYSREG(3, 0, 12, 9, 0)
#define PORT_ICC_DIR_EL1 PORT_SYSREG(3, 0, 12, 11, 1)
#define PORT_ICC_RPR_EL1 PORT_SYSREG(3, 0, 12, 11, 3)
#define PORT_ICC_SGI1R_EL1 PORT_SYSREG(3, 0, 12, 11, 5)
#define PORT_ICC_ASGI1R_EL1 PORT_SYSREG(3, 0, 12, 11, 6)
#define PORT_ICC_SGI0R_EL1 PORT_SYSREG(3, 0, 12, 11, 7)
#define PORT_ICC_IAR1_EL1 PORT_SYSREG(3, 0, 12, 12, 0)
#define PORT_ICC_EOIR1_EL1 PORT_SYSREG(3, 0, 12, 12, 1)
#define PORT_ICC_HPPIR1_EL1 PORT_SYSREG(3, 0, 12, 12, 2)
#define PORT_ICC_BPR1_EL1 PORT_SYSREG(3, 0, 12, 12, 3)
#define PORT_ICC_CTLR_EL1 PORT_SYSREG(3, 0, 12, 12, 4)
#define PORT_ICC_SRE_EL1 PORT_SYSREG(3, 0, 12, 12, 5)
#define PORT_ICC_IGRPEN0_EL1 PORT_SYSREG(3, 0, 12, 12, 6)
#define PORT_ICC_IGRPEN1_EL1 PORT_SYSREG(3, 0, 12, 12, 7)
#define PORT_ICC_SRE_EL2 PORT_SYSREG(3, 4, 12, 9, 5)
#define PORT_ICC_SRE_EL3 PORT_SYSREG(3, 6, 12, 12, 5)
#define PORT_ICC_CTLR_EL3 PORT_SYSREG(3, 6, 12, 12, 4)
#define PORT_ICC_IGRPEN1_EL3 PORT_SYSREG(3, 6, 12, 12, 7)

#endif

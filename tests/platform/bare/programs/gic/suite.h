/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A register-level suite of the GICv3 as one bare program: what Arm IHI 0069 and the GIC-600 TRM say, tried from
 * non-secure EL2. Runs with two security states and with one; `one_state` says which (GICD_CTLR.DS).
 */
#ifndef SUITE_H
#define SUITE_H

#include "port/port.h"

#define GICD 0xfd400000ull
#define GICA 0xfd410000ull
#define GITS 0xfd440000ull
#define GICR(n) (0xfd460000ull + 0x20000ull * (n))
#define SGI(n) (GICR(n) + 0x10000ull)
#define GICDA 0xfd4e0000ull

enum {
    CTLR = 0,
    TYPER = 4,
    IIDR = 8,
    IGROUPR = 0x80,
    ISENABLER = 0x100,
    ICENABLER = 0x180,
    ISPENDR = 0x200,
    ICPENDR = 0x280,
    ISACTIVER = 0x300,
    ICACTIVER = 0x380,
    IPRIORITYR = 0x400,
    ITARGETSR = 0x800,
    ICFGR = 0xc00,
    IGRPMODR = 0xd00,
    NSACR = 0xe00,
    SETSPI = 0x40,
    CLRSPI = 0x48,
    SETSPI_SR = 0x50,
    WAKER = 0x14,
    PWRR = 0x24,
    PROPBASER = 0x70,
    PENDBASER = 0x78,
    PIDR2 = 0xffe8
};
#define IROUTER(id) (0x6000 + 8ull * (id))
#define NONE 1023u

extern int one_state;
extern unsigned failures;

void check(int good, const char *what, const char *file, unsigned line, uint64_t got, uint64_t expected);
#define EQUAL(got, expected)                                                                                           \
    do {                                                                                                               \
        uint64_t g_ = (got), e_ = (expected);                                                                          \
        check(g_ == e_, #got, __FILE__, __LINE__, g_, e_);                                                             \
    } while (0)

static inline uint32_t r32(uint64_t a) {
    return port_read32(a);
}
/* Writes, and gives the write time to reach the CPU interfaces. */
static inline void w32(uint64_t a, uint32_t v) {
    port_write32(a, v);
    port_dsb();
    port_delay_ns(1000);
}
static inline uint64_t get(uint32_t reg) {
    return port_read_sysreg(reg);
}
static inline void set(uint32_t reg, uint64_t v) {
    port_write_sysreg(reg, v);
    port_isb();
}
static inline uint64_t iar(void) {
    return get(PORT_ICC_IAR1_EL1);
}
static inline void eoir(uint64_t id) {
    set(PORT_ICC_EOIR1_EL1, id);
    port_delay_ns(1000);
}
/* One bit of a register with a bit for each interrupt. */
static inline uint64_t frame(unsigned id) {
    return id < 32 ? SGI(0) : GICD;
}
static inline unsigned bit(unsigned reg, unsigned id) {
    return r32(frame(id) + reg + id / 32 * 4) >> id % 32 & 1;
}
static inline void mark(unsigned reg, unsigned id) {
    w32(frame(id) + reg + id / 32 * 4, 1u << id % 32);
}
static inline void priority(unsigned id, uint8_t p) {
    port_write8(frame(id) + IPRIORITYR + id, p);
}
static inline void edge(unsigned id, int is) {
    uint64_t a = frame(id) + ICFGR + id / 16 * 4;

    w32(a, (r32(a) & ~(2u << id % 16 * 2)) | (is ? 2u << id % 16 * 2 : 0));
}
static inline void use(unsigned id, uint8_t p) {
    priority(id, p);
    mark(ISENABLER, id);
}
static inline void rest(unsigned id) {
    mark(ICENABLER, id);
    mark(ICPENDR, id);
    mark(ICACTIVER, id);
}
/*
 * Runs `what` on another core, which waits for that in a loop (delays, not WFI) and has group 1 open with PMR 0xf0. The
 * answer is what `what` gives.
 */
uint64_t on(unsigned core, uint64_t (*what)(uint64_t), uint64_t argument);
/* The same without waiting for its end; ended() says whether it came. */
void start_on(unsigned core, uint64_t (*what)(uint64_t), uint64_t argument);
int ended(unsigned core);
/* Work for it. A system register's number is in the upper half of the argument of a write. */
uint64_t read_reg(uint64_t reg);
uint64_t write_reg(uint64_t reg_and_value);
#define WRITE(reg, value) ((uint64_t)(reg) << 32 | (uint32_t)(value))
static inline uint64_t iar_on(unsigned core) {
    return on(core, read_reg, PORT_ICC_IAR1_EL1);
}
static inline void set_on(unsigned core, uint32_t reg, uint64_t value) {
    on(core, write_reg, WRITE(reg, value));
}
/* What nIRQ and nFIQ are, in the bits of DAIF. */
static inline uint64_t told(void) {
    return get(PORT_ISR_EL1) & (PORT_DAIF_I | PORT_DAIF_F);
}
static inline void sgi(uint64_t value) {
    set(PORT_ICC_SGI1R_EL1, value);
    port_delay_ns(1000);
}

/* Whether an access faulted, and how. */
extern volatile uint64_t fault_esr, fault_far;
static inline uint64_t fault_class(void) {
    uint64_t ec = fault_esr >> 26;

    fault_esr = ~0ull;
    return ec;
}

void identification(void);
void access_rules(void);
void states(void);
void groups(void);
void priorities(void);
void routing(void);
void messages(void);
void translation(void);
void other_cores(void);
void masks(void);
void deactivation(void);
void latches(void);
void sizes(void);
void timers(void);
void events(void);
void lpis(void);

#endif

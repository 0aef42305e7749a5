// SPDX-License-Identifier: Apache-2.0
//
// What a GICv3 can be built as. The defaults are the RK3568's GIC-600 r1p6.
#ifndef RK3568_HW_GICV3_PARAMS_H
#define RK3568_HW_GICV3_PARAMS_H

#include <cstdint>
#include <vector>

namespace rk3568 {

// Latencies of the hops in GIC clocks. No public number exists for the GIC-600: all of these are estimates, and no
// result without a race depends on them. Zero is legal and means that the effect is visible in the same call.
struct gicv3_latency {
    unsigned distributor = 24;  // wire, message or register write -> visible to the core, nIRQ/nFIQ driven
    unsigned rearbitration = 9; // deactivation of an interrupt that is pending again -> visible
    unsigned sgi = 30;          // ICC_SGIxR write -> visible to the target
    unsigned lpi = 48;          // GITS_TRANSLATER write or ITS command -> visible
    unsigned rwp = 16;          // how long RWP reads 1 after a write that it tracks
    unsigned power = 32;        // how long a redistributor group is in transit after a write of GICR_PWRR
};

struct gicv3_params {
    // Affinity of each core: Aff3[31:24] Aff2[23:16] Aff1[15:8] Aff0[7:0]; 1 to 64 cores, all different, Aff0 below 16.
    std::vector<uint32_t> aff{0x000, 0x100, 0x200, 0x300};
    unsigned spis = 320;      // SPIs, INTID 32 upwards: 1 to 988
    bool its = true;          // one ITS and LPIs
    bool ds = false;          // GICD_CTLR.DS after reset: false, two security states; true, one
    unsigned mbi_first = 296; // SPIs that the message page (GICA) advertises: first INTID and number; what lies beyond
    unsigned mbi_count = 24;  // the last SPI is cut off, and 0 means that the GIC takes no messages
    bool a3v = false;         // GICD_TYPER.A3V: nonzero Aff3 values; the RK3568's value is not published
    unsigned address_bits =
        32; // what the table pointers keep: RK3568 erratum 3568002, the masters reach 4 GiB; up to 52
    uint32_t iidr = 0x0201743b;    // GICD_IIDR, GICR_IIDR, GITS_IIDR: GIC-600 r1p6
    uint64_t clock_hz = 200000000; // estimate
    gicv3_latency latency;
};

} // namespace rk3568

#endif

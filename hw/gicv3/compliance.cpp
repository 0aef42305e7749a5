// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/compliance.h"

#include "hw/gicv3/cpu_interface.h"
#include "hw/regs/compliance.h"

#include <fmt/format.h>

namespace rk3568 {

namespace {

std::string frame_table(const char *title, const register_file &file) {
    return fmt::format("\n## {}\n\n", title) + compliance_table(file.registers());
}

std::string sysreg_table() {
    std::string text = "\n## CPU interface, AArch64 system registers\n\n"
                       "| op0 op1 CRn CRm op2 | register | access | from EL | status | source |\n"
                       "|---|---|---|---|---|---|\n";
    for (const auto &r : gic::cpu_interface::registers())
        text += fmt::format("| {} {} {} {} {} | {} | {} | {} | {} | {} |\n", r.encoding >> 14 & 3, r.encoding >> 11 & 7,
                            r.encoding >> 7 & 15, r.encoding >> 3 & 15, r.encoding & 7, r.name, r.access, r.least_el,
                            compliance_name(r.status), r.source);
    return text +
           "| 3 4 12 * * | ICH_*_EL2, ICV_* | - | - | Absent | IHI 0069 12.3 and 12.4: no virtual CPU interface |\n";
}

} // namespace

std::string gicv3_compliance_page(const gicv3 &gic) {
    using frame = gicv3::frame;
    const auto frames = gic.frames();
    const auto file = [&](frame which) -> const register_file & { return *frames[gic.page(which) >> 16]; };
    std::string text =
        "# GICv3: the registers\n\n"
        "Made from the declarations in hw/gicv3 by `gicv3_compliance`; a test compares this page with them.\n\n"
        "Functional registers act, Stored ones only remember, Absent ones read as zero and ignore writes, as every\n"
        "offset that is not listed does. Sizes are those of accesses, in bits; other sizes read as zero too. Reset "
        "values\n"
        "are those that Secure software reads; registers with a bit for each interrupt follow the interrupts' state.\n"
        "IHI 0069 is Arm's GICv3 architecture, 100336 (GIC-600 TRM) and 101206 (GIC-600AE TRM) describe the block.\n\n"
        "Values and rules that Arm or Rockchip do not publish, and what the model does:\n\n"
        "- Latencies (gicv3_latency): estimates, all of them.\n"
        "- Ties of priority go to the lowest INTID; 1-of-N goes to the lowest core that takes part.\n"
        "- GICD_TYPER.A3V of the RK3568: 0 unless gicv3_params::a3v says otherwise.\n"
        "- GITS_TYPER and the collection table's GITS_BASER1: as measured on the RK3588, which has the same block.\n"
        "- ICC_CTLR_EL3.nDS reads 0: GICD_CTLR.DS can be set. SCR_EL3.FIQ is taken as 1 with two security states "
        "(group\n"
        "  0 registers do not exist for Non-secure software, which sees priorities and mask shifted) and as 0 with "
        "one.\n"
        "- ICC_AP1R0_EL1 has the same bit numbers in both banks: bit n is the stored group priority 8n.\n"
        "- EOIR with no active priority of its group is ignored. ICPENDR does not end what SETSPI holds on a level "
        "SPI.\n"
        "- GICR_CTLR.EnableLPIs can be cleared; pending LPIs are then written to memory.\n"
        "- Messages reach every SPI that exists; GICM_TYPER advertises those of gicv3_params::mbi_first and "
        "mbi_count.\n"
        "- Bad ITS commands are skipped, which is what the reset value of GITS_FCTLR asks for; its stall modes are "
        "not\n"
        "  modelled, the register is only stored.\n"
        "- GICT (error records) and GICP (performance counters) read as zero.\n";
    text += frame_table("GICD, distributor (and its alias GICDA)", file(frame::gicd));
    text += frame_table("GICA, messages", file(frame::gica));
    if (gic.params().its) {
        text += frame_table("GITS, interrupt translation service", file(frame::gits));
        text += frame_table("GITS, translation frame", file(frame::gits_translater));
    }
    text += frame_table("GICR, RD_base", file(frame::gicr_rd));
    text += frame_table("GICR, SGI_base", file(frame::gicr_sgi));
    return text + sysreg_table();
}

} // namespace rk3568

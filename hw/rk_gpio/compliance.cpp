// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/compliance.h"

#include "hw/regs/compliance.h"

namespace rk3568 {

namespace {

constexpr const char *heading =
    "# RK3568 GPIO v2 bank: the registers\n\n"
    "Made from the declarations in hw/rk_gpio by `rk_gpio_compliance`; a test compares this page with them. It holds "
    "for\n"
    "the SystemC model and for rtl/rk_gpio.sv: lockstep compares the two.\n\n"
    "Functional registers act, Stored ones only remember, Absent ones read as zero and ignore writes, as every offset\n"
    "that is not listed does. Accesses are words; other sizes read as zero and write nothing. Each such access is\n"
    "logged once. \"Facts\" is the collection of sources in the project's notes (Linux 6.1, Rockchip's HAL, the "
    "DesignWare\n"
    "block that this one derives from); the RK3568's own manual of this block is not public.\n\n";

constexpr const char *choices =
    "\nWhat no source states, and what both implementations do:\n\n"
    "- Reset values are 0 but for DBCLK_DIV_CON (1) and VER_ID. INT_MASK resets to 0, INT_EN to 0.\n"
    "- Edges are latched behind the mask: a masked edge shows in INT_RAWSTATUS and fires when it is unmasked.\n"
    "- INT_EN = 0 and a change to a level type discard a latched edge; a change of polarity or of BOTHEDGE keeps it "
    "and\n"
    "  makes none.\n"
    "- EOI clears what INT_RAWSTATUS shows in the cycle that completes the write; an edge that shows with its effect "
    "stays.\n"
    "- An output interrupts like an input: the interrupt logic sees the level at the pin.\n"
    "- The debounce filter delays the interrupt, not EXT_PORT. It takes a level on which two samples in a row agree, "
    "and its\n"
    "  output changes at the sample after them. While DEBOUNCE = 0 it follows the pin.\n"
    "- The divider of dbclk runs always, for all pins of the bank, from reset on; a divisor below its count restarts "
    "it.\n"
    "- Synchronisers have two flops. Offsets from 0x80 on (later blocks have registers there) read as zero.\n";

} // namespace

std::string rk_gpio_compliance_page(const rk_gpio &bank) {
    return heading + compliance_table(bank.registers()) + choices;
}

} // namespace rk3568

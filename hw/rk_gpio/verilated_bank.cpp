// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/verilated_bank.h"

#include "Vrk_gpio.h"
#include "Vrk_gpio___024root.h"

#include <verilated.h>
#if VM_COVERAGE
#include <verilated_cov.h>
#endif

namespace rk3568 {

namespace {
std::string coverage_prefix;
}

struct verilated_bank::parts {
    VerilatedContext context; // of its own: it counts and ends with the bank
    Vrk_gpio top{&context};

    const Vrk_gpio___024root &inside() const { return *top.rootp; }
};

verilated_bank::verilated_bank()
    : m(std::make_unique<parts>()) {
    m->top.presetn_i = 0;
    m->top.eval();
    clock(true, true);
    m->top.presetn_i = 1;
    m->top.eval();
}

verilated_bank::~verilated_bank() {
    m->top.final();
#if VM_COVERAGE
    static unsigned files = 0;
    if (!coverage_prefix.empty())
        m->context.coveragep()->write((coverage_prefix + "." + std::to_string(files++) + ".dat").c_str());
#endif
}

void verilated_bank::set_pins(uint32_t levels) {
    m->top.gpio_i = levels;
    m->top.eval();
}

void verilated_bank::set_up(const apb_transfer &transfer) {
    select(transfer);
    m->top.eval();
}

uint32_t verilated_bank::present(const apb_transfer &transfer) {
    select(transfer);
    m->top.penable_i = 1;
    m->top.eval();
    return m->top.prdata_o;
}

void verilated_bank::select(const apb_transfer &transfer) {
    m->top.psel_i = 1;
    m->top.penable_i = 0;
    m->top.pwrite_i = transfer.write;
    m->top.paddr_i = transfer.address;
    if (transfer.write) // a read leaves on the bus what was there
        m->top.pwdata_i = transfer.data;
}

void verilated_bank::release_bus() {
    m->top.psel_i = 0;
    m->top.penable_i = 0;
    m->top.eval();
}

void verilated_bank::clock(bool pclk, bool dbclk) {
    m->top.pclk_i = pclk;
    m->top.dbclk_i = dbclk;
    m->top.eval();
    m->top.pclk_i = 0;
    m->top.dbclk_i = 0;
    if (pclk && m->top.penable_i) {
        m->top.psel_i = 0;
        m->top.penable_i = 0;
    }
    m->top.eval();
}

// The next evaluation sees the new count; what does not wait for one is not a function of it.
void verilated_bank::skip_dbclk(uint64_t edges) {
    uint32_t &count = m->top.rootp->rk_gpio__DOT__div_count_q;
    count = bank_state::count_after(count, m->inside().rk_gpio__DOT__dbclk_div_con_q, edges);
}

bool verilated_bank::irq() const {
    return m->top.irq_o;
}
uint32_t verilated_bank::driven() const {
    return m->top.gpio_o & m->top.gpio_oe_o;
}
bool verilated_bank::pclk_requested() const {
    return m->top.pclk_req_o;
}
bool verilated_bank::dbclk_requested() const {
    return m->top.dbclk_req_o;
}
bool verilated_bank::dbclk_tick_requested() const {
    return m->top.dbclk_div_req_o;
}

uint32_t verilated_bank::edges_to_tick() const {
    return bank_state::edges_to_tick(m->inside().rk_gpio__DOT__div_count_q, m->inside().rk_gpio__DOT__dbclk_div_con_q);
}

uint32_t verilated_bank::raw() const {
    return m->inside().rk_gpio__DOT__rawstatus;
}
uint32_t verilated_bank::status() const {
    return m->inside().rk_gpio__DOT__status;
}

bank_state verilated_bank::flops() const {
    const auto &in = m->inside();
    bank_state s;
    s.pin = m->top.gpio_i;
    s.dr = in.rk_gpio__DOT__dr_q;
    s.ddr = in.rk_gpio__DOT__ddr_q;
    s.int_en = in.rk_gpio__DOT__int_en_q;
    s.int_mask = in.rk_gpio__DOT__int_mask_q;
    s.int_type = in.rk_gpio__DOT__int_type_q;
    s.int_polarity = in.rk_gpio__DOT__int_polarity_q;
    s.int_bothedge = in.rk_gpio__DOT__int_bothedge_q;
    s.debounce = in.rk_gpio__DOT__debounce_q;
    s.dbclk_div_en = in.rk_gpio__DOT__dbclk_div_en_q;
    s.dbclk_div_con = in.rk_gpio__DOT__dbclk_div_con_q;
    s.ext_meta = in.rk_gpio__DOT__ext_meta_q;
    s.ext_sync = in.rk_gpio__DOT__ext_sync_q;
    s.irq_meta = in.rk_gpio__DOT__irq_meta_q;
    s.irq_sync = in.rk_gpio__DOT__irq_sync_q;
    s.irq_prev = in.rk_gpio__DOT__irq_prev_q;
    s.latch = in.rk_gpio__DOT__latch_q;
    s.db_meta = in.rk_gpio__DOT__db_meta_q;
    s.db_prev = in.rk_gpio__DOT__db_prev_q;
    s.db_out = in.rk_gpio__DOT__db_out_q;
    s.div_count = in.rk_gpio__DOT__div_count_q;
    return s;
}

void verilated_bank::keep_coverage(const std::string &prefix) {
    coverage_prefix = prefix;
}

} // namespace rk3568

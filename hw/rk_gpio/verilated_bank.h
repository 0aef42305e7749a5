// SPDX-License-Identifier: Apache-2.0
//
// rtl/rk_gpio.sv as Verilator makes it, without time and without SystemC: ports, clock edges, flops.
#ifndef RK3568_HW_RK_GPIO_VERILATED_BANK_H
#define RK3568_HW_RK_GPIO_VERILATED_BANK_H

#include "hw/rk_gpio/bank_state.h"

#include <cstdint>
#include <memory>
#include <string>

namespace rk3568 {

// One APB transfer of a word.
struct apb_transfer {
    bool write = false;
    uint16_t address = 0;
    uint32_t data = 0;
};

class verilated_bank {
public:
    verilated_bank(); // out of reset
    ~verilated_bank();
    verilated_bank(const verilated_bank &) = delete;
    verilated_bank &operator=(const verilated_bank &) = delete;

    void set_pins(uint32_t levels);
    void set_up(const apb_transfer &transfer); // APB's setup phase
    // The access phase, with or without a clock edge since set_up(). Returns PRDATA; the next pclk edge completes it.
    uint32_t present(const apb_transfer &transfer);
    void release_bus();
    // One moment at which one clock or both rise; both fall before the next. A transfer that pclk completes leaves the
    // bus when it falls.
    void clock(bool pclk, bool dbclk);
    // Moves the divider by dbclk edges at which nothing else would change.
    void skip_dbclk(uint64_t edges);

    bool irq() const;
    uint32_t driven() const; // DR where DDR = 1
    bool pclk_requested() const;
    bool dbclk_requested() const;
    bool dbclk_tick_requested() const;
    uint32_t edges_to_tick() const;

    // For observers.
    uint32_t raw() const;
    uint32_t status() const;
    bank_state flops() const;

    // From now on a bank that goes away leaves what it covered in PREFIX.0.dat, PREFIX.1.dat and so on, if it was
    // verilated with --coverage.
    static void keep_coverage(const std::string &prefix);

private:
    void select(const apb_transfer &transfer);

    struct parts;
    std::unique_ptr<parts> m;
};

} // namespace rk3568

#endif

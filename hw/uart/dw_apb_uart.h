// SPDX-License-Identifier: Apache-2.0
//
// The RK3568's UART: Synopsys' DesignWare APB UART, a 16550 with shadow registers, FIFO levels and a busy state. Names
// and numbers of registers are those of Linux's serial_reg.h and 8250_dw.c and of Rockchip's manuals of the same block.
//
// Characters take their time on the line: the baud clock is sclk / (16 * divisor), and a character begins at the clock
// edge after the write, or where the one before it ends. Registers answer as of the time of their access, so that a
// driver that polls needs no event; there is one event for each transition of the line and for each character.
//
// What no source states, and what is chosen here: CPR, UCV and CTR are the RK3328's (an estimate for the RK3568). LCR
// cannot be written while the block is busy: that is a busy-detect interrupt, which reading USR clears. Automatic flow
// control, infrared, DMA and the FIFO access mode are absent: their bits are only stored, or read as zero.
#ifndef RK3568_HW_UART_DW_APB_UART_H
#define RK3568_HW_UART_DW_APB_UART_H

#include "hw/regs/clock_grid.h"
#include "hw/regs/probe.h"
#include "hw/regs/target.h"
#include "hw/regs/wire.h"
#include "hw/uart/receiver.h"
#include "hw/uart/transmitter.h"

#include <deque>
#include <functional>

namespace rk3568 {

struct uart_params {
    frequency sclk{24'000'000}; // above zero, up to 1 THz
    unsigned fifo_depth = 64;   // a power of two from 16 on
};

// Never waits. Calls into `bus` and `rx` are made in order of their time, sc_time_stamp() plus the annotated delay; a
// call from before what the block has already done counts as just now.
class dw_apb_uart : public register_target {
public:
    // `rx` is the line from the other side; unconnected it is high, which is idle. A line that is connected must be
    // driven high before the first character.
    wire_in rx{"rx"};
    wire_out tx{"tx"}, irq{"irq"}; // irq: level, high

    struct {
        probe<bool> tx{"tx_line"};
        probe_event sent{"sent"}; // a character has left, its last stop bit included: its number
    } probes;

    SC_HAS_PROCESS(dw_apb_uart);
    explicit dw_apb_uart(const sc_core::sc_module_name &name, const uart_params &params = {});

private:
    enum source : uint8_t {
        none = 0x1,
        modem = 0x0,
        thr_empty = 0x2,
        data = 0x4,
        line = 0x6,
        busy = 0x7,
        timeout = 0xc
    };

    using register_read = std::function<uint32_t(bool peek)>;
    using register_write = std::function<void(uint32_t value)>;

    void start_of_simulation() override;
    void declare_registers();
    void declare_shadows();
    template <size_t N>
    void declare(reg<uint32_t, N> &r, register_read read, register_write write);
    void access(const reg_access &from);
    void advance();
    void schedule();

    void run_to(uint64_t ps);
    void step_transmitter(uint64_t edge);
    void receive_character(const received &got, uint64_t edge);
    void begin_character(uint64_t edge);
    void input(bool level, uint64_t edge);
    void show_line(uint64_t edge);
    void update_interrupt();
    uint64_t next_edge() const { return m_sclk.edge(m_now) + 1; }
    uint64_t next_step() const;

    bool fifos_on() const { return (m_fcr & 1) != 0; }
    unsigned depth() const { return fifos_on() ? m_params.fifo_depth : 1; }
    bool looped() const { return (m_mcr >> 4 & 1) != 0; }
    bool divisor_latch() const { return (m_lcr >> 7 & 1) != 0; }
    bool programmable_thre() const { return fifos_on() && (m_ier >> 7 & 1) != 0; }
    character_format format() const { return character_format::of(m_lcr, m_divisor); }
    bool is_busy() const;
    source pending() const;
    bool wants_characters() const;
    unsigned receive_threshold() const;
    uint32_t line_status() const;
    uint32_t modem_lines() const;
    uint32_t usr_bits() const;
    void restart_timeout(uint64_t edge);

    uint32_t read_rbr(bool peek);
    uint32_t read_iir(bool peek);
    uint32_t read_lsr(bool peek);
    uint32_t read_msr(bool peek);
    void write_thr(uint32_t value);
    void write_ier(uint32_t value);
    void write_fcr(uint32_t value);
    void write_lcr(uint32_t value);
    void write_mcr(uint32_t value);
    void write_srr(uint32_t value);
    void clear_receiver();
    void clear_transmitter();

    reg<uint32_t> thr{*this, "RBR/THR/DLL", 0x00}, ier{*this, "IER/DLH", 0x04}, iir{*this, "IIR/FCR", 0x08};
    reg<uint32_t> lcr{*this, "LCR", 0x0c}, mcr{*this, "MCR", 0x10}, lsr{*this, "LSR", 0x14}, msr{*this, "MSR", 0x18};
    reg<uint32_t> scr{*this, "SCR", 0x1c};
    reg<uint32_t, 16> srbr{*this, "SRBR/STHR", 0x30};
    reg<uint32_t> usr{*this, "USR", 0x7c}, tfl{*this, "TFL", 0x80}, rfl{*this, "RFL", 0x84}, srr{*this, "SRR", 0x88};
    reg<uint32_t> srts{*this, "SRTS", 0x8c}, sbcr{*this, "SBCR", 0x90}, sfe{*this, "SFE", 0x98},
        srt{*this, "SRT", 0x9c};
    reg<uint32_t> stet{*this, "STET", 0xa0}, htx{*this, "HTX", 0xa4};
    // What synthesis fixed.
    reg<uint32_t> cpr{*this, "CPR", 0xf4}, ucv{*this, "UCV", 0xf8}, ctr{*this, "CTR", 0xfc};

    const uart_params m_params;
    const clock_grid m_sclk;
    // Times are numbers of sclk edges unless they say ps.
    uint64_t m_now = 0; // ps: everything up to here has happened

    uint32_t m_divisor = 0, m_ier = 0, m_fcr = 0, m_lcr = 0, m_mcr = 0;
    bool m_halt = false; // HTX
    transmitter m_transmitter;
    receiver m_receiver;
    std::deque<uint8_t> m_to_send; // THR, or the FIFO
    std::deque<received> m_received;
    uint8_t m_sending = 0;
    bool m_line = true;
    uint64_t m_line_since = 0; // ps
    bool m_overrun = false;
    bool m_thr_empty_due = false; // IIR has not told yet that there is room
    bool m_busy_write = false;    // of LCR
    uint32_t m_modem_changes = 0; // MSR[3:0]
    bool m_timed_out = false;
    uint64_t m_timeout = transmitter::never;

    uint64_t m_scheduled = transmitter::never;
    sc_core::sc_event m_event{"event"};
};

} // namespace rk3568

#endif

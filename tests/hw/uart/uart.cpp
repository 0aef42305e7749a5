// SPDX-License-Identifier: Apache-2.0
//
// The UART against the line: what it puts on its pin is read bit by bit with the time of a bit, 1/1,500,000 s, counted
// from the edge of the start bit.
#include "hw/uart/dw_apb_uart.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <string>
#include <tlm_utils/simple_initiator_socket.h>
#include <vector>

using namespace rk3568;
using sc_core::sc_time;

namespace {

enum : uint64_t { thr = 0, dll = 0, ier = 4, dlh = 4, iir = 8, fcr = 8, lcr = 0xc, mcr = 0x10, lsr = 0x14, msr = 0x18 };
enum : uint64_t { scr = 0x1c, usr = 0x7c, tfl = 0x80, rfl = 0x84, srr = 0x88, sbcr = 0x90, htx = 0xa4 };
constexpr uint64_t bit_ps = 666'667, clock_ps = 41'667; // rounded up

struct board : sc_core::sc_module, wire_if {
    tlm_utils::simple_initiator_socket<board> cpu{"cpu"};
    dw_apb_uart uart{"uart"};
    wire_in irq{"irq"};
    wire_out line{"line"}; // to the UART

    struct change {
        uint64_t ps;
        bool level;
    };
    std::vector<change> seen;                    // on tx
    std::vector<std::pair<uint64_t, bool>> irqs; // ps, level

    explicit board(const sc_core::sc_module_name &name)
        : sc_module(name) {
        cpu.bind(uart.bus);
        uart.tx.bind(*this);
        uart.irq.bind(irq);
        line.bind(uart.rx);
        irq.on_change([this](bool level, const sc_time &delay) { irqs.emplace_back(at(delay), level); });
    }
    void start_of_simulation() override { line.drive(true); }
    static uint64_t at(const sc_time &delay) { return (sc_core::sc_time_stamp() + delay).value(); }
    void set(bool level, const sc_time &delay) override {
        if (!seen.empty() || !level)
            seen.push_back({at(delay), level});
    }

    uint32_t access(bool write, uint64_t address, uint32_t value, uint64_t delay_ps, bool debug = false) {
        tlm::tlm_generic_payload trans;
        trans.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        if (debug) {
            cpu->transport_dbg(trans);
            return value;
        }
        sc_time delay = sc_time::from_value(delay_ps);
        cpu->b_transport(trans, delay);
        BOOST_TEST(trans.is_response_ok());
        return value;
    }
    void write(uint64_t address, uint32_t value, uint64_t delay_ps = 0) { access(true, address, value, delay_ps); }
    uint32_t read(uint64_t address, uint64_t delay_ps = 0) { return access(false, address, 0, delay_ps); }

    void set_up(uint32_t format = 3, uint32_t divisor = 1, uint32_t fifos = 1) {
        sc_core::sc_start(sc_core::SC_ZERO_TIME);
        write(lcr, format | 0x80);
        write(dll, divisor & 0xff);
        write(dlh, divisor >> 8);
        write(lcr, format);
        write(fcr, fifos);
        write(mcr, 3);
    }
    // The level of the line at a time.
    bool level(uint64_t ps) const {
        bool now = true;
        for (const change &c : seen)
            if (c.ps <= ps)
                now = c.level;
        return now;
    }
    // The bits that stand on the line from the edge of the start bit on, the first one lowest, each in its middle.
    uint32_t bits(uint64_t start_ps, unsigned count, uint64_t bit = bit_ps) const {
        uint32_t word = 0;
        for (unsigned n = 0; n < count; ++n)
            word |= static_cast<uint32_t>(level(start_ps + n * bit + bit / 2)) << n;
        return word;
    }
    // Puts a character on the UART's input, beginning after `from_ps`; ends when the stop bit does.
    void send(uint32_t levels, unsigned count, uint64_t bit = bit_ps) {
        for (unsigned n = 0; n < count; ++n) {
            line.drive((levels >> n & 1) != 0);
            run(bit);
        }
    }
    static void run(uint64_t ps) { sc_core::sc_start(sc_time::from_value(ps)); }
    static uint64_t now() { return sc_core::sc_time_stamp().value(); }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_character_is_ten_bits_of_two_thirds_of_a_microsecond) {
    board b("board");
    b.set_up();
    board::run(1'000'000);
    b.write(thr, 0x53, 5'000);
    const uint64_t written = board::now() + 5'000;
    BOOST_TEST(b.read(lsr, 10'000) == 0x20u); // in the shift register: there is room, but not all is sent
    BOOST_TEST((b.read(usr, 10'000) & 1) == 1u);
    board::run(10 * bit_ps - 2 * clock_ps);
    BOOST_TEST(b.read(lsr) == 0x20u);
    board::run(4 * clock_ps);
    BOOST_TEST(b.read(lsr) == 0x60u);
    BOOST_TEST((b.read(usr) & 1) == 0u);
    BOOST_REQUIRE(!b.seen.empty());
    const uint64_t start = b.seen[0].ps;
    BOOST_TEST((start > written && start <= written + clock_ps));
    BOOST_TEST(b.bits(start, 10) == (1u << 9 | 0x53u << 1));
    BOOST_TEST(b.seen.size() == 8u); // 0 11 00 1 0 1 0 1: the transitions, and no more
}

BOOST_AUTO_TEST_CASE(characters_follow_one_another_without_a_gap_and_a_full_fifo_takes_no_more) {
    board b("board");
    b.set_up();
    for (unsigned n = 0; n < 70; ++n) // one in the shift register, 64 in the FIFO, five are lost
        b.write(thr, n);
    BOOST_TEST(b.read(tfl) == 64u);
    BOOST_TEST((b.read(usr) & 6) == 0u);
    BOOST_TEST(b.read(lsr) == 0u);
    board::run(64 * 10 * bit_ps + 2 * clock_ps);
    BOOST_TEST(b.read(lsr) == 0x20u);
    board::run(10 * bit_ps);
    BOOST_TEST(b.read(lsr) == 0x60u);
    for (unsigned n = 0; n < 65; ++n)
        BOOST_TEST(b.bits(b.seen[0].ps + n * 10 * 2'000'000 / 3, 10) == (1u << 9 | n << 1));
}

BOOST_AUTO_TEST_CASE(formats_have_their_parity_their_stop_bits_and_their_divisor) {
    board b("board");
    b.set_up(0x1a | 4, 13); // seven bits, even parity, two stop bits; 13 * 16 clocks a bit
    b.write(thr, 0x61);
    const uint64_t bit = 208'000'000'000 / 24'000;
    board::run(11 * bit - 4 * clock_ps);
    BOOST_TEST((b.read(usr) & 1) == 1u);
    board::run(8 * clock_ps);
    BOOST_TEST((b.read(usr) & 1) == 0u);
    BOOST_TEST(b.bits(b.seen[0].ps, 11, bit) == (3u << 9 | 1u << 8 | 0x61u << 1)); // three ones and the parity's
}

BOOST_AUTO_TEST_CASE(lcr_is_not_written_while_a_character_is_on_the_line_and_usr_says_so) {
    board b("board");
    b.set_up();
    b.write(thr, 'x');
    b.write(lcr, 0);
    BOOST_TEST(b.read(lcr) == 3u);
    BOOST_TEST((b.read(iir) & 0xf) == 7u);
    BOOST_REQUIRE(b.irqs.size() == 1u);
    BOOST_TEST((b.read(usr) & 1) == 1u);
    BOOST_TEST((b.read(iir) & 0xf) == 1u);
    BOOST_TEST(!b.irq.level());
    board::run(11 * bit_ps);
    b.write(lcr, 0);
    BOOST_TEST(b.read(lcr) == 0u);
}

BOOST_AUTO_TEST_CASE(the_transmitter_interrupts_when_it_has_room_and_iir_tells_it_once) {
    board b("board");
    b.set_up();
    b.write(ier, 2); // there is room now
    BOOST_TEST(b.irq.level());
    BOOST_TEST(b.read(iir) == 0xc2u);
    BOOST_TEST(b.read(iir) == 0xc1u);
    BOOST_TEST(!b.irq.level());
    b.irqs.clear();
    b.write(thr, 'a'); // straight into the shift register
    BOOST_TEST(b.read(iir) == 0xc2u);
    b.write(thr, 'b');
    BOOST_TEST(b.read(iir) == 0xc1u);
    const uint64_t from = board::now();
    b.irqs.clear();
    board::run(30 * bit_ps);
    BOOST_REQUIRE(b.irqs.size() == 1u); // at the end of the first
    BOOST_TEST((b.irqs[0].first >= from + 10 * bit_ps - 10 && b.irqs[0].first <= from + 10 * bit_ps + clock_ps));
    // With thresholds: when a quarter of the FIFO is left, and LSR[5] says that it is full.
    b.write(ier, 0x82);
    b.write(fcr, 0x21);
    for (unsigned n = 0; n < 65; ++n)
        b.write(thr, n);
    BOOST_TEST((b.read(lsr) & 0x20) == 0x20u);
    b.read(iir);
    b.irqs.clear();
    const uint64_t then = board::now();
    board::run(700 * bit_ps);
    BOOST_REQUIRE(!b.irqs.empty());
    BOOST_TEST((b.irqs[0].first / bit_ps - then / bit_ps >= 479 && b.irqs[0].first / bit_ps - then / bit_ps <= 481));
}

BOOST_AUTO_TEST_CASE(the_receiver_has_what_was_on_its_line_and_says_what_was_wrong_with_it) {
    board b("board");
    b.set_up(0x0b); // eight bits, odd parity
    b.write(ier, 5);
    board::run(1'000'000);
    b.send(1u << 10 | 0u << 9 | 0x70u << 1, 11); // three ones: parity 0
    BOOST_TEST(b.irq.level());
    BOOST_TEST(b.read(iir) == 0xc4u);
    BOOST_TEST(b.access(false, thr, 0, 0, true) == 0x70u); // a debugger takes nothing away
    BOOST_TEST(b.read(rfl) == 1u);
    BOOST_TEST(b.read(thr) == 0x70u);
    BOOST_TEST(!b.irq.level());
    b.send(1u << 10 | 1u << 9 | 0x70u << 1, 11); // the wrong parity
    BOOST_TEST(b.read(iir) == 0xc6u);
    BOOST_TEST(b.read(lsr) == (0x60u | 0x80u | 0x5u));
    BOOST_TEST(b.read(lsr) == 0x61u);
    BOOST_TEST(b.read(thr) == 0x70u);
    b.send(0, 12); // a break
    b.send(1, 1);
    BOOST_TEST((b.read(lsr) & 0x18) == 0x18u);
    b.read(thr);
    for (unsigned n = 0; n < 66; ++n)
        b.send(1u << 10 | static_cast<uint32_t>(__builtin_popcount(n) % 2 == 0) << 9 | n << 1, 11);
    BOOST_TEST((b.read(usr) & 0x18) == 0x18u);
    BOOST_TEST((b.read(lsr) & 0x8f) == 0x3u); // overrun, and nothing else
    for (unsigned n = 0; n < 64; ++n)
        BOOST_TEST(b.read(thr) == n);
    BOOST_TEST((b.read(lsr) & 1) == 0u);
}

BOOST_AUTO_TEST_CASE(characters_below_the_threshold_are_due_after_the_time_of_four) {
    board b("board");
    b.set_up(3, 1, 0x41); // a quarter of the FIFO
    b.write(ier, 1);
    board::run(1'000'000);
    b.send(1u << 9 | 'q' << 1, 10);
    BOOST_TEST(!b.irq.level());
    board::run(39 * bit_ps);
    BOOST_TEST(!b.irq.level());
    board::run(2 * bit_ps);
    BOOST_TEST(b.irq.level());
    BOOST_TEST(b.read(iir) == 0xccu);
    BOOST_TEST(b.read(thr) == uint32_t('q'));
    BOOST_TEST(!b.irq.level());
}

BOOST_AUTO_TEST_CASE(looped_back_it_hears_itself_and_the_line_stays_idle) {
    board b("board");
    b.set_up();
    b.write(mcr, 0x1b);
    BOOST_TEST(b.read(msr) == 0xbbu); // CTS, DSR, DCD, and that they changed
    BOOST_TEST(b.read(msr) == 0xb0u);
    for (const char c : std::string("loop"))
        b.write(thr, static_cast<uint8_t>(c));
    board::run(41 * bit_ps);
    for (const char c : std::string("loop"))
        BOOST_TEST(b.read(thr) == static_cast<uint32_t>(c));
    BOOST_TEST(b.seen.empty());
}

BOOST_AUTO_TEST_CASE(break_halt_reset_and_what_has_no_register) {
    board b("board");
    b.set_up();
    b.write(sbcr, 1);
    board::run(1'000'000);
    BOOST_TEST(!b.level(board::now()));
    b.write(sbcr, 0);
    b.write(htx, 1);
    b.write(thr, 'h');
    board::run(20 * bit_ps);
    BOOST_TEST(b.read(tfl) == 1u);
    BOOST_TEST(b.level(board::now()));
    b.write(htx, 0);
    board::run(2 * bit_ps);
    BOOST_TEST(b.read(tfl) == 0u);
    b.write(srr, 1);
    BOOST_TEST(b.read(lsr) == 0x60u);
    BOOST_TEST(b.read(lcr) == 0u);
    BOOST_TEST(b.read(iir) == 1u);
    b.write(thr, 'n'); // no divisor, no baud clock
    board::run(100 * bit_ps);
    BOOST_TEST(b.read(lsr) == 0u);
    b.write(scr, 0x1a5);
    BOOST_TEST(b.read(scr) == 0xa5u);
    BOOST_TEST(b.read(0xf4) == 0u);
    BOOST_TEST(b.read(0xf8) == 0x0330372au);
    BOOST_TEST(b.read(0xfc) == 0x44570110u);
    BOOST_TEST(b.read(0x20) == 0u);
}

// SPDX-License-Identifier: Apache-2.0
#include "hw/uart/dw_apb_uart.h"

#include <algorithm>

namespace rk3568 {

using sc_core::sc_time;

namespace {

constexpr uint64_t never = transmitter::never;

namespace lsr_bit {
constexpr uint32_t data_ready = 1 << 0, overrun = 1 << 1, thr_empty = 1 << 5, all_sent = 1 << 6, error_in_fifo = 1 << 7;
}

} // namespace

dw_apb_uart::dw_apb_uart(const sc_core::sc_module_name &name, const uart_params &params)
    : register_target(name, 0x100)
    , m_params(params)
    , m_sclk(params.sclk) {
    if (sc_core::sc_get_time_resolution() != sc_time(1, sc_core::SC_PS))
        SC_REPORT_FATAL("/rk3568/uart", "a UART needs a time resolution of 1 ps");
    declare_registers();
    declare_shadows();
    reset_registers();
    probes.tx.set(true);
    rx.on_change([this](bool level, const sc_time &delay) {
        run_to(present(*this) + delay.value());
        if (!looped())
            input(level, next_edge());
        schedule();
    });
    SC_METHOD(advance);
    sensitive << m_event;
    dont_initialize();
}

void dw_apb_uart::start_of_simulation() {
    tx.drive(true);
}

// Registers answer as of the time of their access; a debugger's read changes nothing, and its write nothing either.
template <size_t N>
void dw_apb_uart::declare(reg<uint32_t, N> &r, register_read read, register_write write) {
    r.allow(size1 | size2 | size4).document(reg_status::functional, "DW_apb_uart databook; Linux serial_reg.h");
    r.on_read([this, read = std::move(read)](size_t, const reg_access &from) {
        access(from);
        const uint32_t value = read(from.debug);
        update_interrupt();
        schedule();
        return value;
    });
    r.on_write([this, write = std::move(write)](const reg_write &w) {
        if (w.from.debug || !write)
            return;
        access(w.from);
        write(static_cast<uint32_t>(w.value));
        update_interrupt();
        schedule();
    });
}

void dw_apb_uart::access(const reg_access &from) {
    run_to(present(*this) + from.delay.value());
}

void dw_apb_uart::declare_registers() {
    declare(
        thr, [this](bool peek) { return divisor_latch() ? m_divisor & 0xff : read_rbr(peek); },
        [this](uint32_t value) {
            if (divisor_latch())
                m_divisor = (m_divisor & 0xff00) | (value & 0xff);
            else
                write_thr(value);
        });
    declare(
        ier, [this](bool) { return divisor_latch() ? m_divisor >> 8 : m_ier; },
        [this](uint32_t value) {
            if (divisor_latch())
                m_divisor = (m_divisor & 0xff) | (value & 0xff) << 8;
            else
                write_ier(value);
        });
    declare(
        iir, [this](bool peek) { return read_iir(peek); }, [this](uint32_t value) { write_fcr(value); });
    declare(
        lcr, [this](bool) { return m_lcr; }, [this](uint32_t value) { write_lcr(value); });
    declare(
        mcr, [this](bool) { return m_mcr; }, [this](uint32_t value) { write_mcr(value); });
    declare(
        lsr, [this](bool peek) { return read_lsr(peek); }, nullptr);
    declare(
        msr, [this](bool peek) { return read_msr(peek); }, nullptr);
    scr.writable(0xff).document(reg_status::stored, "DW_apb_uart databook");
    cpr.read_only().reset_value(0).document(reg_status::functional, "RK3328; an estimate for the RK3568");
    ucv.read_only().reset_value(0x0330372a).document(reg_status::functional, "RK3328; an estimate for the RK3568");
    ctr.read_only().reset_value(0x44570110).document(reg_status::functional, "RK3328; an estimate for the RK3568");
}

// Other ways to the same state, and the levels of the FIFOs.
void dw_apb_uart::declare_shadows() {
    declare(
        srbr, [this](bool peek) { return divisor_latch() ? 0 : read_rbr(peek); },
        [this](uint32_t value) {
            if (!divisor_latch())
                write_thr(value);
        });
    declare(
        usr,
        [this](bool peek) {
            if (!peek)
                m_busy_write = false;
            return usr_bits();
        },
        nullptr);
    declare(
        tfl, [this](bool) { return fifos_on() ? static_cast<uint32_t>(m_to_send.size()) : 0; }, nullptr);
    declare(
        rfl, [this](bool) { return fifos_on() ? static_cast<uint32_t>(m_received.size()) : 0; }, nullptr);
    declare(
        srr, [](bool) { return 0; }, [this](uint32_t value) { write_srr(value); });
    declare(
        srts, [this](bool) { return m_mcr >> 1 & 1; },
        [this](uint32_t value) { write_mcr((m_mcr & ~2u) | (value & 1) << 1); });
    declare(
        sbcr, [this](bool) { return m_lcr >> 6 & 1; },
        [this](uint32_t value) {
            m_lcr = (m_lcr & ~0x40u) | (value & 1) << 6;
            show_line(next_edge());
        });
    declare(
        sfe, [this](bool) { return m_fcr & 1; }, [this](uint32_t value) { write_fcr((m_fcr & ~1u) | (value & 1)); });
    declare(
        srt, [this](bool) { return m_fcr >> 6 & 3; },
        [this](uint32_t value) { write_fcr((m_fcr & ~0xc0u) | (value & 3) << 6); });
    declare(
        stet, [this](bool) { return m_fcr >> 4 & 3; },
        [this](uint32_t value) { write_fcr((m_fcr & ~0x30u) | (value & 3) << 4); });
    declare(
        htx, [this](bool) { return m_halt; },
        [this](uint32_t value) {
            m_halt = (value & 1) != 0;
            begin_character(next_edge());
        });
}

uint64_t dw_apb_uart::next_step() const {
    return std::min({m_receiver.next(), m_transmitter.next(), m_timeout});
}

void dw_apb_uart::run_to(uint64_t ps) {
    const uint64_t last = m_sclk.edge(ps);
    for (uint64_t edge = next_step(); edge <= last && edge != never; edge = next_step()) {
        m_now = std::max(m_now, m_sclk.time(edge));
        if (m_receiver.next() == edge) {
            if (const auto got = m_receiver.until(edge))
                receive_character(*got, edge);
        } else if (m_transmitter.next() == edge) {
            step_transmitter(edge);
        } else {
            m_timed_out = true;
            m_timeout = never;
        }
        update_interrupt();
    }
    m_now = std::max(m_now, ps);
}

void dw_apb_uart::step_transmitter(uint64_t edge) {
    if (m_transmitter.step()) {
        probes.sent.fire_at(m_sending, m_sclk.time(edge));
        begin_character(edge);
        return;
    }
    if (looped())
        input(m_transmitter.level(), edge);
    show_line(edge);
}

// If there is one and the shift register is free.
void dw_apb_uart::begin_character(uint64_t edge) {
    const character_format how = format();
    if (m_transmitter.busy() || m_to_send.empty() || m_halt || !how.bit)
        return;
    const bool wanted = wants_characters();
    m_sending = static_cast<uint8_t>(m_to_send.front() & how.data_mask());
    m_to_send.pop_front();
    m_thr_empty_due = m_thr_empty_due || (!wanted && wants_characters());
    m_transmitter.start(m_sending, how, edge);
    if (looped())
        input(false, edge);
    show_line(edge);
}

void dw_apb_uart::input(bool level, uint64_t edge) {
    if (const auto got = m_receiver.until(edge - 1))
        receive_character(*got, edge - 1);
    m_receiver.line(level, edge, format());
}

void dw_apb_uart::receive_character(const received &got, uint64_t edge) {
    restart_timeout(edge);
    if (m_received.size() >= depth()) {
        m_overrun = true; // with FIFOs the new one is lost, without them the old one
        if (fifos_on())
            return;
        m_received.clear();
    }
    m_received.push_back(got);
    restart_timeout(edge);
}

// A character that nothing fetches for the time of four more is due, however few there are.
void dw_apb_uart::restart_timeout(uint64_t edge) {
    const uint64_t four = 4 * format().length();
    m_timeout = fifos_on() && !m_received.empty() && four ? edge + four : never;
}

void dw_apb_uart::show_line(uint64_t edge) {
    const bool broken = (m_lcr >> 6 & 1) != 0;
    const bool level = looped() || (!broken && m_transmitter.level());
    if (level == m_line)
        return;
    m_line = level;
    m_line_since = std::max(m_line_since, m_sclk.time(edge));
    probes.tx.set_at(level, m_line_since);
    tx.drive(level, sc_time::from_value(m_line_since - std::min(m_line_since, present(*this))));
}

void dw_apb_uart::update_interrupt() {
    irq.drive(pending() != source::none, sc_time::from_value(m_now - std::min(m_now, present(*this))));
}

void dw_apb_uart::advance() {
    m_scheduled = never;
    run_to(present(*this));
    schedule();
}

// Keeps one notification, at what happens next.
void dw_apb_uart::schedule() {
    const uint64_t edge = next_step();
    const uint64_t next = edge == never ? never : m_sclk.time(edge);
    if (next == m_scheduled)
        return;
    m_event.cancel();
    m_scheduled = next;
    if (next != never)
        m_event.notify(sc_time::from_value(next - std::min(next, present(*this))));
}

bool dw_apb_uart::is_busy() const {
    return m_transmitter.busy() || (!m_to_send.empty() && m_divisor) || m_receiver.busy() || !m_received.empty();
}

// Whether the transmitter's FIFO has come down to where software shall fill it again.
bool dw_apb_uart::wants_characters() const {
    if (!programmable_thre())
        return m_to_send.empty();
    const size_t levels[] = {0, 2, m_params.fifo_depth / 4, m_params.fifo_depth / 2};
    return m_to_send.size() <= levels[m_fcr >> 4 & 3];
}

unsigned dw_apb_uart::receive_threshold() const {
    const unsigned levels[] = {1, m_params.fifo_depth / 4, m_params.fifo_depth / 2, m_params.fifo_depth - 2};
    return fifos_on() ? levels[m_fcr >> 6 & 3] : 1;
}

// The interrupt of the highest priority.
dw_apb_uart::source dw_apb_uart::pending() const {
    if ((m_ier & 4) && (m_overrun || (!m_received.empty() && m_received.front().errors)))
        return source::line;
    if ((m_ier & 1) && m_received.size() >= receive_threshold())
        return source::data;
    if ((m_ier & 1) && m_timed_out)
        return source::timeout;
    if ((m_ier & 2) && m_thr_empty_due)
        return source::thr_empty;
    if ((m_ier & 8) && m_modem_changes)
        return source::modem;
    return m_busy_write ? source::busy : source::none;
}

uint32_t dw_apb_uart::line_status() const {
    uint32_t value = 0;
    if (!m_received.empty())
        value |= lsr_bit::data_ready | m_received.front().errors;
    if (m_overrun)
        value |= lsr_bit::overrun;
    if (programmable_thre() ? m_to_send.size() >= depth() : m_to_send.empty())
        value |= lsr_bit::thr_empty; // with programmable thresholds it says that the FIFO is full
    if (m_to_send.empty() && !m_transmitter.busy())
        value |= lsr_bit::all_sent;
    if (fifos_on() && std::any_of(m_received.begin(), m_received.end(), [](const received &r) { return r.errors; }))
        value |= lsr_bit::error_in_fifo;
    return value;
}

uint32_t dw_apb_uart::usr_bits() const {
    return static_cast<uint32_t>(is_busy()) | static_cast<uint32_t>(m_to_send.size() < depth()) << 1 |
           static_cast<uint32_t>(m_to_send.empty()) << 2 | static_cast<uint32_t>(!m_received.empty()) << 3 |
           static_cast<uint32_t>(m_received.size() >= depth()) << 4;
}

// CTS, DSR, RI and DCD: unconnected, but looped back they are RTS, DTR, OUT1 and OUT2.
uint32_t dw_apb_uart::modem_lines() const {
    if (!looped())
        return 0;
    return (m_mcr >> 1 & 1) << 4 | (m_mcr & 1) << 5 | (m_mcr >> 2 & 1) << 6 | (m_mcr >> 3 & 1) << 7;
}

uint32_t dw_apb_uart::read_rbr(bool peek) {
    if (m_received.empty())
        return 0;
    const uint32_t data = m_received.front().data;
    if (!peek) {
        m_received.pop_front();
        m_timed_out = false;
        restart_timeout(m_sclk.edge(m_now));
    }
    return data;
}

uint32_t dw_apb_uart::read_iir(bool peek) {
    const source now = pending();
    if (now == source::thr_empty && !peek)
        m_thr_empty_due = false;
    return now | (fifos_on() ? 0xc0 : 0);
}

uint32_t dw_apb_uart::read_lsr(bool peek) {
    const uint32_t value = line_status();
    if (!peek) {
        m_overrun = false;
        if (!m_received.empty())
            m_received.front().errors = 0;
    }
    return value;
}

uint32_t dw_apb_uart::read_msr(bool peek) {
    const uint32_t value = modem_lines() | m_modem_changes;
    if (!peek)
        m_modem_changes = 0;
    return value;
}

void dw_apb_uart::write_thr(uint32_t value) {
    if (m_to_send.size() >= depth()) {
        if (fifos_on())
            return;
        m_to_send.clear();
    }
    m_to_send.push_back(static_cast<uint8_t>(value));
    m_thr_empty_due = false;
    begin_character(next_edge());
}

void dw_apb_uart::write_ier(uint32_t value) {
    const bool newly = (value & ~m_ier & 2) != 0;
    m_ier = value & 0x8f;
    if (newly && wants_characters())
        m_thr_empty_due = true;
}

void dw_apb_uart::write_fcr(uint32_t value) {
    const bool switched = ((value ^ m_fcr) & 1) != 0;
    m_fcr = value & 0xf9;
    if (switched || (value & 2))
        clear_receiver();
    if (switched || (value & 4))
        clear_transmitter();
}

void dw_apb_uart::write_lcr(uint32_t value) {
    if (is_busy()) {
        m_busy_write = true;
        return;
    }
    m_lcr = value & 0xff;
    show_line(next_edge());
    begin_character(next_edge());
}

void dw_apb_uart::write_mcr(uint32_t value) {
    const uint32_t before = modem_lines();
    m_mcr = value & 0x7f;
    const uint32_t changed = before ^ modem_lines();
    m_modem_changes |= (changed >> 4 & 0xb) | ((changed & before) >> 4 & 4); // of RI only the end counts
    show_line(next_edge());
}

void dw_apb_uart::write_srr(uint32_t value) {
    if (value & 1) {
        m_divisor = m_ier = m_fcr = m_lcr = m_mcr = m_modem_changes = 0;
        m_halt = m_busy_write = false;
        m_transmitter.reset();
        m_receiver.reset();
        show_line(next_edge());
    }
    if (value & 3)
        clear_receiver();
    if (value & 5)
        clear_transmitter();
}

void dw_apb_uart::clear_receiver() {
    m_received.clear();
    m_overrun = m_timed_out = false;
    m_timeout = never;
}

void dw_apb_uart::clear_transmitter() {
    const bool wanted = wants_characters();
    m_to_send.clear();
    m_thr_empty_due = m_thr_empty_due || !wanted;
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// The test bench of a GPIO bank: the five banks of the RK3568, each with a bus master, 32 pins and a record of its
// interrupt line. It knows only the ports that every implementation has; make_bank() says which one is tested.
#ifndef RK3568_TESTS_HW_RK_GPIO_BENCH_H
#define RK3568_TESTS_HW_RK_GPIO_BENCH_H

#include "hw/rk_gpio/gpio_bank.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <tlm_utils/simple_initiator_socket.h>
#include <vector>

namespace rk3568::test {

std::unique_ptr<gpio_bank> make_bank(const char *name, const gpio_params &params);

namespace offset {
enum : uint32_t {
    dr = 0x00,
    ddr = 0x08,
    int_en = 0x10,
    int_mask = 0x18,
    int_type = 0x20,
    int_polarity = 0x28,
    int_bothedge = 0x30,
    debounce = 0x38,
    dbclk_div_en = 0x40,
    dbclk_div_con = 0x48,
    int_status = 0x50,
    int_rawstatus = 0x58,
    port_eoi = 0x60,
    ext_port = 0x70,
    ver_id = 0x78,
};
}

constexpr std::array<unsigned, 5> some_pins{0, 1, 15, 16, 31};

struct change {
    uint64_t ps;
    bool level;
    bool operator==(const change &other) const { return ps == other.ps && level == other.level; }
};
inline std::ostream &operator<<(std::ostream &to, const change &c) {
    return to << (c.level ? "high" : "low") << " at " << c.ps << " ps";
}
using changes = std::vector<change>;

inline uint64_t now_ps() {
    return sc_core::sc_time_stamp().value();
}
inline sc_core::sc_time ps(uint64_t n) {
    return sc_core::sc_time::from_value(n);
}
constexpr uint64_t ns = 1000, us = 1000 * ns, ms = 1000 * us;

// One bank and what surrounds it.
class bank_bench : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<bank_bench> master{"master"};
    sc_core::sc_vector<wire_out> pins{"pins", gpio_bank::pins};
    sc_core::sc_vector<wire_in> pads{"pads", gpio_bank::pins};
    wire_in line{"line"};
    std::unique_ptr<gpio_bank> bank;
    changes irq; // every change of the interrupt line

    bank_bench(const sc_core::sc_module_name &name, const gpio_params &params)
        : sc_module(name)
        , bank(make_bank("bank", params)) {
        master.bind(bank->bus);
        bank->irq.bind(line);
        for (unsigned n = 0; n < gpio_bank::pins; ++n) {
            pins[n].bind(bank->pin[n]);
            bank->pad[n].bind(pads[n]);
        }
        line.on_change([this](bool level, const sc_core::sc_time &delay) {
            irq.push_back({now_ps() + delay.value(), level});
        });
    }

    uint32_t read(uint32_t at, unsigned size = 4) {
        uint32_t value = 0xdeadbeef;
        access(tlm::TLM_READ_COMMAND, at, &value, size);
        return value;
    }
    void write(uint32_t at, uint32_t value, unsigned size = 4) { access(tlm::TLM_WRITE_COMMAND, at, &value, size); }

    // A register pair, the way software uses it.
    void write_pair(uint32_t at, uint32_t value) {
        write(at, (value & 0xffff) | 0xffff0000);
        write(at + 4, (value >> 16) | 0xffff0000);
    }
    void write_bit(uint32_t at, unsigned n, bool value) {
        write(at + (n >= 16 ? 4 : 0), 1u << (n % 16 + 16) | static_cast<uint32_t>(value) << (n % 16));
    }
    uint32_t read_pair(uint32_t at) { return read(at + 4) << 16 | read(at); }

    void set(unsigned n, bool level, uint64_t delay = 0) { pins[n].drive(level, ps(delay)); }

    enum class trigger { low, high, falling, rising, both };
    // What request_irq leads to, with the pin unmasked and enabled.
    void request(unsigned n, trigger t) {
        write_bit(offset::int_type, n, t == trigger::falling || t == trigger::rising);
        write_bit(offset::int_polarity, n, t == trigger::high || t == trigger::rising);
        write_bit(offset::int_bothedge, n, t == trigger::both);
        write_bit(offset::int_en, n, true);
    }

    changes take_irq() { return std::exchange(irq, {}); }

private:
    void access(tlm::tlm_command command, uint32_t at, uint32_t *value, unsigned size) {
#ifdef RK_GPIO_DIRECT
        uint64_t word = *value;
        const reg_access here{sc_core::SC_ZERO_TIME, ~0u, false, false};
        if (!bank->direct()->access(at, size, command == tlm::TLM_WRITE_COMMAND, word, here))
            throw std::runtime_error("access at " + std::to_string(at));
        *value = static_cast<uint32_t>(word);
#else
        tlm::tlm_generic_payload trans;
        sc_core::sc_time delay;
        trans.set_command(command);
        trans.set_address(at);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(value));
        trans.set_data_length(size);
        trans.set_streaming_width(size);
        master->b_transport(trans, delay);
        if (size < 4)
            *value &= (1u << 8 * size) - 1;
        if (trans.get_response_status() != tlm::TLM_OK_RESPONSE)
            throw std::runtime_error("access at " + std::to_string(at) + ": " + trans.get_response_string());
#endif
    }
};

// A bench of one bank (gpio3), elaborated, at time 0.
class one_bank {
public:
    explicit one_bank(const gpio_params &params = {})
        : m_bench("gpio3", params) {
        sc_core::sc_start(sc_core::SC_ZERO_TIME);
    }
    bank_bench *operator->() { return &m_bench; }
    bank_bench &operator*() { return m_bench; }

private:
    bank_bench m_bench;
};

// Lets simulated time pass.
inline void pass(uint64_t duration) {
    if (duration)
        sc_core::sc_start(ps(duration));
}
inline void pass_until(uint64_t when) {
    pass(when - now_ps());
}

} // namespace rk3568::test

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The accounts on the real GPIO bank: random pulses, some of them too short or too close for it, against a simple
// driver.
#include "platform/observe/observer.h"

#include "hw/rk_gpio/rk_gpio.h"
#include "platform/stimulus/pin_player.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <tlm_utils/simple_initiator_socket.h>

using namespace rk3568;
using sc_core::sc_time;

namespace {

constexpr unsigned pin = 101, bit = 5;

stimulus random_pulses(unsigned count, unsigned seed) {
    std::mt19937 random(seed);
    stimulus out;
    out.used[pin] = true;
    uint64_t ps = 1'000'000;
    for (unsigned i = 0; i < 2 * count; ++i) {
        out.changes.push_back({ps, pin, i % 2 == 0});
        // From far below the 10 ns of pclk to well above the handler's time.
        static constexpr uint64_t spans[] = {100, 5'000, 30'000, 300'000, 3'000'000};
        ps += 1 + random() % spans[random() % 5];
    }
    return out;
}

struct board : sc_core::sc_module {
    pin_player player;
    rk_gpio gpio3{"gpio3"};
    tlm_utils::simple_initiator_socket<board> bus{"bus"};
    observer *watch = nullptr;
    sc_core::sc_event raised;
    std::mt19937 random{1};
    unsigned handled = 0;

    struct line : wire_if, sc_core::sc_object {
        board &owner;
        explicit line(board &owner)
            : sc_object("line")
            , owner(owner) {}
        bool level = false;
        void set(bool now, const sc_time &delay) override {
            level = now;
            if (level)
                owner.raised.notify(delay);
        }
    } line{*this};

    SC_HAS_PROCESS(board);
    board(const sc_core::sc_module_name &name, stimulus activity)
        : sc_module(name)
        , player("player", std::move(activity)) {
        for (unsigned n = 0; n < pins_per_bank; ++n)
            player.pins[96 + n].bind(gpio3.pin[n]);
        bus.bind(gpio3.bus);
        gpio3.irq.bind(line);
        SC_THREAD(software);
    }

    uint32_t access(tlm::tlm_command command, uint64_t offset, uint32_t value = 0) {
        tlm::tlm_generic_payload trans;
        trans.set_command(command);
        trans.set_address(offset);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        sc_time delay;
        bus->b_transport(trans, delay);
        wait(delay + sc_time(20, sc_core::SC_NS));
        return value;
    }
    void write(uint64_t offset, uint32_t value) { access(tlm::TLM_WRITE_COMMAND, offset, value << 16 | value); }
    void record(port_trace_event event, uint64_t a = 0, uint64_t b = 0, const char *text = nullptr) {
        watch->trace(event, 0, sc_core::sc_time_stamp().value(), a, b, 0, 0, text);
    }

    void software() {
        write(0x20, 1u << bit); // INT_TYPE: edge
        write(0x28, 1u << bit); // INT_POLARITY: rising
        write(0x10, 1u << bit); // INT_EN
        watch->trace(TRACE_irq_map, 0, sc_core::sc_time_stamp().value(), 47, bit, 3, 0, nullptr);
        record(TRACE_irq_request, 47, 0xac, "button");
        watch->time_zero(sc_core::sc_time_stamp().value());
        player.start();
        for (;;) {
            if (!access(tlm::TLM_READ_COMMAND, 0x50)) {
                if (!line.level)
                    wait(raised);
                continue;
            }
            record(TRACE_vector_entry);
            write(0x60, 1u << bit); // PORT_EOI
            record(TRACE_irq_handler_entry, 47, 0xac, "button");
            ++handled;
            wait(random() % 1000, sc_core::SC_NS);
            record(TRACE_irq_handler_exit, 47, 0xac, "button");
            record(TRACE_vector_exit);
        }
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(with_the_bank)

BOOST_AUTO_TEST_CASE(every_pulse_is_handled_merged_or_lost) {
    constexpr unsigned pulses = 20'000;
    board b("board", random_pulses(pulses, 11));
    observer_config config;
    config.blocks.add({unit_kind::bank, 3, &b.gpio3, nullptr});
    observer o(config);
    b.watch = &o;
    o.attach_all();
    sc_core::sc_start(1, sc_core::SC_SEC);
    BOOST_TEST(b.player.finished());
    BOOST_TEST(o.finish(sc_core::sc_time_stamp().value()).empty());
    BOOST_TEST(o.accounting_error() == "");
    const auto path = nlohmann::json::parse(o.latency_json()).at("paths").at(0);
    BOOST_TEST(path.at("edges") == pulses);
    BOOST_TEST(path.at("handled") == b.handled);
    BOOST_TEST(path.at("merged") > 1000); // of each kind, there are many
    BOOST_TEST(path.at("reasons").at("filtered") > 1000);
    BOOST_TEST(b.handled > 1000);
    BOOST_TEST(path.at("stages").at("pin_to_handler").at("count") == b.handled);
    // Two flops at 100 MHz: the second samples 10 to 20 ns after the pin has changed.
    BOOST_TEST(path.at("stages").at("pin_to_status").at("min_ns") >= 10.0);
    BOOST_TEST(path.at("stages").at("pin_to_status").at("max_ns") <= 20.0);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: Apache-2.0
//
// A cluster with nothing around it: software is plain functions of the test that run on the cluster's contexts, spend
// time by block(), and log what they do.
#ifndef RK3568_TESTS_HW_CORTEX_A55_HARNESS_H
#define RK3568_TESTS_HW_CORTEX_A55_HARNESS_H

#include "hw/cortex_a55/cluster.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <tlm_utils/simple_target_socket.h>
#include <vector>

namespace rk3568::test {

// Registers without a model: remembers writes with their times, answers reads, refuses one address.
struct scratch : sc_core::sc_module, bus_timing_if {
    static constexpr uint64_t refused = 0x100;
    tlm_utils::simple_target_socket<scratch> bus{"bus"};
    sc_core::sc_export<bus_timing_if> timing{"timing"};
    sc_core::sc_time way{100, sc_core::SC_NS};
    struct access {
        uint64_t ps, address, value;
        bool write;
    };
    std::vector<access> log;
    uint64_t answer = 0;

    explicit scratch(const sc_core::sc_module_name &name)
        : sc_module(name) {
        bus.register_b_transport(this, &scratch::b_transport);
        timing.bind(*this);
    }
    sc_core::sc_time request_time(uint64_t, bool) const override { return way; }

    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay) {
        uint64_t value = answer;
        if (trans.is_write())
            std::memcpy(&value, trans.get_data_ptr(), trans.get_data_length());
        else
            std::memcpy(trans.get_data_ptr(), &value, trans.get_data_length());
        log.push_back({(sc_core::sc_time_stamp() + delay).value(), trans.get_address(), value, trans.is_write()});
        delay += sc_core::sc_time(50, sc_core::SC_NS);
        trans.set_response_status(trans.get_address() == refused ? tlm::TLM_ADDRESS_ERROR_RESPONSE
                                                                 : tlm::TLM_OK_RESPONSE);
    }
};

// A wire that changes at given times.
struct toggler : sc_core::sc_module {
    wire_out out{"out"};
    SC_HAS_PROCESS(toggler);
    toggler(const sc_core::sc_module_name &name, std::vector<uint64_t> ps)
        : sc_module(name)
        , m_ps(std::move(ps)) {
        SC_THREAD(run);
    }
    void run() {
        for (uint64_t at : m_ps) {
            wait(sc_core::sc_time::from_value(at) - sc_core::sc_time_stamp());
            out.drive(!out.level());
        }
    }
    std::vector<uint64_t> m_ps;
};

// Remembers the changes of a wire.
struct listener : sc_core::sc_module {
    wire_in in{"in"};
    std::vector<std::pair<uint64_t, bool>> edges;
    explicit listener(const sc_core::sc_module_name &name)
        : sc_module(name) {
        in.on_change([this](bool level, const sc_core::sc_time &delay) {
            edges.emplace_back((sc_core::sc_time_stamp() + delay).value(), level);
        });
    }
};

class bench {
public:
    static constexpr uint64_t hz = 1000000000; // one cycle is 1000 ps: times are easy to read

    cpu_page page{};
    cluster cpu;
    scratch device{"device"};

    explicit bench(cluster_params params = {})
        : cpu("cluster", page, adjust(std::move(params))) {
        for (core &c : cpu.cores) {
            if (c.number() == 0)
                c.bus.bind(device.bus);
            else
                c.bus.bind(m_idle[c.number() - 1].bus);
            c.bus_timing.bind(device.timing);
        }
        s_bench = this;
    }

    // Software for a core; the run ends when core 0's returns.
    void on(unsigned number, std::function<void()> code) { m_code[number] = std::move(code); }
    void run() {
        for (unsigned n = 0; n < 4; ++n)
            if (m_code[n])
                power_on(n);
        sc_core::sc_start();
    }
    void power_on(unsigned number) {
        m_stacks.emplace_back(256 * 1024);
        cpu.power_on(
            number,
            [](void *code) {
                (*static_cast<std::function<void()> *>(code))();
                if (&s_bench->me() == &s_bench->cpu.cores[0])
                    s_bench->cpu.stop(0);
                for (;;)
                    s_bench->me().wfi();
            },
            &m_code[number], m_stacks.back().data(), m_stacks.back().size());
    }

    core &me() { return cpu.current(); }
    uint64_t now() { return me().now(); }
    // A basic block of so many cycles, as instrumented code has it.
    void block(unsigned cycles) {
        page.budget -= cycles * ticks_per_cycle;
        if (page.budget < 0)
            cpu.expire(0);
    }
    // What other cores order themselves by comes next, as instrumented code has it.
    void synchronize() {
        if (page.budget < page.strict)
            cpu.expire(0);
    }
    static bench &get() { return *s_bench; }

private:
    static cluster_params adjust(cluster_params params) {
        params.frequency = hz;
        return params;
    }
    static inline bench *s_bench = nullptr;
    std::function<void()> m_code[4];
    std::vector<std::vector<char>> m_stacks = [] {
        std::vector<std::vector<char>> stacks;
        stacks.reserve(4); // contexts point into them
        return stacks;
    }();
    scratch m_idle[3] = {scratch("idle1"), scratch("idle2"), scratch("idle3")};
};

// CPU_ON's time; all software starts then.
constexpr uint64_t start_ps = 5000000;

} // namespace rk3568::test

#endif

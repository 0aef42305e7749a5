// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/observer.h"

#include "platform/observe/event_table.h"

#include "tests/platform/observe/vcd_text.h"
#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace rk3568;
using sc_core::sc_time;

namespace {

// What the observer sees of a SoC: a bank, a core, and software that serves presses of a button with a tasklet.
struct bank : sc_core::sc_module {
    probe<uint32_t> int_status{"int_status"};
    probe_event edge_seen{"edge_seen"}, edge_latched{"edge_latched"}, edge_merged{"edge_merged"},
        edge_filtered{"edge_filtered"}, edge_dropped{"edge_dropped"}, edge_cleared{"edge_cleared"},
        edge_withdrawn{"edge_withdrawn"};
    explicit bank(const sc_core::sc_module_name &name)
        : sc_module(name) {}
};
struct one_core : sc_core::sc_module {
    probe<uint8_t> nirq{"nirq_in", 1};
    explicit one_core(const sc_core::sc_module_name &name)
        : sc_module(name) {}
};
struct soc : sc_core::sc_module {
    bank gpio3{"gpio3"};
    one_core core{"core_0"};
    units blocks() const {
        units all;
        all.add({unit_kind::bank, 3, &gpio3, nullptr});
        all.add({unit_kind::core, 0, &core, nullptr});
        return all;
    }
    observer *watch = nullptr;
    unsigned presses = 0;

    SC_HAS_PROCESS(soc);
    explicit soc(const sc_core::sc_module_name &name)
        : sc_module(name) {
        SC_THREAD(run);
    }

    static sc_time ns(uint64_t n) { return sc_time::from_value(n * 1000); }
    void record(port_trace_event event, uint64_t after_ns, uint64_t a = 0, uint64_t b = 0, const char *text = nullptr) {
        watch->trace(event, 0, sc_core::sc_time_stamp().value() + after_ns * 1000, a, b, 0, 0, text);
    }
    void run() {
        watch->trace(TRACE_irq_map, 0, sc_core::sc_time_stamp().value(), 47, 5, 3, 0, nullptr);
        char name[] = "button";
        record(TRACE_irq_request, 1, 47, 0xac, name);
        name[0] = 'X'; // the caller's text is its own again
        wait(ns(1000));
        watch->time_zero(sc_core::sc_time_stamp().value());
        for (unsigned i = 0; i < presses; ++i) {
            // Everything of one press, announced ahead and out of order, as hardware with delays and a core with a
            // local time of its own do it.
            gpio3.edge_seen.fire(5);
            record(TRACE_vector_entry, 200);
            gpio3.edge_latched.fire(5, ns(30));
            gpio3.int_status.set(1u << 5, ns(30));
            core.nirq.set(1, ns(100));
            gpio3.edge_cleared.fire(5, ns(300));
            core.nirq.set(0, ns(210));
            gpio3.int_status.set(0, ns(300));
            record(TRACE_irq_handler_entry, 400, 47, 0xac, "button");
            record(TRACE_tasklet_schedule, 410, 0x7a, 0xf0);
            record(TRACE_irq_handler_exit, 450, 47, 0xac, "button");
            record(TRACE_tasklet_entry, 500, 0x7a, 0xf0);
            record(TRACE_tasklet_exit, 600, 0x7a, 0xf0);
            record(TRACE_vector_exit, 650);
            wait(ns(1000));
        }
    }
};

observer_config all_outputs(const soc &s) {
    observer_config config;
    config.latency_json = "a.json";
    config.vcd = "a.vcd";
    config.cpus = 1;
    config.blocks = s.blocks();
    config.symbol_name = [](uint64_t address) { return std::string(address == 0xf0 ? "press_tasklet" : ""); };
    return config;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(observers, scratch_folder)

BOOST_AUTO_TEST_CASE(one_run_gives_json_table_and_waveform_that_agree) {
    soc s("soc");
    s.presses = 3;
    observer o(all_outputs(s));
    s.watch = &o;
    o.attach_all();
    sc_core::sc_start(sc_time(10, sc_core::SC_US));
    BOOST_TEST(count() == 2u); // the temporary files of both
    BOOST_TEST(!std::filesystem::exists("a.vcd"));
    BOOST_TEST(o.finish(sc_core::sc_time_stamp().value()).empty());
    BOOST_TEST(count() == 5u); // and what viewers need: two save files for GTKWave, one for Surfer
    BOOST_TEST(o.accounting_closes());

    const auto root = nlohmann::json::parse(content("a.json"));
    BOOST_REQUIRE(root.at("paths").size() == 2u);
    const auto &path = root.at("paths")[1];
    BOOST_TEST(path.at("name") == "button");
    BOOST_TEST(path.at("mechanism") == "tasklet");
    BOOST_TEST(path.at("edges") == 3);
    BOOST_TEST(path.at("handled") == 3);
    const std::pair<const char *, double> expected[] = {
        {"pin_to_status", 30},      {"status_to_irq", 70},   {"irq_to_vector", 100},
        {"vector_to_handler", 200}, {"handler", 50},         {"handler_to_tasklet", 50},
        {"tasklet", 100},           {"pin_to_handler", 400}, {"pin_to_tasklet", 500}};
    BOOST_TEST(path.at("stages").size() == std::size(expected));
    for (const auto &[name, ns] : expected) {
        BOOST_TEST(path.at("stages").at(name).at("count") == 3, name);
        BOOST_TEST(path.at("stages").at(name).at("min_ns") == ns, name);
        BOOST_TEST(path.at("stages").at(name).at("max_ns") == ns, name);
    }
    BOOST_TEST(o.latency_table().find("GPIO3_A5") != std::string::npos);

    const vcd_text v("a.vcd");
    BOOST_TEST(v.history("gpio.gpio3.int_status") ==
               "0=0 1030000=32 1300000=0 2030000=32 2300000=0 3030000=32 3300000=0");
    BOOST_TEST(v.history("irq.handler.button") == "0=0 1400000=3 1450000=0 2400000=3 2450000=0 3400000=3 3450000=0");
    BOOST_TEST(v.history("tasklet.press_tasklet").find("0=0 1410000=2 1500000=3 1600000=0 ") == 0u);
    BOOST_TEST(v.at("cores.core0.edge", 2'420'000) == "2");
    BOOST_TEST(v.end == 10'000'000u);
}

BOOST_AUTO_TEST_CASE(functions_are_named_as_they_were_when_it_happened) {
    const char *name = "first";
    observer_config config;
    config.vcd = "a.vcd";
    config.symbol_name = [&name](uint64_t) { return name ? std::string(name) : ""; };
    observer o(config);
    o.trace(TRACE_tasklet_schedule, 0, 100, 0x7a, 0xf0, 0, 0, nullptr);
    o.trace(TRACE_module_free, 0, 200, 0, 0, 0, 0, "one");
    name = "second"; // another module has come to the same place
    o.trace(TRACE_tasklet_schedule, 0, 300, 0x7a, 0xf0, 0, 0, nullptr);
    o.trace(TRACE_module_free, 0, 400, 0, 0, 0, 0, "two");
    name = nullptr;
    BOOST_TEST(o.finish(1000).empty());
    const vcd_text v("a.vcd");
    BOOST_TEST(v.history("tasklet.first") == "0=0 100=2");
    BOOST_TEST(v.history("tasklet.second") == "0=0 300=2");
}

BOOST_AUTO_TEST_CASE(outputs_do_not_depend_on_each_other) {
    soc s("soc");
    s.presses = 100;
    observer_config config;
    config.blocks = s.blocks();
    observer o(config);
    s.watch = &o;
    o.attach_all();
    sc_core::sc_start(sc_time(200, sc_core::SC_US));
    BOOST_TEST(o.finish(0).empty());
    BOOST_TEST(count() == 0u);
    BOOST_TEST(nlohmann::json::parse(o.latency_json()).at("paths")[0].at("handled") == 100);
}

BOOST_AUTO_TEST_CASE(a_run_that_is_not_finished_leaves_nothing) {
    soc s("soc");
    s.presses = 10'000;
    {
        observer o(all_outputs(s));
        s.watch = &o;
        o.attach_all();
        sc_core::sc_start(sc_time(20, sc_core::SC_MS));
    }
    BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(an_output_that_cannot_be_written_is_told_before_the_run) {
    observer_config config;
    config.vcd = "missing/a.vcd";
    BOOST_CHECK_EXCEPTION(observer o(config), output_error, [](const output_error &e) {
        return std::string(e.what()) == "missing/a.vcd: cannot be written: No such file or directory";
    });
}

BOOST_AUTO_TEST_CASE(without_outputs_and_latency_nothing_is_wanted) {
    observer_config config;
    config.latency = false;
    observer o(config);
    for (int event = 0; event < TRACE_EVENT_COUNT; ++event)
        BOOST_TEST(!o.wanted()[event]);
    BOOST_TEST(o.finish(0).empty());
    BOOST_TEST(o.latency_table() == "");
}

BOOST_AUTO_TEST_CASE(every_event_has_linux_names) {
    BOOST_TEST(event_table[TRACE_sched_process_new].system == "sched");
    BOOST_TEST(event_table[TRACE_sched_process_new].name == "sched_wakeup_new");
    BOOST_TEST(event_table[TRACE_finding].name == "finding");
}

BOOST_AUTO_TEST_SUITE_END()

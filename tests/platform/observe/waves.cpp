// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/waves.h"
#include "platform/observe/text_pool.h"
#include "platform/observe/vcd_writer.h"

#include "tests/platform/observe/vcd_text.h"
#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {

struct recording : scratch_folder {
    vcd_writer out{"a.vcd"};
    text_pool texts;
    execution executes{2, texts};
    waves w{out, 2, executes};

    void sw(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0,
            const char *text = nullptr, uint32_t cause = 0, const char *function = nullptr) {
        const record r{ps,
                       a,
                       b,
                       c,
                       0,
                       texts.keep(text),
                       texts.keep(function),
                       cause,
                       static_cast<uint8_t>(event),
                       static_cast<uint8_t>(cpu)};
        w.consume(r, executes.consume(r));
    }
    vcd_text read() {
        out.finish(100'000);
        return vcd_text("a.vcd");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(waveforms, recording)

BOOST_AUTO_TEST_CASE(a_core_shows_what_it_executes_and_in_which_context) {
    sw(TRACE_sched_switch, 0, 100, 0, 0, 60, "button_thread");
    sw(TRACE_vector_entry, 0, 200);
    sw(TRACE_irq_handler_entry, 0, 210, 47, 0xa, 0, "button", 9);
    sw(TRACE_irq_handler_exit, 0, 220, 47, 0xa, 1, "button", 9);
    sw(TRACE_softirq_entry, 0, 230, 6, 0, 0, "TASKLET");
    sw(TRACE_tasklet_entry, 0, 235, 0x7, 0xf, 0, nullptr, 9, "button_tasklet");
    sw(TRACE_tasklet_exit, 0, 240, 0x7, 0xf);
    sw(TRACE_softirq_exit, 0, 250, 6, 0, 0, "TASKLET");
    // Preempted on the way out of the exception: what the other task does is no longer an interrupt.
    sw(TRACE_sched_switch, 0, 260, 60, 0, 61, "kworker/0:1");
    sw(TRACE_workqueue_execute_start, 0, 270, 0xe, 0xf1, 0, nullptr, 9, "button_work");
    sw(TRACE_workqueue_execute_end, 0, 280, 0xe, 0xf1);
    sw(TRACE_sched_switch, 0, 290, 61, 0, 60, "button_thread");
    sw(TRACE_vector_exit, 0, 300);
    sw(TRACE_sched_switch, 0, 400, 60, 0, 0, "swapper/0");
    const vcd_text v = read();
    const std::string core = "cores.core0.";
    BOOST_TEST(v.history(core + "context") == "0=0 100=1 200=3 230=2 250=3 260=1 290=3 300=1 400=0");
    BOOST_TEST(v.history(core + "task") ==
               "0=swapper/0 100=button_thread 260=kworker/0:1 290=button_thread 400=swapper/0");
    BOOST_TEST(v.history(core + "running") ==
               "0=swapper/0 100=button_thread 200=exception 210=button 220=exception 230=TASKLET 235=button_tasklet "
               "240=TASKLET 250=exception 260=kworker/0:1 270=button_work 280=kworker/0:1 290=exception "
               "300=button_thread 400=swapper/0");
    BOOST_TEST(v.history(core + "edge") == "0=0 210=9 220=0 235=9 240=0 270=9 280=0");
    BOOST_TEST(v.history(core + "softirq.TASKLET") == "0=0 230=1 250=0");
    BOOST_TEST(v.history("cores.core1.context") == "0=0");
}

BOOST_AUTO_TEST_CASE(objects_show_whether_they_wait_or_run) {
    sw(TRACE_irq_handler_entry, 0, 100, 47, 0xa, 0, "button");
    sw(TRACE_tasklet_schedule, 0, 105, 0x7, 0xf, 0, nullptr, 0, "button_tasklet");
    sw(TRACE_tasklet_schedule, 0, 106, 0x7, 0xf, 0, nullptr, 0, "button_tasklet");
    sw(TRACE_workqueue_delay, 0, 108, 0xe, 0xf1, 5, "events", 0, "button_work");
    sw(TRACE_irq_handler_exit, 0, 110, 47, 0xa, 1, "button");
    sw(TRACE_irq_thread_wake, 0, 115, 47, 0xa, 0, "button");
    sw(TRACE_tasklet_entry, 0, 120, 0x7, 0xf);
    sw(TRACE_tasklet_exit, 0, 130, 0x7, 0xf);
    sw(TRACE_irq_thread_entry, 1, 140, 47, 0xa, 0, "button");
    sw(TRACE_irq_thread_wake, 0, 145, 47, 0xa, 0, "button"); // again, while it runs
    sw(TRACE_irq_thread_exit, 1, 150, 47, 0xa, 1, "button");
    sw(TRACE_irq_thread_entry, 1, 151, 47, 0xa, 0, "button");
    sw(TRACE_irq_thread_exit, 1, 160, 47, 0xa, 1, "button");
    sw(TRACE_workqueue_queue_work, 0, 200, 0xe, 0xf1);
    sw(TRACE_workqueue_execute_start, 0, 210, 0xe, 0xf1);
    sw(TRACE_workqueue_execute_end, 0, 220, 0xe, 0xf1);
    sw(TRACE_workqueue_queue_work, 0, 230, 0xe, 0xf1);
    sw(TRACE_workqueue_cancel, 0, 240, 0xe);
    sw(TRACE_workqueue_queue_work, 0, 300, 0xe2, 0xf1, 0, nullptr, 0, "button_work"); // another item, the same function
    sw(TRACE_tasklet_schedule, 0, 310, 0x8, 0xf2);                                    // a function without a name
    // A module is gone, and another has its memory and the name of its handler on another irq.
    sw(TRACE_irq_handler_entry, 0, 400, 48, 0xa, 0, "button");
    sw(TRACE_irq_handler_exit, 0, 410, 48, 0xa, 1, "button");
    sw(TRACE_workqueue_queue_work, 0, 420, 0xe, 0xf1, 0, nullptr, 0, "other_work");
    const vcd_text v = read();
    BOOST_TEST(v.history("irq.handler.button_irq48") == "0=0 400=3 410=0");
    BOOST_TEST(v.history("work.other_work") == "0=0 420=2");
    BOOST_TEST(v.history("irq.handler.button") == "0=0 100=3 110=0");
    BOOST_TEST(v.history("irq.thread.button") == "0=0 115=2 140=3 150=2 151=3 160=0");
    BOOST_TEST(v.history("tasklet.button_tasklet") == "0=0 105=2 120=3 130=0");
    BOOST_TEST(v.history("work.button_work") == "0=0 108=1 200=2 210=3 220=0 230=2 240=0");
    BOOST_TEST(v.history("work.button_work_2") == "0=0 300=2");
    BOOST_TEST(v.history("tasklet.tasklet_0") == "0=0 310=2");
}

BOOST_AUTO_TEST_CASE(probes_find_their_places) {
    struct block : sc_core::sc_module {
        explicit block(const sc_core::sc_module_name &name)
            : sc_module(name) {}
    };
    struct gpio : block {
        probe<uint32_t> int_status{"int_status"};
        probe_event edge_seen{"edge_seen"};
        using block::block;
    };
    struct core : block {
        probe<uint8_t> state{"state", 3};
        using block::block;
    };
    struct gic : block {
        probe<bool> nirq{"cpu0_nirq"};
        probe_event state{"state"};
        using block::block;
    };
    struct player : block {
        probe<bool> pin{"GPIO3_A5"};
        using block::block;
    };
    struct soc : block {
        gpio g{"gpio3"};
        core c{"core_1"};
        gic i{"gic"};
        player p{"player"};
        using block::block;
    } s("soc");
    const auto change = [this](uint32_t number, uint64_t ps, uint64_t value) {
        w.consume({ps, number, value, 0, 0, nullptr, nullptr, 0, HW_probe, 0}, false);
    };
    units u;
    u.add({unit_kind::bank, 3, &s.g, nullptr});
    u.add({unit_kind::core, 1, &s.c, nullptr});
    u.add({unit_kind::pin, 101, &s.p.pin, nullptr});
    const auto add = [&](const probe_base &probe) { return w.add_probe(probe, u.of(&probe)); };
    change(add(s.g.int_status), 10, 0x20);
    change(add(s.g.edge_seen), 11, 5);
    change(add(s.c.state), 12, 2);
    change(add(s.i.nirq), 13, 1);
    const auto state = add(s.i.state);
    change(state, 14, 68 | 1 << 16 | 255 << 24);
    change(state, 15, 68 | 2 << 16 | 255 << 24);
    change(state, 16, 26 | 1 << 16 | 3 << 24);
    change(state, 17, 1 | 1 << 16 | 2 << 24);
    change(add(s.p.pin), 18, 1);
    const vcd_text v = read();
    BOOST_TEST(v.history("gpio.gpio3.int_status") == "0=0 10=32");
    BOOST_TEST(v.history("gpio.gpio3.irq") == "0=0 10=1");
    BOOST_TEST(v.history("cores.core1.state") == "0=0 12=2");
    BOOST_TEST(v.history("gic.cpu0_nirq") == "0=0 13=1");
    BOOST_TEST(v.history("gic.interrupts.spi36") == "0=0 14=1 15=2");
    BOOST_TEST(v.history("gic.interrupts.ppi10_core3") == "0=0 16=1");
    BOOST_TEST(v.history("gic.interrupts.sgi1_core2") == "0=0 17=1");
    BOOST_TEST(v.history("pins.GPIO3_A5") == "0=0 18=1");
}

BOOST_AUTO_TEST_SUITE_END()

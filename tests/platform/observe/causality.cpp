// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/causality.h"

#include <boost/test/unit_test.hpp>

using namespace rk3568;

namespace {

constexpr unsigned pin = 101;  // GPIO3_A5
constexpr unsigned number = 5; // of it in its bank
constexpr uint64_t irq = 47, action = 0xac71;

// Software and hardware, as records. Times in ps.
struct scene {
    causality c{2};
    uint32_t last_cause = 0;

    scene() {
        c.time_zero(1000);
        sw(TRACE_irq_map, 0, 10, irq, number, 3);
    }
    void put(record r) {
        c.consume(r);
        last_cause = r.cause;
    }
    void hw(hw_event event, uint64_t ps, uint64_t a = pin, uint64_t b = 0, unsigned cpu = 0) {
        put({ps, a, b, 0, 0, nullptr, nullptr, 0, static_cast<uint8_t>(event), static_cast<uint8_t>(cpu)});
    }
    void sw(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0,
            const char *text = nullptr) {
        put({ps, a, b, c, 0, text, nullptr, 0, static_cast<uint8_t>(event), static_cast<uint8_t>(cpu)});
    }
    void request(uint64_t ps = 20, uint64_t key = action, const char *name = "button") {
        sw(TRACE_irq_request, 0, ps, irq, key, 0, name);
    }
    // An edge that comes to INT_STATUS 30 ps later.
    void edge(uint64_t ps) {
        hw(HW_edge_seen, ps);
        hw(HW_edge_latched, ps + 30);
        hw(HW_status, ps + 30, 3, 1u << number);
    }
    void acknowledge(uint64_t ps) {
        hw(HW_edge_cleared, ps);
        hw(HW_status, ps, 3, 0);
    }
    // The way from nIRQ to the handler's return, for an edge type: nIRQ, vector +10, EOI +20, handler +40 to +90.
    void interrupt(uint64_t ps, unsigned cpu = 0) {
        to_handler(ps, cpu);
        sw(TRACE_irq_handler_exit, cpu, ps + 90, irq, action);
    }
    void to_handler(uint64_t ps, unsigned cpu = 0) {
        hw(HW_nirq, ps, 0, 0, cpu);
        sw(TRACE_vector_entry, cpu, ps + 10);
        acknowledge(ps + 20);
        sw(TRACE_irq_handler_entry, cpu, ps + 40, irq, action, 0, "button");
    }
    edge_counts account() { return c.accounts().total(pin); }
    latency_action &numbers(const char *name = "button") {
        return const_cast<latency_accounts &>(c.accounts()).action(pin, irq, name);
    }
    // "count:max" of a stage.
    std::string samples(mechanism m, stage s, const char *name = "button") {
        const histogram &h = numbers(name).stage_of(m, s);
        return std::to_string(h.count()) + ":" + std::to_string(h.max());
    }
    std::string counts() {
        std::string out = std::to_string(account().edges) + " = " + std::to_string(account().handled) + " + " +
                          std::to_string(account().merged);
        for (const auto &[reason, n] : account().lost)
            out += " + " + std::to_string(n) + " " + reason;
        return out;
    }
    ~scene() {
        c.finish();
        BOOST_TEST(c.accounts().error() == "");
    }
};

using m = mechanism;

} // namespace

BOOST_FIXTURE_TEST_SUITE(causes, scene)

BOOST_AUTO_TEST_CASE(an_edge_is_followed_to_its_handler) {
    request();
    edge(2000);
    to_handler(2100);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_vector_exit, 0, 2200);
    BOOST_TEST(last_cause == 0u);
    BOOST_TEST(samples(m::hardirq, stage::pin_to_status) == "1:30");
    BOOST_TEST(samples(m::hardirq, stage::status_to_irq) == "1:70");
    BOOST_TEST(samples(m::hardirq, stage::irq_to_vector) == "1:10");
    BOOST_TEST(samples(m::hardirq, stage::vector_to_handler) == "1:30");
    BOOST_TEST(samples(m::hardirq, stage::handler) == "1:50");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "1:140");
    BOOST_TEST(counts() == "1 = 1 + 0");
    BOOST_TEST(numbers().path(m::tasklet) == nullptr);
}

BOOST_AUTO_TEST_CASE(only_edges_after_time_zero_on_a_requested_line_count) {
    edge(2000);
    acknowledge(2050);
    request(2100);
    sw(TRACE_irq_free, 0, 2200, irq, action, 0, "button");
    edge(2300);
    BOOST_TEST(counts() == "0 = 0 + 0");
    c.time_zero(5000);
    acknowledge(2400);
    request(2500);
    edge(2600);
    interrupt(2700);
    BOOST_TEST(counts() == "0 = 0 + 0");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "0:0");
    edge(5000);
    interrupt(5100);
    BOOST_TEST(counts() == "1 = 1 + 0");
}

BOOST_AUTO_TEST_CASE(an_nirq_that_was_asserted_for_something_else_is_no_stage_of_the_edge) {
    request();
    hw(HW_nirq, 1990); // the timer
    edge(2000);
    sw(TRACE_vector_entry, 0, 2040);
    acknowledge(2050);
    sw(TRACE_irq_handler_entry, 0, 2060, irq, action, 0, "button");
    sw(TRACE_irq_handler_exit, 0, 2070, irq, action);
    sw(TRACE_vector_exit, 0, 2080);
    BOOST_TEST(samples(m::hardirq, stage::status_to_irq) == "0:0");
    BOOST_TEST(samples(m::hardirq, stage::irq_to_vector) == "0:0");
    BOOST_TEST(samples(m::hardirq, stage::vector_to_handler) == "1:20");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "1:60");
}

BOOST_AUTO_TEST_CASE(edges_that_meet_a_set_latch_merge) {
    request();
    edge(2000);
    hw(HW_edge_seen, 2010);
    hw(HW_edge_merged, 2040);
    hw(HW_edge_seen, 2050);
    hw(HW_edge_merged, 2080);
    interrupt(2100);
    BOOST_TEST(counts() == "3 = 1 + 2");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "1:140"); // of the first
}

BOOST_AUTO_TEST_CASE(edges_that_never_reach_the_latch_are_lost_with_their_reason) {
    request();
    hw(HW_edge_seen, 2000);
    hw(HW_edge_filtered, 2010);
    hw(HW_edge_seen, 2020);
    hw(HW_edge_dropped, 2030);
    hw(HW_edge_seen, 2040);
    hw(HW_edge_latched, 2050);
    hw(HW_edge_withdrawn, 2060);
    BOOST_TEST(counts() == "3 = 0 + 0 + 1 dropped + 1 filtered + 1 withdrawn");
}

BOOST_AUTO_TEST_CASE(an_edge_during_the_handler_is_remembered_and_a_further_one_merges) {
    request();
    edge(2000);
    to_handler(2100);
    // On the other core: the irq is in progress. The irq core masks and acknowledges after it has remembered.
    edge(2145);
    sw(TRACE_vector_entry, 1, 2180);
    sw(TRACE_irq_pending, 1, 2185, irq);
    acknowledge(2186);
    sw(TRACE_vector_exit, 1, 2187);
    // Once more, acknowledged first this time.
    edge(2188);
    sw(TRACE_vector_entry, 1, 2220);
    acknowledge(2221);
    sw(TRACE_irq_pending_merged, 1, 2222, irq);
    sw(TRACE_vector_exit, 1, 2223);
    sw(TRACE_irq_handler_exit, 0, 2230, irq, action);
    sw(TRACE_irq_handler_entry, 0, 2240, irq, action, 0, "button");
    BOOST_TEST(last_cause == 2u);
    sw(TRACE_irq_handler_exit, 0, 2250, irq, action);
    BOOST_TEST(counts() == "3 = 2 + 1");
    // The second edge had no vector of its own on the way to its handler.
    BOOST_TEST(samples(m::hardirq, stage::vector_to_handler) == "1:30");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "2:140");
}

BOOST_AUTO_TEST_CASE(an_edge_between_acknowledge_and_handler_does_not_take_the_handler_from_the_first) {
    request();
    edge(2000);
    hw(HW_nirq, 2100);
    sw(TRACE_vector_entry, 0, 2110);
    acknowledge(2120);
    // The other core finds the irq in progress before the first has come to its handler.
    edge(2125);
    sw(TRACE_irq_pending, 1, 2156, irq);
    acknowledge(2157);
    sw(TRACE_irq_handler_entry, 0, 2160, irq, action, 0, "button");
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_irq_handler_exit, 0, 2170, irq, action);
    sw(TRACE_irq_handler_entry, 0, 2180, irq, action, 0, "button");
    BOOST_TEST(last_cause == 2u);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    BOOST_TEST(counts() == "2 = 2 + 0");
}

BOOST_AUTO_TEST_CASE(the_irq_core_may_drop_an_edge) {
    request();
    edge(2000);
    sw(TRACE_vector_entry, 0, 2100);
    acknowledge(2110);
    sw(TRACE_irq_dropped, 0, 2120, irq, 0, 0, "no_action");
    BOOST_TEST(counts() == "1 = 0 + 0 + 1 no_action");
}

BOOST_AUTO_TEST_CASE(an_edge_that_is_acknowledged_and_never_handled_is_lost_and_confuses_nothing) {
    request();
    edge(2000);
    acknowledge(2050); // somebody writes EOI
    edge(3000);
    interrupt(3100);
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler) == "1:140");
    BOOST_TEST(counts() == "2 = 1 + 0 + 1 acknowledged_unhandled");
}

BOOST_AUTO_TEST_CASE(what_is_unserved_when_the_irq_is_freed_or_the_run_ends_is_lost) {
    request();
    hw(HW_edge_seen, 2000);
    sw(TRACE_irq_free, 0, 2010, irq, action, 0, "button");
    BOOST_TEST(counts() == "1 = 0 + 0 + 1 pending_at_free");
    hw(HW_edge_latched, 2030); // no longer in the account
    request(2040);
    interrupt(2100);
    BOOST_TEST(counts() == "1 = 0 + 0 + 1 pending_at_free");
    edge(3000);
    c.finish();
    BOOST_TEST(counts() == "2 = 0 + 0 + 1 pending_at_end + 1 pending_at_free");
}

BOOST_AUTO_TEST_CASE(a_level_is_one_edge_however_often_its_handler_runs) {
    request();
    edge(2000); // the level becomes active
    for (uint64_t ps : {2100, 2300}) {
        hw(HW_nirq, ps);
        sw(TRACE_vector_entry, 0, ps + 10);
        sw(TRACE_irq_handler_entry, 0, ps + 40, irq, action, 0, "button");
        BOOST_TEST(last_cause == 1u);
        sw(TRACE_irq_handler_exit, 0, ps + 90, irq, action);
        sw(TRACE_vector_exit, 0, ps + 95);
    }
    hw(HW_edge_withdrawn, 2500);
    BOOST_TEST(counts() == "1 = 1 + 0");
    BOOST_TEST(samples(m::hardirq, stage::handler) == "1:50");
}

BOOST_AUTO_TEST_CASE(all_actions_of_a_shared_line_serve_the_same_edge) {
    constexpr uint64_t other = 0xac72;
    request();
    request(30, other, "other");
    for (uint64_t ps : {2000, 3000}) {
        edge(ps);
        to_handler(ps + 100);
        sw(TRACE_irq_handler_exit, 0, ps + 190, irq, action);
        sw(TRACE_irq_handler_entry, 0, ps + 200, irq, other, 0, "other");
        BOOST_TEST(last_cause == ps / 1000 - 1);
        sw(TRACE_irq_handler_exit, 0, ps + 250, irq, other);
        sw(TRACE_vector_exit, 0, ps + 260);
    }
    BOOST_TEST(counts() == "2 = 2 + 0");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler, "button") == "2:140");
    BOOST_TEST(samples(m::hardirq, stage::pin_to_handler, "other") == "2:200");
}

BOOST_AUTO_TEST_CASE(an_action_that_joins_later_begins_with_the_next_edge) {
    constexpr uint64_t other = 0xac72;
    request();
    edge(2000);
    interrupt(2100);
    sw(TRACE_vector_exit, 0, 2200);
    request(2300, other, "other");
    sw(TRACE_irq_free, 0, 2310, irq, action, 0, "button");
    edge(3000);
    hw(HW_nirq, 3050);
    sw(TRACE_vector_entry, 0, 3060);
    acknowledge(3070);
    sw(TRACE_irq_handler_entry, 0, 3080, irq, other, 0, "other");
    BOOST_TEST(last_cause == 2u);
    sw(TRACE_irq_handler_exit, 0, 3090, irq, other);
    BOOST_TEST(counts() == "2 = 2 + 0");
}

BOOST_AUTO_TEST_CASE(a_tasklet_and_the_softirq_that_carries_it_belong_to_the_edge) {
    constexpr uint64_t tasklet = 0x7a, func = 0xf;
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_softirq_raise, 0, 2150, 6, 0, 0, "TASKLET");
    sw(TRACE_tasklet_schedule, 0, 2150, tasklet, func);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_softirq_entry, 0, 2300, 6, 0, 0, "TASKLET");
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_tasklet_entry, 0, 2310, tasklet, func);
    sw(TRACE_tasklet_exit, 0, 2350, tasklet, func);
    sw(TRACE_softirq_exit, 0, 2360, 6, 0, 0, "TASKLET");
    sw(TRACE_vector_exit, 0, 2370);
    BOOST_TEST(samples(m::tasklet, stage::handler_to_tasklet) == "1:120");
    BOOST_TEST(samples(m::tasklet, stage::tasklet) == "1:40");
    BOOST_TEST(samples(m::tasklet, stage::pin_to_tasklet) == "1:310");
    BOOST_TEST(samples(m::tasklet, stage::pin_to_handler) == "1:140"); // shown on every way of the handler
    BOOST_TEST(numbers().path(m::softirq) == nullptr);                 // the driver did not use one itself
}

BOOST_AUTO_TEST_CASE(a_softirq_of_the_driver_is_a_way_of_its_own_and_stays_on_its_core) {
    request();
    edge(2000);
    to_handler(2100, 1);
    sw(TRACE_softirq_raise, 1, 2150, 10, 0, 0, "EXPERIMENT");
    sw(TRACE_irq_handler_exit, 1, 2190, irq, action);
    sw(TRACE_softirq_entry, 0, 2195, 10, 0, 0, "EXPERIMENT"); // another core's
    BOOST_TEST(last_cause == 0u);
    sw(TRACE_softirq_exit, 0, 2196, 10, 0, 0, "EXPERIMENT");
    sw(TRACE_softirq_entry, 1, 2200, 10, 0, 0, "EXPERIMENT");
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_softirq_exit, 1, 2225, 10, 0, 0, "EXPERIMENT");
    BOOST_TEST(samples(m::softirq, stage::handler_to_softirq) == "1:10");
    BOOST_TEST(samples(m::softirq, stage::softirq) == "1:25");
    BOOST_TEST(samples(m::softirq, stage::pin_to_softirq) == "1:200");
}

BOOST_AUTO_TEST_CASE(one_run_of_a_tasklet_may_serve_several_edges) {
    constexpr uint64_t tasklet = 0x7a;
    request();
    for (uint64_t ps : {2000, 3000}) {
        edge(ps);
        to_handler(ps + 100);
        sw(TRACE_tasklet_schedule, 0, ps + 150, tasklet);
        sw(TRACE_irq_handler_exit, 0, ps + 190, irq, action);
        sw(TRACE_vector_exit, 0, ps + 195);
    }
    sw(TRACE_tasklet_entry, 0, 4000, tasklet);
    sw(TRACE_tasklet_exit, 0, 4010, tasklet);
    BOOST_TEST(samples(m::tasklet, stage::pin_to_tasklet) == "2:2000");
    BOOST_TEST(numbers().stage_of(m::tasklet, stage::pin_to_tasklet).min() == 1000u);
}

BOOST_AUTO_TEST_CASE(the_thread_carries_its_edge_across_the_scheduler) {
    request();
    edge(2000);
    interrupt(2100);
    sw(TRACE_irq_thread_wake, 0, 2195, irq, action, 0, "button"); // the handler has returned already
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_sched_switch, 0, 2300, 0, 0, 60); // in the exception, on the way out of it: the idle task is preempted
    sw(TRACE_irq_thread_entry, 0, 2310, irq, action, 0, "button");
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_sched_switch, 0, 2400, 60, 0, 61); // it sleeps
    sw(TRACE_timer_start, 0, 2410, 0x71);
    BOOST_TEST(last_cause == 0u);
    sw(TRACE_sched_switch, 1, 2500, 0, 0, 60); // and goes on on another core
    sw(TRACE_workqueue_queue_work, 1, 2510, 0xe0, 0xf0);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_irq_thread_exit, 1, 2600, irq, action, 1, "button");
    BOOST_TEST(last_cause == 1u);
    BOOST_TEST(samples(m::thread, stage::wake_to_thread) == "1:115");
    BOOST_TEST(samples(m::thread, stage::thread) == "1:290");
    BOOST_TEST(samples(m::thread, stage::pin_to_thread) == "1:310");
}

BOOST_AUTO_TEST_CASE(an_interrupt_has_nothing_to_do_with_what_it_interrupts) {
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_irq_thread_wake, 0, 2195, irq, action);
    sw(TRACE_vector_exit, 0, 2200);
    sw(TRACE_sched_switch, 0, 2300, 0, 0, 60);
    sw(TRACE_irq_thread_entry, 0, 2310, irq, action);
    sw(TRACE_vector_entry, 0, 2350);
    sw(TRACE_irq_handler_entry, 0, 2360, 11, 0xbeef, 0, "arch_timer");
    sw(TRACE_tasklet_schedule, 0, 2370, 0x99);
    BOOST_TEST(last_cause == 0u);
    sw(TRACE_irq_handler_exit, 0, 2380, 11, 0xbeef);
    sw(TRACE_vector_exit, 0, 2390);
    sw(TRACE_tasklet_schedule, 0, 2395, 0x99);
    BOOST_TEST(last_cause == 1u);
}

BOOST_AUTO_TEST_CASE(work_is_followed_from_queueing_to_its_end) {
    constexpr uint64_t work = 0xe0;
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_workqueue_queue_work, 0, 2150, work, 0xf0, 4, "events");
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_vector_exit, 0, 2195);
    sw(TRACE_sched_switch, 0, 2300, 0, 0, 30);
    sw(TRACE_workqueue_execute_start, 0, 2310, work, 0xf0);
    sw(TRACE_workqueue_queue_work, 0, 2320, work, 0xf0); // queues itself again
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_workqueue_execute_end, 0, 2330, work, 0xf0);
    sw(TRACE_workqueue_execute_start, 0, 2400, work, 0xf0);
    BOOST_TEST(last_cause == 1u); // still because of it,
    sw(TRACE_workqueue_execute_end, 0, 2500, work, 0xf0);
    BOOST_TEST(samples(m::work, stage::queue_to_work) == "1:160"); // but it was served the first time
    BOOST_TEST(samples(m::work, stage::work) == "1:20");
    BOOST_TEST(samples(m::work, stage::pin_to_work) == "1:310");
    BOOST_TEST(numbers().path(m::delayed_work) == nullptr);
}

BOOST_AUTO_TEST_CASE(delayed_work_has_its_timer_in_between) {
    constexpr uint64_t work = 0xe0, timer = 0xe8;
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_workqueue_delay, 0, 2150, work, 0xf0, 5, "events");
    sw(TRACE_timer_start, 0, 2151, timer);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_vector_exit, 0, 2195);
    sw(TRACE_softirq_entry, 1, 9000, 1, 0, 0, "TIMER");
    sw(TRACE_timer_expire_entry, 1, 9010, timer);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_workqueue_queue_work, 1, 9150, work, 0xf0);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_timer_expire_exit, 1, 9160, timer);
    sw(TRACE_softirq_exit, 1, 9170, 1);
    sw(TRACE_workqueue_execute_start, 1, 9200, work, 0xf0);
    sw(TRACE_workqueue_execute_end, 1, 9300, work, 0xf0);
    BOOST_TEST(samples(m::delayed_work, stage::delay) == "1:7000");
    BOOST_TEST(samples(m::delayed_work, stage::queue_to_work) == "1:50");
    BOOST_TEST(samples(m::delayed_work, stage::work) == "1:100");
    BOOST_TEST(samples(m::delayed_work, stage::pin_to_work) == "1:7200");
    BOOST_TEST(numbers().path(m::work) == nullptr);
    BOOST_TEST(numbers().path(m::softirq) == nullptr);
    // Queued without a timer next time: that is another way, and has nothing of the first edge.
    edge(10000);
    to_handler(10100);
    sw(TRACE_workqueue_queue_work, 0, 10150, work, 0xf0);
    sw(TRACE_irq_handler_exit, 0, 10190, irq, action);
    sw(TRACE_vector_exit, 0, 10195);
    sw(TRACE_workqueue_execute_start, 0, 10200, work, 0xf0);
    BOOST_TEST(last_cause == 2u);
    BOOST_TEST(samples(m::work, stage::pin_to_work) == "1:200");
    BOOST_TEST(samples(m::delayed_work, stage::pin_to_work) == "1:7200");
}

BOOST_AUTO_TEST_CASE(cancelled_work_serves_nobody) {
    constexpr uint64_t work = 0xe0;
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_workqueue_queue_work, 0, 2150, work, 0xf0);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_workqueue_cancel, 0, 2200, work);
    sw(TRACE_workqueue_execute_start, 0, 2310, work, 0xf0);
    BOOST_TEST(last_cause == 0u);
    sw(TRACE_workqueue_execute_end, 0, 2330, work, 0xf0);
    BOOST_TEST(numbers().path(m::work) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_reused_timer_of_the_kernel_carries_the_edge_to_what_it_starts) {
    request();
    edge(2000);
    to_handler(2100);
    sw(TRACE_hrtimer_start, 0, 2150, 0x11);
    sw(TRACE_timer_start, 0, 2150, 0x12);
    sw(TRACE_timer_cancel, 0, 2160, 0x12);
    sw(TRACE_irq_handler_exit, 0, 2190, irq, action);
    sw(TRACE_vector_exit, 0, 2195);
    sw(TRACE_timer_expire_entry, 0, 3000, 0x12);
    BOOST_TEST(last_cause == 0u);
    sw(TRACE_timer_expire_exit, 0, 3001, 0x12);
    sw(TRACE_hrtimer_expire_entry, 0, 3002, 0x11);
    sw(TRACE_tasklet_schedule, 0, 3003, 0x7a);
    BOOST_TEST(last_cause == 1u);
    sw(TRACE_hrtimer_expire_exit, 0, 3004, 0x11);
    sw(TRACE_tasklet_entry, 0, 3010, 0x7a);
    BOOST_TEST(last_cause == 1u);
}

BOOST_AUTO_TEST_CASE(an_account_that_does_not_close_is_told) {
    latency_accounts accounts;
    edge_counts &line = accounts.line(pin);
    line.edges = 5, line.handled = 2, line.merged = 1, line.lost["filtered"] = 1;
    BOOST_TEST(accounts.error() == "GPIO3_A5: 5 edges, but 2 handled + 1 merged + 1 lost");
    line.lost["dropped"] = 1;
    BOOST_TEST(accounts.error() == "");
}

BOOST_AUTO_TEST_CASE(records_that_make_no_sense_do_no_harm) {
    request();
    for (int event = 0; event < TRACE_EVENT_COUNT; ++event)
        for (uint64_t a : {0ull, 1ull, ~0ull})
            sw(static_cast<port_trace_event>(event), event % 3 ? 0 : 200, 2000, a, a, a, nullptr);
    hw(HW_edge_latched, 2100);
    hw(HW_edge_merged, 2100);
    hw(HW_edge_cleared, 2100);
    hw(HW_edge_cleared, 2100);
    hw(HW_edge_withdrawn, 2100);
    hw(HW_edge_filtered, 2100);
    BOOST_TEST(counts() == "0 = 0 + 0");
}

BOOST_AUTO_TEST_SUITE_END()

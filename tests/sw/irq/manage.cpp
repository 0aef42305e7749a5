// SPDX-License-Identifier: Apache-2.0
//
// Requesting, freeing, disabling and waiting. The claims are in modules/manage.c.
#include "tests/sw/irq/claims.h"

CLAIM("manage", a_shared_line_needs_a_dev_id)
CLAIM("manage", a_shared_line_cannot_be_left_disabled)
CLAIM("manage", suspend_flags_that_contradict_are_refused)
CLAIM("manage", a_request_without_any_handler_is_refused)
CLAIM("manage", a_line_that_does_not_exist_is_refused)
CLAIM("manage", a_line_that_is_not_connected_says_so)
CLAIM("manage", a_line_marked_norequest_is_refused)
CLAIM("manage", a_line_without_a_controller_is_ENOSYS)
CLAIM_REPORTS("manage", a_taken_line_is_busy_and_the_flags_are_said, ". 00000080 (second) vs. 00000000 (owner)")
BOOST_AUTO_TEST_CASE(a_probe_for_a_shared_line_fails_silently) {
    const auto r = rk3568::test::claim_holds("manage", "a_probe_for_a_shared_line_fails_silently");
    BOOST_TEST(r.said("Flags mismatch") == 0u, r.out);
}
CLAIM_REPORTS("manage", sharers_must_agree_on_the_trigger, "genirq: Flags mismatch irq ")
CLAIM_REPORTS("manage", sharers_must_agree_on_oneshot, "genirq: Flags mismatch irq ")
CLAIM_REPORTS("manage", sharers_must_agree_on_percpu, "genirq: Flags mismatch irq ")
CLAIM_REPORTS("manage", a_thread_without_a_handler_needs_oneshot,
              "genirq: Threaded irq requested with handler=NULL and !ONESHOT for dev (irq ")
CLAIM("manage", chips_that_are_safe_without_oneshot_take_a_thread_alone)
CLAIM_SAYS("manage", a_trigger_that_the_chip_refuses_fails_the_request, "genirq: Setting trigger mode 8 for irq ")
CLAIM_SAYS("manage", resources_that_the_chip_refuses_fail_the_request,
           "genirq: Failed to request resources for dev (irq ")
CLAIM("manage", resources_are_requested_by_the_first_and_released_by_the_last)
CLAIM("manage", a_chip_on_a_slow_bus_is_locked_around_each_change_and_may_sleep_there)
CLAIM("manage", all_sharers_are_called_in_order_whatever_the_others_answer)
CLAIM("manage", free_irq_gives_the_name_back)
CLAIM_REPORTS("manage", freeing_a_free_line_warns, "Trying to free already-free IRQ ")
CLAIM_REPORTS("manage", freeing_with_a_wrong_dev_id_warns_and_keeps_the_handler, "Trying to free already-free IRQ ")
CLAIM("manage", the_debug_kernel_calls_a_shared_handler_once_more_when_it_is_freed)
CLAIM_WITH("manage", a_kernel_without_checks_does_not_call_a_handler_that_is_freed, "debug=off")
CLAIM("manage", free_irq_waits_for_the_handler_on_another_cpu)
CLAIM("manage", free_irq_waits_for_the_thread)
CLAIM("manage", disable_irq_waits_for_the_handler)
CLAIM("manage", disable_irq_waits_for_the_thread)
CLAIM("manage", disable_irq_nosync_does_not_wait)
CLAIM("manage", disable_hardirq_and_synchronize_hardirq_leave_the_thread_running)
CLAIM("manage", disabling_nests)
CLAIM("manage", what_came_while_disabled_is_delivered_once_however_often_it_came)
CLAIM("manage", nothing_is_resent_if_nothing_came)
CLAIM_REPORTS("manage", an_enable_too_many_warns, "Unbalanced enable for IRQ ")
CLAIM("manage", no_autoen_leaves_the_line_for_enable_irq)
CLAIM("manage", the_noautoen_status_does_the_same)
CLAIM("manage", wake_up_is_set_by_the_first_and_cleared_by_the_last)
CLAIM("manage", a_chip_that_cannot_wake_is_ENXIO_unless_it_skips)
CLAIM_REPORTS("manage", a_wake_disable_too_many_warns, "Unbalanced IRQ ")
CLAIM("manage", the_controllers_state_is_read_and_written)
CLAIM("manage", a_chip_without_state_is_EINVAL)
CLAIM("manage", an_injected_interrupt_is_handled_like_a_real_one)
CLAIM_REPORTS("manage", a_handler_that_enables_interrupts_is_reported_and_they_are_disabled_again,
              " handler rude_handler")
CLAIM_REPORTS("manage", waking_a_thread_that_is_not_there_is_reported_once,
              " device dev returned IRQ_WAKE_THREAD but no thread function available.")
CLAIM("manage", request_any_context_irq_says_which_context_it_is)
CLAIM("manage", the_type_of_the_device_tree_is_used_where_the_driver_asks_for_none)
CLAIM("manage", a_spi_takes_only_high_levels_and_rising_edges)
CLAIM_REPORTS("manage", a_gic_line_cannot_be_handled_outside_of_hard_interrupts, "WARNING: CPU: ")
CLAIM("manage", status_bits_of_a_line_can_be_asked_for)
CLAIM_REPORTS("manage", noautoen_on_an_enabled_line_warns, "WARNING: CPU: ")
CLAIM_REPORTS("manage", freeing_in_a_handler_is_reported, " from IRQ context!")

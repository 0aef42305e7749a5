// SPDX-License-Identifier: Apache-2.0
//
// Lines that fire and that nothing serves. The claims are in modules/spurious.c.
#include "tests/sw/irq/claims.h"

BOOST_AUTO_TEST_CASE(after_100000_of_which_more_than_99900_nobody_cared_the_line_is_disabled) {
    const auto r = rk3568::test::claim_holds(
        "spurious", "after_100000_of_which_more_than_99900_nobody_cared_the_line_is_disabled", 2);
    BOOST_TEST(r.said("nobody cared (try booting with the \"irqpoll\" option)") == 1u, r.out);
    BOOST_TEST(r.said("Call trace:") == 1u);
    BOOST_TEST(r.said("handlers:\n") == 1u);
    BOOST_TEST(r.said(">] counting") == 1u);
    BOOST_TEST(r.said("Disabling IRQ #") == 1u);
}
CLAIM("spurious", exactly_99900_of_100000_are_forgiven)
CLAIM("spurious", handled_ones_are_counted_only_once_one_was_not)
CLAIM("spurious", unhandled_ones_more_than_a_tenth_of_a_second_apart_begin_anew)
CLAIM("spurious", a_new_request_begins_anew)
CLAIM_REPORTS("spurious", a_line_that_was_given_up_is_polled_ten_times_a_second, "Disabling IRQ #")
CLAIM_REPORTS("spurious", another_sharer_gives_the_line_a_new_chance, "Disabling IRQ #")
CLAIM("spurious", a_thread_is_judged_one_interrupt_later)
CLAIM_REPORTS("spurious", threads_that_never_handle_anything_lose_their_line_too, " threaded [<")
CLAIM_REPORTS("spurious", an_answer_that_is_none_is_reported_and_the_line_stays, ": bogus return value 7")
CLAIM("spurious", polled_lines_are_not_judged)
CLAIM("spurious", percpu_lines_with_no_debug_are_not_judged)
CLAIM_WITH("spurious", noirqdebug_lets_every_line_be, "noirqdebug")
CLAIM_WITH("spurious", irqfixup_asks_the_other_shared_lines, "irqfixup")
CLAIM("spurious", without_irqfixup_the_other_lines_are_not_asked)

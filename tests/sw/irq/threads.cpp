// SPDX-License-Identifier: Apache-2.0
//
// Interrupt threads, woken and forced. The claims are in modules/threads.c.
#include "tests/sw/irq/claims.h"

CLAIM("threads", a_thread_is_named_after_its_irq_and_runs_in_the_fifo_class_at_50)
CLAIM("threads", a_long_name_is_cut_to_15_characters)
CLAIM("threads", a_thread_that_is_woken_again_before_it_runs_runs_once)
CLAIM("threads", a_thread_that_is_woken_while_it_runs_runs_once_more)
CLAIM("threads", a_shared_oneshot_line_opens_when_the_last_of_its_threads_has_run)
CLAIM("threads", a_disabled_oneshot_line_is_not_opened_by_its_thread)
CLAIM("threads", at_most_64_oneshot_actions_share_a_line)
CLAIM("threads", irq_wake_thread_runs_the_thread_of_one_action)
CLAIM("threads", the_thread_is_gone_after_free_irq)
CLAIM_REPORTS("threads", a_thread_that_dies_is_reported_and_gives_its_line_back, ") is an active IRQ thread (irq ")
CLAIM_WITH("threads", a_forced_handler_runs_in_a_thread_with_interrupts_and_bottom_halves_off, "threadirqs")
CLAIM_WITH("threads", a_thread_function_beside_a_forced_handler_gets_a_secondary_thread_at_50, "threadirqs")
CLAIM_WITH("threads", a_secondary_thread_is_not_woken_by_a_handler_that_does_not_ask, "threadirqs")
CLAIM_WITH("threads", no_thread_handlers_stay_hard, "threadirqs")
CLAIM_WITH("threads", percpu_handlers_stay_hard, "threadirqs")
CLAIM_WITH("threads", oneshot_handlers_stay_hard, "threadirqs")
CLAIM_WITH("threads", handlers_of_nothread_lines_stay_hard, "threadirqs")
CLAIM_WITH("threads", timers_stay_hard, "threadirqs")
CLAIM_WITH("threads", a_request_for_a_thread_alone_is_what_forcing_would_make_of_it, "threadirqs")

// SPDX-License-Identifier: Apache-2.0
//
// On which CPU a line and its thread are handled. The claims are in modules/affinity.c.
#include "tests/sw/irq/claims.h"

CLAIM("affinity", a_line_of_a_cpu_that_goes_down_is_moved_while_it_is_open)
CLAIM("affinity", a_line_of_another_cpu_stays_when_one_goes_down)
CLAIM("affinity", a_line_starts_on_cpu_0_and_follows_its_affinity)
CLAIM("affinity", of_several_cpus_the_gic_takes_one)
CLAIM("affinity", a_mask_without_an_online_cpu_is_EINVAL_and_changes_nothing)
CLAIM("affinity", the_thread_follows_the_line)
CLAIM("affinity", an_affinity_from_before_the_request_is_kept)
CLAIM("affinity", a_hint_alone_moves_nothing)
CLAIM("affinity", irq_set_affinity_and_hint_does_both)
CLAIM_REPORTS("affinity", a_hint_that_is_left_behind_warns, "WARNING: CPU: ")
CLAIM("affinity", a_notifier_is_told_of_each_new_mask_until_it_is_taken_back)
CLAIM("affinity", a_chip_without_set_affinity_is_EINVAL)
CLAIM_SAYS("affinity", a_chip_that_does_not_say_which_cpu_it_chose_is_reported_once,
           "genirq: irq_chip fake did not update eff. affinity mask of irq ")

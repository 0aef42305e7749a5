// SPDX-License-Identifier: Apache-2.0
//
// Stacked irq domains. The claims are in modules/hierarchy.c.
#include "tests/sw/irq/claims.h"

CLAIM("hierarchy", a_line_has_its_own_hwirq_and_chip_at_every_level)
CLAIM("hierarchy", activation_begins_at_the_root_and_deactivation_at_the_device)
CLAIM("hierarchy", a_level_that_refuses_to_be_activated_fails_the_request_and_undoes_the_others)
CLAIM("hierarchy", what_the_outer_chip_is_asked_reaches_the_inner_one)
CLAIM("hierarchy", an_edge_that_came_while_disabled_is_retriggered_by_the_level_that_can)
CLAIM("hierarchy", an_allocation_that_a_level_refuses_leaves_nothing)
CLAIM("hierarchy", a_line_can_end_before_the_root)
CLAIM("hierarchy", a_level_is_pushed_onto_a_line_and_popped_again)
CLAIM("hierarchy", irq_set_vcpu_affinity_passes_over_a_level_without_a_chip)

// SPDX-License-Identifier: Apache-2.0
//
// Managed resources, probing for a line, simulated interrupts, generic chips. The claims are in modules/device.c.
#include "tests/sw/irq/claims.h"

CLAIM("device", devm_request_irq_is_freed_with_the_device)
CLAIM("device", devm_request_threaded_irq_stops_its_thread_with_the_device)
CLAIM("device", devm_free_irq_frees_once)
CLAIM("device", a_failed_devm_request_leaves_nothing_to_free)
CLAIM("device", devm_request_any_context_irq_says_which_context_it_is)
CLAIM("device", devm_irq_alloc_descs_are_freed_with_the_device)
CLAIM("device", probing_finds_the_line_that_fired)
CLAIM("device", probing_finds_nothing_if_nothing_fired)
CLAIM("device", probing_is_negative_if_several_fired)
CLAIM("device", a_line_that_fires_before_the_device_is_asked_is_not_found)
CLAIM("device", a_noprobe_line_and_a_requested_one_are_left_alone)
CLAIM("device", a_simulated_line_fires_when_it_is_set_pending)
CLAIM("device", a_generic_chip_masks_and_acknowledges_by_the_lines_bit)
CLAIM("device", generic_chips_have_32_lines_each)
CLAIM("device", an_unused_line_of_a_generic_chip_cannot_be_mapped)
CLAIM("device", enable_and_disable_registers_are_written_instead_of_a_mask)
CLAIM("device", a_generic_chip_ends_an_interrupt_by_the_lines_bit)
CLAIM("device", lines_of_a_generic_chip_wake_only_where_the_chip_can)
CLAIM("device", a_new_trigger_changes_to_the_chip_type_that_has_it)
CLAIM("device", a_generic_chip_needs_no_domain)

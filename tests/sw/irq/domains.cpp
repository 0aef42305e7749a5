// SPDX-License-Identifier: Apache-2.0
//
// Irq domains. The claims are in modules/domains.c.
#include "tests/sw/irq/claims.h"

CLAIM("domains", a_linear_domain_gives_each_hwirq_one_virq)
CLAIM_REPORTS("domains", a_hwirq_beyond_the_domain_is_refused_with_a_warning, "error: hwirq 0x8 is too large for ")
CLAIM("domains", a_tree_domain_maps_hwirqs_of_any_size)
CLAIM("domains", equal_hwirqs_of_two_controllers_are_two_irqs)
CLAIM("domains", an_unmapped_hwirq_is_EINVAL_to_the_demultiplexer)
CLAIM("domains", a_virq_is_the_hwirqs_number_or_the_next_free_one)
CLAIM("domains", the_virq_allocator_is_sparse_and_grows)
CLAIM("domains", disposing_a_mapping_unmaps_it_and_frees_the_number)
CLAIM_SAYS("domains", a_refusal_of_the_controller_is_said_and_leaves_nothing, "didn't like hwirq-0x3 to VIRQ")
BOOST_AUTO_TEST_CASE(EPERM_of_the_controller_is_refused_silently) {
    const auto r = rk3568::test::claim_holds("domains", "EPERM_of_the_controller_is_refused_silently");
    BOOST_TEST(r.said("didn't like") == 0u, r.out);
}
CLAIM_REPORTS("domains", an_irq_is_associated_by_hand_once, " is already associated")
CLAIM("domains", a_simple_domain_with_a_first_irq_is_mapped_at_once)
CLAIM("domains", a_legacy_domain_maps_given_irqs_from_a_first_hwirq)
CLAIM("domains", one_cell_is_the_hwirq)
CLAIM("domains", two_cells_are_the_hwirq_and_the_type)
CLAIM_REPORTS("domains", too_few_cells_are_EINVAL_with_a_warning, "WARNING: CPU: ")
CLAIM("domains", one_or_two_cells_take_both_forms)
CLAIM("domains", translate_does_for_fwspecs_what_xlate_does_for_cells)
CLAIM("domains", three_cells_of_the_gic_are_kind_number_and_type)
CLAIM_SAYS("domains", a_mapping_with_another_type_is_refused, "irq: type mismatch, failed to map hwirq-232 for ")
CLAIM_SAYS("domains", a_specifier_without_a_domain_gives_no_irq, "irq: no irq domain found for ")
CLAIM("domains", the_bus_token_tells_domains_of_one_node_apart)
CLAIM("domains", a_domain_can_select_its_specifiers)
CLAIM("domains", the_default_domain_stands_for_none)
CLAIM_REPORTS("domains", a_mapping_without_any_domain_warns, "irq_create_mapping_affinity(, 6) called with NULL domain")
CLAIM("domains", a_domain_is_named_after_its_node)

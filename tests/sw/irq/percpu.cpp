// SPDX-License-Identifier: Apache-2.0
//
// Lines of which each CPU has its own, calls between CPUs, irq_work. The claims are in modules/percpu.c.
#include "tests/sw/irq/claims.h"

CLAIM("percpu", each_cpu_enables_its_own_part_and_gets_its_own_dev_id)
CLAIM("percpu", irq_percpu_is_enabled_is_about_this_cpu)
CLAIM_REPORTS("percpu", a_percpu_line_is_freed_only_when_no_cpu_has_it_enabled, " still enabled on CPU2!")
CLAIM_SAYS("percpu", a_percpu_line_is_not_shared, "genirq: Flags mismatch irq ")
CLAIM_REPORTS("percpu", request_irq_refuses_a_percpu_line_with_a_warning, "WARNING: CPU: ")
CLAIM("percpu", request_percpu_irq_refuses_a_common_line_and_a_missing_dev_id)
CLAIM("percpu", the_partition_of_a_percpu_line_is_all_cpus)
CLAIM("percpu", a_call_runs_on_the_other_cpu_in_hard_interrupt_context)
CLAIM("percpu", a_call_to_all_others_leaves_this_cpu_out)
CLAIM("percpu", an_ipi_to_several_cpus_uses_the_line_of_each_if_its_domain_has_one_for_each)
CLAIM("percpu", irq_work_runs_at_once_in_hard_interrupt_context_of_this_cpu)
CLAIM("percpu", irq_work_that_is_pending_is_not_queued_twice)
CLAIM("percpu", irq_work_can_be_sent_to_another_cpu)
CLAIM("percpu", lazy_irq_work_waits_for_the_tick)
CLAIM("percpu", irq_work_of_one_moment_runs_last_in_first_out)
CLAIM_REPORTS("percpu", a_panic_stops_the_other_cpus, "SMP: stopping secondary CPUs")

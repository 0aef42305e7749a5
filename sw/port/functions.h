/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one list of the port's functions: PORT(function, who, on the A55, argument). A function is added here, declared in
 * port.h, kernel.h or clock.h, and defined in platform/port/; images find it, modules may call it, and it costs what is
 * said here without more.
 *
 * who: programs (bare ones too), kernel, modules (inline functions of Linux's headers call it), compiler (code that the
 * cost pass generates calls it).
 * on the A55: what it is there, besides what the core model charges: an instruction, a load, a store, nothing, or a call.
 * argument: the one that the instruction reads; -1: none.
 */
#ifndef PORT_FUNCTIONS_H
#define PORT_FUNCTIONS_H

/* clang-format off */
#define PORT_FUNCTIONS(PORT)                                                                                           \
	PORT(port_read8, modules, "load", -1)                                                                          \
	PORT(port_read16, modules, "load", -1)                                                                         \
	PORT(port_read32, modules, "load", -1)                                                                         \
	PORT(port_read64, modules, "load", -1)                                                                         \
	PORT(port_write8, modules, "store", -1)                                                                        \
	PORT(port_write16, modules, "store", -1)                                                                       \
	PORT(port_write32, modules, "store", -1)                                                                       \
	PORT(port_write64, modules, "store", -1)                                                                       \
	PORT(port_read_sysreg, modules, "mrs ${0:x}, s3_0_c12_c12_0", -1)                                              \
	PORT(port_write_sysreg, modules, "msr s3_0_c12_c12_1, ${0:x}", 1)                                              \
	PORT(port_isb, modules, "isb", -1)                                                                             \
	PORT(port_dsb, modules, "dsb sy", -1)                                                                          \
	PORT(port_dmb, modules, "dmb ish", -1)                                                                         \
	PORT(port_wfi, modules, "wfi", -1)                                                                             \
	PORT(port_wfe, modules, "wfe", -1)                                                                             \
	PORT(port_sev, modules, "sev", -1)                                                                             \
	PORT(port_daif, modules, "mrs ${0:x}, daif", -1)                                                               \
	PORT(port_daif_set, modules, "msr daifset, #3", -1)                                                            \
	PORT(port_daif_clear, modules, "msr daifclr, #3", -1)                                                          \
	PORT(port_daif_write, modules, "msr daif, ${0:x}", 0)                                                          \
	PORT(port_relax, modules, "yield", -1)                                                                         \
	PORT(port_iomap, modules, "call", -1)                                                                          \
	PORT(port_iomap_pa, modules, "call", -1)                                                                       \
	PORT(port_pa, modules, "call", -1)                                                                             \
	PORT(port_va, modules, "call", -1)                                                                             \
	PORT(port_delay_ns, modules, "call", -1)                                                                       \
	/* Linux's tracepoints are no-operations while they are off. */                                                \
	PORT(port_trace, modules, "nothing", -1)                                                                       \
	/* What orders what needs no telling there. */                                                                 \
	PORT(port_order, modules, "nothing", -1)                                                                       \
	PORT(port_set_vectors, programs, "call", -1)                                                                   \
	PORT(port_cpu, programs, "mrs ${0:x}, tpidr_el1", -1)                                                          \
	PORT(port_mpidr, programs, "call", -1)                                                                         \
	PORT(port_cpu_on, programs, "call", -1)                                                                        \
	PORT(port_cpu_off, programs, "call", -1)                                                                       \
	PORT(port_affinity_info, programs, "call", -1)                                                                 \
	PORT(port_time_ns, programs, "call", -1)                                                                       \
	PORT(port_alloc, programs, "call", -1)                                                                         \
	PORT(port_print, programs, "call", -1)                                                                         \
	PORT(port_exit, programs, "call", -1)                                                                          \
	PORT(port_set_cpu_frequency, kernel, "call", -1)                                                               \
	PORT(port_cpu_frequency, kernel, "call", -1)                                                                   \
	PORT(port_context_create, kernel, "call", -1)                                                                  \
	PORT(port_context_switch, kernel, "call", -1)                                                                  \
	PORT(port_context_current, kernel, "call", -1)                                                                 \
	PORT(port_context_destroy, kernel, "call", -1)                                                                 \
	PORT(port_stuck_after, kernel, "call", -1)                                                                     \
	PORT(port_address, kernel, "call", -1)                                                                         \
	PORT(port_symbol, kernel, "call", -1)                                                                          \
	PORT(port_source_line, kernel, "call", -1)                                                                     \
	PORT(port_image_open, kernel, "call", -1)                                                                      \
	PORT(port_image_undefined, kernel, "call", -1)                                                                 \
	PORT(port_image_bind, kernel, "call", -1)                                                                      \
	PORT(port_image_link, kernel, "call", -1)                                                                      \
	PORT(port_image_symbol, kernel, "call", -1)                                                                    \
	PORT(port_image_section, kernel, "call", -1)                                                                   \
	PORT(port_image_base, kernel, "call", -1)                                                                      \
	PORT(port_image_close, kernel, "call", -1)                                                                     \
	PORT(port_image_leave, kernel, "call", -1)                                                                     \
	PORT(port_image_name, kernel, "call", -1)                                                                      \
	PORT(port_kernel_section, kernel, "call", -1)                                                                  \
	PORT(port_boot_info, kernel, "call", -1)                                                                       \
	PORT(port_next_command, kernel, "call", -1)                                                                    \
	PORT(port_ready, kernel, "call", -1)                                                                           \
	PORT(port_command_failed, kernel, "call", -1)                                                                  \
	PORT(port_command_ended, kernel, "call", -1)                                                                   \
	PORT(port_console, kernel, "call", -1)                                                                         \
	PORT(port_cost_expired, compiler, "call", -1)                                                                  \
	PORT(port_cached_block, compiler, "call", -1)                                                                  \
	PORT(port_access, compiler, "call", -1)
/* clang-format on */

#endif

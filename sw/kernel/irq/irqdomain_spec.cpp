// SPDX-License-Identifier: Apache-2.0
// Interrupt specifiers: the cells by which firmware names a line of a controller.
#include "kernel/irq/irqdomain_internal.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/of.h>

namespace {

// What a controller's cells are, and how many of them must be there.
struct cell_layout {
    unsigned int least;
    bool type_in_second; // if there is a second one
};
constexpr cell_layout hwirq_alone = {1, false};
constexpr cell_layout hwirq_and_type = {2, true};
constexpr cell_layout hwirq_maybe_type = {1, true};

__always_inline int read_cells(const cell_layout &layout, const u32 *cells, unsigned int count, irq_hw_number_t *hwirq,
                               unsigned int *type) {
    const bool complete = count >= layout.least;

    if (complete) {
        *type = layout.type_in_second && count > 1 ? cells[1] & IRQ_TYPE_SENSE_MASK : 0;
        *hwirq = cells[0];
    }
    return WARN_ON(!complete) ? -EINVAL : 0;
}

// Cells without the node that they are for.
struct bare_specifier : irq_fwspec {
    bare_specifier(const u32 *cells, unsigned int count)
        : irq_fwspec() {
        for (; param_count < min(count, static_cast<unsigned int>(IRQ_DOMAIN_IRQ_SPEC_PARAMS)); param_count++)
            param[param_count] = cells[param_count];
    }
};

} // namespace

// The xlate forms get the cells, the translate forms the whole specifier.
#define CELLS_OF_XLATE                                                                                                 \
    irq_domain *, device_node *, const u32 *cells, unsigned int count, unsigned long *out_hwirq, unsigned int *out_type
#define CELLS_OF_TRANSLATE irq_domain *, irq_fwspec *spec, unsigned long *out_hwirq, unsigned int *out_type

int irq_domain_xlate_onecell(CELLS_OF_XLATE) {
    return read_cells(hwirq_alone, cells, count, out_hwirq, out_type);
}
// Reports name the translate form for both: the cells become a specifier, as far as one has room for them.
int irq_domain_xlate_twocell(CELLS_OF_XLATE) {
    bare_specifier spec(cells, count);
    return irq_domain_translate_twocell(nullptr, &spec, out_hwirq, out_type);
}
int irq_domain_xlate_onetwocell(CELLS_OF_XLATE) {
    return read_cells(hwirq_maybe_type, cells, count, out_hwirq, out_type);
}
int irq_domain_translate_onecell(CELLS_OF_TRANSLATE) {
    return read_cells(hwirq_alone, spec->param, spec->param_count, out_hwirq, out_type);
}
noinline int irq_domain_translate_twocell(CELLS_OF_TRANSLATE) {
    return read_cells(hwirq_and_type, spec->param, spec->param_count, out_hwirq, out_type);
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onecell);
EXPORT_SYMBOL_GPL(irq_domain_xlate_twocell);
EXPORT_SYMBOL_GPL(irq_domain_xlate_onetwocell);
EXPORT_SYMBOL_GPL(irq_domain_translate_onecell);
EXPORT_SYMBOL_GPL(irq_domain_translate_twocell);

void of_phandle_args_to_fwspec(device_node *np, const u32 *args, unsigned int count, irq_fwspec *fwspec) {
    *fwspec = {of_node_to_fwnode(np), static_cast<int>(count), {}};
    for (u32 &cell : fwspec->param)
        if (count-- > 0)
            cell = *args++;
        else
            break;
}
EXPORT_SYMBOL_GPL(of_phandle_args_to_fwspec);

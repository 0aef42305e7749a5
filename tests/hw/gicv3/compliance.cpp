// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/compliance.h"

#include "tests/hw/regs/compliance_page.h"

BOOST_AUTO_TEST_CASE(the_compliance_page_in_the_tree_is_current) {
    const rk3568::gicv3 gic("gic");
    rk3568::test::check_compliance_page(COMPLIANCE_PAGE, rk3568::gicv3_compliance_page(gic), "gicv3_compliance");
}

BOOST_AUTO_TEST_CASE(every_register_has_a_source) {
    const rk3568::gicv3 gic("gic");
    for (const rk3568::register_file *file : gic.frames())
        rk3568::test::check_sources(file->registers());
}

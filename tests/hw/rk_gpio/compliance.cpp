// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/compliance.h"

#include "tests/hw/regs/compliance_page.h"

BOOST_AUTO_TEST_CASE(the_compliance_page_in_the_tree_is_current) {
    const rk3568::rk_gpio bank("bank");
    rk3568::test::check_compliance_page(COMPLIANCE_PAGE, rk3568::rk_gpio_compliance_page(bank), "rk_gpio_compliance");
}

BOOST_AUTO_TEST_CASE(every_register_has_a_source) {
    const rk3568::rk_gpio bank("bank");
    rk3568::test::check_sources(bank.registers());
}

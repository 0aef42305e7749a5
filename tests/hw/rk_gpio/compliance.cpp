// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/compliance.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

BOOST_AUTO_TEST_CASE(the_compliance_page_in_the_tree_is_current) {
    const rk3568::rk_gpio bank("bank");
    std::ifstream file(COMPLIANCE_PAGE);
    BOOST_REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    BOOST_TEST((text.str() == rk3568::rk_gpio_compliance_page(bank)), "print it anew with rk_gpio_compliance");
}

BOOST_AUTO_TEST_CASE(every_register_has_a_source) {
    const rk3568::rk_gpio bank("bank");
    for (const rk3568::reg_base *r : bank.registers())
        BOOST_TEST(*r->source() != '\0', r->name());
}

// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/compliance.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

BOOST_AUTO_TEST_CASE(the_compliance_page_in_the_tree_is_current) {
    const rk3568::gicv3 gic("gic");
    std::ifstream file(COMPLIANCE_PAGE);
    BOOST_REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    BOOST_TEST((text.str() == rk3568::gicv3_compliance_page(gic)), "print it anew with gicv3_compliance");
}

BOOST_AUTO_TEST_CASE(every_register_has_a_source) {
    const rk3568::gicv3 gic("gic");
    for (const rk3568::register_file *file : gic.frames())
        for (const rk3568::reg_base *r : file->registers())
            BOOST_TEST(*r->source() != '\0', r->name());
}

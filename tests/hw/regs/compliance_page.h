// SPDX-License-Identifier: Apache-2.0
//
// What every block's compliance page is held to: the page in the tree is what the declarations give, and each register
// names its source.
#ifndef RK3568_TESTS_HW_REGS_COMPLIANCE_PAGE_H
#define RK3568_TESTS_HW_REGS_COMPLIANCE_PAGE_H

#include "hw/regs/reg.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace rk3568::test {

inline void check_compliance_page(const std::string &path, const std::string &expected, const std::string &printer) {
    std::ifstream file(path);
    BOOST_REQUIRE(file.good());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    BOOST_TEST((text == expected), "print it anew with " + printer);
}

inline void check_sources(const std::vector<reg_base *> &registers) {
    for (const reg_base *r : registers)
        BOOST_TEST(*r->source() != '\0', r->name());
}

} // namespace rk3568::test

#endif

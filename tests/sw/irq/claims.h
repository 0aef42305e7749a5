// SPDX-License-Identifier: Apache-2.0
//
// Cases whose claim is stated and checked inside the kernel, by a module of modules/ (see modules/claims.h there).
#ifndef RK3568_TESTS_SW_IRQ_CLAIMS_H
#define RK3568_TESTS_SW_IRQ_CLAIMS_H

#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

namespace rk3568::test {

// Runs `claim` of the module and requires that it holds and that the simulator exits with `status`.
inline outcome claim_holds(const std::string &module, const std::string &claim, int status = 0,
                           const std::vector<std::string> &arguments = {}) {
    simulation s;
    std::vector<std::string> all{"--insmod", std::string(RK3568_TEST_MODULES) + "/" + module + ".ko:claim=" + claim,
                                 "--for", "1ms"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const outcome r = s.run_plain(all);
    BOOST_TEST(r.status == status, r.out + r.err);
    BOOST_TEST(r.said("claim " + claim + ": holds (") == 1u, r.out);
    BOOST_TEST(r.said("claim " + claim + ": holds (0 checks)") == 0u, "the claim checks nothing");
    return r;
}

} // namespace rk3568::test

// A claim that holds in a run without any complaint.
#define CLAIM(module, claim)                                                                                           \
    BOOST_AUTO_TEST_CASE(claim) {                                                                                      \
        rk3568::test::claim_holds(module, #claim);                                                                     \
    }

// A claim during which the kernel says `text`, once, and reports a defect.
#define CLAIM_REPORTS(module, claim, text)                                                                             \
    BOOST_AUTO_TEST_CASE(claim) {                                                                                      \
        const auto r = rk3568::test::claim_holds(module, #claim, 2);                                                   \
        BOOST_TEST(r.said(text) == 1u, r.out);                                                                         \
    }

// The same for what is not a defect.
#define CLAIM_SAYS(module, claim, text)                                                                                \
    BOOST_AUTO_TEST_CASE(claim) {                                                                                      \
        const auto r = rk3568::test::claim_holds(module, #claim);                                                      \
        BOOST_TEST(r.said(text) == 1u, r.out);                                                                         \
    }

// A claim about a kernel with something on its command line.
#define CLAIM_WITH(module, claim, append)                                                                              \
    BOOST_AUTO_TEST_CASE(claim) {                                                                                      \
        rk3568::test::claim_holds(module, #claim, 0, {"--append", append});                                            \
    }

#endif

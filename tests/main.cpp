// SPDX-License-Identifier: Apache-2.0
//
// The entry of every test program: SystemC's main calls sc_main, and that runs Boost.Test.
#define BOOST_TEST_NO_MAIN
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <systemc>

namespace {
bool init_unit_test() {
    return true;
}
} // namespace

int sc_main(int argc, char *argv[]) {
    // A report of a model is a failure of the test, not a line in its output.
    sc_core::sc_report_handler::set_actions(sc_core::SC_WARNING, sc_core::SC_THROW);
    sc_core::sc_report_handler::set_actions("/IEEE_Std_1666/deprecated", sc_core::SC_DO_NOTHING);
    return boost::unit_test::unit_test_main(&init_unit_test, argc, argv);
}

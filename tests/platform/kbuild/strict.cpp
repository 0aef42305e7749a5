// SPDX-License-Identifier: Apache-2.0
//
// What Linux's own build refuses is refused, and what only Linux's source can give is named.
#include "platform/kbuild/linux.h"
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

using namespace rk3568::test;

namespace {

constexpr const char *empty = "static int __init in(void) { return 0; }\nstatic void __exit out(void) { }\n"
                              "module_init(in);\nmodule_exit(out);\n";

// Loads a source with these lines; it must not get so far.
outcome refused(simulation &s, const std::string &lines) {
    s.file("driver.c", "#include <linux/module.h>\n" + lines);
    const outcome r = s.run_plain({"--insmod", s.path("driver.c"), "--for", "1ms"});
    BOOST_TEST(r.status == 1, r.out + r.err);
    return r;
}

bool says(const outcome &r, const std::string &text) {
    return r.err.find(text) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_function_that_no_header_declares_is_refused) {
    simulation s;
    const outcome r = refused(s, "static int __init in(void) { return not_declared(1); }\n"
                                 "module_init(in);\nMODULE_LICENSE(\"GPL\");\n");
    BOOST_TEST(says(r, "implicit declaration of function 'not_declared'"), r.err);
}

BOOST_AUTO_TEST_CASE(a_remove_method_that_returns_nothing_is_refused) {
    simulation s;
    const outcome r = refused(s, "#include <linux/platform_device.h>\n"
                                 "static void gone(struct platform_device *p) { }\n"
                                 "static struct platform_driver d = {.remove = gone, .driver = {.name = \"d\"}};\n"
                                 "module_platform_driver(d);\nMODULE_LICENSE(\"GPL\");\n");
    BOOST_TEST(says(r, "incompatible function pointer types"), r.err);
}

BOOST_AUTO_TEST_CASE(a_module_without_a_licence_is_refused_as_a_file_and_in_a_folder) {
    simulation s;
    BOOST_TEST(says(refused(s, empty), "ERROR: modpost: missing MODULE_LICENSE() in driver.o"));
    std::filesystem::create_directories(s.path("drv"));
    s.file("drv/driver.c", std::string("#include <linux/module.h>\n") + empty);
    s.file("drv/Makefile", "obj-m := driver.o\n");
    const outcome r = s.run_plain({"--insmod", s.path("drv"), "--for", "1ms"});
    BOOST_TEST(r.status == 1, r.out + r.err);
    BOOST_TEST(says(r, "ERROR: modpost: missing MODULE_LICENSE() in driver.o"), r.err);
}

BOOST_AUTO_TEST_CASE(a_symbol_of_linux_is_named_with_its_file_and_the_command_that_brings_it) {
    simulation s;
    std::filesystem::create_directories(s.path("drv"));
    s.file("drv/driver.c", std::string("#include <linux/module.h>\nint counter_add(void *c);\n"
                                       "int use(void);\nint use(void) { return counter_add(NULL); }\n"
                                       "MODULE_LICENSE(\"GPL\");\n") +
                               empty);
    s.file("drv/Makefile", "obj-m := driver.o\n");
    BOOST_REQUIRE(std::system(("make -s -C " KDIR " M='" + s.path("drv") + "' modules").c_str()) == 0);
    const rk3568::linux_modules nothing(s.path("nothing"), KDIR "/linux.symbols");
    BOOST_TEST(!nothing.built());
    BOOST_TEST(nothing.missing(s.path("drv/driver.ko")) ==
                   (std::vector<std::string>{
                       "counter_add is Linux's (drivers/counter/counter-core.c): platform/linux brings it"}),
               boost::test_tools::per_element());
    BOOST_TEST(nothing.missing_header("linux/pwm.h").find("include/linux/pwm.h): platform/linux brings it") !=
               std::string::npos);
}

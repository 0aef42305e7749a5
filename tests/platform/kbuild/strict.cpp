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

BOOST_AUTO_TEST_CASE(a_header_is_named_with_the_command_where_linux_is_not_there_and_refused_in_a_line_where_it_is) {
    simulation s;
    const outcome r = refused(s, std::string("#include <linux/no_such_header.h>\nMODULE_LICENSE(\"GPL\");\n") + empty);
    // One of the two, whichever is true of this build.
    BOOST_TEST(says(r, "linux/no_such_header.h is neither this project's header nor one of Linux's that platform/linux "
                       "unpacks") +
                       says(r, "linux/no_such_header.h is none of this project's headers; if it is Linux's "
                               "(include/linux/no_such_header.h): platform/linux brings it") ==
                   1,
               r.err);
}

BOOST_AUTO_TEST_CASE(what_linux_does_not_export_is_no_symbol_for_a_module) {
    for (const std::string name : {"schedule_on_each_cpu", "sched_setscheduler"}) {
        simulation s;
        s.file("driver.c", "#include <linux/module.h>\n#include <linux/sched.h>\n#include <linux/workqueue.h>\n"
                           "static int __init in(void) { pr_info(\"%p\\n\", &" +
                               name +
                               "); return 0; }\nstatic void __exit out(void) { }\n"
                               "module_init(in);\nmodule_exit(out);\nMODULE_LICENSE(\"GPL\");\n");
        const outcome r = s.run_plain({"--insmod", s.path("driver.c"), "--for", "1ms"});
        BOOST_TEST(r.status == 1, name << ": " << r.out << r.err);
        BOOST_TEST(r.said("driver: Unknown symbol " + name + " (err -2)") == 1u, r.out + r.err);
    }
}

BOOST_AUTO_TEST_CASE(the_end_of_a_section_without_preemption_is_no_business_of_a_module) {
    simulation s;
    const outcome r =
        refused(s, "#include <linux/preempt.h>\n"
                   "static int __init in(void) { preempt_disable(); preempt_enable_no_resched(); return 0; }\n"
                   "module_init(in);\nMODULE_LICENSE(\"GPL\");\n");
    BOOST_TEST(says(r, "implicit declaration of function 'preempt_enable_no_resched'"), r.err);
}

BOOST_AUTO_TEST_CASE(a_tasklet_of_before_5_9_loads_and_a_line_says_that_linux_refuses_it) {
    simulation s;
    s.file("driver.c", std::string("#include <linux/module.h>\n#include <linux/interrupt.h>\n"
                                   "static void run(unsigned long data) { }\n"
                                   "DECLARE_TASKLET(old, run, 3);\nMODULE_LICENSE(\"GPL\");\n"
                                   "") +
                           empty);
    const outcome r = s.run_plain({"--insmod", s.path("driver.c"), "--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(
        r.said("driver: DECLARE_TASKLET(old) has three arguments, as before Linux 5.9; 6.1's build refuses it\n") == 1u,
        r.out);
}

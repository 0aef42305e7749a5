// SPDX-License-Identifier: Apache-2.0
//
// What the user gets for bad input: one clear line, the exit status of the design, and no half-written file.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>

#include <algorithm>

using namespace rk3568::test;

namespace {

size_t lines_of(const std::string &text) {
    return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

void refused(const outcome &result, const std::string &expected) {
    BOOST_TEST(result.status == 1);
    BOOST_TEST(lines_of(result.err) == 1u, result.err);
    BOOST_TEST(result.err.find(expected) != std::string::npos, result.err);
}

constexpr const char *empty_module = R"(
static int __init empty_init(void) { pr_info("loaded\n"); return 0; }
static void __exit empty_exit(void) { pr_info("unloaded\n"); }
module_init(empty_init);
module_exit(empty_exit);
)";

} // namespace

BOOST_AUTO_TEST_CASE(a_module_is_loaded_and_unloaded) {
    simulation s;
    s.module("empty", empty_module);
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("loaded\n") == 2u);
    BOOST_TEST(r.said("unloaded\n") == 1u);
    BOOST_TEST(r.when("unloaded") - r.when("loaded") >= 0.001);
}

BOOST_AUTO_TEST_CASE(an_unknown_option_is_refused) {
    simulation s;
    refused(s.run_plain({"--no-such-option"}), "--no-such-option");
}

BOOST_AUTO_TEST_CASE(a_time_that_is_none_is_refused) {
    simulation s;
    refused(s.run_plain({"--for", "abc"}), "'abc'");
}

BOOST_AUTO_TEST_CASE(a_stimulus_that_cannot_be_read_is_refused) {
    simulation s;
    refused(s.run_plain({"--stimulus", s.path("missing.vcd")}), "missing.vcd");
}

BOOST_AUTO_TEST_CASE(a_malformed_stimulus_is_refused_with_its_line) {
    simulation s;
    s.file("bad.stim", "0 GPIO3_A5 0\n1ms GPIO3_A5 maybe\n");
    refused(s.run(), "bad.stim:2");
}

BOOST_AUTO_TEST_CASE(a_pin_that_does_not_exist_is_refused) {
    simulation s;
    s.file("bad.stim", "1ms GPIO7_A5 1\n");
    refused(s.run(), "GPIO7_A5");
}

BOOST_AUTO_TEST_CASE(a_module_that_does_not_compile_is_refused_before_anything_runs) {
    simulation s;
    s.module("broken", "static int __init broken_init(void) { return undeclared; }\nmodule_init(broken_init);\n");
    const outcome r = s.run();
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("broken.c") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("does not compile") != std::string::npos, r.err);
    BOOST_TEST(r.out.empty());
}

BOOST_AUTO_TEST_CASE(a_module_with_an_unknown_symbol_is_refused_in_the_kernels_words) {
    simulation s;
    s.module("needy", "extern int nowhere(void);\n"
                      "static int __init needy_init(void) { return nowhere(); }\nmodule_init(needy_init);\n");
    const outcome r = s.run();
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.said("needy: Unknown symbol nowhere (err -2)") == 1u, r.out);
    BOOST_TEST(lines_of(r.err) == 1u, r.err);
}

BOOST_AUTO_TEST_CASE(a_module_sees_nothing_of_the_hosts_c_library) {
    simulation s;
    s.module("host", "extern int puts(const char *);\n"
                     "static int __init host_init(void) { return puts(\"x\"); }\nmodule_init(host_init);\n");
    const outcome r = s.run();
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.said("Unknown symbol puts") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_shared_object_is_refused) {
    simulation s;
    s.file("text.ko", "this is not ELF");
    const outcome r = s.run_plain({"--insmod", s.path("text.ko")});
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("text.ko") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_level_of_timing_that_does_not_exist_is_refused_before_anything_runs) {
    simulation s;
    refused(s.run_plain({"--timing", "exact"}), "--timing");
}

BOOST_AUTO_TEST_CASE(a_device_tree_without_a_gic_is_refused) {
    simulation s;
    s.file("nothing.dtb", "this is not a device tree");
    refused(s.run_plain({"--dtb", s.path("nothing.dtb")}), "not a flattened device tree");
    s.file("nogic.dts", "/dts-v1/;\n/ { #address-cells = <2>; #size-cells = <2>;\n"
                        " memory@200000 { device_type = \"memory\"; reg = <0 0x200000 0 0x3fe00000>; };\n"
                        " cpus { #address-cells = <2>; #size-cells = <0>; cpu@0 { device_type = \"cpu\";\n"
                        " compatible = \"arm,cortex-a55\"; reg = <0 0>; }; }; };\n");
    BOOST_REQUIRE(std::system(("dtc -q -I dts -O dtb -o " + s.path("nogic.dtb") + " " + s.path("nogic.dts")).c_str()) ==
                  0);
    refused(s.run_plain({"--dtb", s.path("nogic.dtb")}), "arm,gic-v3");
}

BOOST_AUTO_TEST_CASE(an_output_that_cannot_be_written_is_refused_and_leaves_nothing) {
    simulation s;
    refused(s.run_plain({"--vcd", s.path("no/such/folder/x.vcd"), "--for", "1ms"}), "x.vcd");
}

BOOST_AUTO_TEST_CASE(gpio_to_irq_of_a_bad_number_is_an_error_of_the_driver) {
    simulation s;
    s.module("bad", R"(
static int __init bad_init(void) { int irq = gpio_to_irq(4711); pr_info("irq=%d\n", irq); return irq < 0 ? irq : 0; }
module_init(bad_init);
)");
    const outcome r = s.run();
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.number("irq") == -22);
    BOOST_TEST(r.err.find("could not insert module bad.ko: Invalid parameters") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_null_pointer_in_a_driver_is_an_oops_with_its_line_and_the_run_exits_2) {
    simulation s;
    s.module("null",
             "static int *p;\nstatic int __init null_init(void) { *p = 5; return 0; }\nmodule_init(null_init);\n");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("Unable to handle kernel NULL pointer dereference at virtual address 0000000000000000") == 1u,
               r.out);
    BOOST_TEST(r.said("pc : null_init+") + r.said("pc : init_module+") == 1u, r.out);
    BOOST_TEST(r.said("driver: ") == 1u, r.out);
    BOOST_TEST(r.said("null.c:2") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_stack_that_overflows_in_a_function_of_the_port_ends_the_run_with_a_line) {
    simulation s;
    s.module("deep", R"(
static noinline int deep(int n)
{
	ndelay(1);
	return n ? 1 + deep(n + 1) : 0;
}
static int __init in(void) { return deep(1) & 0; }
module_init(in);
)");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 2, r.out + r.err);
    BOOST_TEST((r.err + r.out).find("kernel stack overflow") != std::string::npos, r.out + r.err);
}

BOOST_AUTO_TEST_CASE(a_module_that_loses_its_stack_pointer_is_an_oops_with_its_line) {
    simulation s;
    s.module("lost", "static int __init in(void)\n{\n\tasm volatile(\"movq $0x1234, %%rsp\\n\\tpushq %%rax\" ::: "
                     "\"memory\");\n\treturn 0;\n}\nmodule_init(in);\n");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 2, r.out + r.err);
    BOOST_TEST(r.said("virtual address 000000000000122c") == 1u, r.out);
    BOOST_TEST(r.said("driver: ") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(as_many_faults_as_the_options_take_reach_the_kernel) {
    simulation s;
    std::vector<std::string> words{"--for", "1ms"};
    for (int i = 0; i < 16; ++i)
        words.insert(words.end(), {"--fault", "kmalloc:nth=1000000"});
    const outcome r = s.run_plain(words);
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("fault: expected") == 0u, r.out);
}

BOOST_AUTO_TEST_CASE(request_irq_on_a_taken_line_fails_as_linux_does) {
    simulation s;
    s.module("taken", R"(
static irqreturn_t h(int irq, void *d) { return IRQ_HANDLED; }
static int irq;
static int __init taken_init(void)
{
	irq = gpio_to_irq(101);
	pr_info("first=%d\n", request_irq(irq, h, IRQF_TRIGGER_RISING, "first", NULL));
	pr_info("second=%d\n", request_irq(irq, h, IRQF_TRIGGER_RISING, "second", NULL));
	return 0;
}
static void __exit taken_exit(void) { free_irq(irq, NULL); }
module_init(taken_init);
module_exit(taken_exit);
)");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.number("first") == 0);
    BOOST_TEST(r.number("second") == -16);
    BOOST_TEST(r.said("genirq: Flags mismatch irq ") == 1u, r.out);
    BOOST_TEST(r.said("00000001 (second) vs. 00000001 (first)") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(two_runs_of_one_command_are_identical) {
    simulation s;
    s.module("thread", R"(
static int irq;
static irqreturn_t h(int n, void *d) { return IRQ_WAKE_THREAD; }
static irqreturn_t t(int n, void *d) { msleep(1); pr_info("thread %p %px %pS\n", d, &irq, t); return IRQ_HANDLED; }
static int __init m_init(void)
{
	irq = gpio_to_irq(101);
	return request_threaded_irq(irq, h, t, IRQF_TRIGGER_RISING | IRQF_ONESHOT, "thread", &irq);
}
static void __exit m_exit(void) { free_irq(irq, &irq); }
module_init(m_init);
module_exit(m_exit);
)");
    s.file("presses.stim", presses("GPIO3_A5", 20, 20000, 5000));
    const outcome a = s.run({"--vcd", s.path("a.vcd")});
    const std::string first = s.read("latency.json"), wave = s.read("a.vcd");
    const outcome b = s.run({"--vcd", s.path("a.vcd")});
    BOOST_TEST(a.status == 0, a.err);
    BOOST_TEST(a.said("thread ") == 20u);
    BOOST_TEST(a.out == b.out);
    BOOST_TEST(first == s.read("latency.json"));
    BOOST_TEST(wave == s.read("a.vcd"));
    const outcome c = s.run({"--seed", "5"});
    BOOST_TEST(c.status == 0);
    BOOST_TEST(c.said("thread ") == 20u);
    BOOST_TEST(c.out != a.out);
}

BOOST_AUTO_TEST_CASE(findings_are_summed_up_and_written_for_a_ci_system) {
    simulation s;
    s.module("sleepy", R"(
static DEFINE_SPINLOCK(lock);
static int __init sleepy_init(void)
{
	spin_lock(&lock);
	msleep(1);
	spin_unlock(&lock);
	return 0;
}
static void __exit sleepy_exit(void) { }
module_init(sleepy_init);
module_exit(sleepy_exit);
)");
    const outcome r = s.run({"--for", "1ms", "--junit", s.path("result.xml")});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.err.find("finding") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("sleepy.c:6: BUG: scheduling while atomic: insmod/") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("it slept in a handler, a tasklet, a timer or under a spinlock") != std::string::npos, r.err);
    const std::string xml = s.read("result.xml");
    BOOST_TEST(xml.find("<failure message=\"BUG: scheduling while atomic: insmod/") != std::string::npos, xml);
    simulation clean;
    clean.module("fine",
                 "static int __init in(void) { return 0; }\nmodule_init(in);\nstatic void __exit out(void) { }\n"
                 "module_exit(out);\n");
    const outcome none = clean.run({"--for", "1ms", "--junit", clean.path("result.xml")});
    BOOST_TEST(none.status == 0, none.err);
    BOOST_TEST(none.err.find("finding") == std::string::npos, none.err);
    BOOST_TEST(clean.read("result.xml").find("tests=\"1\" failures=\"0\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_same_report_from_one_place_is_one_finding_with_a_count) {
    simulation s;
    s.module("again",
             "static int __init in(void) { for (int i = 0; i < 67; i++) WARN(1, \"again\"); WARN(1, \"once\"); "
             "return 0; }\nmodule_init(in);\nstatic void __exit out(void) { }\nmodule_exit(out);\n");
    const outcome r = s.run({"--for", "1ms", "--junit", s.path("result.xml")});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.err.find("2 findings:\n") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("again (67 times, last at ") != std::string::npos, r.err);
    BOOST_TEST(s.read("result.xml").find("tests=\"2\" failures=\"2\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(two_objects_of_one_line_of_code_are_two_findings) {
    simulation s;
    s.module("two", "static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }\nstatic int __init in(void)\n{\n"
                    "\tfor (int i = 0; i < 2; i++)\n\t\tif (request_irq(gpio_to_irq(100 + i), h, IRQF_TRIGGER_RISING, "
                    "\"left\", &h)) "
                    "return -1;\n\treturn 0;\n}\nmodule_init(in);\nstatic void __exit out(void) { }\n"
                    "module_exit(out);\n");
    const outcome r = s.run({"--for", "1ms"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.err.find("2 findings:\n") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(any_byte_in_a_report_leaves_valid_xml) {
    simulation s;
    s.module("byte", "static int __init in(void) { WARN(1, \"bad \\xff \\x01 <&> \\xc3\\xa9 end\"); return 0; }\n"
                     "module_init(in);\nstatic void __exit out(void) { }\nmodule_exit(out);\n");
    s.run({"--for", "1ms", "--junit", s.path("result.xml")});
    pugi::xml_document document;
    BOOST_TEST(document.load_file(s.path("result.xml").c_str()));
    const std::string name = document.select_node("//testcase/@name").attribute().value();
    BOOST_TEST(name == "bad \\xff \\x01 <&> \xc3\xa9 end");
}

BOOST_AUTO_TEST_CASE(a_report_that_never_ends_ends_the_run_with_its_outputs) {
    simulation s;
    s.module("ever", "static struct timer_list t;\nstatic void f(struct timer_list *x) { WARN(1, \"each jiffy\"); "
                     "mod_timer(&t, jiffies + 1); }\nstatic int __init in(void) { timer_setup(&t, f, 0); "
                     "mod_timer(&t, jiffies + 1); return 0; }\nmodule_init(in);\n"
                     "static void __exit out(void) { del_timer_sync(&t); }\nmodule_exit(out);\n");
    const outcome r = s.run({"--for", "1000s", "--append", "quiet"});
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.err.find("a finding was reported 10000 times: the run ends here") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("1 finding:\n") != std::string::npos, r.err);
    BOOST_TEST(r.latency.contains("paths"));
}

BOOST_AUTO_TEST_CASE(host_time_cuts_a_run_off_and_its_outputs_say_so) {
    simulation s;
    s.module("busy",
             "static int spin(void *d) { while (!kthread_should_stop()) cond_resched(); return 0; }\n"
             "static struct task_struct *t;\nstatic int __init in(void) { t = kthread_run(spin, NULL, \"busy\"); "
             "return 0; }\nmodule_init(in);\nstatic void __exit out(void) { kthread_stop(t); }\n"
             "module_exit(out);\n");
    const outcome r = s.run({"--for", "100000s", "--host-time", "500ms"});
    BOOST_TEST(r.status == 3);
    BOOST_TEST(r.err.find("--host-time has passed at ") != std::string::npos, r.err);
    BOOST_TEST(r.err.find("finding") == std::string::npos, r.err);
    BOOST_TEST(r.latency.at("cut") == true);
    BOOST_TEST(s.run_plain({"--host-time", "1us"}).status == 1);
}

BOOST_AUTO_TEST_CASE(pins_without_an_interrupt_and_interrupts_without_a_pin_are_hinted_at) {
    simulation s;
    s.module("wired",
             "static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }\nstatic int __init in(void) { return "
             "request_irq(gpio_to_irq(102), h, IRQF_TRIGGER_RISING, \"wired\", &h); }\nmodule_init(in);\n"
             "static void __exit out(void) { free_irq(gpio_to_irq(102), &h); }\nmodule_exit(out);\n");
    s.file("presses.stim", "1ms GPIO3_A5 1\n");
    const outcome r = s.run();
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.err.find("hint: GPIO3_A5 moves in the recording, but no interrupt was requested on it\n") !=
                   std::string::npos,
               r.err);
    BOOST_TEST(r.err.find("hint: GPIO3_A6 (irq ") != std::string::npos, r.err);
    s.file("presses.stim", "1ms GPIO3_A6 1\n");
    BOOST_TEST(s.run().err.find("hint: ") == std::string::npos);
}

// SPDX-License-Identifier: Apache-2.0
//
// More drivers of Linux 6.1, unchanged, whose only other end is a pin or a file of /sys.
#include "tests/sw/linux/board.h"

#include <algorithm>

using namespace rk3568::test;

namespace {

// A run on the board with `nodes`, in which each command is executed at its time.
outcome run_board(simulation &s, const std::string &nodes, const std::vector<std::string> &modules,
                  const std::vector<std::string> &commands, const std::string &length = "1s",
                  const std::vector<std::string> &more = {}) {
    std::vector<std::string> words{"--dtb", board(s, nodes), "--for", length};
    for (const std::string &module : modules)
        words.insert(words.end(), {"--insmod", module});
    for (const std::string &command : commands)
        words.insert(words.end(), {"--exec", command});
    words.insert(words.end(), more.begin(), more.end());
    return s.run(words);
}

using texts = std::vector<std::string>;
const std::string level = " cat /sys/module/look/parameters/level";
const std::string led = "/sys/class/leds/lamp/";
// A module that calls a function after 10 ms.
void ends_with(simulation &s, const std::string &call) {
    s.module("end", "#include <linux/reboot.h>\nstatic void f(struct work_struct *w) { " + call +
                        "; }\nstatic DECLARE_DELAYED_WORK(w, f);\n"
                        "static int __init in(void) { schedule_delayed_work(&w, msecs_to_jiffies(10)); return 0; }\n"
                        "static void __exit out(void) { cancel_delayed_work_sync(&w); }\n"
                        "module_init(in);\nmodule_exit(out);\n");
}

const std::string lamp = "\tleds {\n\t\tcompatible = \"gpio-leds\";\n\t\tled-0 {\n\t\t\tlabel = \"lamp\";\n"
                         "\t\t\tgpios = <&gpio3 8 0>;\n\t\t};\n\t};\n";

} // namespace

BOOST_AUTO_TEST_CASE(ledtrig_oneshot_lights_the_lamp_once_for_each_shot) {
    simulation s;
    look_at(s, 104);
    const outcome r = run_board(s, lamp, {"leds-gpio", "ledtrig-oneshot"},
                                {"10ms echo oneshot > " + led + "trigger", "20ms echo 50 > " + led + "delay_on",
                                 "25ms echo 60 > " + led + "delay_off", "30ms echo 1 > " + led + "shot", "50ms" + level,
                                 "120ms" + level});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"1", "0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ledtrig_default_on_lights_the_lamp) {
    simulation s;
    look_at(s, 104);
    const outcome r = run_board(s, lamp, {"leds-gpio", "ledtrig-default-on"},
                                {"10ms" + level, "20ms echo default-on > " + led + "trigger", "30ms" + level});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"0", "1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ledtrig_transient_lights_the_lamp_for_a_time) {
    simulation s;
    look_at(s, 104);
    const outcome r = run_board(s, lamp, {"leds-gpio", "ledtrig-transient"},
                                {"10ms echo transient > " + led + "trigger", "20ms echo 1 > " + led + "state",
                                 "30ms echo 100 > " + led + "duration", "40ms echo 1 > " + led + "activate",
                                 "100ms" + level, "200ms" + level});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"1", "0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ledtrig_heartbeat_beats_twice_a_period) {
    simulation s;
    look_at(s, 104);
    // Without load a period is 1.26 s: 70 ms on, a quarter of the period less 70 ms off, 70 ms on.
    const outcome r = run_board(s, lamp, {"leds-gpio", "ledtrig-heartbeat"},
                                {"10ms echo heartbeat > " + led + "trigger", "40ms" + level, "200ms" + level,
                                 "360ms" + level, "700ms" + level});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"1", "0", "1", "0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ledtrig_pattern_follows_its_pattern) {
    simulation s;
    look_at(s, 104);
    const outcome r =
        run_board(s, lamp, {"leds-gpio", "ledtrig-pattern"},
                  {"10ms echo pattern > " + led + "trigger", "20ms echo 1 100 1 0 0 300 0 0 > " + led + "pattern",
                   "70ms" + level, "250ms" + level, "470ms" + level});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"1", "0", "1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gpio_keys_polled_sees_a_press_at_the_next_poll) {
    simulation s;
    s.file("press.stim", "105ms GPIO3_A5 1\n305ms GPIO3_A5 0\n");
    const outcome r = run_board(s,
                                "\tkeys {\n\t\tcompatible = \"gpio-keys-polled\";\n\t\tpoll-interval = <20>;\n"
                                "\t\tenter {\n\t\t\tlabel = \"enter\";\n\t\t\tlinux,code = <28>;\n"
                                "\t\t\tgpios = <&gpio3 5 0>;\n\t\t};\n\t};\n",
                                {"gpio_keys_polled"}, {"500ms cat /sys/kernel/debug/input/event0"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(lines_with(r, "type 1 (EV_KEY), code 28, value 1") == 1u, r.out);
    BOOST_TEST(lines_with(r, "Event: time 0.3") == 2u, r.out); // released
}

BOOST_AUTO_TEST_CASE(uio_pdrv_genirq_counts_interrupts_for_a_program) {
    simulation s;
    s.file("press.stim", "20ms GPIO3_A5 1\n");
    const outcome r = run_board(s,
                                "\tdevice-0 {\n\t\tcompatible = \"generic-uio\";\n\t\tinterrupt-parent = <&gpio3>;\n"
                                "\t\tinterrupts = <5 1>;\n\t};\n",
                                {"uio_pdrv_genirq:of_id=generic-uio"},
                                {"10ms cat /sys/class/uio/uio0/name", "10ms cat /sys/class/uio/uio0/event",
                                 "30ms cat /sys/class/uio/uio0/event"},
                                "50ms");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"device-0", "0", "1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gpio_poweroff_drives_its_pin_when_the_system_goes_down) {
    simulation s;
    ends_with(s, "kernel_power_off()");
    const outcome r = run_board(s,
                                "\toff {\n\t\tcompatible = \"gpio-poweroff\";\n\t\tgpios = <&gpio3 8 0>;\n"
                                "\t\ttimeout-ms = <50>;\n\t};\n",
                                {"gpio-poweroff"}, {}, "400ms"); // the driver's 250 ms are over before it is unloaded
    // The simulated board stays on, of which the driver warns.
    BOOST_TEST(r.status == 2, r.out + r.err);
    BOOST_TEST(r.said("WARNING:") == 1u, r.out);
    BOOST_TEST(lines_with(r, "gpio_poweroff_do_poweroff") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(gpio_restart_drives_its_pin_before_the_board_restarts) {
    simulation s;
    ends_with(s, "kernel_restart(NULL)");
    const outcome r = run_board(s,
                                "\tagain {\n\t\tcompatible = \"gpio-restart\";\n\t\tgpios = <&gpio3 8 0>;\n"
                                "\t\tactive-delay = <5>;\n\t\tinactive-delay = <5>;\n\t\twait-delay = <10>;\n\t};\n",
                                {"gpio-restart"}, {}, "50ms");
    BOOST_TEST(r.said("reboot: Restarting system") == 1u, r.out);
    BOOST_TEST(lines_with(r, "gpio_restart_notify") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(pps_ktimer_gives_a_pulse_a_second) {
    simulation s;
    const outcome r = run_board(s, "", {"pps-ktimer"},
                                {"500ms cat /sys/class/pps/pps0/name", "3500ms cat /sys/class/pps/pps0/assert"}, "4s");
    BOOST_TEST(r.status == 0, r.out + r.err);
    const texts said = answers(r);
    BOOST_REQUIRE(said.size() == 2u);
    BOOST_TEST(said[0] == "ktimer");
    BOOST_TEST(said[1].substr(said[1].find('#')) == "#3", r.out);
}

BOOST_AUTO_TEST_CASE(iio_trig_sysfs_triggers_when_it_is_told) {
    simulation s;
    const std::string triggers = "/sys/bus/iio/devices/iio_sysfs_trigger/";
    const outcome r = run_board(
        s, "", {"iio-trig-sysfs"},
        {"10ms echo 3 > " + triggers + "add_trigger", "20ms cat /sys/bus/iio/devices/trigger0/name",
         "30ms echo 1 > /sys/bus/iio/devices/trigger0/trigger_now", "40ms echo 3 > " + triggers + "remove_trigger"},
        "50ms");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"sysfstrig3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(test_power_shows_a_battery_and_an_adapter) {
    simulation s;
    const std::string folder = "/sys/class/power_supply/";
    const outcome r = run_board(s, "", {"test_power"},
                                {"10ms cat " + folder + "test_battery/capacity",
                                 "11ms cat " + folder + "test_battery/status", "12ms cat " + folder + "test_ac/online",
                                 "13ms echo off > /sys/module/test_power/parameters/ac_online",
                                 "14ms cat " + folder + "test_ac/online"},
                                "50ms");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"50", "Discharging", "1", "0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fixed_regulator_and_its_consumer_are_found_in_the_tree) {
    simulation s;
    const outcome r =
        run_board(s,
                  "\tsupply: supply {\n\t\tcompatible = \"regulator-fixed\";\n\t\tregulator-name = \"supply\";\n"
                  "\t\tregulator-min-microvolt = <3300000>;\n\t\tregulator-max-microvolt = <3300000>;\n"
                  "\t\tgpio = <&gpio3 8 0>;\n\t\tenable-active-high;\n\t};\n"
                  "\tuser {\n\t\tcompatible = \"regulator-output\";\n\t\tvout-supply = <&supply>;\n\t};\n",
                  {"fixed", "userspace-consumer"}, {"20ms cat /sys/class/regulator/regulator.1/name"}, "50ms");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (texts{"supply"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rtc_test_keeps_the_time_that_it_is_given) {
    simulation s;
    const outcome r = run_board(s, "", {"rtc-test"},
                                {"10ms cat /sys/class/rtc/rtc0/name", "20ms cat /sys/class/rtc/rtc0/date"}, "50ms");
    BOOST_TEST(answers(r).size() == 2u, r.out + r.err);
}

BOOST_AUTO_TEST_CASE(iio_trig_interrupt_wakes_a_consumer_at_each_edge) {
    simulation s;
    s.file("press.stim", "60ms GPIO3_A5 1\n70ms GPIO3_A5 0\n80ms GPIO3_A5 1\n");
    // The trigger's device is a board's file: a line as its resource.
    s.module("board", "#include <linux/platform_device.h>\n#include <linux/gpio.h>\n"
                      "static struct platform_device *d;\n"
                      "static int __init in(void)\n{\n"
                      "\tstruct resource r = DEFINE_RES_IRQ(gpio_to_irq(101));\n"
                      "\tr.flags |= IORESOURCE_IRQ_HIGHEDGE;\n"
                      "\td = platform_device_register_simple(\"iio_interrupt_trigger\", -1, &r, 1);\n"
                      "\treturn PTR_ERR_OR_ZERO(d);\n}\n"
                      "static void __exit out(void) { platform_device_unregister(d); }\n"
                      "module_init(in);\nmodule_exit(out);\n");
    const std::string device = "/sys/bus/iio/devices/iio:device0/", dummy = "/sys/kernel/config/iio/devices/dummy/it";
    const outcome r = run_board(s, "", {"iio-trig-interrupt", "iio_dummy"},
                                {"10ms mkdir " + dummy, "20ms cat /sys/bus/iio/devices/trigger0/name",
                                 "21ms echo irqtrig19 > " + device + "trigger/current_trigger",
                                 "22ms cat " + device + "trigger/current_trigger",
                                 "23ms echo 1 > " + device + "scan_elements/in_voltage0_en",
                                 "24ms echo 1 > " + device + "buffer/enable", "90ms cat /proc/interrupts",
                                 "91ms echo 0 > " + device + "buffer/enable",
                                 "92ms echo > " + device + "trigger/current_trigger", "95ms rmdir " + dummy},
                                "120ms");
    BOOST_TEST(r.status == 2, r.out + r.err); // iio_dummy of 6.1 forgets its own structure
    BOOST_TEST(r.said("still allocated, from iio_dummy_probe") >= 1u, r.out);
    BOOST_TEST(r.said("irqtrig19\n") >= 2u, r.out);
    bool consumed = false;
    for (const std::string &line : r.lines())
        consumed |= line.find("it_consumer0") != line.npos && line.find(" 2 ") != line.npos;
    BOOST_TEST(consumed, r.out);
}

BOOST_AUTO_TEST_CASE(gpio_sim_makes_a_chip_of_what_configfs_says) {
    simulation s;
    const std::string chip = "/sys/kernel/config/gpio-sim/toy",
                      pin = "/sys/devices/platform/gpio-sim.0/gpiochip5/sim_gpio3/";
    const outcome r = run_board(
        s, "", {"gpio-sim"},
        {"10ms mkdir " + chip + " " + chip + "/bank", "11ms echo 8 > " + chip + "/bank/num_lines",
         "12ms echo 1 > " + chip + "/live", "13ms cat " + chip + "/dev_name", "14ms cat " + chip + "/bank/chip_name",
         "15ms echo 507 > /sys/class/gpio/export", "16ms cat /sys/class/gpio/gpio507/value",
         "17ms echo pull-up > " + pin + "pull", "18ms cat /sys/class/gpio/gpio507/value",
         "19ms echo 507 > /sys/class/gpio/unexport", "20ms rmdir " + chip, "21ms echo 0 > " + chip + "/live",
         "22ms rmdir " + chip + "/bank " + chip, "23ms ls /sys/kernel/config/gpio-sim"},
        "50ms");
    const texts said = answers(r);
    BOOST_REQUIRE_MESSAGE(said.size() >= 4u, r.out + r.err);
    BOOST_TEST((texts{said.begin(), said.begin() + 4}) == (texts{"gpio-sim.0", "gpiochip5", "0", "1"}),
               boost::test_tools::per_element());
    BOOST_TEST((r.out + r.err).find("Directory not empty") != std::string::npos, r.out + r.err);
}

BOOST_AUTO_TEST_CASE(input_devices_stand_in_proc_and_sysfs_with_what_they_can_report) {
    simulation s;
    s.module("pad", R"(
#include <linux/input.h>
static struct input_dev *pad;
static int __init in(void)
{
    pad = input_allocate_device();
    if (!pad)
        return -ENOMEM;
    pad->name = "a pad";
    pad->phys = "here/input0";
    pad->id.bustype = BUS_HOST;
    pad->id.product = 0x12;
    input_set_capability(pad, EV_KEY, KEY_A);      /* 30 */
    input_set_capability(pad, EV_KEY, BTN_LEFT);   /* 0x110: word 4, bit 16 */
    input_set_capability(pad, EV_SW, SW_LID);
    return input_register_device(pad);
}
static void __exit out(void) { input_unregister_device(pad); }
module_init(in);
module_exit(out);
)");
    const outcome r = s.run({"--for", "20ms", "--exec", "1ms cat /proc/bus/input/devices", "--exec",
                             "2ms cat /sys/class/input/input0/capabilities/key", "--exec",
                             "2ms cat /sys/class/input/input0/id/product", "--exec", "3ms rmmod pad", "--exec",
                             "4ms echo left; cat /proc/bus/input/devices; echo nothing"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.out.find("I: Bus=0019 Vendor=0000 Product=0012 Version=0000\nN: Name=\"a pad\"\nP: Phys=here/input0\n"
                          "S: Sysfs=/devices/virtual/input/input0\nU: Uniq=\nH: Handlers=event0 ") != std::string::npos,
               r.out);
    BOOST_TEST(r.out.find("B: PROP=0\nB: EV=23\nB: KEY=10000 0 0 0 40000000\nB: SW=1\n\n") != std::string::npos, r.out);
    BOOST_TEST(r.said("10000 0 0 0 40000000\n") == 2u, r.out);
    BOOST_TEST(r.said("0012\n") == 1u, r.out);
    BOOST_TEST(r.out.find("left\nnothing\n") != std::string::npos, r.out);
}

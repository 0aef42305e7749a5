// SPDX-License-Identifier: Apache-2.0
//
// Drivers of Linux 6.1 as Debian ships them, compiled unchanged, on the kernel here.
#include "tests/sw/linux/board.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

using namespace rk3568::test;

namespace {

constexpr const char *press = "1ms GPIO3_A5 1\n2ms GPIO3_A5 0\n3ms GPIO3_A5 1\n4ms GPIO3_A5 0\n";

std::string source(const std::string &path) {
    return std::string(LINUX "/") + path;
}

} // namespace

BOOST_AUTO_TEST_CASE(dummy_irq_shares_the_line_that_it_is_told) {
    simulation s;
    s.module("owner", R"(
static int cookie;
static irqreturn_t h(int n, void *d) { return IRQ_HANDLED; }
static int __init in(void) { return request_irq(gpio_to_irq(101), h, IRQF_SHARED | IRQF_TRIGGER_RISING, "owner", &cookie); }
static void __exit out(void) { free_irq(gpio_to_irq(101), &cookie); }
module_init(in);
module_exit(out);
)");
    s.file("press.stim", press);
    const outcome r = s.run({"--insmod", source("drivers/misc/dummy-irq.c") + ":irq=19"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("dummy-irq: registered for IRQ 19\n") == 1u, r.out);
    BOOST_TEST(r.said("dummy-irq: interrupt occurred on IRQ 19\n") == 1u, r.out); // it speaks once
    BOOST_TEST(r.said("dummy-irq unloaded\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(backtracetest_prints_its_stack_from_a_task_and_from_a_tasklet) {
    simulation s;
    const outcome r = s.run({"--insmod", source("kernel/backtracetest.c"), "--for", "1ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("====[ end of backtrace testing ]====") == 1u, r.out);
    BOOST_TEST(r.said("Call trace:") >= 2u, r.out);
    BOOST_TEST(lines_with(r, "backtrace_test_irq_callback") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(livepatch_callbacks_busymod_waits_for_its_work) {
    simulation s;
    const outcome r =
        s.run({"--insmod", source("samples/livepatch/livepatch-callbacks-busymod.c") + ":sleep_secs=2", "--for", "5s"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("busymod_work_func, sleeping 2 seconds ...\n") == 1u, r.out);
    BOOST_TEST(r.said("busymod_work_func exit\n") == 1u, r.out);
    BOOST_TEST(r.when("busymod_work_func exit") - r.when("sleeping 2 seconds") >= 2.0);
    BOOST_TEST(r.said("livepatch_callbacks_mod_exit\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(interrupt_cnt_counts_rising_edges_from_when_it_is_enabled) {
    simulation s;
    const std::string dtb =
        board(s, "\tcounter-0 {\n\t\tcompatible = \"interrupt-counter\";\n\t\tgpios = <&gpio3 5 0>;\n\t};\n");
    s.file("press.stim", presses("GPIO3_A5", 10, 2000, 500));
    const std::string folder = "/sys/bus/counter/devices/counter0/";
    const outcome r = s.run({"--dtb",    dtb,
                             "--insmod", "interrupt-cnt",
                             "--for",    "50ms",
                             "--exec",   "5ms echo 1 > " + folder + "count0/enable",
                             "--exec",   "30ms cat " + folder + "count0/count",
                             "--exec",   "31ms cat " + folder + "count0/function",
                             "--exec",   "31ms cat " + folder + "count0/signal0_action",
                             "--exec",   "32ms cat " + folder + "signal0/signal",
                             "--exec",   "33ms echo 1000 > " + folder + "count0/count",
                             "--exec",   "34ms cat " + folder + "count0/count"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    const std::vector<std::string> lines = r.lines();
    const auto has = [&](const std::string &line) { return std::count(lines.begin(), lines.end(), line) == 1; };
    // Of ten presses at 2, 4, ... ms the eight after 5 ms, and one for those before: masked, the bank still latches.
    BOOST_TEST(has("9"), r.out);
    BOOST_TEST(has("increase"), r.out);
    BOOST_TEST(has("rising edge"), r.out);
    BOOST_TEST(has("low"), r.out);
    BOOST_TEST(has("1000"), r.out);
}

BOOST_AUTO_TEST_CASE(gpio_keys_reports_a_bouncing_press_once) {
    simulation s;
    const std::string dtb =
        board(s, "\tkeys {\n\t\tcompatible = \"gpio-keys\";\n\t\tenter {\n\t\t\tlabel = \"enter\";\n"
                 "\t\t\tlinux,code = <28>;\n\t\t\tgpios = <&gpio3 5 0>;\n"
                 "\t\t\tdebounce-interval = <5>;\n\t\t};\n\t};\n");
    s.file("press.stim", "10ms GPIO3_A5 1\n10100us GPIO3_A5 0\n10200us GPIO3_A5 1\n60ms GPIO3_A5 0\n");
    const outcome r = s.run(
        {"--dtb", dtb, "--insmod", "gpio_keys", "--for", "100ms", "--exec", "90ms cat /sys/kernel/debug/input/event0"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("input: keys as /devices/platform/keys/") == 1u, r.out);
    BOOST_TEST(r.said("type 1 (EV_KEY), code 28, value 1\n") == 1u, r.out);
    BOOST_TEST(r.said("type 1 (EV_KEY), code 28, value 0\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(rotary_encoder_tells_the_direction) {
    simulation s;
    const std::string dtb =
        board(s, "\trotary {\n\t\tcompatible = \"rotary-encoder\";\n\t\tgpios = <&gpio3 5 0>, <&gpio3 6 0>;\n"
                 "\t\tlinux,axis = <0>;\n\t\trotary-encoder,steps = <24>;\n\t\trotary-encoder,relative-axis;\n\t};\n");
    s.file("turn.stim", "1ms GPIO3_A5 1\n2ms GPIO3_A6 1\n3ms GPIO3_A5 0\n4ms GPIO3_A6 0\n"
                        "11ms GPIO3_A6 1\n12ms GPIO3_A5 1\n13ms GPIO3_A6 0\n14ms GPIO3_A5 0\n");
    const outcome r = s.run({"--dtb", dtb, "--insmod", "rotary_encoder", "--for", "30ms", "--exec",
                             "20ms cat /sys/kernel/debug/input/event0"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("type 2 (EV_REL), code 0, value 1\n") == 1u, r.out);
    BOOST_TEST(r.said("type 2 (EV_REL), code 0, value -1\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(pps_gpio_takes_the_time_of_a_pulse) {
    simulation s;
    const std::string dtb = board(s, "\tpps {\n\t\tcompatible = \"pps-gpio\";\n\t\tgpios = <&gpio3 5 0>;\n\t};\n");
    s.file("pulse.stim", presses("GPIO3_A5", 3, 2000, 500));
    const outcome r =
        s.run({"--dtb", dtb, "--insmod", "pps-gpio", "--for", "30ms", "--exec", "20ms cat /sys/class/pps/pps0/assert"});
    BOOST_TEST(r.said("#3\n") == 1u, r.out);
    // Its remove deletes a timer that it has set up for an echo pin alone.
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("ODEBUG: assert_init not available (active state 0) object type: timer_list") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(preemptirq_delay_test_delays_with_interrupts_off) {
    simulation s;
    const outcome r = s.run(
        {"--insmod", source("kernel/trace/preemptirq_delay_test.c") + ":test_mode=irq,delay=500", "--for", "10ms"});
    BOOST_TEST(r.status == 0, r.out + r.err);
}

BOOST_AUTO_TEST_CASE(the_kobject_sample_has_its_attributes) {
    simulation s;
    const outcome r =
        s.run({"--insmod", source("samples/kobject/kobject-example.c"), "--for", "1ms", "--exec",
               "1us echo 21 > /sys/kernel/kobject_example/foo", "--exec", "2us cat /sys/kernel/kobject_example/foo"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("21\n") >= 1u, r.out);
}

BOOST_AUTO_TEST_CASE(gpio_decoder_reports_the_number_on_its_pins) {
    simulation s;
    const std::string dtb =
        board(s, "\tdecoder {\n\t\tcompatible = \"gpio-decoder\";\n\t\tgpios = <&gpio3 6 0>, <&gpio3 5 0>;\n"
                 "\t\tlinux,axis = <0>;\n\t\tdecoder-max-value = <3>;\n\t};\n");
    s.file("press.stim", "5ms GPIO3_A6 1\n1200ms GPIO3_A5 1\n"); // it is polled every 500 ms
    const outcome r = s.run({"--dtb", dtb, "--insmod", "gpio_decoder", "--for", "3s", "--exec",
                             "2500ms cat /sys/kernel/debug/input/event0"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("type 3 (EV_ABS), code 0, value 2\n") == 1u, r.out);
    BOOST_TEST(r.said("type 3 (EV_ABS), code 0, value 3\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(the_tests_of_linux_for_its_library_pass) {
    const std::pair<std::string, std::string> tests[] = {
        {"test_string", "String selftests succeeded\n"},
        {"test_hexdump", "tests passed\n"},
        {"test_bitops", "test_bitops: Completed bitops test\n"},
        {"test_memcat_p", "test_memcat_p: test passed\n"},
    };
    for (const auto &[name, passed] : tests) {
        simulation s;
        const outcome r = s.run({"--insmod", source("lib/" + name + ".c"), "--for", "1ms"});
        BOOST_TEST(r.status == 0, name << ": " << r.out << r.err);
        BOOST_TEST(r.said(passed) == 1u, name << ": " << r.out);
    }
}

BOOST_AUTO_TEST_CASE(the_test_of_linux_for_kstrtox_warns_of_nothing_and_does_not_stay) {
    simulation s;
    const outcome r = s.run({"--insmod", source("lib/test-kstrtox.c"), "--for", "1ms"});
    BOOST_TEST(r.status == 1, r.out + r.err); // its init ends with -EINVAL on success too
    BOOST_TEST(r.said("Booting Linux") == 1u, r.out);
    BOOST_TEST(r.said("WARNING:") == 0u, r.out);
    BOOST_TEST(r.err.find("Invalid parameters") != r.err.npos, r.err);
}

BOOST_AUTO_TEST_CASE(leds_gpio_blinks_and_follows_a_button) {
    simulation s;
    const std::string dtb =
        board(s, "\tleds {\n\t\tcompatible = \"gpio-leds\";\n"
                 "\t\tled-0 {\n\t\t\tlabel = \"beat\";\n\t\t\tgpios = <&gpio3 8 0>;\n"
                 "\t\t\tlinux,default-trigger = \"timer\";\n\t\t};\n"
                 "\t\tled-1 {\n\t\t\tcolor = <2>;\n\t\t\tfunction = \"status\";\n\t\t\tgpios = <&gpio3 9 1>;\n"
                 "\t\t\tdefault-state = \"on\";\n\t\t};\n\t};\n");
    look_at(s, 104);
    s.file("press.stim", "3300ms GPIO3_A5 1\n3500ms GPIO3_A5 0\n");
    const std::string level = " cat /sys/module/look/parameters/level";
    const std::string leds = "/sys/class/leds/";
    const outcome r = s.run({"--dtb",    dtb,
                             "--insmod", "ledtrig-timer",
                             "--insmod", "ledtrig-gpio",
                             "--insmod", "leds-gpio",
                             "--for",    "4s",
                             "--exec",   "1ms cat " + leds + "beat/trigger",
                             "--exec",   "250ms" + level, // half a second on, half a second off
                             "--exec",   "750ms" + level,
                             "--exec",   "1250ms" + level,
                             "--exec",   "1300ms echo 0 > " + leds + "beat/brightness",
                             "--exec",   "1400ms cat " + leds + "beat/trigger",
                             "--exec",   "1500ms" + level,
                             "--exec",   "1600ms cat " + leds + "green:status/brightness",
                             "--exec",   "3s echo gpio > " + leds + "green:status/trigger",
                             "--exec",   "3100ms echo 101 > " + leds + "green:status/gpio",
                             "--exec",   "3200ms cat " + leds + "green:status/brightness",
                             "--exec",   "3400ms cat " + leds + "green:status/brightness",
                             "--exec",   "3600ms cat " + leds + "green:status/brightness"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    std::vector<std::string> said = answers(r);
    const std::vector<std::string> levels = {said.at(1), said.at(2), said.at(3)};
    BOOST_TEST(said.at(0) == "none [timer] gpio", r.out);
    BOOST_TEST((levels == std::vector<std::string>{"1", "0", "1"}), r.out);
    BOOST_TEST(said.at(4) == "[none] timer gpio", r.out);
    BOOST_TEST(said.at(5) == "0", r.out);
    BOOST_TEST(said.at(6) == "1", r.out);
    BOOST_TEST(said.at(7) == "0", r.out);
    BOOST_TEST(said.at(8) == "1", r.out);
    BOOST_TEST(said.at(9) == "0", r.out);
}

BOOST_AUTO_TEST_CASE(gpio_wdt_toggles_its_pin_while_the_device_is_open_or_cannot_be_stopped) {
    simulation s;
    const std::string dtb = board(s, "\tdog {\n\t\tcompatible = \"linux,wdt-gpio\";\n\t\tgpios = <&gpio3 8 0>;\n"
                                     "\t\thw_algo = \"toggle\";\n\t\thw_margin_ms = <100>;\n\t};\n");
    look_at(s, 104);
    const std::string level = " cat /sys/module/look/parameters/level";
    const outcome r = s.run({"--dtb",    dtb,
                             "--insmod", "gpio_wdt",
                             "--for",    "5s",
                             "--exec",   "10ms echo 1 > /dev/watchdog",
                             "--exec",   "1020ms" + level, // every half of the margin
                             "--exec",   "1070ms" + level,
                             "--exec",   "1120ms" + level,
                             "--exec",   "2s cat /sys/class/watchdog/watchdog0/state",
                             "--exec",   "3s echo V > /dev/watchdog",
                             "--exec",   "4s cat /sys/class/watchdog/watchdog0/state"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("watchdog: watchdog0: watchdog did not stop!\n") == 1u, r.out);
    const std::vector<std::string> said = answers(r);
    BOOST_REQUIRE_EQUAL(said.size(), 5u);
    BOOST_TEST((said[0] != said[1] && said[1] != said[2]), r.out);
    BOOST_TEST(said[3] == "active", r.out);
    BOOST_TEST(said[4] == "inactive", r.out);
}

BOOST_AUTO_TEST_CASE(softdog_restarts_the_system_unless_it_is_fed_or_told_to_stop) {
    const std::pair<std::vector<std::string>, bool> runs[] = {
        {{"--exec", "10ms echo 1 > /dev/watchdog"}, true},
        {{"--exec", "10ms echo 1 > /dev/watchdog", "--exec", "1s echo V > /dev/watchdog0"}, false},
    };
    for (const auto &[more, restarts] : runs) {
        simulation s;
        std::vector<std::string> arguments = {"--insmod", std::string("softdog") + ":soft_margin=2", "--for", "9s"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const outcome r = s.run(arguments);
        BOOST_TEST(r.status == 0, r.out + r.err);
        BOOST_TEST(r.said("softdog: Initiating system reboot\n") == (restarts ? 1u : 0u), r.out);
        if (restarts) {
            const double after = r.when("Initiating system reboot") - r.when("watchdog did not stop!");
            BOOST_TEST((after > 1.99 && after < 2.01), r.out);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_connector_a_charger_and_a_fan_follow_their_pins) {
    simulation s;
    const std::string dtb =
        board(s, "\tusb {\n\t\tcompatible = \"linux,extcon-usb-gpio\";\n\t\tid-gpios = <&gpio3 5 0>;\n\t};\n"
                 "\tcharger {\n\t\tcompatible = \"gpio-charger\";\n\t\tcharger-type = \"mains\";\n"
                 "\t\tgpios = <&gpio3 6 0>;\n\t};\n"
                 "\tfan {\n\t\tcompatible = \"gpio-fan\";\n\t\tgpios = <&gpio3 8 0>, <&gpio3 9 0>;\n"
                 "\t\tgpio-fan,speed-map = <0 0>, <3000 1>, <6000 3>;\n\t\talarm-gpios = <&gpio3 7 0>;\n\t};\n");
    look_at(s, 104);
    s.file("pins.stim", "10ms GPIO3_A5 1\n20ms GPIO3_A6 1\n30ms GPIO3_A7 1\n600ms GPIO3_A5 0\n");
    const std::string extcon = "/sys/class/extcon/extcon0/", power = "/sys/class/power_supply/charger/",
                      fan = "/sys/class/hwmon/hwmon0/";
    const outcome r = s.run({"--dtb",    dtb,
                             "--insmod", "extcon-usb-gpio",
                             "--insmod", "gpio-charger",
                             "--insmod", "gpio-fan",
                             "--for",    "1s",
                             "--exec",   "1ms cat " + extcon + "state",
                             "--exec",   "1ms cat " + power + "online",
                             "--exec",   "1ms cat " + fan + "fan1_alarm",
                             "--exec",   "500ms cat " + extcon + "state",
                             "--exec",   "500ms cat " + power + "online " + power + "type",
                             "--exec",   "500ms cat " + fan + "fan1_alarm " + fan + "name",
                             "--exec",   "600ms echo 2500 > " + fan + "fan1_target",
                             "--exec",   "700ms cat " + fan + "fan1_input /sys/module/look/parameters/level",
                             "--exec",   "900ms cat " + extcon + "cable.1/name " + extcon + "cable.1/state"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    const std::vector<std::string> expected = {"USB=0", "USB-HOST=1", "0",        "0",    "USB=1", "USB-HOST=0", "1",
                                               "Mains", "1",          "gpio_fan", "3000", "1",     "USB-HOST",   "1"};
    BOOST_TEST(answers(r) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(matrix_keypad_reports_rows_and_columns_and_maps_an_interrupt_under_its_lock) {
    simulation s;
    const std::string dtb =
        board(s, "\tpad {\n\t\tcompatible = \"gpio-matrix-keypad\";\n\t\trow-gpios = <&gpio3 5 0>, <&gpio3 6 0>;\n"
                 "\t\tcol-gpios = <&gpio3 8 0>, <&gpio3 9 0>;\n\t\tdebounce-delay-ms = <5>;\n"
                 "\t\tlinux,keymap = <0x0000001e 0x00010030 0x0100002e 0x01010020>;\n\t};\n");
    s.file("row.stim", "50ms GPIO3_A6 1\n100ms GPIO3_A6 0\n");
    const outcome r = s.run({"--dtb", dtb, "--insmod", "matrix_keypad", "--for", "300ms", "--exec",
                             "200ms cat /sys/kernel/debug/input/event0"});
    // A row that is high regardless of the column that is driven: both of its keys.
    for (const std::string value : {"value 1\n", "value 0\n"}) {
        BOOST_TEST(r.said("type 1 (EV_KEY), code 46, " + value) == 1u, r.out);
        BOOST_TEST(r.said("type 1 (EV_KEY), code 32, " + value) == 1u, r.out);
        BOOST_TEST(r.said("type 1 (EV_KEY), code 30, " + value) == 0u, r.out);
    }
    // gpio_to_irq() takes the mutex of the irq domains, which 6.1.192 does for a line that is mapped too: in the work
    // item, and in the handler.
    BOOST_TEST(r.status == 2);
    BOOST_TEST(r.said("BUG: sleeping function called from invalid context") == 2u, r.out);
}

BOOST_AUTO_TEST_CASE(dht11_reads_a_sensor_that_answers_in_edges) {
    simulation s;
    const std::string dtb = board(s, "\tsensor {\n\t\tcompatible = \"dht11\";\n\t\tgpios = <&gpio3 5 0>;\n\t};\n");
    // The host holds the line low until 25 ms. Then the sensor: 80 us low, 80 us high, 40 bits of 50 us low and 26 or
    // 70 us high, 50 us low: 45 %, 23 degrees, and their sum.
    std::string edges = "0 GPIO3_A5 1\n";
    unsigned at = 25200;
    const auto edge = [&](unsigned us, bool level) {
        edges += std::to_string(at) + "us GPIO3_A5 " + (level ? "1\n" : "0\n");
        at += us;
    };
    edge(80, false);
    edge(80, true);
    for (const unsigned byte : {45u, 0u, 23u, 0u, 68u})
        for (int bit = 7; bit >= 0; --bit) {
            edge(50, false);
            edge(byte >> bit & 1 ? 70 : 26, true);
        }
    edge(50, false);
    edge(0, true);
    s.file("sensor.stim", edges);
    const std::string folder = "cat /sys/bus/iio/devices/iio:device0/";
    const outcome r =
        s.run({"--dtb", dtb, "--insmod", "dht11", "--for", "100ms", "--exec", "5ms " + folder + "in_temp_input",
               "--exec", "60ms " + folder + "in_humidityrelative_input", "--exec", "61ms " + folder + "name"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(answers(r) == (std::vector<std::string>{"23000", "45000", "sensor"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(iio_files_have_the_names_and_formats_of_the_abi) {
    simulation s;
    s.module("sensor", R"(
#include <linux/iio/iio.h>
#include <linux/platform_device.h>
static struct iio_dev *iio;
static int read(struct iio_dev *d, const struct iio_chan_spec *c, int *val, int *val2, long mask)
{
	static const struct { int type, val, val2; } answers[] = {
		[IIO_CHAN_INFO_RAW] = {IIO_VAL_INT, -7},
		[IIO_CHAN_INFO_SCALE] = {IIO_VAL_INT_PLUS_NANO, 0, 61035},
		[IIO_CHAN_INFO_OFFSET] = {IIO_VAL_INT_PLUS_MICRO, 0, -250000},
		[IIO_CHAN_INFO_SAMP_FREQ] = {IIO_VAL_FRACTIONAL, 100, 3},
		[IIO_CHAN_INFO_HARDWAREGAIN] = {IIO_VAL_INT_PLUS_MICRO_DB, 3, 500000},
		[IIO_CHAN_INFO_INT_TIME] = {IIO_VAL_FRACTIONAL_LOG2, -5, 1},
	};
	*val = answers[mask].val;
	*val2 = answers[mask].val2;
	return answers[mask].type;
}
static int write(struct iio_dev *d, const struct iio_chan_spec *c, int val, int val2, long mask)
{
	pr_info("%d: %d and %d\n", c->channel, val, val2);
	return 0;
}
static const struct iio_info info = {.read_raw = read, .write_raw = write};
static const struct iio_chan_spec channels[] = {
	{.type = IIO_VOLTAGE, .indexed = 1, .channel = 0, .info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
	 .info_mask_shared_by_type = BIT(IIO_CHAN_INFO_SCALE), .info_mask_shared_by_all = BIT(IIO_CHAN_INFO_SAMP_FREQ)},
	{.type = IIO_VOLTAGE, .indexed = 1, .channel = 1, .differential = 1, .channel2 = 2,
	 .info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_OFFSET)},
	{.type = IIO_ACCEL, .modified = 1, .channel2 = IIO_MOD_Y, .info_mask_separate = BIT(IIO_CHAN_INFO_HARDWAREGAIN)},
	{.type = IIO_CURRENT, .output = 1, .indexed = 1, .channel = 3, .extend_name = "supply",
	 .info_mask_separate = BIT(IIO_CHAN_INFO_RAW), .info_mask_shared_by_dir = BIT(IIO_CHAN_INFO_INT_TIME)},
};
static int __init in(void)
{
	int error;

	iio = iio_device_alloc(NULL, 0);
	if (!iio)
		return -ENOMEM;
	iio->name = "sensor";
	iio->info = &info;
	iio->modes = INDIO_DIRECT_MODE;
	iio->channels = channels;
	iio->num_channels = ARRAY_SIZE(channels);
	error = iio_device_register(iio);
	if (error)
		iio_device_free(iio);
	return error;
}
static void __exit out(void)
{
	iio_device_unregister(iio);
	iio_device_free(iio);
}
module_init(in);
module_exit(out);
)");
    const std::string folder = "/sys/bus/iio/devices/iio:device0/";
    std::vector<std::string> words{"--for", "50ms"};
    int ms = 1;
    const auto exec = [&](const std::string &command) {
        words.insert(words.end(), {"--exec", std::to_string(ms++) + "ms " + command});
    };
    for (const char *file :
         {"in_voltage0_raw", "in_voltage_scale", "in_voltage1-voltage2_raw", "in_voltage1-voltage2_offset",
          "sampling_frequency", "in_accel_y_hardwaregain", "out_current3_supply_raw", "out_integration_time"})
        exec("cat " + folder + file);
    for (const char *value : {"12", "-0.5", "3.1234567", "1.2.3", "x"})
        exec(std::string("echo ") + value + " > " + folder + "out_current3_supply_raw");
    const outcome r = s.run(words);
    BOOST_TEST(answers(r) == (std::vector<std::string>{"-7", "0.000061035", "-7", "-0.250000", "33.333333333",
                                                       "3.500000 dB", "-7", "-2.500000000"}),
               boost::test_tools::per_element());
    BOOST_TEST(r.said("3: 12 and 0\n") == 1u, r.out);
    BOOST_TEST(r.said("3: 0 and -500000\n") == 1u, r.out);
    BOOST_TEST(r.said("3: 3 and 123456\n") == 1u, r.out);
    size_t refused = 0;
    for (size_t at = 0; (at = r.err.find("echo: write error: Invalid argument", at)) != std::string::npos; ++at)
        ++refused;
    BOOST_TEST(refused == 2u, r.err);
}

BOOST_AUTO_TEST_CASE(iio_trig_interrupt_makes_a_trigger_of_a_line) {
    simulation s;
    s.module("board", R"(
#include <linux/gpio.h>
#include <linux/platform_device.h>
static struct platform_device *pdev;
static int __init in(void)
{
	int irq = gpio_to_irq(101);
	struct resource res = DEFINE_RES_IRQ(irq);
	res.flags |= IORESOURCE_IRQ_HIGHEDGE;
	pr_info("irq %d\n", irq);
	pdev = platform_device_register_simple("iio_interrupt_trigger", 0, &res, 1);
	return PTR_ERR_OR_ZERO(pdev);
}
static void __exit out(void) { platform_device_unregister(pdev); }
module_init(in);
module_exit(out);
)");
    const outcome r = s.run({"--insmod", "iio-trig-interrupt", "--for", "10ms", "--exec",
                             "5ms cat /sys/bus/iio/devices/trigger0/name", "--exec", "6ms cat /proc/interrupts"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("\nirqtrig") == 1u, r.out);
    BOOST_TEST(lines_with(r, "Edge      irqtrig") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(iio_dummy_evgen_stands_on_the_bus_and_pokes_lines_that_are_taken) {
    simulation s;
    const outcome r = s.run_plain({"--insmod", "iio_dummy_evgen", "--for", "10ms", "--exec",
                                   "5ms echo 7 > /sys/bus/iio/devices/iio_evgen/poke_ev3"});
    // Nothing has taken line 3.
    BOOST_TEST(r.err.find("echo: write error: Invalid argument") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(gpio_ir_recv_decodes_a_remote_control) {
    simulation s;
    const std::string dtb =
        board(s, "\tir {\n\t\tcompatible = \"gpio-ir-receiver\";\n\t\tgpios = <&gpio3 5 0>;\n\t};\n");
    std::string edges;
    unsigned at = 10'000'000; // ns
    const auto pulse_and_space = [&](unsigned pulse, unsigned space) {
        edges += std::to_string(at) + "ns GPIO3_A5 1\n" + std::to_string(at + pulse) + "ns GPIO3_A5 0\n";
        at += pulse + space;
    };
    // Address 4, command 8; then a frame with a bit that is neither 0 nor 1.
    for (const unsigned spoilt : {99u, 7u}) {
        pulse_and_space(9'000'000, 4'500'000);
        unsigned bit = 0;
        for (const unsigned byte : {0x04u, 0xfbu, 0x08u, 0xf7u})
            for (unsigned i = 0; i < 8; ++i)
                pulse_and_space(562'500, bit++ == spoilt ? 1'100'000 : byte >> i & 1 ? 1'687'500 : 562'500);
        pulse_and_space(562'500, 300'000'000);
    }
    s.file("remote.stim", edges);
    const std::string protocols = "/sys/class/rc/rc0/protocols";
    const outcome r = s.run({"--dtb", dtb, "--insmod", "ir-nec-decoder", "--insmod", "gpio-ir-recv", "--for", "1s",
                             "--exec", "5ms echo nec > " + protocols, "--exec",
                             "900ms cat /sys/kernel/debug/input/event0", "--exec", "901ms cat " + protocols});
    // Some releases of 6.1 keep a reference to the lirc device, which is then found at the end.
    BOOST_TEST((r.status == 0 || (r.said(" still allocated") == 1u && r.said("rc_allocate_device") == 1u)),
               r.out + r.err);
    BOOST_TEST(r.said("rc rc0: gpio_ir_recv as /devices/platform/ir/rc/rc0\n") == 1u, r.out);
    BOOST_TEST(r.said("code 4, value 1032\n") == 1u, r.out);
    BOOST_TEST(r.said("type 4 (EV_MSC)") == 1u, r.out);
    BOOST_TEST(r.said(" [nec] ") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(w1_gpio_searches_a_bus_on_which_nobody_is) {
    simulation s;
    const std::string dtb = board(s, "\twire {\n\t\tcompatible = \"w1-gpio\";\n\t\tgpios = <&gpio3 5 6>;\n\t};\n");
    s.file("pullup.stim", "0 GPIO3_A5 1\n");
    const std::string folder = "cat /sys/bus/w1/devices/w1_bus_master1/";
    const outcome r =
        s.run({"--dtb", dtb, "--insmod", "w1-gpio", "--for", "100ms", "--exec", "50ms " + folder + "w1_master_slaves",
               "--exec", "51ms " + folder + "w1_master_slave_count", "--exec", "52ms ps | grep -c w1_bus_master1"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.printed() == "not found.\n0\n1\n");
}

BOOST_AUTO_TEST_CASE(a_search_of_the_one_wire_bus_finds_all_that_are_there) {
    // Three slaves whose numbers part at different bits, in a master that answers for them.
    simulation s;
    s.module("slaves", R"(
#include <linux/w1.h>
static u64 numbers[3];
static bool active[3];
static int bit, phase, command;
static u64 with_crc(u64 low)
{
	u8 crc = 0;
	int i, k;
	for (i = 0; i < 7; i++)
		for (crc ^= low >> 8 * i, k = 0; k < 8; k++)
			crc = crc & 1 ? crc >> 1 ^ 0x8c : crc >> 1;
	return low | (u64)crc << 56;
}
static u8 reset(void *data)
{
	int i;
	for (i = 0; i < 3; i++)
		active[i] = true;
	bit = phase = command = 0;
	return 0;
}
static u8 touch(void *data, u8 value)
{
	u8 line = value;
	int i;
	if (bit < 8) {
		command |= value << bit++;
		return value;
	}
	if (command != W1_SEARCH || bit >= 72)
		return value;
	for (i = 0; i < 3; i++) {
		u8 mine = numbers[i] >> (bit - 8) & 1;
		if (phase == 2)
			active[i] = active[i] && mine == value;
		else if (active[i])
			line &= phase ? !mine : mine;
	}
	phase = (phase + 1) % 3;
	bit += !phase;
	return line;
}
static struct w1_bus_master master = {.touch_bit = touch, .reset_bus = reset};
static int __init in(void)
{
	numbers[0] = with_crc(0x00000123456728ull);
	numbers[1] = with_crc(0x00000123456628ull);
	numbers[2] = with_crc(0x00abcdef012310ull);
	return w1_add_master_device(&master);
}
static void __exit out(void)
{
	w1_remove_master_device(&master);
}
module_init(in);
module_exit(out);
)");
    const outcome r =
        s.run({"--for", "20ms", "--exec", "10ms cat /sys/bus/w1/devices/w1_bus_master1/w1_master_slaves"});
    BOOST_TEST(r.status == 0, r.out + r.err);
    std::vector<std::string> found = answers(r);
    std::sort(found.begin(), found.end());
    BOOST_TEST(found == (std::vector<std::string>{"10-00abcdef0123", "28-000001234566", "28-000001234567"}),
               boost::test_tools::per_element());
}

// SPDX-License-Identifier: Apache-2.0
//
// The shell behind --exec: its grammar, its commands, what it says when something is wrong.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rk3568::test;

namespace {

struct answer {
    int status;
    std::string text; // behind the echoed line, up to the end of the run
    std::string err;
};

// One line at 10 ms of a run of 200 ms, with a module that has /dev/ticks: it gives a line every 10 ms of a reader.
answer ask(const std::string &line, const std::string &module = "static int __init nothing(void) { return 0; }\n"
                                                                "module_init(nothing);\n") {
    simulation s;
    s.module("shell", module);
    const outcome r = s.run({"--for", "200ms", "--exec", "10ms " + line});
    answer a{r.status, {}, r.err};
    const std::string echo = "# " + line + "\n";
    const size_t begin = r.out.find(echo);
    if (begin != r.out.npos) {
        // Up to the kernel's next message.
        const size_t from = begin + echo.size(), end = r.out.find("\n[", from - 1);
        a.text = end == r.out.npos ? r.out.substr(from) : r.out.substr(from, end + 1 - from);
    }
    return a;
}

void says(const std::string &line, const std::string &text) {
    const answer a = ask(line);
    BOOST_TEST(a.text == text, line + ": " + a.text + a.err);
    BOOST_TEST(a.status == 0, line + ": " + a.err);
}

// The line fails with this as its reason, on standard error.
void fails(const std::string &line, const std::string &why) {
    const answer a = ask(line);
    BOOST_TEST(a.status == 1, line);
    BOOST_TEST(a.err.find(line + ": " + why) != a.err.npos, line + ": " + a.err);
}

} // namespace

BOOST_AUTO_TEST_CASE(words_quotes_and_backslashes_are_a_shells) {
    says("echo a  b", "a b\n");
    says("echo 'a  b' \"c  d\" e\\ f", "a  b c  d e f\n");
    says("echo a#b # c", "a#b\n");
    says("echo -ne 'a\\tb\\n\\x41\\101\\n'", "a\tb\nA\\101\n");
    says("echo -n a; echo b", "ab\n");
}

BOOST_AUTO_TEST_CASE(lists_run_by_the_status_before_them) {
    says("false || echo yes", "yes\n");
    says("true && echo yes || echo no", "yes\n");
    says("false && echo no; echo then", "then\n");
    says("sleep 50ms & echo first", "first\n");
    fails("true && false", "failed");
}

BOOST_AUTO_TEST_CASE(a_pipeline_runs_side_by_side_and_its_last_command_decides) {
    says("cat /dev/zero | head -c 100000 | wc -c", "100000\n");
    says("echo -e 'b\\na\\nb' | sort -u", "a\nb\n");
    says("false | true", "");
    fails("echo a | grep b", "grep: no line matches 'b'");
}

BOOST_AUTO_TEST_CASE(redirections_go_to_files_and_come_from_them) {
    says("cat < /proc/version | wc -l", "1\n");
    says("cat /nope 2> /dev/null || echo gone", "gone\n");
    says("cat /nope 2>&1 | wc -l", "1\n");
    fails("echo a > /dev/full", "echo: write error: No space left on device");
}

BOOST_AUTO_TEST_CASE(text_commands_do_as_their_names_promise) {
    const std::string three = "echo -e '1 one\\n2 two\\n3 three' | ";
    says(three + "head -n 2", "1 one\n2 two\n");
    says(three + "tail -n 1", "3 three\n");
    says(three + "tail -n +2", "2 two\n3 three\n");
    says(three + "grep -v two", "1 one\n3 three\n");
    says(three + "grep -c e", "2\n");
    says(three + "grep -n '^[13] .*e$'", "1:1 one\n3:3 three\n");
    says(three + "grep -E 'one|tw+o'", "1 one\n2 two\n");
    says(three + "grep 'one\\|two'", "1 one\n2 two\n");
    says(three + "grep -i ONE", "1 one\n");
    says(three + "grep -e one -e '^3'", "1 one\n3 three\n");
    says(three + "sort -rn", "3 three\n2 two\n1 one\n");
    says(three + "wc", "3 6 20\n");
    says(three + "tee /dev/null | wc -l", "3\n");
}

BOOST_AUTO_TEST_CASE(patterns_stand_for_the_paths_that_match) {
    says("echo /proc/inter*ts /proc/[u-v]ptime", "/proc/interrupts /proc/uptime\n");
    says("echo '/proc/inter*'", "/proc/inter*\n");
    says("echo /proc/nothing*", "/proc/nothing*\n");
    says("ls /sys/kernel/irq/[12]/name", "/sys/kernel/irq/1/name\n/sys/kernel/irq/2/name\n");
}

BOOST_AUTO_TEST_CASE(a_mistyped_name_gets_a_suggestion) {
    fails("grpe x /proc/version", "grpe: command not found (did you mean grep?)");
    fails("cat /proc/interupts", "cat: /proc/interupts: No such file or directory (did you mean /proc/interrupts?)");
    fails("cat /prc/uptime", "cat: /prc/uptime: No such file or directory (did you mean /proc/uptime?)");
    fails("xyzzyx", "xyzzyx: command not found (help lists the commands)");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_wrong_says_what_is_wrong) {
    fails("echo 'a", "a quote is not closed");
    fails("echo a |", "there is no command");
    fails("| cat", "there is no command");
    fails("echo a >", "a path is missing behind '>', '>>', '2>' or '<'");
    fails("grep", "grep: expected grep [-vicnqEFh] PATTERN [PATH...]");
    fails("grep '(' /proc/version -E", "grep: -E: No such file or directory");
    fails("inject_irq GPIO9_Z9", "inject_irq: expected a pin such as GPIO3_A5 or its number, got 'GPIO9_Z9'");
}

BOOST_AUTO_TEST_CASE(help_names_every_command) {
    const answer a = ask("help");
    for (const char *name :
         {"cat",   "chmod", "chrt", "dmesg",   "echo",  "grep",     "head",   "help", "inject_irq", "insmod",
          "ioctl", "kill",  "ls",   "lsmod",   "mknod", "modprobe", "mount",  "poll", "ps",         "rmmod",
          "sleep", "sort",  "tail", "taskset", "tee",   "true",     "umount", "wc"})
        BOOST_TEST(("\n" + a.text).find("\n" + std::string(name) + " ") != a.text.npos, name);
    says("help wc", "wc [-lwc] [PATH...]: counts lines, words, bytes\n");
}

BOOST_AUTO_TEST_CASE(tasks_are_put_on_cpus_and_under_policies) {
    says("taskset 4 taskset -p 1 | wc -l", "1\n");
    says("taskset -p 3 2", "pid 2's current affinity mask: f\npid 2's new affinity mask: 3\n");
    says("taskset -pc 1,3 2", "pid 2's current affinity list: 0-3\npid 2's new affinity list: 1,3\n");
    says("chrt -f -p 7 2; chrt -p 2",
         "pid 2's current scheduling policy: SCHED_FIFO\npid 2's current scheduling priority: 7\n");
    says("chrt -f 9 echo real", "real\n");
}

BOOST_AUTO_TEST_CASE(nodes_can_be_made_and_changed) {
    says("mknod /dev/nothing c 1 3; echo a > /dev/nothing; cat /dev/nothing | wc -c", "0\n");
    says("chmod 600 /dev/null; ls -l /dev/null", "crw-------   1,   3 /dev/null\n");
    says("mount -t debugfs none /sys/kernel/debug", "");
}

BOOST_AUTO_TEST_CASE(the_files_of_a_board_are_there) {
    says("cat /proc/sys/kernel/printk", "7\t4\t1\t7\n");
    says("echo 4 > /proc/sys/kernel/printk; cat /proc/sys/kernel/printk", "4\t4\t1\t7\n");
    says("grep -c gpio@ /proc/iomem", "5\n");
    says("cat /proc/device-tree/compatible | wc -c; ls /proc/device-tree/cpus | grep -c cpu@", "36\n4\n");
    says("grep -c '^gpiochip' /sys/kernel/debug/gpio", "5\n");
}

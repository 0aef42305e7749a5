// SPDX-License-Identifier: Apache-2.0
//
// Small services of the kernel as a module sees them: tables below /proc/sys, programs that are not run, callbacks at
// the end of a run, files without a name, credentials, children of a task.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rk3568::test;

namespace {

outcome load(const std::string &text, const std::vector<std::string> &commands = {}) {
    simulation s;
    s.module("service", text + "module_init(in);\nmodule_exit(out);\n");
    std::vector<std::string> arguments{"--for", "100ms"};
    for (const std::string &command : commands)
        arguments.insert(arguments.end(), {"--exec", command});
    return s.run(arguments);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_table_of_a_module_is_files_below_proc_sys) {
    const outcome r = load(R"(
#include <linux/sysctl.h>
static int speed = 7, pair[2] = { 1, 2 };
static char name[8] = "abc";
static struct ctl_table table[] = {
	{ .procname = "speed", .data = &speed, .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec_minmax,
	  .extra1 = SYSCTL_ZERO, .extra2 = SYSCTL_ONE_HUNDRED },
	{ .procname = "pair", .data = pair, .maxlen = sizeof(pair), .mode = 0644, .proc_handler = proc_dointvec },
	{ .procname = "name", .data = name, .maxlen = sizeof(name), .mode = 0644, .proc_handler = proc_dostring },
	{}
};
static struct ctl_table_header *header;
static int __init in(void) { return (header = register_sysctl("dev/button", table)) ? 0 : -ENOMEM; }
static void __exit out(void) { unregister_sysctl_table(header); pr_info("name=%s\n", name); }
)",
                           {"1ms cat /proc/sys/dev/button/speed", "2ms echo 42 > /proc/sys/dev/button/speed",
                            "3ms cat /proc/sys/dev/button/speed", "4ms echo 101 > /proc/sys/dev/button/speed",
                            "5ms cat /proc/sys/dev/button/speed", "6ms cat /proc/sys/dev/button/pair",
                            "7ms echo longer-than > /proc/sys/dev/button/name"});
    BOOST_TEST(r.said("7\n") >= 1u, r.out);
    BOOST_TEST(r.said("\n42\n") >= 1u, r.out);
    BOOST_TEST(r.out.find("\n101\n") == r.out.npos, r.out);
    BOOST_TEST(r.said("1\t2\n") == 1u, r.out);
    BOOST_TEST(r.said("name=longer-\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_program_is_not_run_and_the_log_says_so) {
    const outcome r = load(R"(
#include <linux/kmod.h>
static int __init in(void)
{
	char *argv[] = { "/bin/beep", NULL }, *envp[] = { NULL };
	pr_info("wait=%d nowait=%d\n", call_usermodehelper(argv[0], argv, envp, UMH_WAIT_PROC),
		call_usermodehelper(argv[0], argv, envp, UMH_NO_WAIT));
	return 0;
}
static void __exit out(void) {}
)");
    BOOST_TEST(r.said("wait=-2 nowait=0\n") == 1u, r.out);
    BOOST_TEST(r.said("/bin/beep is not run: there are no programs here") == 2u, r.out);
}

BOOST_AUTO_TEST_CASE(callbacks_for_power_off_run_by_priority_and_one_left_behind_is_a_finding) {
    const std::string text = R"(
#include <linux/reboot.h>
#include <linux/notifier.h>
static int low(struct sys_off_data *d) { pr_emerg("low\n"); return NOTIFY_DONE; }
static int high(struct sys_off_data *d) { pr_emerg("high\n"); return NOTIFY_DONE; }
static struct sys_off_handler *a, *b;
static int __init in(void)
{
	a = register_sys_off_handler(SYS_OFF_MODE_POWER_OFF, SYS_OFF_PRIO_LOW, low, NULL);
	b = register_sys_off_handler(SYS_OFF_MODE_POWER_OFF, SYS_OFF_PRIO_HIGH, high, NULL);
	ACTION
	return 0;
}
)";
    std::string off = text, leave = text;
    off.replace(off.find("ACTION"), 6, "kernel_power_off();");
    leave.replace(leave.find("ACTION"), 6, "");
    const outcome ended = load(off + "static void __exit out(void) {}\n");
    BOOST_TEST(ended.out.find("high\n") < ended.out.find("low\n"), ended.out);
    BOOST_TEST(ended.said("low\n") == 1u, ended.out);
    const outcome left = load(leave + "static void __exit out(void) { unregister_sys_off_handler(a); }\n");
    BOOST_TEST(left.status == 2, left.out + left.err);
    BOOST_TEST((left.out + left.err).find("handler for the end of the run") != std::string::npos, left.out + left.err);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_name_is_a_descriptor_until_it_is_closed) {
    const outcome r = load(R"(
#include <linux/anon_inodes.h>
#include <linux/file.h>
static int gone(struct inode *i, struct file *f) { pr_info("released %ld\n", (long)f->private_data); return 0; }
static const struct file_operations fops = { .owner = THIS_MODULE, .release = gone };
static int __init in(void)
{
	int fd = anon_inode_getfd("[event]", &fops, (void *)5, O_RDONLY);
	struct file *f = fget(fd);
	pr_info("fd=%d private=%ld\n", fd, f ? (long)f->private_data : -1);
	if (f)
		fput(f);
	pr_info("close=%d again=%d\n", close_fd(fd), close_fd(fd));
	return 0;
}
static void __exit out(void) {}
)");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("fd=3 private=5\n") == 1u, r.out);
    BOOST_TEST(r.said("released 5\n") == 1u, r.out);
    BOOST_TEST(r.said("close=0 again=-9\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_task_knows_its_children_and_that_it_is_root) {
    const outcome r = load(R"(
#include <linux/cred.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
static int run(void *v) { while (!kthread_should_stop()) schedule_timeout_interruptible(1); return 0; }
static int __init in(void)
{
	struct task_struct *t = kthread_run(run, NULL, "child"), *c;
	int seen = 0;

	list_for_each_entry(c, &t->parent->children, sibling)
		seen += c == t;
	pr_info("seen=%d uid=%u found=%d\n", seen, __kuid_val(current_uid()), pid_task(find_vpid(t->pid), PIDTYPE_PID) == t);
	kthread_stop(t);
	return 0;
}
static void __exit out(void) {}
)");
    BOOST_TEST(r.status == 0, r.out + r.err);
    BOOST_TEST(r.said("seen=1 uid=0 found=1\n") == 1u, r.out);
}

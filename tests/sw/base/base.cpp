// SPDX-License-Identifier: Apache-2.0
//
// The driver core as a module sees it: registration, binding, resources, files in /sys.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rk3568::test;

namespace {

// A module of this text is loaded for 100 ms, and must leave without a finding. Each of `commands` is TIME COMMAND.
outcome load(const std::string &text, const std::vector<std::string> &commands = {}, int status = 0) {
    simulation s;
    s.module("base", "#include <linux/platform_device.h>\n#include <linux/device.h>\n#include <linux/fs.h>\n"
                     "#include <linux/delay.h>\n#include <linux/slab.h>\n" +
                         text);
    std::vector<std::string> arguments{"--for", "100ms"};
    for (const std::string &command : commands) {
        arguments.push_back("--exec");
        arguments.push_back(command);
    }
    const outcome r = s.run(arguments);
    BOOST_TEST(r.status == status, r.out + r.err);
    return r;
}

// These texts stand in the run's output, one behind the other.
void in_order(const outcome &r, const std::vector<std::string> &texts) {
    size_t at = 0;
    for (const std::string &text : texts) {
        const size_t found = r.out.find(text, at);
        BOOST_TEST(found != r.out.npos, "no \"" + text + "\" in its place in\n" + r.out);
        at = found == r.out.npos ? at : found + text.size();
    }
}

constexpr const char *one_device = R"(
static struct platform_device *device;
static int __init in(void)
{
	int error = platform_driver_register(&driver);
	pr_info("driver registered\n");
	if (!error)
		device = platform_device_register_simple("thing", -1, NULL, 0);
	return error;
}
static void __exit out(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}
module_init(in);
module_exit(out);
)";

} // namespace

BOOST_AUTO_TEST_CASE(a_driver_that_prefers_so_is_probed_after_its_registration_has_returned) {
    const outcome r = load(R"(
static struct platform_device *device;
static int probe(struct platform_device *p) { msleep(20); pr_info("probed\n"); return 0; }
static struct platform_driver driver = { .probe = probe,
	.driver = { .name = "thing", .probe_type = PROBE_PREFER_ASYNCHRONOUS } };
static int __init in(void)
{
	device = platform_device_register_simple("thing", -1, NULL, 0);
	int error = platform_driver_register(&driver);
	pr_info("registered\n");
	return error;
}
static void __exit out(void) { platform_device_unregister(device); platform_driver_unregister(&driver); }
module_init(in);
module_exit(out);
)");
    in_order(r, {"registered", "probed"});
}

BOOST_AUTO_TEST_CASE(the_files_bind_and_unbind_probe_and_remove_and_answer_what_the_probe_said) {
    const std::string driver = R"(
static int times;
static int probe(struct platform_device *p)
{
	pr_info("probe %d\n", ++times);
	return times == 2 ? -EIO : 0;
}
static int remove(struct platform_device *p) { pr_info("remove\n"); return 0; }
static struct platform_driver driver = { .probe = probe, .remove = remove, .driver = { .name = "thing" } };
)";
    const std::string folder = " > /sys/bus/platform/drivers/thing/";
    const outcome r = load(driver + one_device,
                           {"10ms echo thing" + folder + "unbind", "20ms echo thing" + folder + "bind",
                            "30ms echo thing" + folder + "bind", "40ms echo thing" + folder + "bind"},
                           1); // two of them fail
    in_order(r, {"probe 1", "remove", "probe 2", "probe of thing failed with error -5", "probe 3", "remove"});
    BOOST_TEST((r.out + r.err).find("Input/output error") != std::string::npos, r.out + r.err);
    BOOST_TEST((r.out + r.err).find("Device or resource busy") != std::string::npos, r.out + r.err);
}

BOOST_AUTO_TEST_CASE(a_failed_probe_gives_back_what_it_took_the_newest_first_and_a_group_alone_before) {
    const std::string driver = R"(
static void back(void *name) { pr_info("back: %s\n", (char *)name); }
static int probe(struct platform_device *p)
{
	devm_add_action(&p->dev, back, "first");
	void *group = devres_open_group(&p->dev, NULL, GFP_KERNEL);
	devm_add_action(&p->dev, back, "in group");
	devres_close_group(&p->dev, group);
	devm_add_action(&p->dev, back, "last");
	pr_info("in the group: %d\n", devres_release_group(&p->dev, group));
	return -EIO;
}
static struct platform_driver driver = { .probe = probe, .driver = { .name = "thing" } };
)";
    in_order(load(driver + one_device), {"back: in group", "in the group: 1", "back: last", "back: first"});
}

BOOST_AUTO_TEST_CASE(a_deferred_device_says_why_it_waits_and_is_probed_again_when_another_was_bound) {
    const outcome r =
        load(R"(
static struct platform_device *waiter, *other;
static bool there;
static int probe(struct platform_device *p)
{
	if (!there)
		return dev_err_probe(&p->dev, -EPROBE_DEFER, "no supply\n");
	pr_info("waiter probed\n");
	return 0;
}
static int probe_other(struct platform_device *p) { there = true; pr_info("other probed\n"); return 0; }
static struct platform_driver driver = { .probe = probe, .driver = { .name = "waiter" } };
static struct platform_driver driver_other = { .probe = probe_other, .driver = { .name = "other" } };
static int come(const char *text, const struct kernel_param *k)
{
	other = platform_device_register_simple("other", -1, NULL, 0);
	return 0;
}
static const struct kernel_param_ops ops = { .set = come };
module_param_cb(come, &ops, NULL, 0200);
static int __init in(void)
{
	platform_driver_register(&driver);
	platform_driver_register(&driver_other);
	waiter = platform_device_register_simple("waiter", -1, NULL, 0);
	return 0;
}
static void __exit out(void)
{
	platform_device_unregister(other);
	platform_device_unregister(waiter);
	platform_driver_unregister(&driver_other);
	platform_driver_unregister(&driver);
}
module_init(in);
module_exit(out);
)",
             {"10ms cat /sys/kernel/debug/devices_deferred", "20ms echo 1 > /sys/module/base/parameters/come",
              "30ms cat /sys/kernel/debug/devices_deferred"});
    in_order(r, {"waiter\twaiter: no supply\n", "other probed", "waiter probed"});
    BOOST_TEST(r.said("waiter\t") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(a_platform_device_inside_the_window_of_another_is_registered_and_probed) {
    const outcome r = load(R"(
static struct resource windows[] = { DEFINE_RES_MEM(0x10000000, 0x1000), DEFINE_RES_MEM(0x10000100, 0x10) };
static struct platform_device *outer, *inner;
static int probe(struct platform_device *p) { pr_info("probed\n"); return 0; }
static struct platform_driver driver = { .probe = probe, .driver = { .name = "inner" } };
static int __init in(void)
{
	outer = platform_device_register_simple("outer", -1, &windows[0], 1);
	inner = platform_device_register_simple("inner", -1, &windows[1], 1);
	pr_info("outer %ld inner %ld\n", PTR_ERR_OR_ZERO(outer), PTR_ERR_OR_ZERO(inner));
	pr_info("nested: %d\n", inner->resource[0].parent == &outer->resource[0]);
	return platform_driver_register(&driver);
}
static void __exit out(void)
{
	platform_driver_unregister(&driver);
	platform_device_unregister(inner);
	platform_device_unregister(outer);
}
module_init(in);
module_exit(out);
)");
    in_order(r, {"outer 0 inner 0", "nested: 1", "probed"});
}

BOOST_AUTO_TEST_CASE(a_cdev_in_a_device_lets_go_of_it_with_its_own_last_reference) {
    const outcome r = load(R"(
#include <linux/cdev.h>
struct thing { struct device dev; struct cdev chr; };
static struct thing *thing;
static dev_t number;
static const struct file_operations operations = { .owner = THIS_MODULE };
static void gone(struct device *dev) { pr_info("released\n"); kfree(container_of(dev, struct thing, dev)); }
static int __init in(void)
{
	int error = alloc_chrdev_region(&number, 0, 1, "thing");
	thing = kzalloc(sizeof(*thing), GFP_KERNEL);
	if (error || !thing)
		return -ENOMEM;
	device_initialize(&thing->dev);
	thing->dev.release = gone;
	thing->dev.devt = number;
	dev_set_name(&thing->dev, "thing0");
	cdev_init(&thing->chr, &operations);
	return cdev_device_add(&thing->chr, &thing->dev);
}
static void __exit out(void)
{
	cdev_device_del(&thing->chr, &thing->dev);
	put_device(&thing->dev);
	unregister_chrdev_region(number, 1);
}
module_init(in);
module_exit(out);
)");
    BOOST_TEST(r.said("released\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(deregistering_a_misc_device_waits_for_an_open_that_is_under_way) {
    const outcome r = load(R"(
#include <linux/kthread.h>
#include <linux/miscdevice.h>
static struct task_struct *task;
static bool opening;
static int slow_open(struct inode *inode, struct file *file)
{
	WRITE_ONCE(opening, true);
	msleep(20);
	pr_info("open ends\n");
	return 0;
}
static ssize_t nothing(struct file *file, char __user *to, size_t count, loff_t *at) { return 0; }
static const struct file_operations operations = { .owner = THIS_MODULE, .open = slow_open, .read = nothing };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "slow", .fops = &operations };
static int take_away(void *unused)
{
	while (!READ_ONCE(opening))
		usleep_range(200, 300);
	misc_deregister(&device);
	pr_info("deregistered\n");
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}
static int __init in(void)
{
	int error = misc_register(&device);
	if (!error)
		task = kthread_run(take_away, NULL, "take_away");
	return error;
}
static void __exit out(void) { kthread_stop(task); }
module_init(in);
module_exit(out);
)",
                           {"1ms cat /dev/slow"});
    in_order(r, {"open ends", "deregistered"});
}

BOOST_AUTO_TEST_CASE(at_power_off_drivers_are_shut_down_the_newest_first_and_then_the_board_is_asked) {
    const outcome r = load(R"(
#include <linux/pm.h>
#include <linux/reboot.h>
#include <linux/workqueue.h>
static struct platform_device *devices[2];
static int probe(struct platform_device *p) { return 0; }
static void rest(struct platform_device *p) { pr_info("shutdown of %d\n", p->id); }
static struct platform_driver driver = { .probe = probe, .shutdown = rest, .driver = { .name = "thing" } };
static void pull(void) { pr_info("power is cut\n"); }
static void off(struct work_struct *w) { kernel_power_off(); }
static DECLARE_DELAYED_WORK(work, off);
static int __init in(void)
{
	platform_driver_register(&driver);
	for (int i = 0; i < 2; i++)
		devices[i] = platform_device_register_simple("thing", i, NULL, 0);
	pm_power_off = pull;
	schedule_delayed_work(&work, msecs_to_jiffies(20));
	return 0;
}
static void __exit out(void) {}
module_init(in);
module_exit(out);
)");
    in_order(r, {"shutdown of 1", "shutdown of 0", "Power down", "power is cut"});
}

BOOST_AUTO_TEST_CASE(the_files_of_a_device_say_what_it_is_and_who_drives_it) {
    const std::string driver = R"(
static int probe(struct platform_device *p) { device_init_wakeup(&p->dev, true); return 0; }
static struct platform_driver driver = { .probe = probe, .driver = { .name = "thing" } };
)";
    const outcome r = load(driver + one_device, {"10ms cat /sys/devices/platform/thing/uevent",
                                                 "10ms cat /sys/devices/platform/pinctrl/fe760000.gpio/modalias",
                                                 "10ms ls /sys/devices/platform/thing/driver",
                                                 "10ms echo disabled > /sys/devices/platform/thing/power/wakeup",
                                                 "11ms cat /sys/devices/platform/thing/power/wakeup"});
    in_order(r,
             {"DRIVER=thing\nMODALIAS=platform:thing\n", "of:NgpioT(null)Crockchip,gpio-bank\n", "bind", "disabled\n"});
}

BOOST_AUTO_TEST_CASE(an_interface_of_a_class_hears_of_devices_that_are_there_and_of_those_that_come_and_go) {
    const outcome r = load(R"(
static struct class *cls;
static struct device *devices[2];
static int come(struct device *dev, struct class_interface *i) { pr_info("come %s\n", dev_name(dev)); return 0; }
static void go(struct device *dev, struct class_interface *i) { pr_info("go %s\n", dev_name(dev)); }
static struct class_interface interface = { .add_dev = come, .remove_dev = go };
static int __init in(void)
{
	struct class_dev_iter iter;
	struct device *dev;

	cls = class_create(THIS_MODULE, "things");
	devices[0] = device_create(cls, NULL, 0, NULL, "a");
	interface.class = cls;
	class_interface_register(&interface);
	devices[1] = device_create(cls, NULL, 0, NULL, "b");
	class_dev_iter_init(&iter, cls, NULL, NULL);
	while ((dev = class_dev_iter_next(&iter)))
		pr_info("walk %s\n", dev_name(dev));
	class_dev_iter_exit(&iter);
	dev = class_find_device_by_name(cls, "b");
	pr_info("found %d\n", dev == devices[1]);
	put_device(dev);
	return 0;
}
static void __exit out(void)
{
	device_unregister(devices[1]);
	class_interface_unregister(&interface);
	device_unregister(devices[0]);
	class_destroy(cls);
}
module_init(in);
module_exit(out);
)");
    in_order(r, {"come a", "come b", "walk a", "walk b", "found 1", "go b", "go a"});
}

BOOST_AUTO_TEST_CASE(devices_and_drivers_may_go_while_a_walk_stands_at_them) {
    const outcome r = load(R"(
static struct platform_device *devices[4];
static int visit(struct device *dev, void *unused)
{
	struct platform_device *p = to_platform_device(dev);

	if (strncmp(dev_name(dev), "walked", 6))
		return 0;
	pr_info("at %d\n", p->id);
	if (p->id == 1) { /* itself, and the one that would be next */
		platform_device_unregister(devices[1]);
		platform_device_unregister(devices[2]);
	}
	return 0;
}
static int __init in(void)
{
	for (int i = 0; i < 4; i++)
		devices[i] = platform_device_register_simple("walked", i, NULL, 0);
	return bus_for_each_dev(&platform_bus_type, NULL, NULL, visit);
}
static void __exit out(void)
{
	platform_device_unregister(devices[0]);
	platform_device_unregister(devices[3]);
}
module_init(in);
module_exit(out);
)");
    in_order(r, {"at 0", "at 1", "at 3"});
    BOOST_TEST(r.said("at 2\n") == 0u, r.out);
}

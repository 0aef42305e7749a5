// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Counts edges of an input and reports them from a work item: a driver as somebody writes it who has a board in mind.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct counter {
	struct device *dev;
	struct gpio_desc *input;
	int irq;

	spinlock_t lock; /* edges, last */
	unsigned long edges;
	ktime_t last;

	struct mutex total_lock;
	unsigned long total;

	u32 report_ms;
	struct delayed_work report;
	wait_queue_head_t readers;
	struct miscdevice misc;
};

static irqreturn_t counter_irq(int irq, void *data)
{
	struct counter *c = data;
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags);
	c->edges++;
	c->last = ktime_get();
	spin_unlock_irqrestore(&c->lock, flags);

	mod_delayed_work(system_wq, &c->report, msecs_to_jiffies(c->report_ms));
	wake_up_interruptible(&c->readers);
	return IRQ_HANDLED;
}

static unsigned long counter_take(struct counter *c)
{
	unsigned long flags, edges;

	spin_lock_irqsave(&c->lock, flags);
	edges = c->edges;
	c->edges = 0;
	spin_unlock_irqrestore(&c->lock, flags);
	return edges;
}

static void counter_report(struct work_struct *work)
{
	struct counter *c = container_of(to_delayed_work(work), struct counter, report);
	unsigned long edges = counter_take(c);

	mutex_lock(&c->total_lock);
	c->total += edges;
	dev_info(c->dev, "%lu edges\n", c->total);
	mutex_unlock(&c->total_lock);
}

static ssize_t total_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct counter *c = dev_get_drvdata(dev);
	unsigned long total;

	mutex_lock(&c->total_lock);
	total = c->total;
	mutex_unlock(&c->total_lock);
	return sysfs_emit(buf, "%lu\n", total);
}

static ssize_t total_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)
{
	struct counter *c = dev_get_drvdata(dev);
	unsigned long total;
	int ret = kstrtoul(buf, 0, &total);

	if (ret)
		return ret;
	mutex_lock(&c->total_lock);
	c->total = total;
	mutex_unlock(&c->total_lock);
	return size;
}
static DEVICE_ATTR_RW(total);

static struct attribute *counter_attrs[] = { &dev_attr_total.attr, NULL };
ATTRIBUTE_GROUPS(counter);

static ssize_t counter_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	struct counter *c = container_of(file->private_data, struct counter, misc);
	char text[24];
	int length, ret;

	if (*at)
		return 0;
	if (file->f_flags & O_NONBLOCK) {
		if (!READ_ONCE(c->edges))
			return -EAGAIN;
	} else {
		ret = wait_event_interruptible(c->readers, READ_ONCE(c->edges));
		if (ret)
			return ret;
	}
	length = scnprintf(text, sizeof(text), "%lu\n", counter_take(c));
	return simple_read_from_buffer(to, size, at, text, length);
}

static const struct file_operations counter_fops = {
	.owner = THIS_MODULE,
	.read = counter_read,
	.llseek = no_llseek,
};

static void counter_stop(void *data)
{
	struct counter *c = data;

	cancel_delayed_work_sync(&c->report);
}

static int counter_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct counter *c;
	int ret;

	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	c->dev = dev;
	spin_lock_init(&c->lock);
	mutex_init(&c->total_lock);
	init_waitqueue_head(&c->readers);
	INIT_DELAYED_WORK(&c->report, counter_report);
	platform_set_drvdata(pdev, c);

	if (device_property_read_u32(dev, "report-ms", &c->report_ms))
		c->report_ms = 10;

	c->input = devm_gpiod_get(dev, "input", GPIOD_IN);
	if (IS_ERR(c->input))
		return dev_err_probe(dev, PTR_ERR(c->input), "no input\n");
	c->irq = gpiod_to_irq(c->input);
	if (c->irq < 0)
		return c->irq;

	ret = devm_add_action_or_reset(dev, counter_stop, c);
	if (ret)
		return ret;
	ret = devm_request_irq(dev, c->irq, counter_irq, IRQF_TRIGGER_RISING, "counter", c);
	if (ret)
		return dev_err_probe(dev, ret, "no interrupt\n");

	c->misc.minor = MISC_DYNAMIC_MINOR;
	c->misc.name = "counter";
	c->misc.fops = &counter_fops;
	c->misc.parent = dev;
	ret = misc_register(&c->misc);
	if (ret)
		return dev_err_probe(dev, ret, "no device file\n");
	return 0;
}

static int counter_remove(struct platform_device *pdev)
{
	struct counter *c = platform_get_drvdata(pdev);

	misc_deregister(&c->misc);
	return 0;
}

static const struct of_device_id counter_ids[] = {
	{ .compatible = "acme,edge-counter" },
	{ }
};
MODULE_DEVICE_TABLE(of, counter_ids);

static struct platform_driver counter_driver = {
	.probe = counter_probe,
	.remove = counter_remove,
	.driver = {
		.name = "edge-counter",
		.of_match_table = counter_ids,
		.dev_groups = counter_groups,
	},
};
module_platform_driver(counter_driver);

MODULE_DESCRIPTION("Counts the edges of an input");
MODULE_LICENSE("Dual BSD/GPL");

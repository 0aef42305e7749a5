// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * The driver of a panel with two buttons: one is served by a handler with all that may follow it, the other by a
 * thread. It is right as it stands. `plant` is a mask of mistakes; each stands in one line, marked with its number.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static ulong plant;
module_param(plant, ulong, 0444);
#define planted(n) (plant >> (n) & 1)

#define BUTTON 101
#define DOOR 102
#define LID 103
#define EVENTS 32

struct panel_event {
	u64 when;
	u32 line;
	u32 value;
};

struct panel {
	struct device *dev;
	struct input_dev *input;
	struct miscdevice misc;
	struct dentry *dir;
	int button_irq, door_irq, lid_irq;

	spinlock_t lock; /* ring, head, tail, presses */
	struct panel_event *ring;
	unsigned int head, tail;
	unsigned long presses;

	struct mutex config_lock; /* poll_ms, door_opened */
	unsigned int poll_ms;
	unsigned int door_opened;

	struct tasklet_struct tasklet;
	struct work_struct report_work;
	struct delayed_work poll_work;
	struct workqueue_struct *wq;
	struct timer_list *blink;
	struct task_struct *watcher;
	wait_queue_head_t readers;
	char *note;
};

static struct platform_device *panel_device;
static struct panel *panel_left; /* what a mistake keeps */

static void panel_put(struct panel *p, u32 line, u32 value)
{
	unsigned int next = (p->head + 1) % EVENTS;

	if (next == p->tail)
		return;
	p->ring[p->head].when = ktime_get_ns();
	p->ring[p->head].line = line;
	p->ring[p->head].value = value;
	p->head = next;
	if (planted(10))
		p->ring[EVENTS].value = value; /* one behind the ring */
}

static irqreturn_t panel_button(int irq, void *data)
{
	struct panel *p = data;

	spin_lock(&p->lock);
	p->presses++;
	panel_put(p, BUTTON, gpio_get_value(BUTTON));
	spin_unlock(&p->lock);
	if (planted(1))
		usleep_range(100, 200); /* mistake 1: a handler sleeps */
	if (planted(11))
		p->note = kmalloc(16, GFP_KERNEL); /* mistake 11: allocates with GFP_KERNEL in a handler */
	tasklet_schedule(&p->tasklet);
	queue_work(p->wq, &p->report_work);
	wake_up_interruptible(&p->readers);
	if (planted(11))
		kfree(p->note);
	return IRQ_HANDLED;
}

static void panel_tasklet(struct tasklet_struct *t)
{
	struct panel *p = from_tasklet(p, t, tasklet);

	if (planted(2)) {
		mutex_lock(&p->config_lock); /* mistake 2: a tasklet takes a mutex */
		mutex_unlock(&p->config_lock);
	}
	mod_timer(p->blink, jiffies + msecs_to_jiffies(8));
}

static irqreturn_t panel_door_check(int irq, void *data)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t panel_door(int irq, void *data)
{
	struct panel *p = data;

	mutex_lock(&p->config_lock);
	p->door_opened++;
	mutex_unlock(&p->config_lock);
	spin_lock_irq(&p->lock);
	panel_put(p, DOOR, 1);
	spin_unlock_irq(&p->lock);
	return IRQ_HANDLED;
}

static void panel_report(struct work_struct *work)
{
	struct panel *p = container_of(work, struct panel, report_work);

	input_report_key(p->input, KEY_ENTER, gpio_get_value(BUTTON));
	input_sync(p->input);
}

static void panel_poll(struct work_struct *work)
{
	struct panel *p = container_of(to_delayed_work(work), struct panel, poll_work);
	unsigned int ms;

	if (planted(0)) {
		spin_lock(&p->lock); /* mistake 0: the handler takes this lock, too */
		p->presses += 0;
		spin_unlock(&p->lock);
	}
	mutex_lock(&p->config_lock);
	ms = p->poll_ms;
	mutex_unlock(&p->config_lock);
	queue_delayed_work(p->wq, &p->poll_work, msecs_to_jiffies(ms));
}

static void panel_blink(struct timer_list *t)
{
	pr_debug("blink\n");
}

static int panel_watch(void *data) /* mistake 5: nothing stops it */
{
	struct panel *p = data;

	while (!kthread_should_stop()) {
		input_report_switch(p->input, SW_LID, gpio_get_value(DOOR));
		msleep_interruptible(10);
	}
	return 0;
}

static int panel_open(struct inode *inode, struct file *file)
{
	struct panel *p = container_of(file->private_data, struct panel, misc);
	char *scratch = kzalloc(64, GFP_KERNEL); /* mistake 3: nothing frees it */

	file->private_data = p;
	if (!scratch)
		return -ENOMEM;
	if (!planted(3))
		kfree(scratch);
	return 0;
}

static ssize_t panel_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	struct panel *p = file->private_data;
	struct panel_event event;

	if (count < sizeof(event))
		return -EINVAL;
	spin_lock_irq(&p->lock);
	if (p->head == p->tail) {
		spin_unlock_irq(&p->lock);
		return 0;
	}
	event = p->ring[p->tail];
	p->tail = (p->tail + 1) % EVENTS;
	if (planted(12) && copy_to_user(to, &event, 4)) /* mistake 12: copies to a user under a spinlock */
		event.value = 0;
	spin_unlock_irq(&p->lock);
	return copy_to_user(to, &event, sizeof(event)) ? -EFAULT : sizeof(event);
}

static const struct file_operations panel_fops = {
	.owner = THIS_MODULE,
	.open = panel_open,
	.read = panel_read,
};

static ssize_t poll_ms_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct panel *p = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", p->poll_ms);
}

static ssize_t poll_ms_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct panel *p = dev_get_drvdata(dev);
	unsigned int ms;
	int ret = kstrtouint(buf, 0, &ms);

	if (ret)
		return ret;
	if (ms < 1)
		return -EINVAL;
	mutex_lock(&p->config_lock);
	p->poll_ms = ms;
	mutex_unlock(&p->config_lock);
	return count;
}
static DEVICE_ATTR_RW(poll_ms);

static int panel_request(struct panel *p)
{
	unsigned long edge = IRQF_TRIGGER_RISING, door = edge | IRQF_ONESHOT;
	int ret;

	p->button_irq = gpio_to_irq(BUTTON);
	p->door_irq = gpio_to_irq(DOOR);
	ret = request_irq(p->button_irq, panel_button, edge, "panel-button", p);
	if (ret)
		return ret;
	if (planted(7))
		door = IRQF_TRIGGER_HIGH;
	ret = request_threaded_irq(p->door_irq, panel_door_check, panel_door, door, "panel-door", p); /* mistake 7 */
	if (ret)
		goto no_door;
	p->lid_irq = gpio_to_irq(LID);
	edge |= planted(6) ? 0 : IRQF_ONESHOT;
	if (request_threaded_irq(p->lid_irq, NULL, panel_door, edge, "panel-lid", p)) { /* mistake 6 */
		dev_info(p->dev, "there is no lid\n");
		p->lid_irq = 0;
	}
	return 0;

no_door:
	free_irq(p->button_irq, p);
	return ret;
}

static int panel_probe(struct platform_device *pdev)
{
	struct panel *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->poll_ms = 20;
	spin_lock_init(&p->lock);
	mutex_init(&p->config_lock);
	init_waitqueue_head(&p->readers);
	tasklet_setup(&p->tasklet, panel_tasklet);
	INIT_WORK(&p->report_work, panel_report);
	INIT_DELAYED_WORK(&p->poll_work, panel_poll);
	platform_set_drvdata(pdev, p);
	p->ring = kcalloc(EVENTS, sizeof(*p->ring), GFP_KERNEL);
	p->blink = kzalloc(sizeof(*p->blink), GFP_KERNEL);
	p->wq = alloc_workqueue("panel", 0, 0);
	p->input = input_allocate_device();
	if (!p->ring || !p->blink || !p->wq || !p->input)
		goto no_input;
	timer_setup(p->blink, panel_blink, 0);
	p->input->name = "panel";
	p->input->dev.parent = &pdev->dev;
	input_set_capability(p->input, EV_KEY, KEY_ENTER);
	input_set_capability(p->input, EV_SW, SW_LID);
	ret = input_register_device(p->input);
	if (ret)
		goto no_input;
	p->misc.minor = MISC_DYNAMIC_MINOR;
	p->misc.name = "panel";
	p->misc.fops = &panel_fops;
	ret = misc_register(&p->misc); /* mistake 4: stays registered */
	if (ret)
		goto no_misc;
	ret = device_create_file(&pdev->dev, &dev_attr_poll_ms);
	if (ret)
		goto no_file;
	p->dir = debugfs_create_dir("panel", NULL);
	debugfs_create_u32("door_opened", 0444, p->dir, &p->door_opened);
	p->watcher = kthread_run(panel_watch, p, "panel-watch");
	ret = PTR_ERR_OR_ZERO(p->watcher);
	if (ret)
		goto no_thread;
	ret = panel_request(p);
	if (ret)
		goto no_irq;
	queue_delayed_work(p->wq, &p->poll_work, msecs_to_jiffies(p->poll_ms));
	return 0;

no_irq:
	kthread_stop(p->watcher);
no_thread:
	debugfs_remove(p->dir);
	device_remove_file(&pdev->dev, &dev_attr_poll_ms);
no_file:
	misc_deregister(&p->misc);
no_misc:
	input_unregister_device(p->input);
	p->input = NULL;
no_input:
	if (p->input)
		input_free_device(p->input);
	if (p->wq)
		destroy_workqueue(p->wq);
	kfree(p->blink);
	kfree(p->ring);
	kfree(p);
	return ret;
}

static int panel_remove(struct platform_device *pdev)
{
	struct panel *p = platform_get_drvdata(pdev);

	free_irq(p->button_irq, p);
	free_irq(p->door_irq, p);
	if (p->lid_irq)
		free_irq(p->lid_irq, p);
	tasklet_kill(&p->tasklet);
	if (planted(8))
		mod_timer(p->blink, jiffies + 1);
	else
		del_timer_sync(p->blink);
	kfree(p->blink); /* mistake 8: the timer is armed */
	if (!planted(5))
		kthread_stop(p->watcher);
	cancel_work_sync(&p->report_work);
	if (planted(9)) {
		struct delayed_work *w = kzalloc(sizeof(*w), GFP_KERNEL);

		INIT_DELAYED_WORK(w, panel_poll);
		queue_delayed_work(p->wq, w, 1);
		kfree(w); /* mistake 9: the work is queued */
	}
	cancel_delayed_work_sync(&p->poll_work);
	destroy_workqueue(p->wq);
	debugfs_remove(p->dir);
	device_remove_file(&pdev->dev, &dev_attr_poll_ms);
	if (!planted(4))
		misc_deregister(&p->misc);
	input_unregister_device(p->input);
	kfree(p->ring); /* mistake 10: panel_put() wrote behind it */
	if (planted(4) || planted(5)) {
		panel_left = p;
		return 0;
	}
	kfree(p);
	return 0;
}

static struct platform_driver panel_driver = {
	.probe = panel_probe,
	.remove = panel_remove,
	.driver = {.name = "panel"},
};

static int __init panel_init(void)
{
	int ret = platform_driver_register(&panel_driver);

	if (ret)
		return ret;
	panel_device = platform_device_register_simple("panel", -1, NULL, 0);
	ret = PTR_ERR_OR_ZERO(panel_device);
	if (ret)
		platform_driver_unregister(&panel_driver);
	return ret;
}

static void __exit panel_exit(void)
{
	platform_device_unregister(panel_device);
	platform_driver_unregister(&panel_driver);
}

module_init(panel_init);
module_exit(panel_exit);
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button that is debounced with a timer.
 *
 * The contacts of a button bounce: for some milliseconds one press is a burst of edges. The handler
 * of this module acts on none of them. It starts a timer, or moves it when it is running already, so
 * that the timer's function runs once, `debounce` milliseconds after the last edge. Only that
 * function looks at the line, which has been quiet for that long.
 *
 * mod_timer() does both, starting and moving, and may be called from a hard interrupt handler. What
 * it is given is an absolute time in jiffies, the kernel's tick: 4 ms with HZ=250. So a timer is
 * good for debouncing (5 to 50 ms) and too coarse for less; an hrtimer counts nanoseconds.
 *
 * The timer's function runs in softirq context. There it may not sleep, just as a hard interrupt
 * handler may not, but interrupts are on while it runs. If what you do about a press has to sleep
 * (an I2C transfer, a mutex), use delayed work instead: irq_debounce.c.
 *
 * Compare irq_debounce_hw.c, where the burst does not even become interrupts.
 *
 *     insmod irq_debounce_timer.ko gpio=101 debounce=20
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/timer.h>

static int gpio = 101;
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static unsigned int debounce = 20;
module_param(debounce, uint, 0444);
MODULE_PARM_DESC(debounce, "how long the line must be quiet, in ms");

static int irq;
static atomic_t edges = ATOMIC_INIT(0);
static int level; /* the last one that counted; only the timer's function uses it, as all below */
static unsigned int presses, releases;
static unsigned int glitches; /* bursts after which the line was where it had been */

static void settled(struct timer_list *timer)
{
	int now = gpio_get_value(gpio);
	int burst = atomic_xchg(&edges, 0);

	if (now == level) {
		glitches++;
		return;
	}
	level = now;
	if (now)
		presses++;
	else
		releases++;
	pr_info("irq_debounce_timer: %s after %d edges\n", now ? "pressed" : "released", burst);
}

static DEFINE_TIMER(settle_timer, settled);

/* Both edges: the first edge of a release has to move the timer just as well. */
static irqreturn_t button_handler(int irq, void *dev_id)
{
	atomic_inc(&edges);
	mod_timer(&settle_timer, jiffies + msecs_to_jiffies(debounce));
	return IRQ_HANDLED;
}

static int __init irq_debounce_timer_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_debounce_timer: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}
	level = gpio_get_value(gpio);

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING,
			  "button-debounce-timer", &settle_timer);
	if (ret)
		goto free_gpio;
	return 0;

free_gpio:
	gpio_free(gpio);
	pr_err("irq_debounce_timer: cannot use the interrupt of GPIO %d: %d\n", gpio, ret);
	return ret;
}

/*
 * The order matters. After free_irq() no handler can start the timer again; del_timer_sync() then
 * stops it, and waits if its function is just running on another CPU. The other way round an edge in
 * between would leave a timer that calls into a module which is gone.
 */
static void __exit irq_debounce_timer_exit(void)
{
	free_irq(irq, &settle_timer);
	del_timer_sync(&settle_timer);
	gpio_free(gpio);
	pr_info("irq_debounce_timer: %u presses, %u releases, %u glitches\n", presses, releases, glitches);
}

module_init(irq_debounce_timer_init);
module_exit(irq_debounce_timer_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button that is debounced with a timer");

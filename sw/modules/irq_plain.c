// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * A push button served by a plain interrupt handler.
 *
 * This is the shortest way from a pin to your code: gpio_to_irq() turns the line's number into an
 * interrupt number, request_irq() hangs a function on it, and on each falling edge the kernel calls
 * that function with interrupts off on the CPU that took the interrupt ("hard interrupt context").
 *
 * In there you may not sleep: no mutex, no kmalloc(GFP_KERNEL), no msleep(). You should also be
 * quick, because while you run, no other interrupt of this CPU gets through. So this handler counts
 * and leaves the printing to the exit function; the other modules of this folder show where longer
 * work belongs.
 *
 *     insmod irq_plain.ko gpio=101
 *     cat /proc/interrupts
 *     rmmod irq_plain
 */
#include <linux/atomic.h>
#include <linux/gpio.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int gpio = 101; /* GPIO3_A5: bank 3, 32 lines a bank, A5 is line 5 */
module_param(gpio, int, 0444);
MODULE_PARM_DESC(gpio, "number of the button's GPIO line");

static int irq;
static atomic_t presses = ATOMIC_INIT(0);

/*
 * dev_id is what request_irq() was given last: it tells one device from another when several share
 * a handler, or a line. IRQ_HANDLED says "this was mine". IRQ_NONE would say "not mine"; a line on
 * which nothing ever says IRQ_HANDLED is switched off by the kernel after a while ("nobody cared").
 */
static irqreturn_t button_handler(int irq, void *dev_id)
{
	atomic_inc(&presses);
	return IRQ_HANDLED;
}

static int __init irq_plain_init(void)
{
	int ret;

	ret = gpio_request_one(gpio, GPIOF_IN, "button");
	if (ret) {
		pr_err("irq_plain: cannot get GPIO %d: %d\n", gpio, ret);
		return ret;
	}

	irq = gpio_to_irq(gpio);
	if (irq < 0) {
		pr_err("irq_plain: GPIO %d has no interrupt: %d\n", gpio, irq);
		ret = irq;
		goto free_gpio;
	}

	ret = request_irq(irq, button_handler, IRQF_TRIGGER_FALLING, "button", &presses);
	if (ret) {
		pr_err("irq_plain: cannot request irq %d: %d\n", irq, ret);
		goto free_gpio;
	}

	pr_info("irq_plain: GPIO %d is irq %d\n", gpio, irq);
	return 0;

free_gpio:
	gpio_free(gpio);
	return ret;
}

/* What init took is given back in the opposite order. free_irq() waits until no handler runs any
 * more. */
static void __exit irq_plain_exit(void)
{
	free_irq(irq, &presses);
	gpio_free(gpio);
	pr_info("irq_plain: %d presses\n", atomic_read(&presses));
}

module_init(irq_plain_init);
module_exit(irq_plain_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A push button served by a plain interrupt handler");

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * The RK3568's 160 pins for modules on real Linux: five GPIO chips with their numbers, each an interrupt controller that
 * latches edges and follows levels. What is written to /proc/pins is played from then on: lines of
 * MICROSECONDS PIN LEVEL, in the order of time. Two more things make the machine the RK3568's: the next interrupt has its
 * number there, and a kernel that dies or is switched off says what it does.
 */
#include <linux/gpio/driver.h>
#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define BANKS 5
#define PINS 32
#define LAST_TAKEN 18 /* the number of the last interrupt that is mapped when the first module comes */

struct bank {
	struct gpio_chip chip;
	struct irq_domain *domain;
	struct irq_work work;
	struct hrtimer again;
	raw_spinlock_t lock;
	u32 level, output, latched, masked, rising, falling, high, low;
};

struct change {
	ktime_t at;
	unsigned int pin, level;
};

static struct bank banks[BANKS];
static struct hrtimer player;
static struct change *changes;
static unsigned int count, done;

static u32 pending(const struct bank *b)
{
	return (b->latched | (b->level & b->high) | (~b->level & b->low)) & ~b->masked;
}

/* A level that stays is an interrupt again, once others had their turn: a handler takes so long on the board. */
static void next(struct bank *b)
{
	if (b->latched & ~b->masked)
		irq_work_queue(&b->work);
	else if (pending(b))
		hrtimer_start(&b->again, ns_to_ktime(9000), HRTIMER_MODE_REL_HARD);
}

static void deliver(struct irq_work *work)
{
	struct bank *b = container_of(work, struct bank, work);
	unsigned long now = READ_ONCE(b->masked) == ~0U ? 0 : pending(b);
	unsigned int pin;

	for_each_set_bit(pin, &now, PINS)
		generic_handle_domain_irq(b->domain, pin);
	next(b);
}

static enum hrtimer_restart look_again(struct hrtimer *t)
{
	struct bank *b = container_of(t, struct bank, again);

	if (pending(b))
		irq_work_queue(&b->work);
	return HRTIMER_NORESTART;
}

static void drive(struct bank *b, unsigned int pin, int level)
{
	unsigned long flags;
	u32 bit = BIT(pin);
	bool fires;

	raw_spin_lock_irqsave(&b->lock, flags);
	if (level && !(b->level & bit))
		b->latched |= b->rising & bit;
	if (!level && (b->level & bit))
		b->latched |= b->falling & bit;
	b->level = level ? b->level | bit : b->level & ~bit;
	fires = pending(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	if (fires)
		irq_work_queue(&b->work);
}

static void pins_mask(struct irq_data *d)
{
	struct bank *b = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->masked |= BIT(d->hwirq);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static void pins_unmask(struct irq_data *d)
{
	struct bank *b = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->masked &= ~BIT(d->hwirq);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	next(b);
}

static void pins_ack(struct irq_data *d)
{
	struct bank *b = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->latched &= ~BIT(d->hwirq);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static int pins_set_type(struct irq_data *d, unsigned int type)
{
	struct bank *b = irq_data_get_irq_chip_data(d);
	unsigned long flags;
	u32 bit = BIT(d->hwirq);

	raw_spin_lock_irqsave(&b->lock, flags);
	b->rising = type & IRQ_TYPE_EDGE_RISING ? b->rising | bit : b->rising & ~bit;
	b->falling = type & IRQ_TYPE_EDGE_FALLING ? b->falling | bit : b->falling & ~bit;
	b->high = type & IRQ_TYPE_LEVEL_HIGH ? b->high | bit : b->high & ~bit;
	b->low = type & IRQ_TYPE_LEVEL_LOW ? b->low | bit : b->low & ~bit;
	raw_spin_unlock_irqrestore(&b->lock, flags);
	irq_set_handler_locked(d, type & IRQ_TYPE_LEVEL_MASK ? handle_level_irq : handle_edge_irq);
	return 0;
}

static int pins_set_wake(struct irq_data *d, unsigned int on)
{
	return 0;
}

/* A pin that interrupts cannot become an output. */
static int pins_take(struct irq_data *d)
{
	struct bank *b = irq_data_get_irq_chip_data(d);

	return gpiochip_reqres_irq(&b->chip, d->hwirq);
}

static void pins_give_back(struct irq_data *d)
{
	struct bank *b = irq_data_get_irq_chip_data(d);

	gpiochip_relres_irq(&b->chip, d->hwirq);
}

/* Named as the driver of the board names its own. */
static struct irq_chip pins_chip = {
	.name = "rockchip_gpio_irq",
	.irq_mask = pins_mask,
	.irq_unmask = pins_unmask,
	.irq_ack = pins_ack,
	.irq_set_type = pins_set_type,
	.irq_set_wake = pins_set_wake,
	.irq_request_resources = pins_take,
	.irq_release_resources = pins_give_back,
};

static int pins_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hwirq)
{
	irq_set_chip_data(virq, d->host_data);
	irq_set_chip_and_handler(virq, &pins_chip, handle_level_irq);
	irq_set_noprobe(virq);
	return 0;
}

static const struct irq_domain_ops pins_ops = {.map = pins_map, .xlate = irq_domain_xlate_twocell};

static int get_direction(struct gpio_chip *c, unsigned int pin)
{
	return container_of(c, struct bank, chip)->output & BIT(pin) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int get(struct gpio_chip *c, unsigned int pin)
{
	return !!(container_of(c, struct bank, chip)->level & BIT(pin));
}

static void set(struct gpio_chip *c, unsigned int pin, int level)
{
	drive(container_of(c, struct bank, chip), pin, level);
}

static int direction_input(struct gpio_chip *c, unsigned int pin)
{
	container_of(c, struct bank, chip)->output &= ~BIT(pin);
	return 0;
}

static int direction_output(struct gpio_chip *c, unsigned int pin, int level)
{
	container_of(c, struct bank, chip)->output |= BIT(pin);
	set(c, pin, level);
	return 0;
}

static int to_irq(struct gpio_chip *c, unsigned int pin)
{
	return irq_create_mapping(container_of(c, struct bank, chip)->domain, pin);
}

static enum hrtimer_restart play(struct hrtimer *t)
{
	for (; done < count && changes[done].at <= ktime_get(); done++)
		drive(&banks[changes[done].pin / PINS], changes[done].pin % PINS, changes[done].level);
	if (done == count)
		return HRTIMER_NORESTART;
	hrtimer_set_expires(t, changes[done].at);
	return HRTIMER_RESTART;
}

static ssize_t pins_write(struct file *f, const char __user *buffer, size_t size, loff_t *at)
{
	char *text = memdup_user_nul(buffer, size), *line, *rest = text;
	ktime_t now = ktime_get();
	unsigned int i;

	if (IS_ERR(text))
		return PTR_ERR(text);
	hrtimer_cancel(&player);
	kfree(changes);
	changes = kcalloc(size / 4 + 1, sizeof(*changes), GFP_KERNEL);
	count = done = 0;
	while (changes && (line = strsep(&rest, "\n"))) {
		unsigned int us;

		if (sscanf(line, "%u %u %u", &us, &changes[count].pin, &changes[count].level) != 3 ||
		    changes[count].pin >= BANKS * PINS)
			continue;
		changes[count++].at = ktime_add_us(now, us);
	}
	kfree(text);
	for (i = 0; i < BANKS && !count; i++) /* an empty list: a new beginning */
		banks[i].level = banks[i].latched = banks[i].output = 0;
	if (count)
		hrtimer_start(&player, changes[0].at, HRTIMER_MODE_ABS_HARD);
	return size;
}

static const struct proc_ops pins_proc = {.proc_write = pins_write};

static void take_numbers(void)
{
	int number;

	do
		number = irq_alloc_desc(NUMA_NO_NODE);
	while (number > 0 && number < LAST_TAKEN);
	if (number > LAST_TAKEN)
		irq_free_desc(number);
}

/* The console is silent until then. */
static int speak(struct notifier_block *b, unsigned long event, void *data)
{
	console_loglevel = CONSOLE_LOGLEVEL_MOTORMOUTH;
	return NOTIFY_DONE;
}

static struct notifier_block at_panic = {.notifier_call = speak}, at_reboot = {.notifier_call = speak};

static int __init pins_init(void)
{
	static const char *const names[BANKS] = {"gpio0", "gpio1", "gpio2", "gpio3", "gpio4"};
	int i, err;

	hrtimer_init(&player, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	player.function = play;
	for (i = 0; i < BANKS; i++) {
		struct bank *b = &banks[i];

		raw_spin_lock_init(&b->lock);
		b->work = IRQ_WORK_INIT_HARD(deliver);
		hrtimer_init(&b->again, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
		b->again.function = look_again;
		b->masked = ~0U;
		b->domain = irq_domain_create_linear(NULL, PINS, &pins_ops, b);
		b->chip = (struct gpio_chip){
			.label = names[i],
			.base = i * PINS,
			.ngpio = PINS,
			.owner = THIS_MODULE,
			.get_direction = get_direction,
			.get = get,
			.set = set,
			.direction_input = direction_input,
			.direction_output = direction_output,
			.to_irq = to_irq,
		};
		err = gpiochip_add_data(&b->chip, b);
		if (err)
			return err;
	}
	proc_create("pins", 0200, NULL, &pins_proc);
	take_numbers();
	atomic_notifier_chain_register(&panic_notifier_list, &at_panic);
	register_reboot_notifier(&at_reboot);
	return 0;
}

module_init(pins_init);
MODULE_LICENSE("GPL");

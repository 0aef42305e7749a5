// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* An input device: events, what is passed on, files. */
#include "probe.h"
#include <linux/input.h>

static int op(struct input_dev *d)
{
	SAY("open");
	return 0;
}
static void cl(struct input_dev *d)
{
	SAY("close");
}
static int ev(struct input_dev *d, unsigned int t, unsigned int c, int v)
{
	SAY("device event %u %u %d", t, c, v);
	return 0;
}
static void hev(struct input_handle *h, unsigned int t, unsigned int c, int v)
{
	SAY("handler %u %u %d", t, c, v);
}
static int con(struct input_handler *h, struct input_dev *d, const struct input_device_id *id)
{
	struct input_handle *n;
	int e;

	if (strcmp(d->name, "oracle input"))
		return -ENODEV;
	n = kzalloc(sizeof(*n), GFP_KERNEL);
	n->dev = d;
	n->handler = h;
	n->name = "oracle";
	e = input_register_handle(n);
	SAY("connect %d", e);
	FACT(input_open_device(n));
	return 0;
}
static void dis(struct input_handle *h)
{
	SAY("disconnect");
	input_close_device(h);
	input_unregister_handle(h);
	kfree(h);
}
static const struct input_device_id ids[] = {{.driver_info = 1}, {}};
static struct input_handler handler = {
    .event = hev, .connect = con, .disconnect = dis, .name = "oracle", .id_table = ids};
static struct input_dev *d;

static void probe(void)
{
	d = input_allocate_device();
	d->name = "oracle input";
	d->open = op;
	d->close = cl;
	d->event = ev;
	input_set_capability(d, EV_KEY, KEY_A);
	input_set_capability(d, EV_KEY, BTN_LEFT);
	input_set_capability(d, EV_LED, LED_NUML);
	input_set_capability(d, EV_REL, REL_X);
	input_set_abs_params(d, ABS_X, 0, 100, 4, 2);
	FACT(input_abs_get_fuzz(d, ABS_X));
	FACT(test_bit(EV_REP, d->evbit));
	FACT(test_bit(EV_SYN, d->evbit));
	FACT(input_register_device(d));
	FACT(test_bit(EV_SYN, d->evbit));
	FACT(input_register_handler(&handler));
	input_report_key(d, KEY_A, 1);
	input_sync(d);
	input_report_key(d, KEY_A, 1);
	input_sync(d);
	input_report_key(d, KEY_B, 1);
	input_report_key(d, KEY_A, 0);
	input_sync(d);
	input_sync(d);
	input_report_abs(d, ABS_X, 50);
	input_sync(d);
	input_report_abs(d, ABS_X, 51);
	input_sync(d);
	input_report_abs(d, ABS_X, 56);
	input_sync(d);
	input_report_rel(d, REL_X, 0);
	input_report_rel(d, REL_X, 3);
	input_sync(d);
	input_event(d, EV_LED, LED_NUML, 1);
	input_sync(d);
	input_event(d, EV_MSC, MSC_SCAN, 1);
	input_report_key(d, BTN_LEFT, 1);
	input_sync(d);
	SAY("%s users %u", dev_name(&d->dev) ? "named" : "", d->users);
	FACT(test_bit(BTN_LEFT, d->key));
	FACT(d->absinfo[ABS_X].value);
	input_unregister_handler(&handler);
	FACT(test_bit(BTN_LEFT, d->key));
}

static void leave(void)
{
	input_unregister_device(d);
}

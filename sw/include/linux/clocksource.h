/* SPDX-License-Identifier: Apache-2.0 */
/* Clock sources (Linux: include/linux/clocksource.h): a counter that time is read from. */
#ifndef _LINUX_CLOCKSOURCE_H
#define _LINUX_CLOCKSOURCE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/of.h>

struct module;

/* ns = (cycles * mult) >> shift. */
struct clocksource {
	u64 (*read)(struct clocksource *cs);
	u64 mask;
	u32 mult;
	u32 shift;
	u64 max_idle_ns;
	u64 max_cycles;
	const char *name;
	struct list_head list;
	int rating;
	unsigned long flags;
	struct module *owner;
};

#define CLOCK_SOURCE_IS_CONTINUOUS	0x01
#define CLOCK_SOURCE_VALID_FOR_HRES	0x20
#define CLOCK_SOURCE_SUSPEND_NONSTOP	0x80

#define CLOCKSOURCE_MASK(bits)		GENMASK_ULL((bits) - 1, 0)

static inline s64 clocksource_cyc2ns(u64 cycles, u32 mult, u32 shift)
{
	return (s64)((cycles * mult) >> shift);
}

__BEGIN_DECLS
/* mult and shift that convert `from` Hz to `to` Hz, as exact as is possible without overflow within maxsec seconds. */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec);
int clocksource_register_hz(struct clocksource *cs, u32 hz);
/* Runs the driver of each device tree node that TIMER_OF_DECLARE names. */
void timer_probe(void);
__END_DECLS

/* fn: int (*)(struct device_node *); its entry is found by timer_probe(). */
#define TIMER_OF_DECLARE(name_, compat, fn)                                                                            \
	static const struct of_device_id __of_table_timer_##name_                                                      \
		__attribute__((used, section("timer_of_table"), aligned(__alignof__(struct of_device_id)))) = {        \
			.compatible = compat,                                                                          \
			.data = (const void *)fn,                                                                      \
	}

#endif

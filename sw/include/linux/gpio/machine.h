/* SPDX-License-Identifier: Apache-2.0 */
/* Which line is which function of a device, told by board code (Linux 6.1, include/linux/gpio/machine.h). */
#ifndef __LINUX_GPIO_MACHINE_H
#define __LINUX_GPIO_MACHINE_H

#include <linux/list.h>
#include <linux/types.h>

enum gpio_lookup_flags {
	GPIO_ACTIVE_HIGH = (0 << 0),
	GPIO_ACTIVE_LOW = (1 << 0),
	GPIO_OPEN_DRAIN = (1 << 1),
	GPIO_OPEN_SOURCE = (1 << 2),
	GPIO_PERSISTENT = (0 << 3),
	GPIO_TRANSITORY = (1 << 3),
	GPIO_PULL_UP = (1 << 4),
	GPIO_PULL_DOWN = (1 << 5),
	GPIO_PULL_DISABLE = (1 << 6),

	GPIO_LOOKUP_FLAGS_DEFAULT = GPIO_ACTIVE_HIGH | GPIO_PERSISTENT,
};

/* key: the chip's label, with chip_hwnum the line in it; or, with chip_hwnum U16_MAX, the line's name. */
struct gpiod_lookup {
	const char *key;
	u16 chip_hwnum;
	const char *con_id;
	unsigned int idx;
	unsigned long flags;
};

/* dev_id: the device's name, or NULL for lines of no device. The table ends with an empty entry. */
struct gpiod_lookup_table {
	struct list_head list;
	const char *dev_id;
	struct gpiod_lookup table[];
};

struct gpiod_hog {
	struct list_head list;
	const char *chip_label;
	u16 chip_hwnum;
	const char *line_name;
	unsigned long lflags;
	int dflags;
};

#define GPIO_LOOKUP(_key, _chip_hwnum, _con_id, _flags) GPIO_LOOKUP_IDX(_key, _chip_hwnum, _con_id, 0, _flags)

#ifdef __cplusplus
#define GPIO_LOOKUP_IDX(_key, _chip_hwnum, _con_id, _idx, _flags)                                                      \
	gpiod_lookup { _key, _chip_hwnum, _con_id, _idx, _flags }
#else
#define GPIO_LOOKUP_IDX(_key, _chip_hwnum, _con_id, _idx, _flags)                                                      \
	(struct gpiod_lookup)                                                                                          \
	{                                                                                                              \
		.key = _key, .chip_hwnum = _chip_hwnum, .con_id = _con_id, .idx = _idx, .flags = _flags,               \
	}
#define GPIO_HOG(_chip_label, _chip_hwnum, _line_name, _lflags, _dflags)                                               \
	(struct gpiod_hog)                                                                                             \
	{                                                                                                              \
		.chip_label = _chip_label, .chip_hwnum = _chip_hwnum, .line_name = _line_name, .lflags = _lflags,      \
		.dflags = _dflags,                                                                                     \
	}
#endif

__BEGIN_DECLS
/* May sleep. The tables must stay until they are removed. */
void gpiod_add_lookup_table(struct gpiod_lookup_table *table);
void gpiod_add_lookup_tables(struct gpiod_lookup_table **tables, size_t n);
void gpiod_remove_lookup_table(struct gpiod_lookup_table *table);
void gpiod_add_hogs(struct gpiod_hog *hogs);
void gpiod_remove_hogs(struct gpiod_hog *hogs);
__END_DECLS

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1-wire masters: /sys/bus/w1/devices/w1_bus_masterN, searched every ten seconds (Linux 6.1, include/linux/w1.h). What
 * is found is listed; there are no drivers for it.
 */
#ifndef __LINUX_W1_H
#define __LINUX_W1_H

#include <linux/device.h>
#include <linux/types.h>

#define W1_MAXNAMELEN 32
#define W1_SEARCH 0xF0
#define W1_ALARM_SEARCH 0xEC
#define W1_SKIP_ROM 0xCC
#define W1_READ_ROM 0x33
#define W1_MATCH_ROM 0x55

struct w1_reg_num {
	u64 family : 8, id : 48, crc : 8;
};

struct w1_master;
typedef void (*w1_slave_found_callback)(struct w1_master *master, u64 reg);

/*
 * What a master can do; `data` is passed to all. Needed: read_bit and write_bit, or touch_bit. Absent ones are made of
 * those. Called in a task, reads of a bit with interrupts disabled.
 */
struct w1_bus_master {
	void *data;
	u8 (*read_bit)(void *data);
	void (*write_bit)(void *data, u8 bit);
	u8 (*touch_bit)(void *data, u8 bit);
	u8 (*read_byte)(void *data);
	void (*write_byte)(void *data, u8 byte);
	u8 (*read_block)(void *data, u8 *buf, int len);
	void (*write_block)(void *data, const u8 *buf, int len);
	u8 (*triplet)(void *data, u8 bdir);
	u8 (*reset_bus)(void *data); /* 0: somebody is there */
	u8 (*set_pullup)(void *data, int delay);
	void (*search)(void *data, struct w1_master *master, u8 search_type, w1_slave_found_callback found);
	char *dev_id;
};

/* May sleep. -EINVAL: bits can be neither read nor written. */
int w1_add_master_device(struct w1_bus_master *master);
void w1_remove_master_device(struct w1_bus_master *master);

#endif

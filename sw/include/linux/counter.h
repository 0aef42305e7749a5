/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counters: what they count is read and written in /sys/bus/counter/devices/counterN (Linux's include/linux/counter.h). Events are
 * counted, there is no character device to watch them.
 */
#ifndef _COUNTER_H_
#define _COUNTER_H_

#include <linux/device.h>
#include <linux/types.h>
#include <uapi/linux/counter.h>

struct counter_device;
struct counter_count;
struct counter_synapse;
struct counter_signal;

enum counter_comp_type {
	COUNTER_COMP_U8,
	COUNTER_COMP_U64,
	COUNTER_COMP_BOOL,
	COUNTER_COMP_SIGNAL_LEVEL,
	COUNTER_COMP_FUNCTION,
	COUNTER_COMP_SYNAPSE_ACTION,
	COUNTER_COMP_ENUM,
	COUNTER_COMP_COUNT_DIRECTION,
	COUNTER_COMP_COUNT_MODE,
};

/* One more attribute of a count, of a signal or of the device. Callbacks run in a task and may sleep. */
struct counter_comp {
	enum counter_comp_type type;
	const char *name;
	void *priv;
	union {
		int (*count_u8_read)(struct counter_device *counter, struct counter_count *count, u8 *val);
		int (*count_u32_read)(struct counter_device *counter, struct counter_count *count, u32 *val);
		int (*count_u64_read)(struct counter_device *counter, struct counter_count *count, u64 *val);
		int (*signal_u8_read)(struct counter_device *counter, struct counter_signal *signal, u8 *val);
		int (*signal_u32_read)(struct counter_device *counter, struct counter_signal *signal, u32 *val);
		int (*signal_u64_read)(struct counter_device *counter, struct counter_signal *signal, u64 *val);
		int (*device_u8_read)(struct counter_device *counter, u8 *val);
		int (*device_u32_read)(struct counter_device *counter, u32 *val);
		int (*device_u64_read)(struct counter_device *counter, u64 *val);
	};
	union {
		int (*count_u8_write)(struct counter_device *counter, struct counter_count *count, u8 val);
		int (*count_u32_write)(struct counter_device *counter, struct counter_count *count, u32 val);
		int (*count_u64_write)(struct counter_device *counter, struct counter_count *count, u64 val);
		int (*signal_u8_write)(struct counter_device *counter, struct counter_signal *signal, u8 val);
		int (*signal_u32_write)(struct counter_device *counter, struct counter_signal *signal, u32 val);
		int (*signal_u64_write)(struct counter_device *counter, struct counter_signal *signal, u64 val);
		int (*device_u8_write)(struct counter_device *counter, u8 val);
		int (*device_u32_write)(struct counter_device *counter, u32 val);
		int (*device_u64_write)(struct counter_device *counter, u64 val);
	};
};

struct counter_signal {
	int id;
	const char *name;
	struct counter_comp *ext;
	size_t num_ext;
};

struct counter_synapse {
	const enum counter_synapse_action *actions_list;
	size_t num_actions;
	struct counter_signal *signal;
};

struct counter_count {
	int id;
	const char *name;
	const enum counter_function *functions_list;
	size_t num_functions;
	struct counter_synapse *synapses;
	size_t num_synapses;
	struct counter_comp *ext;
	size_t num_ext;
};

struct counter_ops {
	int (*signal_read)(struct counter_device *counter, struct counter_signal *signal, enum counter_signal_level *level);
	int (*count_read)(struct counter_device *counter, struct counter_count *count, u64 *value);
	int (*count_write)(struct counter_device *counter, struct counter_count *count, u64 value);
	int (*function_read)(struct counter_device *counter, struct counter_count *count, enum counter_function *function);
	int (*function_write)(struct counter_device *counter, struct counter_count *count, enum counter_function function);
	int (*action_read)(struct counter_device *counter, struct counter_count *count, struct counter_synapse *synapse,
			   enum counter_synapse_action *action);
	int (*action_write)(struct counter_device *counter, struct counter_count *count, struct counter_synapse *synapse,
			    enum counter_synapse_action action);
	int (*events_configure)(struct counter_device *counter);
	int (*watch_validate)(struct counter_device *counter, const struct counter_watch *watch);
};

struct counter_device {
	const char *name;
	struct device *parent;
	const struct counter_ops *ops;
	struct counter_signal *signals;
	size_t num_signals;
	struct counter_count *counts;
	size_t num_counts;
	struct counter_comp *ext;
	size_t num_ext;
	struct device dev;
};

__BEGIN_DECLS
void *counter_priv(const struct counter_device *const counter);
/* NULL: no memory. Freed with the last reference. */
struct counter_device *counter_alloc(size_t sizeof_priv);
void counter_put(struct counter_device *const counter);
int counter_add(struct counter_device *const counter);
void counter_unregister(struct counter_device *const counter);
struct counter_device *devm_counter_alloc(struct device *dev, size_t sizeof_priv);
int devm_counter_add(struct device *dev, struct counter_device *const counter);
/* Any context. */
void counter_push_event(struct counter_device *const counter, const u8 event, const u8 channel);
__END_DECLS

#define COUNTER_COMP_DEVICE_U8(_name, _read, _write)                                                                   \
	{ .type = COUNTER_COMP_U8, .name = (_name), .device_u8_read = (_read), .device_u8_write = (_write), }
#define COUNTER_COMP_COUNT_U8(_name, _read, _write)                                                                    \
	{ .type = COUNTER_COMP_U8, .name = (_name), .count_u8_read = (_read), .count_u8_write = (_write), }
#define COUNTER_COMP_SIGNAL_U8(_name, _read, _write)                                                                   \
	{ .type = COUNTER_COMP_U8, .name = (_name), .signal_u8_read = (_read), .signal_u8_write = (_write), }
#define COUNTER_COMP_DEVICE_U64(_name, _read, _write)                                                                  \
	{ .type = COUNTER_COMP_U64, .name = (_name), .device_u64_read = (_read), .device_u64_write = (_write), }
#define COUNTER_COMP_COUNT_U64(_name, _read, _write)                                                                   \
	{ .type = COUNTER_COMP_U64, .name = (_name), .count_u64_read = (_read), .count_u64_write = (_write), }
#define COUNTER_COMP_SIGNAL_U64(_name, _read, _write)                                                                  \
	{ .type = COUNTER_COMP_U64, .name = (_name), .signal_u64_read = (_read), .signal_u64_write = (_write), }
#define COUNTER_COMP_DEVICE_BOOL(_name, _read, _write)                                                                 \
	{ .type = COUNTER_COMP_BOOL, .name = (_name), .device_u8_read = (_read), .device_u8_write = (_write), }
#define COUNTER_COMP_COUNT_BOOL(_name, _read, _write)                                                                  \
	{ .type = COUNTER_COMP_BOOL, .name = (_name), .count_u8_read = (_read), .count_u8_write = (_write), }
#define COUNTER_COMP_SIGNAL_BOOL(_name, _read, _write)                                                                 \
	{ .type = COUNTER_COMP_BOOL, .name = (_name), .signal_u8_read = (_read), .signal_u8_write = (_write), }
#define COUNTER_COMP_ENABLE(_read, _write) COUNTER_COMP_COUNT_BOOL("enable", _read, _write)
#define COUNTER_COMP_CEILING(_read, _write) COUNTER_COMP_COUNT_U64("ceiling", _read, _write)
#define COUNTER_COMP_FLOOR(_read, _write) COUNTER_COMP_COUNT_U64("floor", _read, _write)
#define COUNTER_COMP_PRESET(_read, _write) COUNTER_COMP_COUNT_U64("preset", _read, _write)
#define COUNTER_COMP_PRESET_ENABLE(_read, _write) COUNTER_COMP_COUNT_BOOL("preset_enable", _read, _write)

#endif

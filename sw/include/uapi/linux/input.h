/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _UAPI_INPUT_H
#define _UAPI_INPUT_H
#include <linux/types.h>
#include <uapi/linux/input-event-codes.h>
struct input_id {
	u16 bustype;
	u16 vendor;
	u16 product;
	u16 version;
};
struct input_absinfo {
	s32 value;
	s32 minimum;
	s32 maximum;
	s32 fuzz;
	s32 flat;
	s32 resolution;
};
#define BUS_PCI 0x01
#define BUS_USB 0x03
#define BUS_VIRTUAL 0x06
#define BUS_I8042 0x11
#define BUS_GPIO 0x15
#define BUS_I2C 0x18
#define BUS_HOST 0x19
#define BUS_SPI 0x1C
#endif

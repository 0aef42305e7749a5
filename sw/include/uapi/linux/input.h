/* SPDX-License-Identifier: Apache-2.0 */
/* Linux's own says more where it is on the search path; layouts and values are the same. */
#if defined(MODULE) && __has_include_next(<uapi/linux/input.h>)
#include_next <uapi/linux/input.h>
#else

#ifndef _UAPI_INPUT_H
#define _UAPI_INPUT_H
#include <linux/ioctl.h>
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
struct input_event {
	__kernel_ulong_t __sec;
	__kernel_ulong_t __usec;
#define input_event_sec	 __sec
#define input_event_usec __usec
	__u16 type;
	__u16 code;
	__s32 value;
};
#define EV_VERSION 0x010001
#define INPUT_KEYMAP_BY_INDEX (1 << 0)
struct input_keymap_entry {
	__u8 flags;
	__u8 len;
	__u16 index;
	__u32 keycode;
	__u8 scancode[32];
};
#define EVIOCGVERSION _IOR('E', 0x01, int)
#define EVIOCGID _IOR('E', 0x02, struct input_id)
#define EVIOCGREP _IOR('E', 0x03, unsigned int[2])
#define EVIOCSREP _IOW('E', 0x03, unsigned int[2])
#define EVIOCGNAME(len) _IOC(_IOC_READ, 'E', 0x06, len)
#define EVIOCGPHYS(len) _IOC(_IOC_READ, 'E', 0x07, len)
#define EVIOCGUNIQ(len) _IOC(_IOC_READ, 'E', 0x08, len)
#define EVIOCGPROP(len) _IOC(_IOC_READ, 'E', 0x09, len)
#define EVIOCGKEY(len) _IOC(_IOC_READ, 'E', 0x18, len)
#define EVIOCGLED(len) _IOC(_IOC_READ, 'E', 0x19, len)
#define EVIOCGSND(len) _IOC(_IOC_READ, 'E', 0x1a, len)
#define EVIOCGSW(len) _IOC(_IOC_READ, 'E', 0x1b, len)
#define EVIOCGBIT(ev, len) _IOC(_IOC_READ, 'E', 0x20 + (ev), len)
#define EVIOCGABS(abs) _IOR('E', 0x40 + (abs), struct input_absinfo)
#define EVIOCSABS(abs) _IOW('E', 0xc0 + (abs), struct input_absinfo)
#define EVIOCGRAB _IOW('E', 0x90, int)
#define EVIOCSCLOCKID _IOW('E', 0xa0, int)
#define FF_STATUS_MAX 0x01
#define FF_GAIN 0x60
#define FF_AUTOCENTER 0x61
#define FF_MAX_EFFECTS FF_GAIN
#define FF_MAX 0x7f
#define FF_CNT (FF_MAX + 1)
#define BUS_PCI 0x01
#define BUS_ISAPNP 0x02
#define BUS_USB 0x03
#define BUS_HIL 0x04
#define BUS_BLUETOOTH 0x05
#define BUS_VIRTUAL 0x06
#define BUS_ISA 0x10
#define BUS_I8042 0x11
#define BUS_XTKBD 0x12
#define BUS_RS232 0x13
#define BUS_GAMEPORT 0x14
#define BUS_PARPORT 0x15
#define BUS_AMIGA 0x16
#define BUS_ADB 0x17
#define BUS_I2C 0x18
#define BUS_HOST 0x19
#define BUS_GSC 0x1a
#define BUS_ATARI 0x1b
#define BUS_SPI 0x1c
#endif
#endif

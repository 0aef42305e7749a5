/* SPDX-License-Identifier: Apache-2.0 */
/* What an interrupt handler says (Linux 6.1, include/linux/irqreturn.h). */
#ifndef _LINUX_IRQRETURN_H
#define _LINUX_IRQRETURN_H

/*
 * IRQ_NONE: not this device. IRQ_HANDLED: served. IRQ_WAKE_THREAD: run the action's thread function. The last two may
 * be or-ed; anything else is reported as a bogus return value.
 */
#ifdef __cplusplus
enum irqreturn : int { /* of a fixed type, so that anything else is a value to C++ */
#else
enum irqreturn {
#endif
	IRQ_NONE = 0,
	IRQ_HANDLED = 1,
	IRQ_WAKE_THREAD = 2,
};

typedef enum irqreturn irqreturn_t;
#define IRQ_RETVAL(x) ((x) ? IRQ_HANDLED : IRQ_NONE)

#endif

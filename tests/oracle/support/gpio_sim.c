// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Linux's simulated GPIO chips as a module: Debian's kernel is built without them. */
#include "drivers/gpio/gpio-sim.c"

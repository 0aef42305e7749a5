// SPDX-License-Identifier: Apache-2.0
// Callbacks of drivers for the end of a run; see linux/reboot.h.
#ifndef KERNEL_SYS_OFF_H
#define KERNEL_SYS_OFF_H

#include <linux/reboot.h>

// Calls those of a mode until one says that it is done.
void sys_off_call(sys_off_mode mode, const char *cmd);

#endif

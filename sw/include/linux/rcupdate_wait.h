/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __LINUX_RCUPDATE_WAIT_H
#define __LINUX_RCUPDATE_WAIT_H
#include <linux/rcupdate.h>
#endif

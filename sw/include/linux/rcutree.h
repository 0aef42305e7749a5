/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __LINUX_RCUTREE_H
#define __LINUX_RCUTREE_H
#include <linux/rcupdate.h>
#endif

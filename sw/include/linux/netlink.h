/* SPDX-License-Identifier: Apache-2.0 */
/* There is no network; see linux/skbuff.h. */
#ifndef __LINUX_NETLINK_H
#define __LINUX_NETLINK_H

#include <linux/capability.h>
#include <linux/skbuff.h>

#endif

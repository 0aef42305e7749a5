/* SPDX-License-Identifier: Apache-2.0 */
/* There is no network. For files that include this and use it only where one is configured. */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

#include <linux/types.h>

struct sk_buff;

#endif

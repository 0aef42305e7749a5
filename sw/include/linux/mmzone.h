/* SPDX-License-Identifier: Apache-2.0 */
/* Zones and nodes of memory (Linux 6.1, include/linux/mmzone.h): there is one of each, which modules know by name only. */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/numa.h>

struct pglist_data;
struct zone;
typedef struct pglist_data pg_data_t;

/* alloc_pages() takes orders below it. */
#ifndef MAX_ORDER
#define MAX_ORDER 11
#endif
#define MAX_ORDER_NR_PAGES (1 << (MAX_ORDER - 1))
#define PAGE_ALLOC_COSTLY_ORDER 3

#endif

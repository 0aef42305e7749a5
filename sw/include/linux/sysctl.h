/* SPDX-License-Identifier: Apache-2.0 */
/* For drivers that name it; there are no tables of sysctls. */
#ifndef _LINUX_SYSCTL_H
#define _LINUX_SYSCTL_H
#include <linux/types.h>
struct ctl_table;
struct ctl_table_header;
#endif

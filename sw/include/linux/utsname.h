/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <linux/compiler.h>
#include <generated/utsrelease.h>

#define __NEW_UTS_LEN 64

struct new_utsname {
	char sysname[__NEW_UTS_LEN + 1];
	char nodename[__NEW_UTS_LEN + 1];
	char release[__NEW_UTS_LEN + 1];
	char version[__NEW_UTS_LEN + 1];
	char machine[__NEW_UTS_LEN + 1];
	char domainname[__NEW_UTS_LEN + 1];
};

__BEGIN_DECLS
struct new_utsname *init_utsname(void); /* kernel/panic.cpp */
__END_DECLS

#define utsname() init_utsname()

#endif

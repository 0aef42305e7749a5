/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_STACKTRACE_H
#define _LINUX_STACKTRACE_H
#include <asm/stacktrace.h>

#endif

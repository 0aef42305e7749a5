/* SPDX-License-Identifier: Apache-2.0 */
/* Included before everything else by the command line of every unit, as kbuild does it. */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <generated/autoconf.h>

/* Expands to 1 for options that are defined to 1, to 0 for all others, also within #if. */
#define __KCONFIG_PROBE_1 0,
#define __kconfig_second(ignored, value, ...) value
#define __kconfig_is_1(option) __kconfig_is_1_(option)
#define __kconfig_is_1_(value) __kconfig_is_1__(__KCONFIG_PROBE_##value)
#define __kconfig_is_1__(probe) __kconfig_second(probe 1, 0)

#define IS_BUILTIN(option) __kconfig_is_1(option)
#define IS_MODULE(option) __kconfig_is_1(option##_MODULE)
#define IS_ENABLED(option) (IS_BUILTIN(option) || IS_MODULE(option))
#ifdef MODULE
#define IS_REACHABLE(option) IS_ENABLED(option)
#else
#define IS_REACHABLE(option) IS_BUILTIN(option)
#endif

#endif

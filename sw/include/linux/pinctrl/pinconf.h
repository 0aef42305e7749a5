/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __LINUX_PINCTRL_PINCONF_H
#define __LINUX_PINCTRL_PINCONF_H

#include <linux/pinctrl/pinconf-generic.h>

#endif

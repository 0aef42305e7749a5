/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _UAPI_LINUX_IOCTL_H
#define _UAPI_LINUX_IOCTL_H

#include <uapi/asm-generic/ioctl.h>

#endif

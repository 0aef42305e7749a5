/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _UAPI_LINUX_FCNTL_H
#define _UAPI_LINUX_FCNTL_H

#include <uapi/asm-generic/fcntl.h>

#endif

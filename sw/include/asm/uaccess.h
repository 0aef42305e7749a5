/* SPDX-License-Identifier: Apache-2.0 */
#ifndef __ASM_UACCESS_H
#define __ASM_UACCESS_H

#include <linux/uaccess.h>

#endif

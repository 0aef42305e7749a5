/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_PERCPU_H
#define _ASM_PERCPU_H
#include <linux/percpu-defs.h>
#endif

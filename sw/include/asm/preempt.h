/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_PREEMPT_H
#define _ASM_PREEMPT_H
#include <linux/preempt.h>
#endif

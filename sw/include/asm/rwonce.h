/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_RWONCE_H
#define _ASM_RWONCE_H

#include <linux/compiler_types.h>

/* One access, of the whole object, that the compiler neither repeats nor leaves out (asm-generic/rwonce.h). */
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define __READ_ONCE(x) READ_ONCE(x)
#define WRITE_ONCE(x, val) ((void)(*(volatile __typeof__(x) *)&(x) = (val)))
#define __WRITE_ONCE(x, val) WRITE_ONCE(x, val)
#define READ_ONCE_NOCHECK(x) READ_ONCE(x)

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Units of time, as Linux's include/vdso/time64.h names them. */
#ifndef _VDSO_TIME64_H
#define _VDSO_TIME64_H

#define MSEC_PER_SEC	1000L
#define USEC_PER_MSEC	1000L
#define NSEC_PER_USEC	1000L
#define NSEC_PER_MSEC	1000000L
#define USEC_PER_SEC	1000000L
#define NSEC_PER_SEC	1000000000L
#define PSEC_PER_SEC	1000000000000LL
#define FSEC_PER_SEC	1000000000000000LL

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Device numbers: 12 bits of major, 20 bits of minor (Linux's include/linux/kdev_t.h). */
#ifndef _LINUX_KDEV_T_H
#define _LINUX_KDEV_T_H

#include <linux/types.h>

#define MINORBITS 20
#define MINORMASK ((1U << MINORBITS) - 1)

#define MAJOR(dev)    ((unsigned int)((dev) >> MINORBITS))
#define MINOR(dev)    ((unsigned int)((dev) & MINORMASK))
#define MKDEV(ma, mi) (((dev_t)(ma) << MINORBITS) | (mi))

#define print_dev_t(buffer, dev)  sprintf((buffer), "%u:%u\n", MAJOR(dev), MINOR(dev))
#define format_dev_t(buffer, dev) (sprintf((buffer), "%u:%u", MAJOR(dev), MINOR(dev)), (buffer))

#endif

/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What the modules here share: the button's line, a second one, files below /sys/kernel/planted. */
#include "../../sw/defects/defect.h"
#include <linux/irq_work.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/seqlock.h>
#include <linux/sysfs.h>

#define OTHER 5 /* GPIO0_A5 */

static inline int button_irq(irq_handler_t handler, irq_handler_t thread, void *cookie) {
    return request_threaded_irq(gpio_to_irq(BUTTON), handler, thread,
                                IRQF_TRIGGER_RISING | (handler ? 0 : IRQF_ONESHOT), "planted", cookie);
}

static inline void button_free(void *cookie) {
    free_irq(gpio_to_irq(BUTTON), cookie);
}

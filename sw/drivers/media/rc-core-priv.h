/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of drivers/media share (Linux: drivers/media/rc/rc-core-priv.h). */
#ifndef DRIVERS_MEDIA_RC_CORE_PRIV_H
#define DRIVERS_MEDIA_RC_CORE_PRIV_H

#include <media/rc-core.h>

/* A decoder's state, and a raw device's edges on their way to it. */
struct nec_dec {
    int state;
    unsigned count;
    u32 bits;
};

struct ir_raw_event_ctrl {
    struct work_struct work;                       /* decodes */
    struct ir_raw_event events[MAX_IR_EVENT_SIZE]; /* a ring; one producer, one consumer */
    unsigned in, out;
    ktime_t last_event;
    struct rc_dev *dev;
    spinlock_t edge_spinlock;
    struct timer_list edge_handle;
    struct nec_dec nec;
};

int ir_raw_event_prepare(struct rc_dev *dev);
/* Nothing if it was not prepared. May sleep. */
void ir_raw_event_free(struct rc_dev *dev);
void ir_nec_decode(struct rc_dev *dev, struct ir_raw_event ev);

#endif

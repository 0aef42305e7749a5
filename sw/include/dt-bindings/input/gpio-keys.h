/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _DT_BINDINGS_GPIO_KEYS_H
#define _DT_BINDINGS_GPIO_KEYS_H

#define EV_ACT_ANY	  0x00
#define EV_ACT_ASSERTED	  0x01
#define EV_ACT_DEASSERTED 0x02

#endif

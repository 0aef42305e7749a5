/* SPDX-License-Identifier: Apache-2.0 */
/* Protocols and key maps of remote controls (Linux 6.1, include/media/rc-map.h, uapi/linux/lirc.h). */
#ifndef _MEDIA_RC_MAP_H
#define _MEDIA_RC_MAP_H

#include <linux/bits.h>
#include <linux/input.h>

enum rc_proto {
	RC_PROTO_UNKNOWN = 0,
	RC_PROTO_OTHER = 1,
	RC_PROTO_RC5 = 2,
	RC_PROTO_NEC = 9,
	RC_PROTO_NECX = 10,
	RC_PROTO_NEC32 = 11,
	RC_PROTO_MAX = 27,
};

#define RC_PROTO_BIT_NONE 0ULL
#define RC_PROTO_BIT_NEC BIT_ULL(RC_PROTO_NEC)
#define RC_PROTO_BIT_NECX BIT_ULL(RC_PROTO_NECX)
#define RC_PROTO_BIT_NEC32 BIT_ULL(RC_PROTO_NEC32)
/* What can be decoded here. */
#define RC_PROTO_BIT_ALL_IR_DECODER (RC_PROTO_BIT_NEC | RC_PROTO_BIT_NECX | RC_PROTO_BIT_NEC32)

#define RC_MAP_EMPTY "rc-empty"

#endif

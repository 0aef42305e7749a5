/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H

/* head: where the producer writes next; tail: where the consumer reads next; size a power of two. */
struct circ_buf {
	char *buf;
	int head;
	int tail;
};

#define CIRC_CNT(head, tail, size) (((head) - (tail)) & ((size)-1))
#define CIRC_SPACE(head, tail, size) CIRC_CNT((tail), ((head) + 1), (size))
/* Without wrapping around the end of the buffer: what there is, or what is left up to the end, whichever is less. */
static inline int __circ_up_to(int there, int end)
{
	return there < end ? there : end;
}
#define CIRC_CNT_TO_END(head, tail, size) __circ_up_to(CIRC_CNT(head, tail, size), (size) - (tail))
#define CIRC_SPACE_TO_END(head, tail, size) __circ_up_to(CIRC_SPACE(head, tail, size), (size) - (head))

#endif

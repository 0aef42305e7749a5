// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* print_hex_dump and hex_dump_to_buffer. */
#include <linux/printk.h>
#include "probe.h"

static void probe(void)
{
	static const u8 bytes[40] = "0123456789abcdefghijklmnopqrstuvwxyz\x00\x01\xff";
	char line[128];

	SAY("%d [%s]", hex_dump_to_buffer(bytes, 16, 16, 1, line, sizeof(line), true), line);
	SAY("%d [%s]", hex_dump_to_buffer(bytes, 10, 16, 2, line, sizeof(line), false), line);
	SAY("%d [%s]", hex_dump_to_buffer(bytes, 16, 16, 4, line, sizeof(line), true), line);
	SAY("%d [%s]", hex_dump_to_buffer(bytes, 16, 32, 8, line, 20, true), line);
	print_hex_dump(KERN_INFO, "dump: ", DUMP_PREFIX_OFFSET, 16, 1, bytes, 40, true);
	print_hex_dump(KERN_INFO, "dump: ", DUMP_PREFIX_NONE, 32, 4, bytes, 40, false);
	print_hex_dump_bytes("bytes: ", DUMP_PREFIX_OFFSET, bytes, 5);
}

static void leave(void)
{
}

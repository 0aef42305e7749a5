// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Checks of data: crc32, hashes, uuids, hex, and the tables of ctype. */
#include "probe.h"

#include <linux/crc32.h>
#include <linux/ctype.h>
#include <linux/jhash.h>
#include <linux/siphash.h>
#include <linux/uuid.h>

static void uuid(const char *text)
{
	uuid_t u = {};
	guid_t g = {};
	int ret = uuid_parse(text, &u), ret2 = guid_parse(text, &g);

	SAY("uuid %s: %d %d %d %pUb %pUl", text, uuid_is_valid(text), ret, ret2, &u, &g);
}

static void probe(void)
{
	static const siphash_key_t key = {{1, 2}};
	static const hsiphash_key_t short_key = {{1, 2}};
	u8 bin[4] = {};
	char hex[9] = {};
	unsigned int c, counts[9] = {};

	FACT(crc32_le(~0, "123456789", 9));
	FACT(crc32_be(~0, "123456789", 9));
	FACT(crc32(0, "a", 1));
	FACT(__crc32c_le(~0, "123456789", 9));
	FACT(jhash("oracle", 6, 0));
	FACT(jhash_1word(1, 2));
	FACT(jhash_3words(1, 2, 3, 4));
	FACT(siphash("oracle!?", 8, &key));
	FACT(siphash_1u64(5, &key));
	FACT(siphash_2u64(5, 6, &key));
	FACT(hsiphash_1u32(5, &short_key));
	uuid("12345678-9abc-def0-1234-56789abcdef0");
	uuid("12345678-9ABC-DEF0-1234-56789ABCDEF0");
	uuid("12345678-9abc-def0-1234-56789abcdefg");
	uuid("12345678-9abc-def0-1234-56789abcde");
	uuid("{2345678-9abc-def0-1234-56789abcdef0");
	uuid("12345678-9abc-def0-1234-56789abcdef0tail");
	FACT(hex2bin(bin, "0aF9", 2));
	FACT(bin[0] << 8 | bin[1]);
	FACT(hex2bin(bin, "0g", 1));
	FACT(hex_to_bin('F'));
	FACT(hex_to_bin('g'));
	FACT(bin2hex(hex, bin, 4) == hex + 8);
	SAY("%s", hex);
	for (c = 0; c < 256; c++) {
		counts[0] += !!isalpha(c) * c;
		counts[1] += !!isdigit(c) * c;
		counts[2] += !!isspace(c) * c;
		counts[3] += !!isprint(c) * c;
		counts[4] += !!ispunct(c) * c;
		counts[5] += !!iscntrl(c) * c;
		counts[6] += !!isxdigit(c) * c;
		counts[7] += toupper(c);
		counts[8] += tolower(c);
	}
	for (c = 0; c < 9; c++)
		SAY("ctype %u: %u", c, counts[c]);
	FACT(isascii(128));
	FACT(isodigit('8'));
	FACT(!!isgraph(' '));
	FACT(!!isupper(0xc0));
}

static void leave(void)
{
}

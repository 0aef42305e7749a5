/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options as text, "size=5" (Linux's include/linux/parser.h): a table of patterns tells them apart and cuts their values out.
 * In a pattern %s takes a text, %d, %u, %o and %x a number; a number before the s limits its length.
 */
#ifndef _LINUX_PARSER_H
#define _LINUX_PARSER_H

#include <linux/compiler.h>
#include <linux/types.h>

/* The last entry's pattern is NULL: its token stands for everything else. */
struct match_token {
	int token;
	const char *pattern;
};
typedef struct match_token match_table_t[];

enum { MAX_OPT_ARGS = 3 };

/* A value within the option: from the first character up to `to`, exclusive. */
typedef struct {
	char *from;
	char *to;
} substring_t;

__BEGIN_DECLS
int match_token(char *text, const match_table_t table, substring_t args[]);
/* 0, -EINVAL, -ERANGE, -ENOMEM. May sleep. */
int match_int(substring_t *s, int *result);
int match_uint(substring_t *s, unsigned int *result);
int match_u64(substring_t *s, u64 *result);
int match_octal(substring_t *s, int *result);
int match_hex(substring_t *s, int *result);
/* ? is any character, * any text. */
bool match_wildcard(const char *pattern, const char *str);
/* Like strlcpy(): the value's length. */
size_t match_strlcpy(char *dest, const substring_t *src, size_t size);
char *match_strdup(const substring_t *s);
__END_DECLS
#endif

// SPDX-License-Identifier: Apache-2.0
// Parsers, formatters, state machines.
#include "bench.h"

static char source[1024], target[2048];
static void put(const char *s)
{
	int i = 0;
	while (i + 1 < 1024) {
		const char *p = s;
		while (*p && i + 1 < 1024)
			source[i++] = *p++;
	}
	source[400] = 0;
}

static noinline char *number(char *o, u64 v, unsigned base, int width, char pad)
{
	char t[24];
	int n = 0;
	do {
		unsigned d = v % base;
		t[n++] = d < 10 ? '0' + d : 'a' + d - 10;
		v /= base;
	} while (v);
	while (width-- > n)
		*o++ = pad;
	while (n)
		*o++ = t[--n];
	return o;
}
static noinline char *format(char *o, const char *f, const u64 *args)
{
	for (; *f; f++) {
		if (*f != '%') {
			*o++ = *f;
			continue;
		}
		int width = 0;
		char pad = ' ';
		f++;
		if (*f == '0')
			pad = '0', f++;
		while (*f >= '0' && *f <= '9')
			width = width * 10 + (*f++ - '0');
		switch (*f) {
		case 'd':
			if ((s64)*args < 0) {
				*o++ = '-';
				o = number(o, -*args++, 10, width - 1, pad);
				break;
			} /* fall through */
		case 'u':
			o = number(o, *args++, 10, width, pad);
			break;
		case 'x':
			o = number(o, *args++, 16, width, pad);
			break;
		case 'o':
			o = number(o, *args++, 8, width, pad);
			break;
		case 'c':
			*o++ = *args++;
			break;
		case 's':
			for (const char *s = (const char *)*args++; *s;)
				*o++ = *s++;
			break;
		case '%':
			*o++ = '%';
			break;
		default:
			*o++ = '?';
		}
	}
	*o = 0;
	return o;
}
PREPARE(printf_like)
{
}
MEASURE(printf_like)
{
	u64 h = 0;
	for (int i = 0; i < 6; i++) {
		u64 args[] = {i * 1000003ul, -(u64)i * 77, 0xdeadbeef << i, (u64) "gpio3", 'A' + i};
		char *end = format(target, "[%8u] irq %d at %016x %s%%-%c\n", args);
		for (char *p = target; p < end; p++)
			h = h * 7 + *p;
	}
	return h;
}

PREPARE(json_depth)
{
	put("{\"a\":[1,2,{\"b\":\"x\\\"y\"}],\"cc\":{\"d\":[[],[true,null]]}} ");
}
MEASURE(json_depth)
{
	int depth = 0, deepest = 0, strings = 0, in_string = 0, escaped = 0;
	for (const char *p = source; *p; p++) {
		if (in_string) {
			if (escaped)
				escaped = 0;
			else if (*p == '\\')
				escaped = 1;
			else if (*p == '"')
				in_string = 0;
			continue;
		}
		switch (*p) {
		case '"':
			in_string = 1;
			strings++;
			break;
		case '{':
		case '[':
			if (++depth > deepest)
				deepest = depth;
			break;
		case '}':
		case ']':
			depth--;
			break;
		}
	}
	return deepest * 100 + strings;
}

static long expression(const char **p);
static noinline long factor(const char **p)
{
	while (**p == ' ')
		++*p;
	if (**p == '(') {
		++*p;
		long v = expression(p);
		if (**p == ')')
			++*p;
		return v;
	}
	if (**p == '-') {
		++*p;
		return -factor(p);
	}
	long v = 0;
	while (**p >= '0' && **p <= '9')
		v = v * 10 + (*(*p)++ - '0');
	while (**p == ' ')
		++*p;
	return v;
}
static noinline long term(const char **p)
{
	long v = factor(p);
	for (;;) {
		if (**p == '*') {
			++*p;
			v *= factor(p);
		} else if (**p == '/') {
			++*p;
			long d = factor(p);
			v = d ? v / d : 0;
		} else {
			return v;
		}
	}
}
static noinline long expression(const char **p)
{
	long v = term(p);
	while (**p == '+' || **p == '-') {
		char op = *(*p)++;
		long t = term(p);
		v = op == '+' ? v + t : v - t;
	}
	return v;
}
PREPARE(calculator)
{
}
MEASURE(calculator)
{
	static const char *const lines[] = {"1 + 2 * (3 - 4) * 55 / 3", "((((7))))*8-2", "-(12 + 3)*(4 - 99)/5 + 17*17",
					    "100/0 + 1", "1+2+3+4+5+6+7*8*9"};
	u64 sum = 0;
	for (int i = 0; i < 5; i++) {
		const char *p = lines[i];
		sum = sum * 3 + expression(&p);
	}
	return sum;
}

PREPARE(strstr_naive)
{
	put("the cat sat on the thin thing that the theme ");
}
MEASURE(strstr_naive)
{
	static const char needle[] = "theme";
	u64 found = 0;
	for (const char *h = source; *h; h++) {
		int i = 0;
		while (needle[i] && h[i] == needle[i])
			i++;
		if (!needle[i])
			found += h - source;
	}
	return found;
}

PREPARE(strcasecmp)
{
	put("Interrupt-Parent Interrupt-Controller ");
}
MEASURE(strcasecmp)
{
	u64 sum = 0;
	for (int i = 0; i < 30; i++) {
		const char *a = source + i, *b = source + 38 + i % 5;
		int x, y;
		do {
			x = *a++, y = *b++;
			if (x >= 'A' && x <= 'Z')
				x += 32;
			if (y >= 'A' && y <= 'Z')
				y += 32;
		} while (x && x == y);
		sum += x - y;
	}
	return sum;
}

PREPARE(key_value)
{
	put("console=ttyS2,1500000n8 root=/dev/mmcblk0p2 quiet irqaffinity=0-2 threadirqs ");
}
MEASURE(key_value)
{
	u64 h = 0;
	const char *p = source;
	while (*p) {
		const char *key = p, *value = 0;
		while (*p && *p != ' ') {
			if (*p == '=' && !value)
				value = p + 1;
			p++;
		}
		size_t n = (value ? value - 1 : p) - key;
		if (n == 5 && key[0] == 'q' && key[1] == 'u')
			h += 7;
		else if (value && *value >= '0' && *value <= '9')
			h = h * 3 + *value;
		else
			h += n;
		while (*p == ' ')
			p++;
	}
	return h;
}

PREPARE(uart_frames)
{
	u32 s = 31;
	for (int i = 0; i < 400; i++)
		source[i] = (SEQUENCE(s) >> 24) % 5 ? SEQUENCE(s) >> 26 : 0x7e;
}
struct framer {
	enum { idle, address, length, payload, check } state;
	u8 address_byte, left, sum;
	u16 good, bad;
};
static noinline void frame_byte(struct framer *f, u8 c)
{
	switch (f->state) {
	case idle:
		if (c == 0x7e)
			f->state = address;
		break;
	case address:
		f->address_byte = c;
		f->sum = c;
		f->state = length;
		break;
	case length:
		f->left = c & 7;
		f->sum += c;
		f->state = f->left ? payload : check;
		break;
	case payload:
		f->sum ^= c;
		if (!--f->left)
			f->state = check;
		break;
	case check:
		if ((f->sum & 3) == (c & 3))
			f->good++;
		else
			f->bad++;
		f->state = idle;
		break;
	}
}
MEASURE(uart_frames)
{
	struct framer f = {idle};
	for (int i = 0; i < 400; i++)
		frame_byte(&f, source[i]);
	return f.good * 100 + f.bad;
}

PREPARE(quote_string)
{
	put("say \"hi\"\tto\\from\n\x01");
}
MEASURE(quote_string)
{
	char *o = target;
	for (const char *p = source; *p; p++)
		switch (*p) {
		case '\n':
			*o++ = '\\', *o++ = 'n';
			break;
		case '\t':
			*o++ = '\\', *o++ = 't';
			break;
		case '"':
		case '\\':
			*o++ = '\\';
			*o++ = *p;
			break;
		default:
			if (*p < 32) {
				*o++ = '\\', *o++ = '0' + (*p >> 6), *o++ = '0' + (*p >> 3 & 7), *o++ = '0' + (*p & 7);
			} else {
				*o++ = *p;
			}
		}
	return o - target;
}

PREPARE(edit_distance)
{
	put("kitten on the sitting room floor");
}
MEASURE(edit_distance)
{
	u16 row[32];
	const char *a = source, *b = source + 7;
	for (int j = 0; j < 20; j++)
		row[j] = j;
	for (int i = 1; i < 16; i++) {
		u16 diagonal = row[0];
		row[0] = i;
		for (int j = 1; j < 20; j++) {
			u16 up = row[j], cost = diagonal + (a[i - 1] != b[j - 1]),
			    least = up + 1 < cost ? up + 1 : cost;
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			row[j] = least;
			diagonal = up;
		}
	}
	return row[19];
}

PREPARE(wildcard_recursive)
{
}
static noinline int wild(const char *p, const char *s)
{
	for (; *p; p++, s++) {
		if (*p == '*') {
			while (p[1] == '*')
				p++;
			do
				if (wild(p + 1, s))
					return 1;
			while (*s++);
			return 0;
		}
		if (!*s || (*p != '?' && *p != *s))
			return 0;
	}
	return !*s;
}
MEASURE(wildcard_recursive)
{
	return wild("*i*r?q*", "gpio3-interrupt-controller-irq47") * 4 + wild("a*b*c", "aXXbYYbZZ") * 2 +
	       wild("gpio?", "gpio3");
}

PREPARE(gcode_switch)
{
	u32 s = 44;
	for (int i = 0; i < 300; i++)
		source[i] = SEQUENCE(s) >> 24;
}
MEASURE(gcode_switch)
{
	u64 a = 1, b = 2, c = 3;
	for (int i = 0; i < 300; i++)
		switch ((u8)source[i] & 31) {
		case 0:
			a += b;
			break;
		case 1:
			b ^= c;
			break;
		case 2:
			c -= a;
			break;
		case 3:
			a <<= 1;
			break;
		case 4:
			b = a * c;
			break;
		case 5:
			c = ~b;
			break;
		case 6:
			a = b > c ? b : c;
			break;
		case 7:
			b++;
			break;
		case 9:
			c += 17;
			break;
		case 11:
			if (a & 1)
				b = c;
			break;
		case 12:
			a = c >> 3;
			break;
		case 13:
			a ^= 0xff;
			break;
		case 17:
			c = a - b;
			break;
		case 20:
			b = b << 7 | b >> 57;
			break;
		case 21:
			a = -a;
			break;
		case 27:
			b /= 3;
			break;
		default:
			c ^= source[i];
		}
	return a ^ b ^ c;
}

PREPARE(sparse_switch)
{
	u32 s = 45;
	static const u16 commands[] = {0x5401, 0x5402, 0x5404, 0x540b, 0x5421, 0x5460, 0x8933, 0x1260, 7};
	for (int i = 0; i < 200; i++)
		((u16 *)source)[i] = commands[SEQUENCE(s) % 9];
}
MEASURE(sparse_switch)
{
	u64 h = 0;
	for (int i = 0; i < 200; i++)
		switch (((u16 *)source)[i]) {
		case 0x5401:
			h += 3;
			break;
		case 0x5402:
			h ^= h << 5;
			break;
		case 0x5404:
			h -= i;
			break;
		case 0x540b:
			h = h * 9 + 1;
			break;
		case 0x5421:
			h ^= 0x55;
			break;
		case 0x5460:
			h += h >> 3;
			break;
		case 0x8933:
			h = ~h;
			break;
		case 0x1260:
			h += 512;
			break;
		default:
			return h;
		case 7:
			h--;
		}
	return h;
}

// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Module parameters: types, files, errors. */
// parameters: number=5 word=abc flag=1 list=1,2,3 small=200 inverse=0 words=a,b
// exec: 5ms ls /sys/module/modparams/parameters
// exec: 6.0ms cat /sys/module/modparams/parameters/number
// exec: 6.1ms cat /sys/module/modparams/parameters/word
// exec: 6.2ms cat /sys/module/modparams/parameters/flag
// exec: 6.3ms cat /sys/module/modparams/parameters/list
// exec: 6.4ms cat /sys/module/modparams/parameters/small
// exec: 6.5ms cat /sys/module/modparams/parameters/inverse
// exec: 6.6ms cat /sys/module/modparams/parameters/words
// exec: 7ms echo 12x > /sys/module/modparams/parameters/number
// exec: 8ms echo 300 > /sys/module/modparams/parameters/small
// exec: 9ms echo maybe > /sys/module/modparams/parameters/flag
// exec: 10ms echo 1,2,3,4,5 > /sys/module/modparams/parameters/list
// exec: 11ms echo 9,8 > /sys/module/modparams/parameters/list
// exec: 12ms cat /sys/module/modparams/parameters/list
// exec: 13ms echo 0x20 > /sys/module/modparams/parameters/number
// exec: 14ms cat /sys/module/modparams/parameters/number
// exec: 15ms echo 7 > /sys/module/modparams/parameters/own
// exec: 16ms cat /sys/module/modparams/parameters/own
// exec: 17ms echo long-enough-text > /sys/module/modparams/parameters/text
// exec: 18ms cat /sys/module/modparams/parameters/text
// exec: 21ms cat /sys/module/modparams/version
// exec: 22ms cat /sys/module/modparams/refcnt
// for: 25ms
#include "probe.h"

static int number = 1, list[4], count;
static char *word = "w", *words[3];
static bool flag, inverse;
static unsigned char small;
static char text[8] = "t";
module_param(number, int, 0644);
module_param(word, charp, 0444);
module_param(flag, bool, 0644);
module_param_array(list, int, &count, 0644);
module_param_array(words, charp, NULL, 0444);
module_param(small, byte, 0644);
module_param(inverse, invbool, 0444);
module_param_string(text, text, sizeof(text), 0644);
static int set(const char *v, const struct kernel_param *p)
{
	SAY("set [%s]", v);
	return 0;
}
static int get(char *b, const struct kernel_param *p)
{
	return sprintf(b, "own value\n");
}
static const struct kernel_param_ops ops = {.set = set, .get = get};
module_param_cb(own, &ops, NULL, 0644);
MODULE_VERSION("1.2");

static void probe(void)
{
	SAY("%d %s %d %d: %d %d %d, %u %d %s", number, word, flag, count, list[0], list[1], list[2], small, inverse,
	    words[1]);
	SAY("%s %d", THIS_MODULE->name, try_module_get(THIS_MODULE));
	module_put(THIS_MODULE);
}

static void leave(void)
{
	FACT(number);
	FACT(count);
}

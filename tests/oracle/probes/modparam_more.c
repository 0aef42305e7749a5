// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Module parameters: arrays, strings, callbacks, refusals through sysfs. */
// parameters: arr=1,2,3 str=hello word=abc flag=1 inv=1 ll=99999999999 u8v=255
// exec: 5ms cat /sys/module/modparam_more/parameters/arr
// exec: 6ms echo 4,5 > /sys/module/modparam_more/parameters/arr
// exec: 7ms echo 1,2,3,4,5 > /sys/module/modparam_more/parameters/arr
// exec: 8ms cat /sys/module/modparam_more/parameters/str
// exec: 9ms echo abcdefghijk > /sys/module/modparam_more/parameters/word
// exec: 10ms echo xyz > /sys/module/modparam_more/parameters/word
// exec: 11ms cat /sys/module/modparam_more/parameters/word
// exec: 12ms cat /sys/module/modparam_more/parameters/flag /sys/module/modparam_more/parameters/inv
// exec: 13ms echo maybe > /sys/module/modparam_more/parameters/flag
// exec: 14ms echo 256 > /sys/module/modparam_more/parameters/u8v
// exec: 15ms cat /sys/module/modparam_more/parameters/u8v /sys/module/modparam_more/parameters/ll
// exec: 16ms echo 5 > /sys/module/modparam_more/parameters/cb
// exec: 17ms echo 50 > /sys/module/modparam_more/parameters/cb
// exec: 18ms cat /sys/module/modparam_more/parameters/cb
// exec: 19ms ls /sys/module/modparam_more/parameters
// exec: 20ms echo 1 > /sys/module/modparam_more/parameters/ro
// exec: 21ms cat /sys/module/modparam_more/initstate /sys/module/modparam_more/refcnt
// exec: 22ms echo -1 > /sys/module/modparam_more/parameters/uns
// exec: 23ms echo 0x10 > /sys/module/modparam_more/parameters/uns
// exec: 24ms cat /sys/module/modparam_more/parameters/uns
// exec: 25ms ls /sys/module/modparam_more
// for: 28ms
#include "probe.h"

static int arr[4] = {9}, count;
module_param_array(arr, int, &count, 0644);
static char *str = "none";
module_param(str, charp, 0644);
static char word[8] = "def";
module_param_string(word, word, sizeof(word), 0644);
static bool flag, inv;
module_param(flag, bool, 0644);
module_param(inv, invbool, 0644);
static unsigned long long ll;
module_param(ll, ullong, 0644);
static u8 u8v;
module_param(u8v, byte, 0644);
static int ro = 3;
module_param(ro, int, 0444);
static int hidden;
module_param(hidden, int, 0);
static unsigned int uns;
module_param(uns, uint, 0644);
static int cb;
static const struct kernel_param_ops ops;
static int cb_set(const char *v, const struct kernel_param *k)
{
	SAY("set [%s]", v);
	return param_set_uint_minmax(v, k, 1, 10);
}
static const struct kernel_param_ops ops = {.set = cb_set, .get = param_get_uint};
module_param_cb(cb, &ops, &cb, 0644);

static void probe(void)
{
	SAY("count %d arr %d %d %d %d str %s word %s flag %d inv %d ll %llu u8 %u", count, arr[0], arr[1], arr[2],
	    arr[3], str, word, flag, inv, ll, u8v);
}

static void leave(void)
{
	SAY("count %d arr %d %d", count, arr[0], arr[1]);
}

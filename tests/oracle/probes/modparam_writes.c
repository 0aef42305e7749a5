// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Parameters written while the module is there: each type, in range and out of it. */
// parameters: small=3 word=0x10 text=abc list=1,2
// exec: 5.0ms echo "255" > /sys/module/modparam_writes/parameters/small
// exec: 5.1ms cat /sys/module/modparam_writes/parameters/small
// exec: 5.2ms echo "256" > /sys/module/modparam_writes/parameters/small
// exec: 5.3ms cat /sys/module/modparam_writes/parameters/small
// exec: 5.4ms echo "-1" > /sys/module/modparam_writes/parameters/small
// exec: 5.5ms cat /sys/module/modparam_writes/parameters/small
// exec: 5.6ms echo "0x1f" > /sys/module/modparam_writes/parameters/small
// exec: 5.7ms cat /sys/module/modparam_writes/parameters/small
// exec: 5.8ms echo "010" > /sys/module/modparam_writes/parameters/small
// exec: 5.9ms cat /sys/module/modparam_writes/parameters/small
// exec: 6.0ms echo "x" > /sys/module/modparam_writes/parameters/small
// exec: 6.1ms cat /sys/module/modparam_writes/parameters/small
// exec: 6.2ms echo "" > /sys/module/modparam_writes/parameters/small
// exec: 6.3ms cat /sys/module/modparam_writes/parameters/small
// exec: 6.4ms echo "32767" > /sys/module/modparam_writes/parameters/half
// exec: 6.5ms cat /sys/module/modparam_writes/parameters/half
// exec: 6.6ms echo "32768" > /sys/module/modparam_writes/parameters/half
// exec: 6.7ms cat /sys/module/modparam_writes/parameters/half
// exec: 6.8ms echo "-32768" > /sys/module/modparam_writes/parameters/half
// exec: 6.9ms cat /sys/module/modparam_writes/parameters/half
// exec: 7.0ms echo "-32769" > /sys/module/modparam_writes/parameters/half
// exec: 7.1ms cat /sys/module/modparam_writes/parameters/half
// exec: 7.2ms echo "12 " > /sys/module/modparam_writes/parameters/half
// exec: 7.3ms cat /sys/module/modparam_writes/parameters/half
// exec: 7.4ms echo "4294967295" > /sys/module/modparam_writes/parameters/word
// exec: 7.5ms cat /sys/module/modparam_writes/parameters/word
// exec: 7.6ms echo "4294967296" > /sys/module/modparam_writes/parameters/word
// exec: 7.7ms cat /sys/module/modparam_writes/parameters/word
// exec: 7.8ms echo "-1" > /sys/module/modparam_writes/parameters/word
// exec: 7.9ms cat /sys/module/modparam_writes/parameters/word
// exec: 8.0ms echo "+5" > /sys/module/modparam_writes/parameters/word
// exec: 8.1ms cat /sys/module/modparam_writes/parameters/word
// exec: 8.2ms echo "0b1" > /sys/module/modparam_writes/parameters/word
// exec: 8.3ms cat /sys/module/modparam_writes/parameters/word
// exec: 8.4ms echo "y" > /sys/module/modparam_writes/parameters/flag
// exec: 8.5ms cat /sys/module/modparam_writes/parameters/flag
// exec: 8.6ms echo "N" > /sys/module/modparam_writes/parameters/flag
// exec: 8.7ms cat /sys/module/modparam_writes/parameters/flag
// exec: 8.8ms echo "1" > /sys/module/modparam_writes/parameters/flag
// exec: 8.9ms cat /sys/module/modparam_writes/parameters/flag
// exec: 9.0ms echo "0" > /sys/module/modparam_writes/parameters/flag
// exec: 9.1ms cat /sys/module/modparam_writes/parameters/flag
// exec: 9.2ms echo "on" > /sys/module/modparam_writes/parameters/flag
// exec: 9.3ms cat /sys/module/modparam_writes/parameters/flag
// exec: 9.4ms echo "OFF" > /sys/module/modparam_writes/parameters/flag
// exec: 9.5ms cat /sys/module/modparam_writes/parameters/flag
// exec: 9.6ms echo "oN" > /sys/module/modparam_writes/parameters/flag
// exec: 9.7ms cat /sys/module/modparam_writes/parameters/flag
// exec: 9.8ms echo "t" > /sys/module/modparam_writes/parameters/flag
// exec: 9.9ms cat /sys/module/modparam_writes/parameters/flag
// exec: 10.0ms echo "maybe" > /sys/module/modparam_writes/parameters/flag
// exec: 10.1ms cat /sys/module/modparam_writes/parameters/flag
// exec: 10.2ms echo "2" > /sys/module/modparam_writes/parameters/flag
// exec: 10.3ms cat /sys/module/modparam_writes/parameters/flag
// exec: 10.4ms echo "y" > /sys/module/modparam_writes/parameters/turned
// exec: 10.5ms cat /sys/module/modparam_writes/parameters/turned
// exec: 10.6ms echo "N" > /sys/module/modparam_writes/parameters/turned
// exec: 10.7ms cat /sys/module/modparam_writes/parameters/turned
// exec: 10.8ms echo "1" > /sys/module/modparam_writes/parameters/turned
// exec: 10.9ms cat /sys/module/modparam_writes/parameters/turned
// exec: 11.0ms echo "maybe" > /sys/module/modparam_writes/parameters/turned
// exec: 11.1ms cat /sys/module/modparam_writes/parameters/turned
// exec: 11.2ms echo "1,2,3" > /sys/module/modparam_writes/parameters/list
// exec: 11.3ms cat /sys/module/modparam_writes/parameters/list
// exec: 11.4ms echo "4" > /sys/module/modparam_writes/parameters/list
// exec: 11.5ms cat /sys/module/modparam_writes/parameters/list
// exec: 11.6ms echo "1,2,3,4,5" > /sys/module/modparam_writes/parameters/list
// exec: 11.7ms cat /sys/module/modparam_writes/parameters/list
// exec: 11.8ms echo "" > /sys/module/modparam_writes/parameters/list
// exec: 11.9ms cat /sys/module/modparam_writes/parameters/list
// exec: 12.0ms echo "1,,2" > /sys/module/modparam_writes/parameters/list
// exec: 12.1ms cat /sys/module/modparam_writes/parameters/list
// exec: 12.2ms echo "7,x" > /sys/module/modparam_writes/parameters/list
// exec: 12.3ms cat /sys/module/modparam_writes/parameters/list
// exec: 12.4ms echo "longer" > /sys/module/modparam_writes/parameters/text
// exec: 12.5ms cat /sys/module/modparam_writes/parameters/text
// exec: 12.6ms echo "a b" > /sys/module/modparam_writes/parameters/text
// exec: 12.7ms cat /sys/module/modparam_writes/parameters/text
// exec: 12.8ms echo "" > /sys/module/modparam_writes/parameters/text
// exec: 12.9ms cat /sys/module/modparam_writes/parameters/text
// exec: 13.0ms echo "1234567" > /sys/module/modparam_writes/parameters/copied
// exec: 13.1ms cat /sys/module/modparam_writes/parameters/copied
// exec: 13.2ms echo "12345678" > /sys/module/modparam_writes/parameters/copied
// exec: 13.3ms cat /sys/module/modparam_writes/parameters/copied
// exec: 13.4ms echo "abc" > /sys/module/modparam_writes/parameters/copied
// exec: 13.5ms cat /sys/module/modparam_writes/parameters/copied
// exec: 13.6ms echo "1" > /sys/module/modparam_writes/parameters/checked
// exec: 13.7ms cat /sys/module/modparam_writes/parameters/checked
// exec: 13.8ms echo "50" > /sys/module/modparam_writes/parameters/checked
// exec: 13.9ms cat /sys/module/modparam_writes/parameters/checked
// exec: 14.0ms echo "100" > /sys/module/modparam_writes/parameters/checked
// exec: 14.1ms cat /sys/module/modparam_writes/parameters/checked
// exec: 14.2ms echo "101" > /sys/module/modparam_writes/parameters/checked
// exec: 14.3ms cat /sys/module/modparam_writes/parameters/checked
// exec: 14.4ms echo "0" > /sys/module/modparam_writes/parameters/checked
// exec: 14.5ms cat /sys/module/modparam_writes/parameters/checked
// exec: 14.6ms echo 1 > /sys/module/modparam_writes/parameters/fixed
// exec: 14.7ms cat /sys/module/modparam_writes/parameters/fixed
// exec: 14.8ms ls /sys/module/modparam_writes/parameters
// exec: 14.9ms echo 1 > /sys/module/modparam_writes/parameters/none
// for: 40ms
#include "probe.h"

#include <linux/moduleparam.h>

static unsigned char small;
static short half;
static unsigned int word, fixed;
static bool flag, turned;
static int list[4], listed;
static char *text = "none";
static char copied[8] = "start";
static int checked = 10;

module_param(small, byte, 0644);
module_param(half, short, 0644);
module_param(word, uint, 0644);
module_param(flag, bool, 0644);
module_param(turned, invbool, 0644);
module_param_array(list, int, &listed, 0644);
module_param(text, charp, 0644);
module_param_string(copied, copied, sizeof(copied), 0644);
module_param(fixed, uint, 0444);

static int check(const char *value, const struct kernel_param *kp)
{
	int new, ret = kstrtoint(value, 0, &new);

	SAY("set to %s", value);
	if (ret)
		return ret;
	if (new < 1 || new > 100)
		return -ERANGE;
	return param_set_int(value, kp);
}
static const struct kernel_param_ops check_ops = {.set = check, .get = param_get_int};
module_param_cb(checked, &check_ops, &checked, 0644);

static void probe(void)
{
	FACT(small);
	FACT(word);
	FACT(listed);
	SAY("%s %s", text, copied);
}

static void leave(void)
{
	SAY("%u %d %u %d %d %d %s %s %d", small, half, word, flag, turned, listed, text, copied, checked);
}

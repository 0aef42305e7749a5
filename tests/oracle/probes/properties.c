// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Software nodes: properties of a device without a tree. */
#include "probe.h"
#include <linux/platform_device.h>
#include <linux/property.h>

static const u32 list[] = {1, 2, 3};
static const char *const names[] = {"one", "two"};
static const struct property_entry props[] = {PROPERTY_ENTRY_U32("num", 7),
					      PROPERTY_ENTRY_U32_ARRAY("list", list),
					      PROPERTY_ENTRY_STRING("str", "text"),
					      PROPERTY_ENTRY_STRING_ARRAY("names", names),
					      PROPERTY_ENTRY_BOOL("flag"),
					      PROPERTY_ENTRY_U8("byte", 200),
					      {}};

static void probe(void)
{
	struct platform_device_info info = {.name = "oracle-prop", .id = PLATFORM_DEVID_NONE, .properties = props};
	struct platform_device *p = platform_device_register_full(&info);
	struct device *d = &p->dev;
	u32 v[4] = {};
	u8 b = 0;
	const char *s = "";

	FACT(device_property_present(d, "num"));
	FACT(device_property_present(d, "none"));
	FACT(device_property_read_bool(d, "flag"));
	FACT(device_property_read_u32(d, "num", v));
	FACT(v[0]);
	FACT(device_property_read_u32(d, "none", v));
	FACT(device_property_read_u8(d, "num", &b));
	FACT(device_property_read_u8(d, "byte", &b));
	FACT(b);
	FACT(device_property_count_u32(d, "list"));
	FACT(device_property_read_u32_array(d, "list", v, 3));
	FACT(v[2]);
	FACT(device_property_read_u32_array(d, "list", v, 4));
	FACT(device_property_read_u32_array(d, "list", v, 2));
	FACT(device_property_read_string(d, "str", &s));
	SAY("%s", s);
	FACT(device_property_match_string(d, "names", "two"));
	FACT(device_property_match_string(d, "names", "three"));
	FACT(device_property_read_string_array(d, "names", NULL, 0));
	FACT(device_property_read_string(d, "num", &s));
	platform_device_unregister(p);
}

static void leave(void)
{
}

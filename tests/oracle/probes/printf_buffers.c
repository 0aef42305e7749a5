// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* snprintf and its relatives: what they return and leave. */
#include "probe.h"

static void probe(void)
{
	char b[8];
	char *s;

	SAY("%d [%s]", snprintf(b, sizeof(b), "%s", "0123456789"), b);
	SAY("%d [%s]", scnprintf(b, sizeof(b), "%s", "0123456789"), b);
	SAY("%d", snprintf(NULL, 0, "%d", 12345));
	SAY("%d", scnprintf(b, 0, "%d", 12345));
	SAY("%zd [%s]", strscpy(b, "0123456789", sizeof(b)), b);
	SAY("%zd [%s]", strscpy(b, "01", sizeof(b)), b);
	SAY("%zd", strscpy(b, "01", 0));
	SAY("%zu [%s]", strlcpy(b, "0123456789", sizeof(b)), b);
	strscpy(b, "abc", sizeof(b));
	SAY("%zu [%s]", strlcat(b, "defghij", sizeof(b)), b);
	s = kasprintf(GFP_KERNEL, "%s-%d", "k", 5);
	SAY("%s", s);
	kfree(s);
	SAY("%zd [%s]", strscpy_pad(b, "x", sizeof(b)), b);
	SAY("%d", b[7]);
	s = kstrndup("hello", 3, GFP_KERNEL);
	SAY("[%s]", s);
	kfree(s);
	SAY("[%s]", kbasename("/a/b/c"));
	SAY("sprintf %d", sprintf(b, "%d", 77));
}

static void leave(void)
{
}

// SPDX-License-Identifier: Apache-2.0
//
// Notifier chains: order, stopping, taking back, and what registering twice says.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

BOOST_AUTO_TEST_CASE(blocks_are_called_by_falling_priority_until_one_stops_and_those_before_it_take_back) {
    in_kernel(R"(
#include <linux/notifier.h>
struct named { struct notifier_block nb; char name; };
static char told[32];
static int length;
static char refuser;
static int note(struct notifier_block *nb, unsigned long action, void *data)
{
	struct named *n = container_of(nb, struct named, nb);
	told[length++] = action == 1 ? n->name : n->name - 'a' + 'A';
	return action == 1 && n->name == refuser ? notifier_from_errno(-EBUSY) : NOTIFY_OK;
}
static struct named a = {{note, NULL, 10}, 'a'}, b = {{note, NULL, 5}, 'b'}, c = {{note, NULL, 5}, 'c'};
static BLOCKING_NOTIFIER_HEAD(chain);
static const char *after(int ret, int wanted)
{
	SAME(ret, wanted);
	told[length] = '\0';
	length = 0;
	return told;
}
static void test(void)
{
	SAME(blocking_notifier_call_chain(&chain, 1, NULL), NOTIFY_DONE);
	SAME(blocking_notifier_chain_register(&chain, &b.nb), 0);
	SAME(blocking_notifier_chain_register(&chain, &c.nb), 0);
	SAME(blocking_notifier_chain_register_unique_prio(&chain, &a.nb), 0);
	CHECK(!strcmp(after(blocking_notifier_call_chain(&chain, 1, NULL), NOTIFY_OK), "abc"));
	CHECK(!strcmp(after(blocking_notifier_call_chain_robust(&chain, 1, 2, NULL), NOTIFY_OK), "abc"));
	refuser = 'b';
	CHECK(!strcmp(after(notifier_to_errno(blocking_notifier_call_chain(&chain, 1, NULL)), -EBUSY), "ab"));
	CHECK(!strcmp(after(notifier_to_errno(blocking_notifier_call_chain_robust(&chain, 1, 2, NULL)), -EBUSY), "abA"));
	SAME(blocking_notifier_chain_unregister(&chain, &c.nb), 0);
	SAME(blocking_notifier_chain_unregister(&chain, &c.nb), -ENOENT);
	SAME(blocking_notifier_chain_register_unique_prio(&chain, &c.nb), -EBUSY);
	CHECK(!strcmp(after(notifier_to_errno(blocking_notifier_call_chain(&chain, 1, NULL)), -EBUSY), "ab"));
}
)");
}

BOOST_AUTO_TEST_CASE(a_block_that_is_registered_twice_is_a_warning) {
    const outcome r = in_kernel(R"(
#include <linux/notifier.h>
static int note(struct notifier_block *nb, unsigned long action, void *data) { return NOTIFY_OK; }
static struct notifier_block block = {note};
static ATOMIC_NOTIFIER_HEAD(chain);
static void test(void)
{
	SAME(atomic_notifier_chain_register(&chain, &block), 0);
	SAME(atomic_notifier_chain_register(&chain, &block), -EEXIST);
}
)",
                                {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said("notifier callback note ") == 1u, r.out);
    BOOST_TEST(r.said(" already registered") == 1u, r.out);
}

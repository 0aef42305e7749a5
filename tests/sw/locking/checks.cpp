// SPDX-License-Identifier: Apache-2.0
//
// What a debug kernel says of locks that are used wrongly, in its own words.
#include "tests/sw/in_kernel.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

// The lock validator speaks first of what it follows, and then lock debugging is over: these locks are not followed.
const std::string not_followed = "lockdep_set_novalidate_class(&l); ";

void says(const std::string &body, const std::string &text) {
    const outcome r = in_kernel(body, {{"--for", "1ms"}, 2});
    BOOST_TEST(r.said(text) == 1u, text << " is not in:\n" << r.out);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_spin_lock_taken_twice_by_its_owner_is_a_recursion) {
    says("static DEFINE_SPINLOCK(l);\nstatic void test(void) { " + not_followed +
             "spin_lock(&l); spin_lock(&l); spin_unlock(&l); "
             "spin_unlock(&l); SAME(preempt_count(), 0); }",
         "BUG: spinlock recursion on CPU#");
}
BOOST_AUTO_TEST_CASE(a_spin_lock_unlocked_twice_is_already_unlocked) {
    says("static DEFINE_SPINLOCK(l);\nstatic void test(void) { " + not_followed +
             "spin_lock(&l); spin_unlock(&l); preempt_disable(); "
             "spin_unlock(&l); }",
         "BUG: spinlock already unlocked on CPU#");
}
BOOST_AUTO_TEST_CASE(a_spin_lock_that_was_never_initialised_has_bad_magic) {
    says("static spinlock_t l;\nstatic void test(void) { spin_lock(&l); spin_unlock(&l); }",
         "BUG: spinlock bad magic on CPU#");
}
BOOST_AUTO_TEST_CASE(a_spin_lock_unlocked_by_another_task_has_the_wrong_owner) {
    says(R"(static DEFINE_SPINLOCK(l);
static int fn(void *arg) { preempt_disable(); spin_unlock(&l); return 0; }
static void test(void) { struct task_struct *t = thread_on(1, fn, NULL, "other"); lockdep_set_novalidate_class(&l); set_cpus_allowed_ptr(current, cpumask_of(0));
spin_lock(&l); wake_up_process(t); udelay(500); preempt_enable(); finish(t); })",
         "BUG: spinlock wrong owner on CPU#1, other/");
}
BOOST_AUTO_TEST_CASE(a_mutex_unlocked_by_another_task_is_a_warning) {
    says(R"(static DEFINE_MUTEX(l);
static int fn(void *arg) { mutex_unlock(&l); return 0; }
static void test(void) { struct task_struct *t = thread_on(1, fn, NULL, "other"); lockdep_set_novalidate_class(&l); mutex_lock(&l); wake_up_process(t); finish(t); })",
         "DEBUG_LOCKS_WARN_ON(");
}
BOOST_AUTO_TEST_CASE(a_rwsem_released_by_another_task_is_a_warning) {
    says(R"(static DECLARE_RWSEM(l);
static int fn(void *arg) { up_write(&l); return 0; }
static void test(void) { struct task_struct *t = thread_on(1, fn, NULL, "other"); lockdep_set_novalidate_class(&l); down_write(&l); wake_up_process(t); finish(t); })",
         "DEBUG_LOCKS_WARN_ON(");
}
BOOST_AUTO_TEST_CASE(a_mutex_under_a_spin_lock_is_sleeping_in_an_invalid_context) {
    says("static DEFINE_MUTEX(m);\nstatic DEFINE_SPINLOCK(l);\nstatic void test(void) { spin_lock(&l); mutex_lock(&m); "
         "mutex_unlock(&m); spin_unlock(&l); }",
         "BUG: sleeping function called from invalid context at ");
}
BOOST_AUTO_TEST_CASE(sleeping_under_a_spin_lock_is_scheduling_while_atomic) {
    says("static DEFINE_SPINLOCK(l);\nstatic void test(void) { spin_lock(&l); msleep(1); spin_unlock(&l); }",
         "BUG: scheduling while atomic: insmod/");
}
BOOST_AUTO_TEST_CASE(preemption_enabled_once_too_often_is_a_warning) {
    says("static void test(void) { preempt_enable(); }", "DEBUG_LOCKS_WARN_ON(val > preempt_count())");
}
BOOST_AUTO_TEST_CASE(blocking_with_a_state_set_is_named_with_the_state) {
    says("static DEFINE_MUTEX(m);\nstatic void test(void) { set_current_state(TASK_INTERRUPTIBLE); mutex_lock(&m); "
         "mutex_unlock(&m); }",
         "do not call blocking ops when !TASK_RUNNING; state=1 set at ");
}

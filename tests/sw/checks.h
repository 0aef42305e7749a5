/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * Checks inside the kernel, for this one and for real Linux:
 *
 *   CHECK(condition)        SAME(value, expected)        SAME_TEXT(text, expected)
 *
 * What does not hold is said at once. With the parameter values=1, checks_end() says for each place of a check which
 * values it saw, whether they were right or not, so that tests/oracle/run can compare kernels by what they say.
 */
#ifndef TESTS_SW_CHECKS_H
#define TESTS_SW_CHECKS_H

#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/processor.h>
#include <linux/string.h>

#define CHECK_VALUES 6 /* of a place that are kept: each one that differs from the one before */
#define CHECK_TEXT 80

struct check_place {
    int line, order; /* order: of the places in a line */
    const char *what;
    unsigned int changes;
    bool is_text;
    long long value[CHECK_VALUES];
    char text[CHECK_TEXT];
    struct check_place *next;
};

static bool check_values;
module_param_named(values, check_values, bool, 0444);
static struct check_place *check_places;
static atomic_t check_count, check_failures, check_busy;

/* Checks stand in every context, under every lock: the kernel's own locks would take part in what is tested. */
static inline unsigned long check_enter(void) {
    unsigned long flags;

    local_irq_save(flags);
    while (atomic_xchg(&check_busy, 1))
        cpu_relax();
    return flags;
}

static inline void check_leave(unsigned long flags) {
    atomic_set_release(&check_busy, 0);
    local_irq_restore(flags);
}

static void check_keep(struct check_place *p, long long value, const char *text) {
    unsigned long flags = check_enter();
    struct check_place **at = &check_places;

    if (!p->changes) {
        while (*at && ((*at)->line < p->line || ((*at)->line == p->line && (*at)->order < p->order)))
            at = &(*at)->next;
        p->next = *at;
        *at = p;
    }
    if (text) {
        p->is_text = true;
        if (!p->changes)
            strscpy(p->text, text, CHECK_TEXT);
        p->changes = 1;
    } else if (!p->changes || p->value[(p->changes - 1) % CHECK_VALUES] != value) {
        if (p->changes < CHECK_VALUES)
            p->value[p->changes] = value;
        p->changes += p->changes <= CHECK_VALUES;
    }
    check_leave(flags);
}

static inline bool check_number(struct check_place *p, long long seen, long long wanted) {
    atomic_inc(&check_count);
    if (check_values)
        check_keep(p, seen, NULL);
    if (seen != wanted)
        atomic_inc(&check_failures);
    return seen == wanted;
}

static inline bool check_word(struct check_place *p, const char *seen, const char *wanted) {
    atomic_inc(&check_count);
    if (check_values)
        check_keep(p, 0, seen);
    if (strcmp(seen, wanted))
        atomic_inc(&check_failures);
    return !strcmp(seen, wanted);
}

#define CHECK_PLACE(expression)                                                                                        \
    static struct check_place place_ = {.line = __LINE__, .order = __COUNTER__, .what = expression}

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        CHECK_PLACE(#condition);                                                                                       \
        if (!check_number(&place_, !!(condition), 1))                                                                  \
            pr_err("FAILED line %d: %s\n", __LINE__, #condition);                                                      \
    } while (0)

#define SAME(value, expected)                                                                                          \
    do {                                                                                                               \
        CHECK_PLACE(#value);                                                                                           \
        long long seen_ = (long long)(value), wanted_ = (long long)(expected);                                         \
                                                                                                                       \
        if (!check_number(&place_, seen_, wanted_))                                                                    \
            pr_err("FAILED line %d: %s is %lld (0x%llx), expected %lld\n", __LINE__, #value, seen_, seen_, wanted_);   \
    } while (0)

#define SAME_TEXT(value, expected)                                                                                     \
    do {                                                                                                               \
        CHECK_PLACE(#value);                                                                                           \
        const char *seen_ = (value), *wanted_ = (expected);                                                            \
                                                                                                                       \
        if (!check_word(&place_, seen_, wanted_))                                                                      \
            pr_err("FAILED line %d: %s is \"%s\", expected \"%s\"\n", __LINE__, #value, seen_, wanted_);               \
    } while (0)

static void checks_end(void) {
    struct check_place *p;
    char values[128];
    unsigned int i;
    int n;

    for (p = check_values ? check_places : NULL; p; p = p->next) {
        for (i = n = 0; i < p->changes && i < CHECK_VALUES && !p->is_text; i++)
            n += scnprintf(values + n, sizeof(values) - n, " %lld", p->value[i]);
        values[n] = 0;
        pr_info("value %d: %.80s =%s%s%s%s\n", p->line, p->what, values, p->changes > CHECK_VALUES ? " ..." : "",
                p->is_text ? " " : "", p->is_text ? p->text : "");
    }
}

#endif

// SPDX-License-Identifier: Apache-2.0
#include <linux/bsearch.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/sort.h>

namespace {

struct plain_functions {
    cmp_func_t compare;
    swap_func_t swap;
};

int compare_plain(const void *a, const void *b, const void *priv) {
    return static_cast<const plain_functions *>(priv)->compare(a, b);
}

void swap_plain(void *a, void *b, int size, const void *priv) {
    static_cast<const plain_functions *>(priv)->swap(a, b, size);
}

void swap_bytes(void *a, void *b, int size, const void *) {
    char *x = static_cast<char *>(a);
    char *y = static_cast<char *>(b);

    for (; size > 0; size--, x++, y++) {
        char c = *x;

        *x = *y;
        *y = c;
    }
}

// Two chains that end in null, into one; equal entries of the first come first.
list_head *merge(void *priv, list_cmp_func_t cmp, list_head *first, list_head *second) {
    list_head *merged = nullptr;

    for (list_head **end = &merged;; end = &(*end)->next) {
        if (!first || !second) {
            *end = first ? first : second;
            return merged;
        }
        list_head *&lower = cmp(priv, first, second) > 0 ? second : first;
        *end = lower;
        lower = lower->next;
    }
}

} // namespace

void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func, swap_r_func_t swap_func, const void *priv) {
    if (!swap_func)
        swap_func = swap_bytes;

    char *array = static_cast<char *>(base);
    auto element = [=](size_t i) { return array + i * size; };
    auto sift_down = [=](size_t parent, size_t count) {
        for (size_t child; (child = 2 * parent + 1) < count; parent = child) {
            if (child + 1 < count && cmp_func(element(child), element(child + 1), priv) < 0)
                child++;
            if (cmp_func(element(parent), element(child), priv) >= 0)
                return;
            swap_func(element(parent), element(child), static_cast<int>(size), priv);
        }
    };

    for (size_t i = num / 2; i-- > 0;)
        sift_down(i, num);
    for (size_t i = num; i-- > 1;) {
        swap_func(element(0), element(i), static_cast<int>(size), priv);
        sift_down(0, i);
    }
}
EXPORT_SYMBOL(sort_r);

void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func) {
    plain_functions functions = {cmp_func, swap_func};

    sort_r(base, num, size, compare_plain, swap_func ? swap_plain : swap_bytes, &functions);
}
EXPORT_SYMBOL(sort);

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp) {
    // runs[i]: a sorted list of 2^i entries that came before those of runs[i - 1].
    struct list_head *runs[64] = {};
    struct list_head *rest = head->next, *sorted = NULL;

    if (list_empty(head))
        return;
    head->prev->next = NULL;
    while (rest) {
        struct list_head *run = rest;
        int i = 0;

        rest = rest->next;
        run->next = NULL;
        for (; runs[i]; i++) {
            run = merge(priv, cmp, runs[i], run);
            runs[i] = NULL;
        }
        runs[i] = run;
    }
    for (struct list_head *run : runs)
        if (run)
            sorted = merge(priv, cmp, run, sorted);

    struct list_head *prev = head;
    for (; sorted; sorted = sorted->next) {
        sorted->prev = prev;
        prev->next = sorted;
        prev = sorted;
    }
    prev->next = head;
    head->prev = prev;
}
EXPORT_SYMBOL(list_sort);

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp) {
    const char *low = static_cast<const char *>(base);

    while (num) {
        const char *middle = low + num / 2 * size;
        int order = cmp(key, middle);

        if (order == 0)
            return const_cast<char *>(middle);
        if (order > 0) {
            low = middle + size;
            num--;
        }
        num /= 2;
    }
    return NULL;
}
EXPORT_SYMBOL(bsearch);

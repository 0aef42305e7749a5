// SPDX-License-Identifier: Apache-2.0
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/gcd.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/rational.h>

u64 int_pow(u64 base, unsigned int exp) {
    u64 result = 1;

    for (; exp; exp >>= 1, base *= base)
        if (exp & 1)
            result *= base;
    return result;
}
EXPORT_SYMBOL_GPL(int_pow);

// Bit by bit from the top: a bit belongs to the root if the square with it is not too large.
unsigned long int_sqrt(unsigned long x) {
    unsigned long root = 0;

    for (int bit = fls64(x) / 2; bit >= 0; bit--) {
        const unsigned long with = root | 1UL << bit;

        if (with <= 0xffffffffUL && with * with <= x)
            root = with;
    }
    return root;
}
EXPORT_SYMBOL(int_sqrt);

u32 int_sqrt64(u64 x) {
    return static_cast<u32>(int_sqrt(x));
}
EXPORT_SYMBOL(int_sqrt64);

unsigned long gcd(unsigned long a, unsigned long b) {
    while (b) {
        unsigned long rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}
EXPORT_SYMBOL_GPL(gcd);

unsigned long lcm(unsigned long a, unsigned long b) {
    return a && b ? a / gcd(a, b) * b : 0;
}
EXPORT_SYMBOL_GPL(lcm);

// 0 stands for "no restriction": the other number holds.
unsigned long lcm_not_zero(unsigned long a, unsigned long b) {
    return a && b ? lcm(a, b) : a | b;
}
EXPORT_SYMBOL_GPL(lcm_not_zero);

namespace {

struct fraction {
    unsigned long n, d;

    // The next one of a continued fraction, after `before` and this, whose term is `term`.
    fraction next(const fraction &before, unsigned long term) const {
        return {before.n + term * n, before.d + term * d};
    }
    bool fits(const fraction &limit) const { return n <= limit.n && d <= limit.d; }
};

// The largest term with which the next fraction still fits.
unsigned long largest_term(const fraction &last, const fraction &before, const fraction &limit) {
    const unsigned long by_d = last.d ? (limit.d - before.d) / last.d : ULONG_MAX;
    const unsigned long by_n = last.n ? (limit.n - before.n) / last.n : ULONG_MAX;

    return min(by_d, by_n);
}

} // namespace

// The convergents of the given fraction, until one is too large; then the best of those between the last two that still
// fits, if it is nearer than the last.
void rational_best_approximation(unsigned long given_numerator, unsigned long given_denominator,
                                 unsigned long max_numerator, unsigned long max_denominator,
                                 unsigned long *best_numerator, unsigned long *best_denominator) {
    const fraction limit = {max_numerator, max_denominator};
    fraction rest = {given_numerator, given_denominator}, before = {0, 1}, last = {1, 0};

    while (rest.d) {
        const unsigned long term = rest.n / rest.d, left = rest.n % rest.d;
        const fraction next = last.next(before, term);

        if (!next.fits(limit)) {
            const unsigned long fitting = largest_term(last, before, limit);
            const bool half = 2 * fitting == term; // as near as the last one, or not: the rest decides
            if (!last.d || 2 * fitting > term || (half && before.d * rest.d > last.d * left))
                last = last.next(before, fitting);
            break;
        }
        before = last;
        last = next;
        rest = {rest.d, left};
    }
    *best_numerator = last.n;
    *best_denominator = last.d;
}
EXPORT_SYMBOL(rational_best_approximation);

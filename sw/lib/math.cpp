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

unsigned long int_sqrt(unsigned long x) {
    unsigned long root = 0;

    if (x <= 1)
        return x;
    for (unsigned long bit = 1UL << (__fls(x) & ~1UL); bit; bit >>= 2) {
        unsigned long trial = root + bit;

        root >>= 1;
        if (x >= trial) {
            x -= trial;
            root += bit;
        }
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

void rational_best_approximation(unsigned long given_numerator, unsigned long given_denominator,
                                 unsigned long max_numerator, unsigned long max_denominator,
                                 unsigned long *best_numerator, unsigned long *best_denominator) {
    unsigned long n = given_numerator, d = given_denominator;
    unsigned long n0 = 0, d0 = 1, n1 = 1, d1 = 0;

    // Convergents of the continued fraction, until one is too large; then the best semi-convergent that still fits.
    while (d) {
        unsigned long term = n / d, rest = n % d;
        unsigned long n2 = n0 + term * n1, d2 = d0 + term * d1;

        if (n2 > max_numerator || d2 > max_denominator) {
            unsigned long fits = ULONG_MAX;

            if (d1)
                fits = (max_denominator - d0) / d1;
            if (n1)
                fits = min(fits, (max_numerator - n0) / n1);
            if (!d1 || 2 * fits > term || (2 * fits == term && d0 * d > d1 * rest)) {
                n1 = n0 + fits * n1;
                d1 = d0 + fits * d1;
            }
            break;
        }
        n0 = n1;
        d0 = d1;
        n1 = n2;
        d1 = d2;
        n = d;
        d = rest;
    }
    *best_numerator = n1;
    *best_denominator = d1;
}
EXPORT_SYMBOL(rational_best_approximation);

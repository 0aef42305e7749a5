/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of the kind that kernels run, for the accuracy bench. MEASURE(name) is what is counted, PREPARE(name) fills
 * its data before that and is not. Freestanding; everything that a function calls is in its own file.
 */
#ifndef ACCURACY_BENCH_H
#define ACCURACY_BENCH_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long s64;
typedef __SIZE_TYPE__ size_t;

#define noinline    __attribute__((__noinline__))
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define PREPARE(name) __attribute__((section(".prepare"), __noinline__)) void prepare_##name(void)
#define MEASURE(name) noinline u64 measure_##name(void)

/* The same numbers everywhere. */
#define SEQUENCE(x) ((x) = (x)*1664525u + 1013904223u)

#endif

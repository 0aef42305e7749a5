// SPDX-License-Identifier: Apache-2.0
// Random numbers that repeat: SplitMix64 (Steele, Lea, Flood 2014) from the seed of the command line.
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/string.h>

namespace {

constexpr u64 golden_gamma = 0x9e3779b97f4a7c15ULL;

atomic64_t counter = ATOMIC64_INIT(static_cast<s64>(golden_gamma));

u64 mix(u64 z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

int __init set_seed(char *arg) {
    unsigned long long seed;

    if (!arg || kstrtoull(arg, 0, &seed))
        return -EINVAL;
    atomic64_set(&counter, static_cast<s64>(mix(seed + golden_gamma)));
    return 0;
}
early_param("random.seed", set_seed);

} // namespace

u64 get_random_u64(void) {
    return mix(static_cast<u64>(atomic64_add_return(static_cast<s64>(golden_gamma), &counter)));
}
EXPORT_SYMBOL(get_random_u64);

u32 get_random_u32(void) {
    return static_cast<u32>(get_random_u64() >> 32);
}
EXPORT_SYMBOL(get_random_u32);

u32 __get_random_u32_below(u32 ceil) {
    return reciprocal_scale(get_random_u32(), ceil);
}
EXPORT_SYMBOL(__get_random_u32_below);

void get_random_bytes(void *buf, size_t len) {
    for (char *p = static_cast<char *>(buf); len;) {
        u64 value = get_random_u64();
        size_t count = min(len, sizeof(value));

        memcpy(p, &value, count);
        p += count;
        len -= count;
    }
}
EXPORT_SYMBOL(get_random_bytes);

void add_device_randomness(const void *buf, size_t len) {}
EXPORT_SYMBOL(add_device_randomness);

void add_interrupt_randomness(int irq) {}
EXPORT_SYMBOL_GPL(add_interrupt_randomness);

bool rng_is_initialized(void) {
    return true;
}
EXPORT_SYMBOL(rng_is_initialized);

int wait_for_random_bytes(void) {
    return 0;
}
EXPORT_SYMBOL(wait_for_random_bytes);

// Tausworthe generator taus113 (L'Ecuyer 1999), as prandom.h promises it to drivers that keep a state of their own.
u32 prandom_u32_state(struct rnd_state *state) {
    auto step = [](u32 s, int a, int b, u32 c, int d) { return ((s & c) << d) ^ (((s << a) ^ s) >> b); };

    state->s1 = step(state->s1, 6, 13, 4294967294U, 18);
    state->s2 = step(state->s2, 2, 27, 4294967288U, 2);
    state->s3 = step(state->s3, 13, 21, 4294967280U, 7);
    state->s4 = step(state->s4, 3, 12, 4294967168U, 13);
    return state->s1 ^ state->s2 ^ state->s3 ^ state->s4;
}
EXPORT_SYMBOL(prandom_u32_state);

void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes) {
    for (u8 *p = static_cast<u8 *>(buf); nbytes; p++, nbytes--)
        *p = static_cast<u8>(prandom_u32_state(state));
}
EXPORT_SYMBOL(prandom_bytes_state);

void prandom_seed_state(struct rnd_state *state, u64 seed) {
    u32 value = static_cast<u32>((seed >> 32) ^ (seed << 10) ^ seed);
    auto at_least = [=](u32 low) { return value < low ? value + low : value; };

    state->s1 = at_least(2);
    state->s2 = at_least(8);
    state->s3 = at_least(16);
    state->s4 = at_least(128);
    for (int i = 0; i < 10; i++)
        prandom_u32_state(state);
}
EXPORT_SYMBOL(prandom_seed_state);

// SPDX-License-Identifier: Apache-2.0
// Random numbers that repeat: SplitMix64 (Steele, Lea, Flood 2014) from the seed of the command line.
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/random.h>

#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
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

// Tausworthe generator taus113 (L'Ecuyer 1999), as prandom.h promises it to drivers that keep a state of their own:
// four shift registers, whose outputs are mixed. The lowest bits of each register, which take no part, must not be all
// that is set in it.
struct shift_register {
    u32 rnd_state::*state;
    int tap, feedback;
    u32 kept; // the bits that take part
    int shift;

    u32 step(rnd_state &all) const {
        const u32 s = all.*state;

        return all.*state = (((s << tap) ^ s) >> feedback) ^ ((s & kept) << shift);
    }
    void seed(rnd_state &all, u32 value) const {
        const u32 lowest = ~kept + 1;

        all.*state = value < lowest ? value + lowest : value;
    }
};

static const shift_register registers[] = {
    {&rnd_state::s1, 6, 13, ~1U, 18},
    {&rnd_state::s2, 2, 27, ~7U, 2},
    {&rnd_state::s3, 13, 21, ~15U, 7},
    {&rnd_state::s4, 3, 12, ~127U, 13},
};

u32 prandom_u32_state(struct rnd_state *state) {
    u32 mixed = 0;

    for (const shift_register &r : registers)
        mixed ^= r.step(*state);
    return mixed;
}
EXPORT_SYMBOL(prandom_u32_state);

void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes) {
    for (u8 *p = static_cast<u8 *>(buf); nbytes; p++, nbytes--)
        *p = static_cast<u8>(prandom_u32_state(state));
}
EXPORT_SYMBOL(prandom_bytes_state);

void prandom_seed_state(struct rnd_state *state, u64 seed) {
    const auto folded = static_cast<u32>(seed ^ (seed << 10) ^ (seed >> 32));

    for (const shift_register &r : registers)
        r.seed(*state, folded);
    for (int warm_up = 10; warm_up; warm_up--)
        prandom_u32_state(state);
}
EXPORT_SYMBOL(prandom_seed_state);

// The driver's thread comes with the next block at once; a second is long enough for what changes nothing.
void add_hwgenerator_randomness(const void *, size_t, size_t) {
    if (!kthread_should_stop())
        schedule_timeout_interruptible(HZ);
}
EXPORT_SYMBOL_GPL(add_hwgenerator_randomness);

// SPDX-License-Identifier: Apache-2.0
#include "kernel/fs/user.h"
#include "port/order.h"

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

static const unsigned USER_SLOTS = 16;
static const unsigned USER_ORDER = 8; // 1 MiB of 4 KiB pages
static char *user_base;
static unsigned long slots_in_use;
static DEFINE_SPINLOCK(slots_lock);

void user_memory_init() {
    user_base = reinterpret_cast<char *>(__get_free_pages(GFP_KERNEL | __GFP_ZERO, USER_ORDER));
    if (!user_base)
        panic("no memory for user programs");
}

void *user_alloc() {
    spin_lock(&slots_lock);
    unsigned slot = find_first_zero_bit(&slots_in_use, USER_SLOTS);
    if (slot < USER_SLOTS)
        __set_bit(slot, &slots_in_use);
    spin_unlock(&slots_lock);
    if (slot == USER_SLOTS)
        return nullptr;
    return user_base + slot * USER_SLOT_SIZE;
}

void user_free(void *memory) {
    if (!memory)
        return;
    spin_lock(&slots_lock);
    __clear_bit((static_cast<char *>(memory) - user_base) / USER_SLOT_SIZE, &slots_in_use);
    spin_unlock(&slots_lock);
}

// How many of the bytes at p are user memory, from p on.
static unsigned long accessible(const void *p, unsigned long n) {
    const unsigned long size = USER_SLOTS * USER_SLOT_SIZE;
    unsigned long offset = reinterpret_cast<unsigned long>(p) - reinterpret_cast<unsigned long>(user_base);
    return offset < size ? min(n, size - offset) : 0;
}

bool access_ok(const void __user *addr, unsigned long size) {
    return size == 0 || accessible(addr, size) == size;
}

unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long n) {
    unsigned long good = accessible(from, n);
    port_order(ORDER_memory_write, to, good, nullptr);
    memcpy(to, from, good);
    return n - good;
}

unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long n) {
    unsigned long good = accessible(to, n);
    port_order(ORDER_memory_read, from, good, nullptr);
    memcpy(to, from, good);
    return n - good;
}

unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n) {
    unsigned long left = __copy_from_user_inatomic(to, from, n);
    if (left)
        memset(static_cast<char *>(to) + n - left, 0, left);
    return left;
}

unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n) {
    return __copy_to_user_inatomic(to, from, n);
}

unsigned long clear_user(void __user *to, unsigned long n) {
    might_fault();
    unsigned long good = accessible(to, n);
    memset(to, 0, good);
    return n - good;
}

long strncpy_from_user(char *dst, const char __user *src, long count) {
    might_fault();
    unsigned long good = accessible(src, count);
    for (unsigned long i = 0; i < good; i++) {
        dst[i] = src[i];
        if (!dst[i])
            return i;
    }
    return good == static_cast<unsigned long>(count) ? count : -EFAULT;
}

long strnlen_user(const char __user *str, long n) {
    might_fault();
    unsigned long good = accessible(str, n);
    for (unsigned long i = 0; i < good; i++) {
        if (!str[i])
            return i + 1;
    }
    return good == static_cast<unsigned long>(n) ? n + 1 : 0;
}

EXPORT_SYMBOL(access_ok);
EXPORT_SYMBOL(_copy_from_user);
EXPORT_SYMBOL(_copy_to_user);
EXPORT_SYMBOL(__copy_from_user_inatomic);
EXPORT_SYMBOL(__copy_to_user_inatomic);
EXPORT_SYMBOL(clear_user);
EXPORT_SYMBOL(strncpy_from_user);
EXPORT_SYMBOL(strnlen_user);

// SPDX-License-Identifier: Apache-2.0
// Scan codes and key codes: the table that a driver leaves in dev->keycode, indexed by scan code, of 1, 2 or 4 bytes
// each (Linux: drivers/input/input.c).
#include "drivers/input/internal.h"

#include <linux/export.h>
#include <linux/log2.h>
#include <linux/string.h>

#include "lib/guard.h"
#include "lib/result.h"

namespace {

// One entry of the table, regardless of its width.
class slot {
public:
    slot(const input_dev *dev, unsigned index)
        : m_at(static_cast<char *>(dev->keycode) + static_cast<size_t>(index) * dev->keycodesize)
        , m_bytes(dev->keycodesize) {}
    unsigned key() const {
        return m_bytes == 1   ? *reinterpret_cast<u8 *>(m_at)
               : m_bytes == 2 ? *reinterpret_cast<u16 *>(m_at)
                              : *reinterpret_cast<u32 *>(m_at);
    }
    void set(unsigned key) {
        if (m_bytes == 1)
            *reinterpret_cast<u8 *>(m_at) = static_cast<u8>(key);
        else if (m_bytes == 2)
            *reinterpret_cast<u16 *>(m_at) = static_cast<u16>(key);
        else
            *reinterpret_cast<u32 *>(m_at) = key;
    }

private:
    char *m_at;
    unsigned m_bytes;
};

// The index that an entry names, by itself or by its scan code; -EINVAL.
int index_of(const input_dev *dev, const input_keymap_entry *entry) {
    if (!dev->keycodesize)
        return -EINVAL;
    unsigned index = entry->index;
    if (!(entry->flags & INPUT_KEYMAP_BY_INDEX))
        if (const int error = input_scancode_to_scalar(entry, &index))
            return error;
    return index < dev->keycodemax ? static_cast<int>(index) : -EINVAL;
}

// A key that is down although no scan code is left that could release it comes up. Whether it did.
bool lift_orphan(input_dev *dev, unsigned key) {
    const bool orphan = test_bit(EV_KEY, dev->evbit) && !test_bit(key, dev->keybit);
    return orphan && __test_and_clear_bit(key, dev->key);
}

// Maps the scan code to its new key; whether that lifted the old one.
result<bool> remap(input_dev *dev, const input_keymap_entry *entry) {
    constexpr unsigned none = KEY_MAX + 1;
    unsigned before = none;
    hold_irqsave lock(dev->event_lock);
    if (const int refused = dev->setkeycode(dev, entry, &before))
        return failure(refused);
    __clear_bit(KEY_RESERVED, dev->keybit);
    return before < none && lift_orphan(dev, before);
}

} // namespace

int keymap_get(input_dev *dev, input_keymap_entry *entry) {
    const int found = index_of(dev, entry);

    if (found < 0)
        return found;
    const auto index = static_cast<u32>(found); // which is the scan code, too
    memcpy(entry->scancode, &index, sizeof(index));
    entry->len = sizeof(index);
    entry->index = static_cast<u16>(index);
    entry->keycode = slot(dev, index).key();
    return 0;
}

int keymap_set(input_dev *dev, const input_keymap_entry *entry, unsigned *old_keycode) {
    const int index = index_of(dev, entry);
    if (index < 0)
        return index;
    if (dev->keycodesize < sizeof(u32) && entry->keycode >> (dev->keycodesize * 8))
        return -EINVAL;
    slot changed(dev, static_cast<unsigned>(index));
    *old_keycode = changed.key();
    changed.set(entry->keycode);
    // Another scan code may stand for the key that this one was.
    bool still = false;
    for (unsigned i = 0; i < dev->keycodemax; i++)
        still |= slot(dev, i).key() == *old_keycode;
    if (*old_keycode <= KEY_MAX && !still)
        __clear_bit(*old_keycode, dev->keybit);
    __set_bit(entry->keycode, dev->keybit);
    return 0;
}

int input_scancode_to_scalar(const struct input_keymap_entry *ke, unsigned int *scancode) {
    u32 code = 0;
    if (!is_power_of_2(ke->len) || ke->len > sizeof(code))
        return -EINVAL;
    memcpy(&code, ke->scancode, ke->len); // the lowest byte comes first, on any CPU of ours
    *scancode = code;
    return 0;
}
EXPORT_SYMBOL(input_scancode_to_scalar);

int input_get_keycode(struct input_dev *dev, struct input_keymap_entry *ke) {
    hold_irqsave lock(dev->event_lock);
    return dev->getkeycode(dev, ke);
}
EXPORT_SYMBOL(input_get_keycode);

int input_set_keycode(struct input_dev *dev, const struct input_keymap_entry *ke) {
    result<bool> lifted = ke->keycode > KEY_MAX ? failure(-EINVAL) : remap(dev, ke);
    if (lifted.value_or(false))
        input_sync(dev);
    return lifted.error();
}
EXPORT_SYMBOL(input_set_keycode);

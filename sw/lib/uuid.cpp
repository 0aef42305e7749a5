// SPDX-License-Identifier: Apache-2.0
// UUIDs and GUIDs: text to bytes and back, and random ones (Linux: lib/uuid.c).
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/uuid.h>

extern "C" {
const guid_t guid_null = {};
EXPORT_SYMBOL(guid_null);
const uuid_t uuid_null = {};
EXPORT_SYMBOL(uuid_null);

// Which byte of the 16 each pair of digits is: a GUID's first three fields stand with their lowest byte first.
const u8 guid_index[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
const u8 uuid_index[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
}

namespace {

constexpr u8 version_bits = 0x0f, random_version = 0x40, variant_bits = 0x3f, rfc_variant = 0x80;

// The text's pairs of digits, in the order of the text, with dashes behind the fourth, sixth, eighth and tenth.
template <typename Take>
bool each_pair(const char *text, Take take) {
    for (unsigned int pair = 0; pair < UUID_SIZE; pair++) {
        if ((pair == 4 || pair == 6 || pair == 8 || pair == 10) && *text++ != '-')
            return false;
        const int high = hex_to_bin(text[0]), low = high < 0 ? -1 : hex_to_bin(text[1]);
        if (low < 0)
            return false;
        take(pair, static_cast<u8>(high << 4 | low));
        text += 2;
    }
    return true;
}

// One of the two forms in memory.
struct form {
    const u8 *order; // where each byte of the text stands

    // 0, or -EINVAL and nothing is written.
    int read(const char *text, u8 *bytes) const {
        if (!uuid_is_valid(text))
            return -EINVAL;
        each_pair(text, [=](unsigned int pair, u8 value) { bytes[order[pair]] = value; });
        return 0;
    }

    // A random one: the text's seventh byte begins with the version, its ninth with the variant.
    void draw(u8 *bytes) const {
        get_random_bytes(bytes, UUID_SIZE);
        u8 &version = bytes[order[6]], &variant = bytes[order[8]];
        version = (version & version_bits) | random_version;
        variant = (variant & variant_bits) | rfc_variant;
    }
};
constexpr form guid_form = {guid_index}, uuid_form = {uuid_index};

} // namespace

bool uuid_is_valid(const char *text) {
    return each_pair(text, [](unsigned int, u8) {});
}
EXPORT_SYMBOL(uuid_is_valid);

void generate_random_guid(unsigned char *bytes) {
    guid_form.draw(bytes);
}
EXPORT_SYMBOL(generate_random_guid);

void guid_gen(guid_t *u) {
    guid_form.draw(u->b);
}
EXPORT_SYMBOL_GPL(guid_gen);

int guid_parse(const char *text, guid_t *u) {
    return guid_form.read(text, u->b);
}
EXPORT_SYMBOL(guid_parse);

void generate_random_uuid(unsigned char *bytes) {
    uuid_form.draw(bytes);
}
EXPORT_SYMBOL(generate_random_uuid);

void uuid_gen(uuid_t *u) {
    uuid_form.draw(u->b);
}
EXPORT_SYMBOL_GPL(uuid_gen);

int uuid_parse(const char *text, uuid_t *u) {
    return uuid_form.read(text, u->b);
}
EXPORT_SYMBOL(uuid_parse);

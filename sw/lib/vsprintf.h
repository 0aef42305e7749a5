// SPDX-License-Identifier: Apache-2.0
#ifndef LIB_VSPRINTF_H
#define LIB_VSPRINTF_H

#include <linux/string.h>
#include <linux/types.h>

// Where formatted text goes: counts everything, stores what fits.
class text_buffer {
public:
    text_buffer(char *buffer, size_t size)
        : begin_(buffer)
        , size_(size) {}
    void put(char c) {
        if (length_ < size_)
            begin_[length_] = c;
        length_++;
    }
    void put(char c, int count) {
        while (count-- > 0)
            put(c);
    }
    void put(const char *text, size_t count) {
        if (length_ < size_)
            memcpy(begin_ + length_, text, count < size_ - length_ ? count : size_ - length_);
        length_ += count;
    }
    size_t length() const { return length_; }

private:
    char *begin_;
    size_t size_;
    size_t length_ = 0;
};

// One conversion: %[flags][width][.precision][qualifier]type.
struct printf_spec {
    bool left = false;
    bool plus = false;
    bool space = false;
    bool special = false; // '#'
    bool zero = false;
    bool upper = false;
    bool is_signed = false;
    int base = 10;
    int width = -1;     // -1: none
    int precision = -1; // -1: none
};

void format_number(text_buffer &out, unsigned long long value, const printf_spec &spec);
void format_string(text_buffer &out, const char *s, const printf_spec &spec);
// `count` bytes of text, padded to the width.
void format_text(text_buffer &out, const char *s, size_t count, const printf_spec &spec);
// "0x" and exactly 2 * bytes digits.
void format_address(text_buffer &out, unsigned long long value, int bytes);
// %p and the extension that the letters behind it name.
void format_pointer(text_buffer &out, const char *extension, const void *ptr, printf_spec spec);

// Kinds of things that %p names: vsprintf_kinds.cpp. `letters` stand behind the first one.
void format_time_of_day(text_buffer &out, const char *letters, const void *time, const printf_spec &spec);
void format_fwnode(text_buffer &out, const struct fwnode_handle *fwnode, char letter, const printf_spec &spec);
void format_ipv4(text_buffer &out, const u8 *bytes, bool padded, char order, const printf_spec &spec);
void format_ipv6(text_buffer &out, const u8 *bytes, bool colons, bool compressed, const printf_spec &spec);
// A struct sockaddr of IPv4 or IPv6. Letters: p with the port, f with the flow, s with the scope, c compressed, h or l
// reversed.
void format_socket_address(text_buffer &out, const u8 *address, bool plain, const char *letters,
                           const printf_spec &spec);
void format_mac(text_buffer &out, const u8 *bytes, char separator, bool reversed, const printf_spec &spec);
void format_gfp(text_buffer &out, gfp_t flags);
void format_vm_flags(text_buffer &out, unsigned long flags);
void format_dentry(text_buffer &out, const struct dentry *dentry, char letter, const printf_spec &spec);

#endif

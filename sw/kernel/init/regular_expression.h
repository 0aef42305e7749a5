// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions as grep has them, without groups: characters, '.', [...], anchors, '*', and in the extended form
// '+', '?' and '|' (in the basic form with a backslash before them). A newline parts patterns, each of which may match.
#ifndef KERNEL_INIT_REGULAR_EXPRESSION_H
#define KERNEL_INIT_REGULAR_EXPRESSION_H

#include <linux/types.h>

class regular_expression {
public:
    enum syntax { basic, extended, fixed };
    // Null, or what is wrong with the pattern.
    const char *compile(const char *pattern, syntax kind, bool ignore_case);
    bool matches(const char *line) const;

private:
    enum : unsigned { MAX_ELEMENTS = 64 };
    struct element {
        enum : u8 { characters, line_begin, line_end, alternative } kind;
        bool optional, repeated; // '?', '+', both for '*'
        u32 set[8];              // of characters

        void add(unsigned char c, bool ignore_case);
        void invert();
        bool has(unsigned char c) const { return set[c / 32] & (1u << (c % 32)); }
    };

    const char *add_set(const char *at, bool ignore_case);
    bool matches_here(const element *e, const char *line, const char *at) const;
    const element *end() const { return elements_ + count_; }

    struct element elements_[MAX_ELEMENTS];
    unsigned count_ = 0;
};

#endif

// SPDX-License-Identifier: Apache-2.0
#include "kernel/init/regular_expression.h"

#include <linux/ctype.h>
#include <linux/string.h>

void regular_expression::element::add(unsigned char c, bool ignore_case) {
    const unsigned char other = !ignore_case ? c : isupper(c) ? tolower(c) : toupper(c);
    set[c / 32] |= 1u << (c % 32);
    set[other / 32] |= 1u << (other % 32);
}

void regular_expression::element::invert() {
    for (u32 &word : set)
        word = ~word;
}

// [...] from behind its '['; returns what is behind it, or null if it does not end.
const char *regular_expression::add_set(const char *at, bool ignore_case) {
    element &e = elements_[count_++];
    e = {};
    const bool inverted = *at == '^';
    at += inverted;
    for (bool first = true; *at && (first || *at != ']'); first = false) {
        const unsigned char low = *at++;
        unsigned char high = low;
        if (at[0] == '-' && at[1] && at[1] != ']') {
            high = at[1];
            at += 2;
        }
        for (unsigned c = low; c <= high; c++)
            e.add(c, ignore_case);
    }
    if (inverted)
        e.invert();
    return *at ? at + 1 : nullptr;
}

const char *regular_expression::compile(const char *pattern, syntax kind, bool ignore_case) {
    count_ = 0;
    for (const char *p = pattern; *p;) {
        if (count_ == MAX_ELEMENTS)
            return "the pattern is too long";
        char c = *p++;
        const bool escaped = c == '\\' && *p && kind != fixed;
        if (escaped)
            c = *p++;
        // '+', '?', '|' and parentheses mean something with a backslash in one form and without one in the other.
        const bool special = kind != fixed && (strchr("+?|()", c) ? escaped == (kind == basic) : !escaped);
        const bool begins = !count_ || elements_[count_ - 1].kind == element::alternative;
        element &e = elements_[count_];
        if (special && (c == '(' || c == ')'))
            return "groups are not supported";
        if (special && strchr("*+?", c) && !begins && elements_[count_ - 1].kind == element::characters) {
            elements_[count_ - 1].optional |= c != '+';
            elements_[count_ - 1].repeated |= c != '?';
            continue;
        }
        if (special && c == '[') {
            p = add_set(p, ignore_case);
            if (!p)
                return "a '[' is not closed";
            continue;
        }
        e = {};
        count_++;
        if (c == '\n' || (special && c == '|'))
            e.kind = element::alternative;
        else if (special && c == '^' && begins)
            e.kind = element::line_begin;
        else if (special && c == '$' && (!*p || *p == '|' || *p == '\n' || (p[0] == '\\' && p[1] == '|')))
            e.kind = element::line_end;
        else if (special && c == '.')
            e.invert();
        else
            e.add(c, ignore_case);
    }
    return nullptr;
}

// The rest of one alternative, from element e on, at this place of the line.
bool regular_expression::matches_here(const element *e, const char *line, const char *at) const {
    for (; e < end() && e->kind != element::alternative; e++) {
        if (e->kind == element::line_begin ? at != line : e->kind == element::line_end && *at)
            return false;
        if (e->kind != element::characters)
            continue;
        if (!e->optional && !(*at && e->has(*at)))
            return false;
        if (!e->optional && !e->repeated) {
            at++;
            continue;
        }
        // As many as there are, then one less at a time.
        const char *least = at + !e->optional, *most = at;
        while (*most && e->has(*most) && (e->repeated || most == at))
            most++;
        for (; most >= least; most--) {
            if (matches_here(e + 1, line, most))
                return true;
        }
        return false;
    }
    return true;
}

bool regular_expression::matches(const char *line) const {
    const element *e = elements_;
    do {
        const char *at = line;
        do {
            if (matches_here(e, line, at))
                return true;
        } while (*at++);
        while (e < end() && e->kind != element::alternative)
            e++;
    } while (e++ < end());
    return false;
}

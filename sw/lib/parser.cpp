// SPDX-License-Identifier: Apache-2.0
// Options as text: patterns, and the values that they cut out.
#include <linux/parser.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

// How far a pattern and a text agree.
class option_match {
public:
    option_match(const char *pattern, char *text, substring_t *values)
        : pattern_(pattern)
        , text_(text)
        , values_(values) {}

    bool whole() {
        while (*pattern_)
            if (!(*pattern_ == '%' ? directive() : literal()))
                return false;
        return !*text_;
    }

private:
    bool literal() { return *pattern_++ == *text_ && *text_++; }

    bool directive() {
        pattern_++;
        if (*pattern_ == '%')
            return literal();
        unsigned long longest = ~0UL;
        if (isdigit(*pattern_))
            longest = simple_strtoul(pattern_, const_cast<char **>(&pattern_), 10);
        const char kind = *pattern_++;
        return count_ < MAX_OPT_ARGS && (kind == 's' ? take(min(strlen(text_), longest)) : number(kind));
    }

    bool number(char kind) {
        char *end = text_;
        if (kind == 'd')
            simple_strtol(text_, &end, 0);
        else if (kind == 'u' || kind == 'o' || kind == 'x')
            simple_strtoul(text_, &end, kind == 'o' ? 8 : kind == 'x' ? 16 : 0);
        return end != text_ && take(end - text_);
    }

    // An empty text is not a value.
    bool take(size_t length) {
        if (!length)
            return false;
        values_[count_++] = {text_, text_ + length};
        text_ += length;
        return true;
    }

    const char *pattern_;
    char *text_;
    substring_t *values_;
    int count_ = 0;
};

// The characters of a value; no NUL ends them.
struct value_chars {
    const char *first;
    size_t count;

    explicit value_chars(const substring_t *s)
        : first(s->from)
        , count(s->to - s->from) {}
    // As many as there is room for go to `dest`; where they end there.
    char *put(char *dest, size_t room) const {
        room = min(room, count);
        return static_cast<char *>(memcpy(dest, first, room)) + room;
    }
};

// A copy of a value, which ends with NUL.
class value_text {
public:
    explicit value_text(const substring_t *s)
        : text_(match_strdup(s)) {}
    ~value_text() { kfree(text_); }
    value_text(const value_text &) = delete;
    value_text &operator=(const value_text &) = delete;

    int number(int base, int &value) const {
        if (!text_)
            return -ENOMEM;
        char *end;
        const long n = simple_strtol(text_, &end, base);
        if (end == text_)
            return -EINVAL;
        if (n < INT_MIN || n > INT_MAX)
            return -ERANGE;
        value = static_cast<int>(n);
        return 0;
    }
    const char *c_str() const { return text_; }

private:
    char *text_;
};

} // namespace

int match_token(char *text, const match_table_t table, substring_t args[]) {
    for (; table->pattern && !option_match(table->pattern, text, args).whole(); table++)
        ;
    return table->token;
}
EXPORT_SYMBOL(match_token);

int match_int(substring_t *s, int *result) {
    return value_text(s).number(0, *result);
}
EXPORT_SYMBOL(match_int);

int match_octal(substring_t *s, int *result) {
    return value_text(s).number(8, *result);
}
EXPORT_SYMBOL(match_octal);

int match_hex(substring_t *s, int *result) {
    return value_text(s).number(16, *result);
}
EXPORT_SYMBOL(match_hex);

int match_uint(substring_t *s, unsigned int *result) {
    const value_text text(s);
    return text.c_str() ? kstrtouint(text.c_str(), 10, result) : -ENOMEM;
}
EXPORT_SYMBOL(match_uint);

int match_u64(substring_t *s, u64 *result) {
    const value_text text(s);
    return text.c_str() ? kstrtou64(text.c_str(), 0, result) : -ENOMEM;
}
EXPORT_SYMBOL(match_u64);

// A star tries the shortest text first; only the last star can have been wrong about it.
bool match_wildcard(const char *pattern, const char *str) {
    const char *star = nullptr, *resume = nullptr;

    while (*str) {
        if (*pattern == '*') {
            star = ++pattern;
            resume = str;
        } else if (*pattern == '?' || *pattern == *str) {
            pattern++;
            str++;
        } else if (star) {
            pattern = star;
            str = ++resume;
        } else
            return false;
    }
    return !pattern[strspn(pattern, "*")];
}
EXPORT_SYMBOL(match_wildcard);

// The length of the value, of which the last characters and the NUL may not have fitted.
size_t match_strlcpy(char *dest, const substring_t *src, size_t size) {
    const value_chars chars(src);
    if (size)
        *chars.put(dest, size - 1) = '\0';
    return chars.count;
}
EXPORT_SYMBOL(match_strlcpy);

char *match_strdup(const substring_t *s) {
    const value_chars chars(s);
    return kmemdup_nul(chars.first, chars.count, GFP_KERNEL);
}
EXPORT_SYMBOL(match_strdup);

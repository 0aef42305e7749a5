// SPDX-License-Identifier: Apache-2.0
// Words of a command line.
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

namespace {

// What stands behind a number of a list, as get_option() returns it.
enum number_end { no_number, last_number, comma, range };

// A place in a list of numbers.
struct number_cursor {
    char *at;

    // Passes a number. False: there is none, or only its sign, which is passed too; the value is 0.
    bool number(int &value) {
        char *const digits = at + (*at == '-');
        char *end = digits;
        const auto read = static_cast<int>(simple_strtoull(digits, &end, 0));
        value = digits > at ? -read : read;
        at = end;
        return end > digits;
    }

    // Passes a comma. The minus of a range stays: get_options() wants to see it.
    number_end end() {
        switch (*at) {
        case ',':
            at++;
            return comma;
        case '-':
            return range;
        default:
            return last_number;
        }
    }
};

} // namespace

int get_option(char **str, int *pint) {
    number_cursor cursor = {*str};
    number_end end = no_number;
    int value;

    if (cursor.at && *cursor.at) {
        if (cursor.number(value))
            end = cursor.end();
        if (pint)
            *pint = value;
    }
    *str = cursor.at;
    return end;
}
EXPORT_SYMBOL(get_option);

char *get_options(const char *str, int nints, int *ints) {
    char *s = const_cast<char *>(str);
    int count = 1;

    while (count < nints || !nints) {
        int value, kind = get_option(&s, &value);

        if (!kind)
            break;
        int last = value;
        if (kind == 3) {
            // A range: each of its numbers counts.
            char *const end_of_range = ++s;
            if (!get_option(&s, &last))
                break;
            if (last < value) { // no range: the first number stands, and counts for nothing
                if (nints)
                    ints[count] = value;
                s = end_of_range;
                break;
            }
        }
        for (; value <= last && (count < nints || !nints); value++, count++)
            if (nints)
                ints[count] = value;
        if (kind == 1)
            break;
    }
    ints[0] = count - 1;
    return s;
}
EXPORT_SYMBOL(get_options);

unsigned long long memparse(const char *ptr, char **retptr) {
    char *end;
    unsigned long long value = simple_strtoull(ptr, &end, 0);
    static const char suffixes[] = "KMGTPE";
    const char *suffix = *end ? strchr(suffixes, toupper(*end)) : NULL;

    if (suffix) {
        value <<= 10 * (suffix - suffixes + 1);
        end++;
    }
    if (retptr)
        *retptr = end;
    return value;
}
EXPORT_SYMBOL(memparse);

// Each place where the option's text begins, until one is a word of its own.
bool parse_option_str(const char *str, const char *option) {
    const size_t length = strlen(option);
    const auto word = [&](const char *at) {
        return (at == str || at[-1] == ',') && (at[length] == ',' || at[length] == '\0');
    };
    const char *hit = strstr(str, option);

    while (hit && *hit && !word(hit))
        hit = strstr(hit + 1, option);
    return hit && *hit;
}

char *next_arg(char *args, char **param, char **val) {
    bool quoted = *args == '"', in_quote = quoted;
    char *equals = NULL, *s = args + quoted;

    *param = s;
    for (; *s; s++) {
        if (isspace(*s) && !in_quote)
            break;
        if (*s == '=' && !equals)
            equals = s;
        if (*s == '"')
            in_quote = !in_quote;
    }
    char *end = s;
    if (*s)
        s++;
    if (quoted && end > *param && end[-1] == '"')
        end--;
    *end = '\0';
    *val = NULL;
    if (equals) {
        *equals = '\0';
        *val = equals + 1;
        if (**val == '"') {
            (*val)++;
            if (end > *val && end[-1] == '"')
                end[-1] = '\0';
        }
    }
    return skip_spaces(s);
}
EXPORT_SYMBOL(next_arg);

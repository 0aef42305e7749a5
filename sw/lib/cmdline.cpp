// SPDX-License-Identifier: Apache-2.0
// Words of a command line.
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

int get_option(char **str, int *pint) {
    char *s = *str;

    if (!s || !*s)
        return 0;
    int value = static_cast<int>(simple_strtol(s, str, 0));
    if (s == *str)
        return 0;
    if (pint)
        *pint = value;
    if (**str == ',') {
        (*str)++;
        return 2;
    }
    return **str == '-' ? 3 : 1;
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
            s++;
            if (!get_option(&s, &last))
                break;
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

bool parse_option_str(const char *str, const char *option) {
    size_t length = strlen(option);

    while (*str) {
        if (!strncmp(str, option, length) && (!str[length] || str[length] == ','))
            return true;
        str = strchrnul(str, ',');
        if (*str)
            str++;
    }
    return false;
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

// SPDX-License-Identifier: Apache-2.0
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

// Passes a word and the white space around it. Null: there is none.
char *next_word(char **at) {
    char *const word = skip_spaces(*at);
    char *end = word;

    while (*end && !isspace(*end))
        end++;
    *at = end;
    return end == word ? nullptr : word;
}

} // namespace

// One allocation: the pointers, the NULL behind them, the words.
char **argv_split(gfp_t gfp, const char *str, int *argcp) {
    int words = 0;
    for (char *at = const_cast<char *>(str); next_word(&at);)
        words++;
    const size_t table = (words + 1) * sizeof(char *), length = strlen(str) + 1;
    auto **argv = static_cast<char **>(kmalloc(table + length, gfp));

    if (!argv)
        return nullptr;
    char *at = static_cast<char *>(memcpy(reinterpret_cast<char *>(argv) + table, str, length));
    for (int i = 0; i < words; i++) {
        argv[i] = next_word(&at);
        if (*at)
            *at++ = '\0';
    }
    argv[words] = nullptr;
    if (argcp)
        *argcp = words;
    return argv;
}
EXPORT_SYMBOL(argv_split);

void argv_free(char **argv) {
    kfree(argv);
}
EXPORT_SYMBOL(argv_free);

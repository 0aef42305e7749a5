// SPDX-License-Identifier: Apache-2.0
//
// A command line, taken apart.
//
//     line     := group { (';' | '&' | '&&' | '||') group }
//     group    := command { '|' command }
//     command  := word... { '>' | '>>' | '<' | '2>' path, or '2>&1' }
//
// Blanks separate words; quotes keep them together; a backslash keeps the character behind it. A word with *, ? or [
// that is not quoted stands for the paths that match it. '#' begins a comment. There are no variables.
#ifndef KERNEL_INIT_SHELL_PARSE_H
#define KERNEL_INIT_SHELL_PARSE_H

#include <linux/types.h>

struct shell_word {
    const char *text;
    bool pattern; // to be matched against paths
};

enum class error_target : u8 { terminal, output, file };

struct parsed_command {
    unsigned first_word, words;
    const char *output, *input, *errors; // paths; null: none
    bool append;
    error_target errors_to;
};

// What comes before a group decides whether it runs.
enum class shell_link : u8 { always, if_ok, if_failed };

struct parsed_group {
    unsigned first_command, commands;
    shell_link link;
    bool background;
};

struct parsed_line {
    enum : unsigned { MAX_TEXT = 2048, MAX_WORDS = 128, MAX_COMMANDS = 32, MAX_GROUPS = 32 };
    char text[MAX_TEXT]; // the words, each with its NUL
    struct shell_word words[MAX_WORDS];
    struct parsed_command commands[MAX_COMMANDS];
    struct parsed_group groups[MAX_GROUPS];
    unsigned word_count, command_count, group_count;
};

// Fills `out`, which is zeroed. Null, or what is wrong with the line.
const char *parse_line(struct parsed_line *out, const char *line);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The commands about text: what makes it, and what stands behind a '|'.
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "kernel/init/regular_expression.h"
#include "kernel/init/shell.h"
#include "kernel/init/shell_input.h"

namespace {

// "-n 5", "-n5" and "-5": the number behind an option. False: the option is another one.
bool number_option(const shell_call &call, int &i, char name, const char **number) {
    const char *word = call.argv[i];
    if (word[0] != '-')
        return false;
    if (isdigit(word[1]) && name == 'n') {
        *number = word + 1;
        return true;
    }
    if (word[1] != name)
        return false;
    *number = word[2] ? word + 2 : i + 1 < call.argc ? call.argv[++i] : "";
    return true;
}

// One flag of a word such as "-ivn". -1: the word is not an option; else its letters, each of which is in `known`.
int flags_of(const char *word, const char *known, unsigned *flags) {
    if (word[0] != '-' || !word[1])
        return 0;
    for (const char *p = word + 1; *p; p++) {
        const char *at = strchr(known, *p);
        if (!at)
            return -EINVAL;
        *flags |= 1u << (at - known);
    }
    return 1;
}

// Lines of what a command reads, put together from the pieces that come.
template <class Line>
int for_each_line(const shell_call &call, int first, Line line) {
    enum : size_t { LONGEST = 4096 };
    char *pending = static_cast<char *>(kmalloc(LONGEST, GFP_KERNEL));
    size_t used = 0;
    const char *last_path = "";
    if (!pending)
        return call.fail("%s: %s", call.argv[0], error_text(ENOMEM));
    const auto end_line = [&](const char *path) {
        pending[used] = '\0';
        used = 0;
        return line(path, static_cast<const char *>(pending));
    };
    const int status = for_each_input(call, first, [&](const char *path, const char *text, size_t length) {
        last_path = path;
        for (size_t i = 0; i < length; i++) {
            if (text[i] == '\n' || used == LONGEST - 1) {
                if (!end_line(path))
                    return false;
                if (text[i] == '\n')
                    continue;
            }
            pending[used++] = text[i];
        }
        return true;
    });
    if (used)
        end_line(last_path);
    kfree(pending);
    return status;
}

// All that a command reads, as one text that grows up to 4 MiB.
class whole_text {
public:
    ~whole_text() { kvfree(text_); }
    // The command's status.
    int read(const shell_call &call, int first) {
        bool full = false;
        const int status = for_each_input(call, first, [&](const char *, const char *text, size_t n) {
            full = !append(text, n);
            return !full;
        });
        return full ? call.fail("%s: more than %u MiB to keep", call.argv[0], static_cast<unsigned>(LIMIT >> 20))
                    : status;
    }
    // Puts an end to the last line. False: no memory.
    bool end_last_line() { return !size_ || text_[size_ - 1] == '\n' || append("\n", 1); }
    char *begin() { return text_; }
    char *end() { return text_ + size_; }
    size_t lines() const {
        size_t n = size_ && text_[size_ - 1] != '\n';
        for (size_t i = 0; i < size_; i++)
            n += text_[i] == '\n';
        return n;
    }

private:
    enum : size_t { LIMIT = 4 << 20 };
    bool append(const char *text, size_t n) {
        if (size_ + n > room_) {
            const size_t room = max(2 * room_, roundup_pow_of_two(size_ + n));
            char *larger = room <= LIMIT ? static_cast<char *>(kvmalloc(room, GFP_KERNEL)) : nullptr;
            if (!larger)
                return false;
            memcpy(larger, text_, size_);
            kvfree(text_);
            text_ = larger;
            room_ = room;
        }
        memcpy(text_ + size_, text, n);
        size_ += n;
        return true;
    }
    char *text_ = nullptr;
    size_t size_ = 0, room_ = 0;
};

// What stands for the escape behind a backslash; *p is moved behind it.
char escape(const char **p) {
    const char *at = *p;
    unsigned value = 0, digits = 0;
    const unsigned base = *at == 'x' ? 16 : 8, most = base == 16 ? 2 : 4;
    static const char names[] = "abefnrtv\\", values[] = "\a\b\x1b\f\n\r\t\v\\";
    if (*at == 'x' || *at == '0') {
        at += *at == 'x';
        for (; digits < most && (base == 16 ? isxdigit(*at) : *at >= '0' && *at <= '7'); at++, digits++)
            value = value * base + hex_to_bin(*at);
        *p = at;
        return static_cast<char>(value);
    }
    const char *name = *at ? strchr(names, *at) : nullptr;
    *p = name ? at + 1 : at;
    return name ? values[name - names] : '\\';
}

void print_escaped(const shell_call &call, const char *text) {
    while (*text) {
        char c = *text++;
        if (c == '\\')
            c = escape(&text);
        call.out->write(&c, 1);
    }
}

int do_echo(const shell_call &call) {
    unsigned flags = 0; // n, e, E
    int i = 1;
    for (unsigned more = flags; i < call.argc && flags_of(call.argv[i], "neE", &more) == 1; i++)
        flags = more;
    for (int first = i; i < call.argc; i++) {
        if (i > first)
            call.out->print(" ");
        if (flags & 2)
            print_escaped(call, call.argv[i]);
        else
            call.out->print(call.argv[i]);
    }
    if (!(flags & 1))
        call.out->print("\n");
    return 0;
}

int do_head(const shell_call &call) {
    u64 lines = 10, bytes = U64_MAX;
    const char *number;
    int i = 1;
    for (; i < call.argc && call.argv[i][0] == '-' && call.argv[i][1]; i++) {
        u64 *wanted = number_option(call, i, 'n', &number)   ? &lines
                      : number_option(call, i, 'c', &number) ? &bytes
                                                             : nullptr;
        if (!wanted)
            return call.usage();
        if (kstrtoull(number, 10, wanted))
            return call.fail("head: expected a number, got '%s'", number);
        if (wanted == &bytes)
            lines = U64_MAX;
    }
    const u64 lines_each = lines, bytes_each = bytes;
    const char *path_before = nullptr;
    return for_each_input(call, i, [&](const char *path, const char *text, size_t length) {
        if (path != path_before) {
            lines = lines_each;
            bytes = bytes_each;
            path_before = path;
        }
        size_t taken = 0;
        while (taken < length && taken < bytes && lines)
            lines -= text[taken++] == '\n';
        bytes -= taken;
        call.out->write(text, taken);
        return !call.out->flush() && lines && bytes;
    });
}

int do_tail(const shell_call &call) {
    u64 lines = 10;
    bool from = false; // "+N": from line N on
    const char *number;
    int i = 1;
    for (; i < call.argc && call.argv[i][0] == '-' && call.argv[i][1]; i++) {
        if (!strcmp(call.argv[i], "-f"))
            return call.fail("tail: -f is not there; read the file again later, or cat the device in the background");
        if (!number_option(call, i, 'n', &number))
            return call.usage();
        from = number[0] == '+';
        if (kstrtoull(number + from, 10, &lines))
            return call.fail("tail: expected a number, got '%s'", number);
    }
    whole_text all;
    const int status = all.read(call, i);
    const size_t count = all.lines();
    size_t skip = from ? (lines ? lines - 1 : 0) : count > lines ? count - lines : 0;
    char *p = all.begin();
    for (; p < all.end() && skip; p++)
        skip -= *p == '\n';
    call.out->write(p, all.end() - p);
    return status;
}

int do_wc(const shell_call &call) {
    unsigned flags = 0; // l, w, c
    u64 counts[3] = {};
    int i = 1;
    bool in_word = false;
    for (; i < call.argc && call.argv[i][0] == '-'; i++) {
        if (flags_of(call.argv[i], "lwc", &flags) != 1)
            return call.usage();
    }
    const int status = for_each_input(call, i, [&](const char *, const char *text, size_t length) {
        counts[2] += length;
        for (size_t k = 0; k < length; k++) {
            counts[0] += text[k] == '\n';
            counts[1] += !in_word && !isspace(text[k]);
            in_word = !isspace(text[k]);
        }
        return true;
    });
    const char *before = "";
    for (unsigned k = 0; k < ARRAY_SIZE(counts); k++) {
        if (!flags || (flags & (1u << k))) {
            call.out->printf("%s%llu", before, counts[k]);
            before = " ";
        }
    }
    if (i + 1 == call.argc)
        call.out->printf(" %s", call.argv[i]);
    call.out->print("\n");
    return status;
}

int do_grep(const shell_call &call) {
    enum : unsigned {
        INVERT = 1,
        FOLD = 2,
        COUNT = 4,
        NUMBER = 8,
        QUIET = 16,
        EXTENDED = 32,
        FIXED = 64,
        NO_NAME = 128
    };
    unsigned flags = 0;
    char patterns[256] = "";
    size_t used = 0;
    int i = 1;
    for (; i < call.argc && call.argv[i][0] == '-' && call.argv[i][1]; i++) {
        if (!strcmp(call.argv[i], "-e") && i + 1 < call.argc)
            used += scnprintf(patterns + used, sizeof(patterns) - used, "%s%s", used ? "\n" : "", call.argv[++i]);
        else if (flags_of(call.argv[i], "vicnqEFh", &flags) != 1)
            return call.usage();
    }
    if (!used && i >= call.argc)
        return call.usage();
    const char *pattern = used ? patterns : call.argv[i++];
    regular_expression expression;
    const char *error = expression.compile(pattern,
                                           flags & FIXED      ? regular_expression::fixed
                                           : flags & EXTENDED ? regular_expression::extended
                                                              : regular_expression::basic,
                                           flags & FOLD);
    if (error)
        return call.fail("grep: %s: %s", pattern, error);
    const bool names = call.argc - i > 1 && !(flags & NO_NAME);
    u64 found = 0, number = 0;
    const char *path_before = nullptr;
    const int status = for_each_line(call, i, [&](const char *path, const char *line) {
        number = path == path_before ? number + 1 : 1;
        path_before = path;
        if (expression.matches(line) == !!(flags & INVERT))
            return true;
        found++;
        if (!(flags & (QUIET | COUNT))) {
            if (names)
                call.out->printf("%s:", path);
            if (flags & NUMBER)
                call.out->printf("%llu:", number);
            call.out->print(line);
            call.out->print("\n");
        }
        return !call.out->flush();
    });
    if (flags & COUNT)
        call.out->printf("%llu\n", found);
    if (!found && !status)
        return call.fail("grep: no line matches '%s'", pattern);
    return status;
}

int by_text(const void *a, const void *b) {
    return strcmp(*static_cast<const char *const *>(a), *static_cast<const char *const *>(b));
}

int by_number(const void *a, const void *b) {
    const long x = simple_strtol(skip_spaces(*static_cast<const char *const *>(a)), nullptr, 10);
    const long y = simple_strtol(skip_spaces(*static_cast<const char *const *>(b)), nullptr, 10);
    return x == y ? by_text(a, b) : x < y ? -1 : 1;
}

int do_sort(const shell_call &call) {
    enum : unsigned { NUMERIC = 1, REVERSE = 2, UNIQUE = 4 };
    unsigned flags = 0;
    int i = 1;
    for (; i < call.argc && call.argv[i][0] == '-' && call.argv[i][1]; i++) {
        if (flags_of(call.argv[i], "nru", &flags) != 1)
            return call.usage();
    }
    whole_text all;
    const int status = all.read(call, i);
    const size_t count = all.lines();
    char **lines =
        !all.end_last_line() ? nullptr : static_cast<char **>(kvmalloc_array(count + 1, sizeof(*lines), GFP_KERNEL));
    if (!lines)
        return call.fail("sort: %s", error_text(ENOMEM));
    size_t n = 0;
    for (char *p = all.begin(); p < all.end(); p++) {
        lines[n++] = p;
        p = static_cast<char *>(memchr(p, '\n', all.end() - p));
        *p = '\0';
    }
    sort(lines, n, sizeof(*lines), flags & NUMERIC ? by_number : by_text, nullptr);
    const char *before = nullptr;
    for (size_t k = 0; k < n; k++) {
        const char *line = lines[flags & REVERSE ? n - 1 - k : k];
        if ((flags & UNIQUE) && before && !strcmp(before, line))
            continue;
        call.out->print(line);
        call.out->print("\n");
        before = line;
    }
    kvfree(lines);
    return status;
}

int do_tee(const shell_call &call) {
    const bool append = call.argc > 1 && !strcmp(call.argv[1], "-a");
    if (call.argc != 2 + append)
        return call.usage();
    const char *path = call.argv[1 + append];
    struct file *file = filp_open(path, O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0644);
    if (IS_ERR(file))
        return call.fail("tee: %s: %s", path, error_text(PTR_ERR(file)));
    int error;
    int status;
    {
        shell_output copy(*call.terminal, file, nullptr);
        status = for_each_input(call, call.argc, [&](const char *, const char *text, size_t length) {
            copy.write(text, length);
            call.out->write(text, length);
            return !copy.flush() && !call.out->flush();
        });
        error = copy.flush();
    }
    filp_close(file, nullptr);
    return error ? call.fail("tee: %s: %s", path, error_text(error)) : status;
}

} // namespace

const struct shell_command text_commands[] = {
    {"echo", do_echo, "echo [-neE] TEXT...", "prints its words"},
    {"grep", do_grep, "grep [-vicnqEFh] PATTERN [PATH...]", "prints the lines that match; fails when none does"},
    {"head", do_head, "head [-n LINES | -c BYTES] [PATH...]", "prints the beginning"},
    {"sort", do_sort, "sort [-nru] [PATH...]", "sorts lines"},
    {"tail", do_tail, "tail [-n [+]LINES] [PATH...]", "prints the end"},
    {"tee", do_tee, "tee [-a] PATH", "copies what it reads to a file"},
    {"wc", do_wc, "wc [-lwc] [PATH...]", "counts lines, words, bytes"},
    {},
};

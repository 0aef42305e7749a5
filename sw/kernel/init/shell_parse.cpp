// SPDX-License-Identifier: Apache-2.0
#include "kernel/init/shell_parse.h"

#include <linux/string.h>

namespace {

enum class token { word, output, append, input, errors, errors_to_output, pipe, background, both, either, next, end };

class parser {
public:
    parser(struct parsed_line *out, const char *line)
        : out_(*out)
        , at_(line)
        , free_(out->text) {}

    const char *run() {
        const char *error = nullptr;
        while (!error) {
            const token t = read();
            if (error_)
                return error_;
            if (t == token::end)
                break;
            error = take(t);
        }
        return error ? error : finish();
    }

private:
    // Operators by their text, the longer ones first.
    token read() {
        static const struct {
            const char *text;
            token what;
        } operators[] = {
            {"2>&1", token::errors_to_output},
            {"2>", token::errors},
            {">>", token::append},
            {"1>", token::output},
            {">", token::output},
            {"<", token::input},
            {"&&", token::both},
            {"||", token::either},
            {"&", token::background},
            {"|", token::pipe},
            {";", token::next},
        };
        at_ = skip_spaces(at_);
        if (!*at_ || *at_ == '#')
            return token::end;
        for (const auto &op : operators) {
            if (strstarts(at_, op.text)) {
                at_ += strlen(op.text);
                return op.what;
            }
        }
        read_word();
        return token::word;
    }

    void put(char c) {
        if (free_ < out_.text + sizeof(out_.text) - 1)
            *free_++ = c;
        else
            error_ = "the line is too long";
    }

    void read_word() {
        word_ = {free_, false};
        bool quoted_special = false, special = false;
        for (char quote = '\0'; *at_ && (quote || !strchr(" \t\n>&<|;", *at_)); at_++) {
            char c = *at_;
            if (!quote && (c == '"' || c == '\'')) {
                quote = c;
                open_quote_ = true;
                continue;
            }
            if (quote == c) {
                quote = '\0';
                open_quote_ = false;
                continue;
            }
            bool kept = quote;
            if (c == '\\' && quote != '\'' && at_[1]) {
                // In double quotes it keeps itself, too, where it has nothing to keep: "\n" is for echo -e.
                if (quote && !strchr("\"\\$`", at_[1]))
                    put('\\');
                c = *++at_;
                kept = true;
            }
            if (strchr("*?[", c))
                (kept ? quoted_special : special) = true;
            put(c);
        }
        if (open_quote_)
            error_ = "a quote is not closed";
        put('\0');
        word_.pattern = special && !quoted_special;
    }

    struct parsed_command &command() {
        return out_.commands[out_.command_count];
    }

    bool command_is_empty() { return !command().words && !has_redirection(); }
    bool has_redirection() {
        return command().output || command().input || command().errors_to != error_target::terminal;
    }

    const char *take(token t) {
        if (path_for_) {
            if (t != token::word)
                return "a path is missing behind '>', '>>', '2>' or '<'";
            *path_for_ = word_.text;
            path_for_ = nullptr;
            return nullptr;
        }
        switch (t) {
        case token::word:
            if (out_.word_count == out_.MAX_WORDS)
                return "too many words";
            if (!command().words)
                command().first_word = out_.word_count;
            out_.words[out_.word_count++] = word_;
            command().words++;
            return nullptr;
        case token::output:
        case token::append:
            command().append = t == token::append;
            path_for_ = &command().output;
            return nullptr;
        case token::input:
            path_for_ = &command().input;
            return nullptr;
        case token::errors:
            command().errors_to = error_target::file;
            path_for_ = &command().errors;
            return nullptr;
        case token::errors_to_output:
            command().errors_to = error_target::output;
            return nullptr;
        case token::pipe:
            return end_command(true);
        default:
            return end_group(t);
        }
    }

    const char *end_command(bool piped) {
        if (!command().words)
            return "there is no command";
        if (piped && command().output)
            return "a command's output goes to a file or to a pipe, not to both";
        if (++out_.command_count == out_.MAX_COMMANDS)
            return "too many commands";
        piped_ = piped;
        return nullptr;
    }

    const char *end_group(token t) {
        const char *error = end_command(false);
        if (error)
            return error;
        struct parsed_group &group = out_.groups[out_.group_count];
        group = {group_start_, out_.command_count - group_start_, link_, t == token::background};
        if (++out_.group_count == out_.MAX_GROUPS)
            return "too many commands";
        group_start_ = out_.command_count;
        link_ = t == token::both ? shell_link::if_ok : t == token::either ? shell_link::if_failed : shell_link::always;
        return nullptr;
    }

    const char *finish() {
        if (path_for_)
            return "a path is missing behind '>', '>>', '2>' or '<'";
        if (command_is_empty() && !piped_ && link_ == shell_link::always)
            return nullptr; // an empty line, or a ';' or '&' at the end
        return end_group(token::next);
    }

    struct parsed_line &out_;
    const char *at_;
    char *free_;
    struct shell_word word_ = {};
    const char **path_for_ = nullptr; // a redirection waits for its path
    const char *error_ = nullptr;
    unsigned group_start_ = 0;
    shell_link link_ = shell_link::always;
    bool piped_ = false, open_quote_ = false;
};

} // namespace

const char *parse_line(struct parsed_line *out, const char *line) {
    return parser(out, line).run();
}

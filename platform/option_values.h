// SPDX-License-Identifier: Apache-2.0
//
// What the values of options may look like. Each function takes the name of the option, for the message, and the text
// that was given, and throws usage_error with one line that says what was expected and what came.
#ifndef RK3568_PLATFORM_OPTION_VALUES_H
#define RK3568_PLATFORM_OPTION_VALUES_H

#include "platform/options.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <systemc>
#include <utility>

namespace rk3568 {

struct usage_error {
    std::string text;
};

[[noreturn]] void refuse(std::string_view option, std::string_view expected, std::string_view got);

sc_core::sc_time time_of(std::string_view option, std::string_view text);
uint64_t number(std::string_view option, std::string_view text, uint64_t low, uint64_t high, std::string_view what);
double real_number(std::string_view option, std::string_view text, double low, double high, std::string_view what);
uint64_t frequency(std::string_view option, const std::string &text); // in Hz
void check_readable(std::string_view option, const std::string &path, bool folder_allowed = false);

module_request module_of(const std::string &text);    // --insmod
stimulus_source stimulus_of(const std::string &text); // --stimulus
timed_command command_of(const std::string &text);    // --exec
void set_gpio(options &out, const std::string &text); // --gpio
void add_words(std::vector<std::string> &to, const std::string &text);
void add_scopes(options &out, const std::string &text); // --vcd-scope
void add_window(options &out, const std::string &text); // --vcd-window

template <typename T>
using choice = std::pair<const char *, T>;

// One of a few names.
template <typename T, size_t N>
T one_of(std::string_view option, std::string_view text, const choice<T> (&choices)[N]) {
    std::string names;
    for (const auto &[name, value] : choices) {
        if (text == name)
            return value;
        names += (names.empty() ? "" : name == choices[N - 1].first ? " or " : ", ") + std::string(name);
    }
    refuse(option, names, text);
}

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Pins by name and by number: GPIOb_Xn is pin b * 32 + port * 8 + n (the RK3568's own numbering, which Linux's gpio
// numbers follow). GPIO3_A5 is 101.
#ifndef RK3568_PLATFORM_STIMULUS_PIN_NAME_H
#define RK3568_PLATFORM_STIMULUS_PIN_NAME_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rk3568 {

inline constexpr unsigned pins_per_bank = 32;
inline constexpr unsigned pin_banks = 5;
inline constexpr unsigned pin_count = pins_per_bank * pin_banks;

// What there is, for messages.
inline constexpr const char *pin_range = "GPIO0_A0 to GPIO4_D7";

// "GPIO3_A5" for 101. `pin` is below pin_count.
std::string pin_name(unsigned pin);

// 101 for "GPIO3_A5" and for the ways in which people write it, in either case: GPIO3_PA5, GPIO3A5, GPIO3-A5,
// GPIO3_RK_PA5 (as device trees have it), gpio3-5 (bank and line). Nothing if there is no such pin.
std::optional<unsigned> parse_pin_name(std::string_view text);

// parse_pin_name(), or the pin's number: 101.
std::optional<unsigned> parse_pin(std::string_view text);

// "; did you mean GPIO3_A5?" for a name with one slip of the pen, such as GPI03_A5; else nothing.
std::string meant_pin(std::string_view text);

// 3 for "GPIO3", in either case; nothing if there is no such bank.
std::optional<unsigned> parse_bank_name(std::string_view text);

// GPIO, digits, and perhaps _, a letter, digits: somebody meant a pin or a bank, whether there is such a one or not.
bool looks_like_pin(std::string_view text);

} // namespace rk3568

#endif

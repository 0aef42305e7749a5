// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/readers.h"
#include "platform/stimulus/recording.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <unordered_map>

#include <fmt/format.h>

namespace rk3568 {
namespace {

// One bit of a variable that is a pin.
struct pin_bit {
    unsigned from_right; // 0 is the rightmost digit of a vector value
    uint16_t pin;
};

// What an identifier code stands for. Several $var may share a code: they are then one net under several names.
struct variable {
    unsigned width;
    std::vector<pin_bit> pins; // empty: nothing of ours
};

class vcd_reader {
public:
    vcd_reader(std::string_view text, const std::string &name, const pin_mapping &mapping,
               const std::function<void(size_t)> &passed)
        : m_text(text)
        , m_name(name)
        , m_passed(passed)
        , m_out(name, mapping) {}

    stimulus read() {
        read_header();
        read_changes();
        if (m_rounded)
            m_out.note("times that are no whole number of picoseconds were rounded to the nearest one");
        return m_out.finish();
    }

private:
    [[noreturn]] void fail(std::string_view what) const {
        const char *at = m_word.data() ? m_word.data() : m_text.data();
        const auto line = std::count(m_text.data(), at, '\n') + 1;
        throw stimulus_error(fmt::format("{}:{}: {}", m_name, line, what));
    }
    [[noreturn]] void expected(std::string_view what) const {
        fail(fmt::format("expected {}, got {}", what,
                         m_word.empty() ? "the end of the file" : fmt::format("'{}'", m_word)));
    }

    // Makes the next word m_word; empty at the end of the text.
    bool next() {
        const char *const end = m_text.data() + m_text.size();
        const char *at = m_next;
        while (at != end && static_cast<unsigned char>(*at) <= ' ')
            ++at;
        const char *const begin = at;
        while (at != end && static_cast<unsigned char>(*at) > ' ')
            ++at;
        m_word = std::string_view(begin, at - begin);
        m_next = at;
        return begin != at;
    }
    void skip_section() {
        const std::string_view section = m_word;
        while (next())
            if (m_word == "$end")
                return;
        m_word = section;
        fail(fmt::format("expected $end after {}, got the end of the file", section));
    }
    uint64_t number(std::string_view text, std::string_view what) const {
        uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size())
            expected(what);
        return value;
    }

    void read_header() {
        // sigrok-cli may begin with `META samplerate: N`.
        if (m_text.compare(0, 5, "META ") == 0)
            m_next += std::min(m_text.find('\n'), m_text.size());
        while (next()) {
            if (m_word == "$enddefinitions") {
                skip_section();
                if (!m_have_timescale) // as viewers take it
                    m_out.note("no $timescale: a tick is taken for 1 ns");
                m_out.wires_complete();
                return;
            }
            if (m_word == "$var")
                read_var();
            else if (m_word == "$timescale")
                read_timescale();
            else if (m_word[0] == '$' && m_word != "$end" && m_word.size() > 1)
                skip_section(); // $scope and $upscope too: the last part of a name says which pin it is
            else
                expected("a declaration such as $var or $enddefinitions");
        }
        expected("$enddefinitions");
    }

    void read_timescale() {
        std::string text;
        while (next() && m_word != "$end")
            text += m_word;
        const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const std::string amount = text.substr(0, digits), unit = text.substr(digits);
        static constexpr std::pair<const char *, uint64_t> units[] = {{"s", 1'000'000'000'000'000},
                                                                      {"ms", 1'000'000'000'000},
                                                                      {"us", 1'000'000'000},
                                                                      {"ns", 1'000'000},
                                                                      {"ps", 1'000},
                                                                      {"fs", 1}};
        const auto found =
            std::find_if(std::begin(units), std::end(units), [&unit](const auto &u) { return unit == u.first; });
        uint64_t ticks = 0;
        const auto [end, error] = std::from_chars(amount.data(), amount.data() + amount.size(), ticks);
        if (found == std::end(units) || error != std::errc() || end != amount.data() + amount.size() || ticks == 0 ||
            ticks > 1'000'000'000)
            fail(fmt::format("expected $timescale, a whole number and s, ms, us, ns, ps or fs, got '{}'", text));
        const unsigned __int128 fs = static_cast<unsigned __int128>(found->second) * ticks;
        if (fs > std::numeric_limits<uint64_t>::max())
            fail(fmt::format("expected a $timescale below 5 hours, got '{}'", text));
        set_tick(static_cast<uint64_t>(fs));
        m_have_timescale = true;
    }

    void set_tick(uint64_t fs) {
        m_tick_fs = fs;
        m_last_tick = std::numeric_limits<uint64_t>::max() / std::max<uint64_t>((m_tick_fs + 999) / 1000, 1);
    }

    // The width of a variable: a number, or the range of a port of an extended VCD, such as [7:0].
    uint64_t width_of_var() {
        if (m_word.size() < 3 || m_word.front() != '[' || m_word.back() != ']')
            return number(m_word, "the width of a $var");
        const std::string_view inside = m_word.substr(1, m_word.size() - 2);
        const size_t colon = std::min(inside.find(':'), inside.size());
        const uint64_t left = number(inside.substr(0, colon), "a range such as [7:0]");
        const uint64_t right =
            colon == inside.size() ? left : number(inside.substr(colon + 1), "a range such as [7:0]");
        return std::max(left, right) - std::min(left, right) + 1;
    }

    // $var type width code reference [index] $end
    void read_var() {
        next();
        const std::string_view type = m_word;
        next();
        const uint64_t width = width_of_var();
        next();
        if (m_word.empty() || m_word == "$end")
            expected("an identifier code in $var");
        const std::string_view code = m_word;
        if (!next() || m_word == "$end")
            expected("a name in $var");
        const std::string_view reference = m_word;
        std::string index; // may come in several words
        while (next() && m_word != "$end")
            index += m_word;
        if (m_word.empty())
            expected("$end after $var");
        m_word = reference;

        const bool is_new = m_codes.emplace(code, m_variables.size()).second;
        const size_t number = m_codes[code];
        if (is_new)
            m_variables.push_back({static_cast<unsigned>(std::min<uint64_t>(width, 1u << 20)), {}});
        variable &variable = m_variables[number];
        if (variable.width != width && !is_new)
            fail(fmt::format("expected width {} as the other $var with code '{}' has, got {}", variable.width, code,
                             width));
        if (type != "real" && type != "realtime" && type != "string" && type != "event")
            map_pins(variable, reference, index, is_new);
        else
            m_out.leave_out(reference);
        if (code.size() <= 2)
            m_short_codes[short_code(code)] = static_cast<int32_t>(number);
    }

    void map_pins(variable &variable, std::string_view reference, std::string index, bool is_new) {
        std::string_view name = reference;
        // The index may be glued to the name; what precedes the last dot or slash is scope.
        const size_t bracket = name.find('[');
        if (bracket != name.npos) {
            index = std::string(name.substr(bracket)) + index;
            name = name.substr(0, bracket);
        }
        const std::string_view last = name.substr(name.find_last_of("./:\\") + 1);
        const auto bank = parse_bank_name(last);
        if (!bank && variable.width == 1)
            return map_wire(variable, name, index, is_new);
        // A bus, or a part of it: [left:right] says which bits, in either direction; [n] is one.
        uint64_t left = variable.width - 1, right = 0;
        if (!index.empty()) {
            const size_t colon = index.find(':');
            if (index.size() < 3 || index.front() != '[' || index.back() != ']')
                fail(fmt::format("expected [left:right] after {}, got '{}'", last, index));
            const std::string_view inside = std::string_view(index).substr(1, index.size() - 2);
            left = number(inside.substr(0, std::min(colon, index.size()) - (colon == index.npos ? 0 : 1)),
                          "a bit of the bus");
            right = colon == index.npos ? left : number(inside.substr(colon), "a bit of the bus");
        }
        const auto bit_number = [left, right](unsigned from_right) {
            return left >= right ? right + from_right : right - from_right;
        };
        std::vector<pin_bit> bits;
        if (!bank) { // the mapping may name single bits, as in DATA[3]
            for (unsigned i = 0; i < variable.width; ++i) {
                const std::string bit = fmt::format("{}[{}]", name, bit_number(i));
                if (m_out.maps(bit))
                    bits.push_back({i, static_cast<uint16_t>(*m_out.pin_of(bit))});
            }
            if (bits.empty()) {
                if (parse_pin_name(last))
                    fail(fmt::format("expected width 1 for {}, got {}", last, variable.width));
                if (looks_like_pin(last))
                    fail(fmt::format("there is no pin '{}'; there are {}", last, pin_range));
                return m_out.leave_out(name);
            }
            return add(variable, is_new, bits);
        }
        if (variable.width == 0 || std::max(left, right) >= pins_per_bank ||
            std::max(left, right) - std::min(left, right) + 1 != variable.width)
            fail(fmt::format("expected at most 32 wires in {}, got width {} {}", last, variable.width, index));
        for (unsigned i = 0; i < variable.width; ++i)
            bits.push_back({i, static_cast<uint16_t>(*bank * pins_per_bank + bit_number(i))});
        add(variable, is_new, bits);
    }

    void map_wire(variable &variable, std::string_view name, const std::string &index, bool is_new) {
        // With its index the name may be a wire of its own, as in D[3].
        const std::string indexed = std::string(name) + index;
        const auto pin = m_out.pin_of(!index.empty() && m_out.maps(indexed) ? indexed : name);
        if (pin)
            return add(variable, is_new, {{0, static_cast<uint16_t>(*pin)}});
        const std::string_view last = name.substr(name.find_last_of("./:\\") + 1);
        if (looks_like_pin(last))
            fail(fmt::format("there is no pin '{}'; there are {}", last, pin_range));
    }

    void add(variable &variable, bool is_new, const std::vector<pin_bit> &bits) {
        for (const pin_bit &bit : bits) {
            if (!m_out.declare(bit.pin)) {
                // The same net shown again under another scope is not a contradiction.
                const bool same =
                    !is_new && std::any_of(variable.pins.begin(), variable.pins.end(), [&bit](const auto &b) {
                        return b.pin == bit.pin && b.from_right == bit.from_right;
                    });
                if (!same)
                    fail(fmt::format("{} is declared twice", pin_name(bit.pin)));
                continue;
            }
            variable.pins.push_back(bit);
        }
    }

    void read_changes() {
        // At least a short line each, as writers of VCDs have it: growing would move them all over and over, and what
        // is not used of the reserve is not there.
        m_out.reserve(m_text.size() / 6 + 1);
        while (read_plain_lines(), tell_passed(), next()) {
            switch (m_word[0]) {
            case '#':
                if (m_word.size() > 1) {
                    set_time(number(m_word.substr(1), "a time such as #100"));
                } else {
                    next();
                    set_time(number(m_word, "a time behind '#'"));
                }
                break;
            case '$':
                if (m_word != "$dumpvars" && m_word != "$dumpall" && m_word != "$dumpon" && m_word != "$dumpoff" &&
                    m_word != "$dumpports" && m_word != "$dumpportsall" && m_word != "$dumpportson" &&
                    m_word != "$dumpportsoff" && m_word != "$end") // values follow those; anything else is text
                    skip_section();
                break;
            case 'b':
            case 'B': {
                const std::string_view value = m_word.substr(1);
                if (value.empty())
                    expected("binary digits after 'b'");
                next();
                change(value, m_word);
                break;
            }
            case 'r':
            case 'R':
            case 's':
            case 'S':
                next();
                find(m_word); // a number or a text: never a pin, but it has to be declared
                break;
            case 'p':
                read_port_value();
                break;
            default:
                if (m_word.size() == 1) { // the code stands apart
                    const std::string_view digit = m_word;
                    next();
                    change(digit, m_word);
                } else {
                    change(m_word.substr(0, 1), m_word.substr(1));
                }
            }
        }
    }

    // pSTATES STRENGTH0 STRENGTH1 CODE, of an extended VCD (IEEE 1364, 18.4.3).
    void read_port_value() {
        std::string digits(m_word.substr(1));
        if (digits.empty())
            expected("states of a port behind 'p'");
        for (char &c : digits) {
            static constexpr std::string_view low = "DdLl0", high = "UuHh1", unknown = "NXTZ?ABCFabcfz";
            if (low.find(c) != low.npos)
                c = '0';
            else if (high.find(c) != high.npos)
                c = '1';
            else if (unknown.find(c) != unknown.npos)
                c = 'x';
            else
                expected("states of a port such as D, U, L, H, 0, 1, X and Z");
        }
        next(), next(), next(); // two strengths
        change(digits, m_word);
    }

    // What nearly all lines are: a time, or one digit and a code of one character that is one pin. What looks
    // otherwise is left for the general way.
    void read_plain_lines() {
        const char *const end = m_text.data() + m_text.size();
        for (const char *at = m_next;; m_next = at) {
            if (end - at < 24 || at >= m_tell_at) // no number below ends beyond the text
                return;
            if (*at == '\n') {
                ++at;
            } else if (*at == '#') {
                const char *const begin = ++at;
                uint64_t ticks = 0;
                for (; *at >= '0' && *at <= '9' && at - begin < 18; ++at)
                    ticks = ticks * 10 + static_cast<uint64_t>(*at - '0');
                if (*at != '\n' || at == begin || ticks > m_last_tick || (m_have_time && ticks < m_ticks))
                    return;
                set_time(ticks);
                ++at;
            } else if ((*at == '0' || *at == '1') && at[2] == '\n') {
                const int32_t number = m_short_codes[static_cast<unsigned char>(at[1])];
                if (number < 0 || m_variables[number].pins.size() != 1 || m_variables[number].width != 1)
                    return;
                set_pin(m_variables[number].pins[0].pin, *at);
                at += 3;
            } else {
                return;
            }
        }
    }

    void tell_passed() {
        if (m_next < m_tell_at)
            return;
        m_tell_at = m_next + std::min<ptrdiff_t>(1 << 22, m_text.data() + m_text.size() - m_next) + 1;
        if (m_passed)
            m_passed(static_cast<size_t>(m_next - m_text.data()));
    }

    void set_time(uint64_t ticks) {
        if (m_have_time && ticks < m_ticks)
            fail(fmt::format("expected a time not before #{}, got '{}'", m_ticks, m_word));
        if (ticks > m_last_tick)
            fail(fmt::format("expected a time below 213 days, got '{}'", m_word));
        m_have_time = true;
        m_ticks = ticks;
        if (m_tick_fs % 1000 == 0) {
            m_ps = ticks * (m_tick_fs / 1000);
            return;
        }
        const unsigned __int128 fs = static_cast<unsigned __int128>(ticks) * m_tick_fs;
        m_rounded |= fs % 1000 != 0;
        m_ps = static_cast<uint64_t>((fs + 500) / 1000);
    }

    static bool is_digit(char c) {
        return c == '0' || c == '1' || std::string_view("xXzZuUwWlLhH-").find(c) != std::string_view::npos;
    }

    static size_t short_code(std::string_view code) {
        return code.size() == 1 ? static_cast<unsigned char>(code[0])
                                : 256 + static_cast<unsigned char>(code[0]) * 256 + static_cast<unsigned char>(code[1]);
    }

    const variable &find(std::string_view code) const {
        if (!code.empty() && code.size() <= 2) {
            const int32_t number = m_short_codes[short_code(code)];
            if (number >= 0)
                return m_variables[number];
        } else if (const auto found = m_codes.find(code); found != m_codes.end()) {
            return m_variables[found->second];
        }
        if (code.empty())
            expected("a value change such as 1! or b101 !");
        fail(fmt::format("no $var has the code of '{}'", m_word));
    }

    void change(std::string_view digits, std::string_view code) {
        for (const char digit : digits)
            if (!is_digit(digit))
                expected("a value of 0, 1, x and z");
        const variable &variable = find(code);
        if (variable.pins.empty())
            return;
        if (digits.size() > variable.width)
            fail(fmt::format("expected at most {} digits for code '{}', got {}", variable.width, code, digits.size()));
        for (const pin_bit &bit : variable.pins) {
            // Shorter values are extended: with 0, or with the x or z that they begin with.
            char digit = bit.from_right < digits.size() ? digits[digits.size() - 1 - bit.from_right]
                         : digits[0] == '1'             ? '0'
                                                        : digits[0];
            set_pin(bit.pin, digit);
        }
    }

    void set_pin(uint16_t pin, char digit) { m_out.value(pin, m_ps, digit); }

    std::string_view m_text;
    const std::string &m_name;
    std::string_view m_word;
    const char *m_next = m_text.data();
    const std::function<void(size_t)> &m_passed;
    const char *m_tell_at = m_next;

    uint64_t m_tick_fs = 1'000'000;
    uint64_t m_last_tick = std::numeric_limits<uint64_t>::max() / 1000; // up to here, picoseconds fit
    bool m_have_timescale = false;
    std::unordered_map<std::string_view, size_t> m_codes; // only looked up, never walked
    std::vector<int32_t> m_short_codes = std::vector<int32_t>(256 + 65536, -1);
    std::vector<variable> m_variables;

    uint64_t m_ticks = 0, m_ps = 0;
    bool m_have_time = false;
    bool m_rounded = false;
    recording m_out;
};

} // namespace

stimulus read_vcd(std::string_view text, const std::string &name, const pin_mapping &mapping,
                  const std::function<void(size_t)> &passed) {
    return vcd_reader(text, name, mapping, passed).read();
}

} // namespace rk3568

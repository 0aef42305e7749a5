// SPDX-License-Identifier: Apache-2.0
#include "tests/platform/observe/vcd_text.h"

#include <fstream>
#include <stdexcept>

vcd_text::vcd_text(const std::string &path) {
    std::ifstream in(path);
    std::string word, text;
    const auto require = [](bool good, const std::string &what) {
        if (!good)
            throw std::runtime_error(what);
    };
    const auto next = [&] {
        require(static_cast<bool>(in >> word), "text ends early");
        return word;
    };
    std::map<std::string, std::string> names; // by code
    std::map<std::string, unsigned> widths;   // by code; 0: text
    std::vector<std::string> scopes;
    bool picoseconds = false;
    while (next() != "$enddefinitions") {
        if (word == "$scope") {
            next();
            scopes.push_back(next());
        } else if (word == "$upscope") {
            require(!scopes.empty(), "$upscope without $scope");
            scopes.pop_back();
        } else if (word == "$var") {
            const std::string type = next();
            const unsigned width = static_cast<unsigned>(std::stoul(next()));
            const std::string code = next();
            std::string name;
            for (const auto &scope : scopes)
                name += scope + ".";
            name += next();
            require(names.emplace(code, name).second, "code twice: " + code);
            require(signals.emplace(name, std::vector<std::pair<uint64_t, std::string>>()).second,
                    "name twice: " + name);
            widths[code] = type == "string" ? 0 : width;
        } else if (word == "$timescale") {
            text = next() + next();
            picoseconds = text == "1ps";
        }
        while (word != "$end")
            next();
    }
    require(next() == "$end", "$enddefinitions without $end");
    require(scopes.empty() && picoseconds, "scopes or timescale");

    bool have_time = false;
    while (in >> word) {
        if (word[0] == '#') {
            const uint64_t ps = std::stoull(word.substr(1));
            require(!have_time || ps >= end, "time goes back: " + word);
            end = ps;
            have_time = true;
            continue;
        }
        if (word[0] == '$')
            continue;
        std::string value, code;
        if (word[0] == 'b') {
            uint64_t number = 0;
            for (char c : word.substr(1)) {
                require(c == '0' || c == '1', "digit: " + word);
                number = number * 2 + static_cast<uint64_t>(c - '0');
            }
            require(word.size() - 1 <= 64, "too wide: " + word);
            value = std::to_string(number);
            code = next();
            require(widths.at(code) > 1, "a vector for " + code);
        } else if (word[0] == 's') {
            value = word.substr(1);
            code = next();
            require(widths.at(code) == 0, "text for " + code);
        } else {
            require(word[0] == '0' || word[0] == '1', "value: " + word);
            value = word.substr(0, 1);
            code = word.substr(1);
            require(widths.at(code) == 1, "a bit for " + code);
        }
        require(have_time, "value before the first time");
        signals.at(names.at(code)).emplace_back(end, value);
    }
}

std::string vcd_text::at(const std::string &name, uint64_t ps) const {
    std::string value;
    for (const auto &[time, v] : signals.at(name))
        if (time <= ps)
            value = v;
    return value;
}

std::string vcd_text::history(const std::string &name) const {
    std::string out;
    const auto found = signals.find(name);
    if (found == signals.end())
        return "no such signal";
    for (const auto &[time, v] : found->second)
        out += (out.empty() ? "" : " ") + std::to_string(time) + "=" + v;
    return out;
}

// SPDX-License-Identifier: Apache-2.0
#include "platform/kbuild/linux.h"

#include "platform/kbuild/depends.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace fs = std::filesystem;

namespace rk3568 {

namespace {

constexpr const char *command = "platform/linux";

std::map<std::string, std::string> read_pairs(const std::string &path) {
    std::map<std::string, std::string> pairs;
    std::ifstream in(path);
    for (std::string symbol, home; in >> symbol >> home;)
        pairs.emplace(symbol, home);
    return pairs;
}

} // namespace

linux_modules::linux_modules(const std::string &build, const std::string &names)
    : m_folder(build + "/linux")
    , m_built(fs::exists(m_folder + "/modules.symbols"))
    , m_home(read_pairs(m_built ? m_folder + "/modules.symbols" : names)) {}

std::vector<std::string> linux_modules::compiler_options() const {
    const std::string options = m_folder + "/cc.rsp";
    return fs::exists(options) ? std::vector<std::string>{"@" + options} : std::vector<std::string>{};
}

std::string linux_modules::object_named(const std::string &name) const {
    if (!m_built || name.empty() || name.find('/') != name.npos)
        return "";
    for (char other : {'-', '_'}) { // gpio_keys and gpio-keys are one module
        std::string file = name;
        for (char &c : file)
            if (c == '-' || c == '_')
                c = other;
        for (const std::string &candidate : {name, file})
            if (std::string path = m_folder + "/modules/" + candidate + ".ko"; fs::exists(path))
                return path;
    }
    return "";
}

void linux_modules::visit(const std::string &object, std::vector<std::string> &order, bool keep) {
    const object_symbols own = symbols_of(object);
    // As the kernel: what begins and has no end stays; what does neither can go.
    keep = keep || (own.has.count("init_module") && !own.has.count("cleanup_module"));
    if (keep)
        m_kept.insert(object);
    for (const std::string &symbol : own.needs) {
        const auto found = m_home.find(symbol);
        if (found == m_home.end())
            continue;
        const std::string path = m_folder + "/modules/" + found->second + ".ko";
        if (path == object || !m_named.insert(path).second)
            continue;
        visit(path, order, keep);
        order.push_back(path);
    }
}

std::vector<std::string> linux_modules::needed_by(const std::vector<std::string> &objects) {
    std::vector<std::string> order;
    if (m_built)
        for (const std::string &object : objects) {
            m_named.insert(object);
            visit(object, order, false);
        }
    return order;
}

bool linux_modules::stays(const std::string &object) const {
    return m_kept.count(object) != 0;
}

std::vector<std::string> linux_modules::missing(const std::string &object) const {
    std::vector<std::string> lines;
    if (!m_built)
        for (const std::string &symbol : symbols_of(object).needs)
            if (const auto found = m_home.find(symbol); found != m_home.end())
                lines.push_back(fmt::format("{} is Linux's ({}): {} brings it", symbol, found->second, command));
    return lines;
}

std::string linux_modules::no_module() const {
    return m_built ? fmt::format("and no module of Linux's has this name ({} --list names them)", command)
                   : fmt::format("and Linux's own modules are not built: {} brings them", command);
}

std::string linux_modules::missing_header(const std::string &header) const {
    if (compiler_options().empty())
        return fmt::format("{} is none of this project's headers; if it is Linux's (include/{}): {} brings it", header,
                           header, command);
    return fmt::format("{} is neither this project's header nor one of Linux's that {} unpacks", header, command);
}

} // namespace rk3568

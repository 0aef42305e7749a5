// SPDX-License-Identifier: Apache-2.0
#include "platform/kbuild/compile.h"

#include "platform/kbuild/depends.h"
#include "platform/spawn.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace rk3568 {

namespace {

// The first header that the compiler has not found, or "".
std::string header_not_found(const std::string &said) {
    static const std::regex pattern("fatal error: [^']*'([^']+)' file not found");
    std::smatch found;
    return std::regex_search(said, found, pattern) ? found[1].str() : "";
}

// Whether the object has a MODULE_LICENSE(), without which Linux's build refuses a module.
bool has_licence(const std::string &object) {
    std::ifstream in(object, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    return bytes.find(std::string_view("license=")) != bytes.npos;
}

// Of modules that were compiled: in the build folder, and of an installed simulator in the user's folder for caches.
std::string cache_folder(const std::string &build) {
    if (fs::exists(build + "/build.ninja"))
        return build + "/kbuild/objects";
    const char *const caches = std::getenv("XDG_CACHE_HOME"), *const home = std::getenv("HOME");
    return caches ? std::string(caches) + "/rk3568-sim" : std::string(home ? home : "/tmp") + "/.cache/rk3568-sim";
}

} // namespace

std::string module_name(const std::string &path) {
    std::string name = fs::path(path).stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '-' || c == ','; }, '_');
    return name;
}

compiler::compiler(std::string build, std::string level, sanitizers watch, std::vector<std::string> flags)
    : m_build(std::move(build))
    , m_cache(cache_folder(m_build))
    , m_linux(m_build, m_build + "/kbuild/linux.symbols")
    , m_level(std::move(level))
    , m_flags(std::move(flags)) {
    if (watch.addresses)
        m_sanitize.push_back("@" + m_build + "/kbuild/kasan.rsp");
    if (watch.races)
        m_sanitize.push_back("@" + m_build + "/kbuild/kcsan.rsp");
}

compiler::~compiler() {
    discard();
}

void compiler::discard() {
    std::error_code ignored;
    if (!m_folder.empty())
        fs::remove_all(m_folder, ignored);
    m_folder.clear();
}

const std::string &compiler::folder() {
    if (m_folder.empty()) {
        std::string pattern = (fs::temp_directory_path() / "rk3568-sim-XXXXXX").string();
        if (!mkdtemp(pattern.data()))
            throw std::runtime_error(
                fmt::format("cannot make a temporary folder {}: {}", pattern, std::strerror(errno)));
        m_folder = pattern;
    }
    return m_folder;
}

// The files that a command stands on: the compiler, the pass, response files.
std::vector<std::string> compiler::tools(const std::vector<std::string> &arguments) const {
    std::vector<std::string> files{m_build + "/cost_pass.so"};
    for (const std::string &argument : arguments)
        if (argument[0] == '@')
            files.push_back(argument.substr(1));
    std::istringstream path(std::getenv("PATH") ? std::getenv("PATH") : "");
    for (std::string folder; std::getline(path, folder, ':');)
        if (const std::string program = folder + "/" + arguments.front(); access(program.c_str(), X_OK) == 0) {
            files.push_back(program);
            break;
        }
    return files;
}

void compiler::compile(const std::string &source, const std::string &what, std::vector<std::string> arguments,
                       const std::string &object) {
    arguments.insert(arguments.begin(), RK3568_CLANG);
    if (m_level != "approx") // the option is the plugin's, which has to be there before options are read
        arguments.insert(arguments.end(), {"-Xclang", "-load", "-Xclang", m_build + "/cost_pass.so", "-mllvm",
                                           "-rk3568-level=" + m_level});
    // Of several sources at once the compiler tells the dependencies of the last one.
    const bool alone = std::count_if(arguments.begin(), arguments.end(), [](const std::string &argument) {
                           return fs::path(argument).extension() == ".c";
                       }) == 1;
    const std::string key = object_cache::key(arguments, tools(arguments)), dependencies = object + ".d";
    if (alone && m_cache.find(key, object))
        return;
    arguments.insert(arguments.end(), {"-o", object});
    if (alone)
        arguments.insert(arguments.end(), {"-MD", "-MF", dependencies});
    if (isatty(STDERR_FILENO))
        arguments.push_back("-fcolor-diagnostics");
    const int64_t began = object_cache::clock();
    std::string messages;
    const int status = run_program(arguments, nullptr, &messages);
    std::fputs(messages.c_str(), stderr);
    if (status < 0)
        throw std::runtime_error(fmt::format("{}: cannot start {}: {}", source, RK3568_CLANG, std::strerror(errno)));
    if (const std::string header = header_not_found(messages); status != 0 && !header.empty())
        throw std::runtime_error(fmt::format("{}: {}", source, m_linux.missing_header(header)));
    if (status != 0)
        throw std::runtime_error(
            fmt::format("{}: {} does not compile ({} exited with {})", source, what, RK3568_CLANG, status));
    if (alone && messages.empty()) // a warning is for every run
        m_cache.keep(key, object, dependencies, began);
}

std::string compiler::module(const std::string &source) {
    const std::string name = module_name(source);
    std::string object = folder() + "/" + name + ".ko";
    std::vector<std::string> arguments{"@" + m_build + "/kbuild/module.rsp", "-DKBUILD_MODNAME=\"" + name + "\"",
                                       "-DKBUILD_BASENAME=\"" + name + "\"", "-D__KBUILD_MODNAME=kmod_" + name, source};
    for (const std::string &option : m_linux.compiler_options())
        arguments.push_back(option);
    arguments.insert(arguments.end(), m_sanitize.begin(), m_sanitize.end());
    arguments.insert(arguments.end(), m_flags.begin(), m_flags.end());
    compile(source, "the module", arguments, object);
    if (!has_licence(object))
        throw std::runtime_error(fmt::format("{}: ERROR: modpost: missing MODULE_LICENSE() in {}.o", source,
                                             fs::path(source).stem().string()));
    return object;
}

std::vector<std::string> compiler::modules(const std::string &source_folder) {
    const std::string objects = fmt::format("{}/{}", folder(), m_folders++);
    std::vector<std::string> make{"make",         "-s", "-k", "-f", m_build + "/kbuild/Makefile", "M=" + source_folder,
                                  "MO=" + objects};
    std::string flags;
    for (const std::vector<std::string> &group : {m_sanitize, m_flags})
        for (const std::string &flag : group)
            flags += (flags.empty() ? "" : " ") + flag;
    if (!flags.empty())
        make.push_back("KCFLAGS=" + flags);
    make.push_back("modules");
    std::string said;
    const int status = run_program(make, nullptr, &said);
    std::fputs(said.c_str(), stderr);
    if (status < 0)
        throw std::runtime_error(fmt::format("{}: cannot start make: {}", source_folder, std::strerror(errno)));
    if (const std::string header = header_not_found(said); status != 0 && !header.empty())
        throw std::runtime_error(fmt::format("{}: {}", source_folder, m_linux.missing_header(header)));
    std::vector<std::string> built, missing;
    std::ifstream order(objects + "/modules.order");
    for (std::string line; std::getline(order, line);)
        (fs::exists(line) ? built : missing).push_back(line);
    if (status != 0 && (built.empty() || missing.empty()))
        throw std::runtime_error(
            fmt::format("{}: its modules cannot be built (make exited with {})", source_folder, status));
    // The others are loaded all the same, and loading these fails.
    std::vector<std::string> all = in_load_order(built);
    all.insert(all.end(), missing.begin(), missing.end());
    return all;
}

std::vector<std::string> compiler::loadable(const std::string &path) {
    if (fs::is_directory(path))
        return modules(path);
    if (fs::path(path).extension() == ".c")
        return {module(path)};
    if (fs::exists(path) || path.find_first_of("/.") != path.npos)
        return {path};
    const std::string named = m_linux.object_named(path);
    if (named.empty())
        throw std::runtime_error(fmt::format("--insmod {}: there is no such file, {}", path, m_linux.no_module()));
    return {named};
}

std::string compiler::bare(const std::string &source, const std::vector<std::string> &flags) {
    std::vector<std::string> arguments{"@" + m_build + "/kbuild/bare.rsp"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    std::vector<std::string> files;
    if (fs::is_directory(source)) {
        arguments.push_back("-I" + source);
        for (const auto &entry : fs::directory_iterator(source))
            if (entry.path().extension() == ".c")
                files.push_back(entry.path().string());
        std::sort(files.begin(), files.end());
        if (files.empty())
            throw std::runtime_error(fmt::format("{}: expected a folder with .c files, found none", source));
    } else {
        files.push_back(source);
    }
    arguments.insert(arguments.end(), files.begin(), files.end());
    std::string object = folder() + "/bare.so";
    compile(source, "the program", std::move(arguments), object);
    return object;
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_KBUILD_LINUX_H
#define RK3568_PLATFORM_KBUILD_LINUX_H

#include <map>
#include <set>
#include <string>
#include <vector>

namespace rk3568 {

// What platform/linux has built of Linux's own source: modules, and which of them exports which symbol. Where nothing
// has been built, the names of kbuild/linux.symbols say what would be there.
class linux_modules {
public:
    // `build` is the build folder; `names` the file linux.symbols.
    linux_modules(const std::string &build, const std::string &names);

    bool built() const { return m_built; }
    // Compiler options that put Linux's headers behind this project's.
    std::vector<std::string> compiler_options() const;
    // The object of a module that is there under this name, or "".
    std::string object_named(const std::string &name) const;
    // The modules that these objects need and that no call has named yet, each after those that it needs itself.
    std::vector<std::string> needed_by(const std::vector<std::string> &objects);
    // Whether the module is one that Linux links into its kernel, or needed by such a one: it is not unloaded.
    bool stays(const std::string &object) const;
    // What an object misses because nothing has been built: one line a symbol.
    std::vector<std::string> missing(const std::string &object) const;
    // Why object_named() finds nothing.
    std::string no_module() const;
    // The line for a header that the compiler did not find.
    std::string missing_header(const std::string &header) const;

private:
    void visit(const std::string &object, std::vector<std::string> &order, bool keep);

    std::string m_folder;
    bool m_built;
    std::map<std::string, std::string> m_home; // symbol: module, or its file in Linux's source where nothing is built
    std::set<std::string> m_named, m_kept;
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_KBUILD_DEPENDS_H
#define RK3568_PLATFORM_KBUILD_DEPENDS_H

#include <set>
#include <string>
#include <vector>

namespace rk3568 {

// The names in a shared object's dynamic symbol table.
struct object_symbols {
    std::set<std::string> needs, has;
};
// Throws std::runtime_error for a file that is no ELF file.
object_symbols symbols_of(const std::string &path);

// The modules in an order in which each comes after those whose symbols it uses; otherwise in the order given. Symbols
// that none of them defines are left to the kernel. Modules that need each other stay as they are: the load then fails
// in the kernel's words. Throws std::runtime_error for a file that is no ELF file.
std::vector<std::string> in_load_order(const std::vector<std::string> &modules);

} // namespace rk3568

#endif

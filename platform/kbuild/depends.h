// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_KBUILD_DEPENDS_H
#define RK3568_PLATFORM_KBUILD_DEPENDS_H

#include <string>
#include <vector>

namespace rk3568 {

// The modules in an order in which each comes after those whose symbols it uses; otherwise in the order given. Symbols
// that none of them defines are left to the kernel. Modules that need each other stay as they are: the load then fails
// in the kernel's words. Throws std::runtime_error for a file that is no ELF file.
std::vector<std::string> in_load_order(const std::vector<std::string> &modules);

} // namespace rk3568

#endif

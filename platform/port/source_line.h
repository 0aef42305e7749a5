// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_PORT_SOURCE_LINE_H
#define RK3568_PLATFORM_PORT_SOURCE_LINE_H

#include <cstdint>
#include <string>

namespace rk3568 {

// "FILE:LINE" of the code at `offset` in the shared object at `path`, from its DWARF; empty if it has none. Code of the
// kernel's headers that was expanded in place counts as the line that calls it.
std::string source_line(const std::string &path, uint64_t offset);

} // namespace rk3568

#endif

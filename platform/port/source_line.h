// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_PORT_SOURCE_LINE_H
#define RK3568_PLATFORM_PORT_SOURCE_LINE_H

#include <cstdint>
#include <string>

namespace rk3568 {

// "FILE:LINE" of the code at `offset` in the shared object at `path`, from its DWARF; empty if it has none. A return
// address belongs to the instruction before it, so the line is that of offset - 1.
std::string source_line(const std::string &path, uint64_t offset);

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "platform/port/source_line.h"

#include <elfutils/libdw.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace rk3568 {

std::string source_line(const std::string &path, uint64_t offset) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string text;
    if (Dwarf *dwarf = dwarf_begin(fd, DWARF_C_READ)) {
        const Dwarf_Addr address = offset ? offset - 1 : 0;
        Dwarf_Die unit;
        int line = 0;
        if (dwarf_addrdie(dwarf, address, &unit))
            if (Dwarf_Line *at = dwarf_getsrc_die(&unit, address))
                if (dwarf_lineno(at, &line) == 0)
                    if (const char *file = dwarf_linesrc(at, nullptr, nullptr))
                        text = fmt::format("{}:{}", file, line);
        dwarf_end(dwarf);
    }
    close(fd);
    return text;
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
#include "platform/port/source_line.h"

#include <cstdlib>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace rk3568 {

namespace {

// The compilation unit that has code at `address`; clang leaves no .debug_aranges that would tell.
bool find_unit(Dwarf *dwarf, Dwarf_Addr address, Dwarf_Die &unit) {
    Dwarf_Off offset = 0, next = 0;
    size_t header = 0;
    while (dwarf_nextcu(dwarf, offset, &next, &header, nullptr, nullptr, nullptr) == 0) {
        if (dwarf_offdie(dwarf, offset + header, &unit) && dwarf_haspc(&unit, address) == 1)
            return true;
        offset = next;
    }
    return false;
}

bool of_kernel_headers(const std::string &file) {
    return file.find("sw/include/") != file.npos;
}

std::string attribute_place(Dwarf_Die &unit, Dwarf_Die &call) {
    Dwarf_Attribute attribute;
    Dwarf_Word file = 0, line = 0;
    Dwarf_Files *files = nullptr;
    size_t count = 0;
    if (dwarf_formudata(dwarf_attr(&call, DW_AT_call_file, &attribute), &file) != 0 ||
        dwarf_formudata(dwarf_attr(&call, DW_AT_call_line, &attribute), &line) != 0 ||
        dwarf_getsrcfiles(&unit, &files, &count) != 0 || file >= count)
        return {};
    const char *name = dwarf_filesrc(files, file, nullptr, nullptr);
    return name ? fmt::format("{}:{}", name, line) : std::string();
}

// Where a function begins, its declaration says more than the brace. 0: the address is not a function's first.
int declaration_line(Dwarf_Die &unit, Dwarf_Addr address) {
    Dwarf_Die *scopes = nullptr;
    const int depth = dwarf_getscopes(&unit, address, &scopes);
    int line = 0;
    for (int i = 0; i < depth && !line; ++i) {
        Dwarf_Addr entry = 0;
        if (dwarf_tag(&scopes[i]) == DW_TAG_subprogram && dwarf_entrypc(&scopes[i], &entry) == 0 && entry == address)
            (void)dwarf_decl_line(&scopes[i], &line);
    }
    std::free(scopes);
    return line;
}

// The kernel's inline functions are not the driver's source: the line is that of the call that brought them in.
std::string line_at(Dwarf *dwarf, Dwarf_Addr address) {
    Dwarf_Die unit;
    int number = 0;
    Dwarf_Line *line = find_unit(dwarf, address, unit) ? dwarf_getsrc_die(&unit, address) : nullptr;
    const char *file = line ? dwarf_linesrc(line, nullptr, nullptr) : nullptr;
    if (!file || dwarf_lineno(line, &number) != 0)
        return {};
    if (const int declared = declaration_line(unit, address))
        number = declared;
    Dwarf_Lines *lines = nullptr;
    size_t count = 0;
    if (number == 0)
        (void)dwarf_getsrclines(&unit, &lines, &count);
    int found = 0;
    Dwarf_Addr begin = 0;
    // Code that the compiler made up has no line: it belongs to what is before it.
    for (size_t i = 0; number == 0 && i < count; ++i) {
        Dwarf_Line *other = dwarf_onesrcline(lines, i);
        Dwarf_Addr at = 0;
        int nearer = 0;
        if (other && dwarf_lineaddr(other, &at) == 0 && at <= address && at >= begin &&
            dwarf_lineno(other, &nearer) == 0 && nearer) {
            found = nearer;
            begin = at;
        }
    }
    std::string place = fmt::format("{}:{}", file, number ? number : found);
    // The innermost scope first, and from there the calls outwards.
    Dwarf_Die *innermost = nullptr, *scopes = nullptr;
    int depth = of_kernel_headers(file) ? dwarf_getscopes(&unit, address, &innermost) : 0;
    if (depth > 0)
        depth = dwarf_getscopes_die(&innermost[0], &scopes);
    for (int i = 0; i < depth && of_kernel_headers(place); ++i)
        if (dwarf_tag(&scopes[i]) == DW_TAG_inlined_subroutine)
            if (const std::string outer = attribute_place(unit, scopes[i]); !outer.empty())
                place = outer;
    std::free(innermost);
    std::free(scopes);
    return place;
}

std::string look_up(const std::string &path, uint64_t offset) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string text;
    if (Dwarf *dwarf = dwarf_begin(fd, DWARF_C_READ)) {
        text = line_at(dwarf, offset);
        dwarf_end(dwarf);
    }
    close(fd);
    return text;
}

} // namespace

// libdw takes the stack for a unit's whole line table. The caller's is that of a kernel thread, 16 KB in simulated
// memory, so the look-up has a stack of its own.
std::string source_line(const std::string &path, uint64_t offset) {
    std::string text;
    std::thread([&] { text = look_up(path, offset); }).join();
    return text;
}

} // namespace rk3568

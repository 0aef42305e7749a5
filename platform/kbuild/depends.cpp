// SPDX-License-Identifier: Apache-2.0
#include "platform/kbuild/depends.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <gelf.h>
#include <map>
#include <stdexcept>
#include <unistd.h>

namespace rk3568 {

namespace {

void read_table(Elf *elf, Elf_Scn *section, const GElf_Shdr &header, object_symbols &out) {
    Elf_Data *data = elf_getdata(section, nullptr);
    if (!data || !header.sh_entsize)
        return;
    for (size_t i = 1; i < header.sh_size / header.sh_entsize; ++i) {
        GElf_Sym symbol;
        if (!gelf_getsym(data, static_cast<int>(i), &symbol))
            break;
        if (const char *name = elf_strptr(elf, header.sh_link, symbol.st_name))
            (symbol.st_shndx == SHN_UNDEF ? out.needs : out.has).insert(name);
    }
}

} // namespace

object_symbols symbols_of(const std::string &path) {
    elf_version(EV_CURRENT);
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        throw std::runtime_error(fmt::format("{}: {}", path, std::strerror(errno)));
    object_symbols found;
    Elf *elf = elf_begin(fd, ELF_C_READ, nullptr);
    const bool good = elf && elf_kind(elf) == ELF_K_ELF;
    if (good)
        for (Elf_Scn *section = nullptr; (section = elf_nextscn(elf, section));) {
            GElf_Shdr header;
            if (gelf_getshdr(section, &header) && header.sh_type == SHT_DYNSYM)
                read_table(elf, section, header, found);
        }
    elf_end(elf);
    close(fd);
    if (!good)
        throw std::runtime_error(fmt::format("{}: not a shared object: no ELF header", path));
    return found;
}

std::vector<std::string> in_load_order(const std::vector<std::string> &modules) {
    std::vector<object_symbols> all;
    std::map<std::string, size_t> home;
    for (const std::string &module : modules) {
        all.push_back(symbols_of(module));
        for (const std::string &name : all.back().has)
            home.emplace(name, all.size() - 1);
    }
    // init_module and cleanup_module are everyone's own; nothing needs another's.
    std::vector<std::string> order;
    std::vector<bool> visited(modules.size());
    const std::function<void(size_t)> visit = [&](size_t i) {
        if (visited[i])
            return;
        visited[i] = true;
        for (const std::string &name : all[i].needs)
            if (const auto found = home.find(name); found != home.end())
                visit(found->second);
        order.push_back(modules[i]);
    };
    for (size_t i = 0; i < modules.size(); ++i)
        visit(i);
    return order;
}

} // namespace rk3568

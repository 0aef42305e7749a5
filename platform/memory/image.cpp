// SPDX-License-Identifier: Apache-2.0
#include "platform/memory/image.h"

#include "platform/memory/arena.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

// Where a debugger stops to hear of images (platform/gdb.py): nothing else calls or needs them.
extern "C" {
__attribute__((noinline, used)) void rk3568_image_loaded(const char *path, uint64_t base) {
    asm volatile("" : : "r"(path), "r"(base) : "memory");
}
__attribute__((noinline, used)) void rk3568_image_gone(uint64_t base) {
    asm volatile("" : : "r"(base) : "memory");
}
}

namespace rk3568 {

namespace {

constexpr uint64_t page_down(uint64_t x) {
    return x & ~(arena::page - 1);
}
constexpr uint64_t page_up(uint64_t x) {
    return page_down(x + arena::page - 1);
}

[[noreturn]] void fail(const std::string &path, const std::string &why) {
    throw std::runtime_error(fmt::format("{}: {}", path, why));
}

} // namespace

// The file as it is on disk, and where its tables are.
struct image::file {
    int fd = -1;
    const uint8_t *bytes = nullptr;
    size_t size = 0;
    const Elf64_Ehdr *header = nullptr;
    const Elf64_Phdr *segments = nullptr;
    const Elf64_Shdr *sections = nullptr;
    const Elf64_Sym *dynsym = nullptr;
    size_t dynsym_count = 0;
    const Elf64_Shdr *dynstr = nullptr;
    std::vector<const Elf64_Shdr *> relocations;

    ~file() {
        if (bytes)
            munmap(const_cast<uint8_t *>(bytes), size);
        if (fd >= 0)
            close(fd);
    }

    template <typename T>
    const T *at(uint64_t offset, uint64_t count = 1) const {
        if (offset > size || count > (size - offset) / sizeof(T))
            return nullptr;
        return reinterpret_cast<const T *>(bytes + offset);
    }

    void open(const std::string &path) {
        fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat st {};
        if (fd < 0 || fstat(fd, &st) != 0)
            fail(path, std::strerror(errno));
        size = static_cast<size_t>(st.st_size);
        void *mapped = size ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
        if (mapped == MAP_FAILED)
            fail(path, "not a shared object: empty or unreadable");
        bytes = static_cast<const uint8_t *>(mapped);
        header = at<Elf64_Ehdr>(0);
        if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
            fail(path, "not a shared object: no ELF header");
        if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != EM_X86_64 || header->e_type != ET_DYN)
            fail(path, fmt::format("expected an x86-64 shared object built by the platform's kbuild, got ELF type {} "
                                   "of machine {}",
                                   header->e_type, header->e_machine));
        segments = at<Elf64_Phdr>(header->e_phoff, header->e_phnum);
        sections = at<Elf64_Shdr>(header->e_shoff, header->e_shnum);
        if (!segments || !sections || !header->e_shnum)
            fail(path, "truncated: program or section headers are missing");
        for (unsigned i = 0; i < header->e_shnum; ++i)
            read_section(path, sections[i]);
    }

    void read_section(const std::string &path, const Elf64_Shdr &s) {
        if (s.sh_type == SHT_DYNSYM) {
            dynsym_count = s.sh_size / sizeof(Elf64_Sym);
            dynsym = at<Elf64_Sym>(s.sh_offset, dynsym_count);
            if (!dynsym || s.sh_link >= header->e_shnum)
                fail(path, "truncated: dynamic symbols are missing");
            dynstr = &sections[s.sh_link];
        } else if (s.sh_type == SHT_RELA && (s.sh_flags & SHF_ALLOC)) {
            if (!at<uint8_t>(s.sh_offset, s.sh_size))
                fail(path, "truncated: relocations are missing");
            relocations.push_back(&s);
        }
    }

    // A name of a table of names; null if it does not end within the table, or the table within the file.
    const char *text(const Elf64_Shdr &table, uint64_t offset) const {
        const char *names = at<char>(table.sh_offset, table.sh_size);
        if (!names || offset >= table.sh_size || !std::memchr(names + offset, 0, table.sh_size - offset))
            return nullptr;
        return names + offset;
    }
    const char *section_name(const Elf64_Shdr &s) const {
        const char *name =
            header->e_shstrndx < header->e_shnum ? text(sections[header->e_shstrndx], s.sh_name) : nullptr;
        return name ? name : "";
    }
};

image::image(const std::string &path, std::string name, uint64_t pa, uint64_t limit)
    : m_file(std::make_unique<file>())
    , m_path(path)
    , m_name(std::move(name)) {
    m_file->open(path);
    map(pa, limit);
    m_undefined_of.resize(m_file->dynsym_count);
    for (size_t i = 1; i < m_file->dynsym_count; ++i) {
        const Elf64_Sym &s = m_file->dynsym[i];
        if (s.st_shndx != SHN_UNDEF)
            continue;
        const char *symbol = m_file->text(*m_file->dynstr, s.st_name);
        if (!symbol)
            fail(path, "truncated: names of symbols are missing");
        m_undefined.push_back(symbol);
        m_undefined_of[i] = m_undefined.size();
    }
    m_bound.resize(m_undefined.size());
}

image::~image() {
    // The range goes back to being DRAM without content.
    if (m_base)
        rk3568_image_gone(reinterpret_cast<uint64_t>(m_base));
    if (m_base)
        (void)mmap(m_base, m_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
                   0);
}

// Segments are mapped from the file, so that debuggers and profilers recognise them.
void image::map(uint64_t pa, uint64_t limit) {
    uint64_t end = 0;
    for (unsigned i = 0; i < m_file->header->e_phnum; ++i) {
        const Elf64_Phdr &p = m_file->segments[i];
        if (p.p_type != PT_LOAD)
            continue;
        if (p.p_vaddr > arena::span || p.p_memsz > arena::span || p.p_filesz > p.p_memsz)
            fail(m_path, "a segment's sizes make no sense");
        if (!m_file->at<uint8_t>(p.p_offset, p.p_filesz) || (p.p_offset - p.p_vaddr) % arena::page != 0)
            fail(m_path, "truncated: a segment is missing");
        end = std::max(end, p.p_vaddr + p.p_memsz);
    }
    end = page_up(end);
    if (!end || end > limit - pa)
        fail(m_path, fmt::format("its {} KiB do not fit into the {} KiB that are left for images", end >> 10,
                                 (limit - pa) >> 10));
    m_base = arena::host(pa);
    m_size = end;
    for (unsigned i = 0; i < m_file->header->e_phnum; ++i) {
        const Elf64_Phdr &p = m_file->segments[i];
        if (p.p_type != PT_LOAD)
            continue;
        const uint64_t first = page_down(p.p_vaddr), skew = p.p_vaddr - first;
        const uint64_t file_end = page_up(p.p_vaddr + p.p_filesz);
        if (p.p_filesz && mmap(m_base + first, p.p_filesz + skew, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
                               m_file->fd, static_cast<off_t>(p.p_offset - skew)) == MAP_FAILED)
            fail(m_path, fmt::format("cannot map it: {}", std::strerror(errno)));
        const uint64_t zero_from = p.p_vaddr + p.p_filesz;
        if (p.p_memsz > p.p_filesz && p.p_filesz)
            std::memset(m_base + zero_from, 0, std::min(file_end, p.p_vaddr + p.p_memsz) - zero_from);
    }
}

uint64_t image::value_of(uint32_t index) const {
    if (index >= m_file->dynsym_count)
        fail(m_path, "a relocation names a symbol that does not exist");
    const Elf64_Sym &s = m_file->dynsym[index];
    if (s.st_shndx != SHN_UNDEF)
        return reinterpret_cast<uint64_t>(m_base) + s.st_value;
    return m_undefined_of[index] ? m_bound[m_undefined_of[index] - 1] : 0;
}

void image::link() {
    const auto base = reinterpret_cast<uint64_t>(m_base);
    for (const Elf64_Shdr *s : m_file->relocations) {
        const auto *rela = m_file->at<Elf64_Rela>(s->sh_offset, s->sh_size / sizeof(Elf64_Rela));
        for (size_t i = 0; i < s->sh_size / sizeof(Elf64_Rela); ++i) {
            uint64_t value = 0;
            switch (ELF64_R_TYPE(rela[i].r_info)) {
            case R_X86_64_RELATIVE:
                value = base + static_cast<uint64_t>(rela[i].r_addend);
                break;
            case R_X86_64_GLOB_DAT:
            case R_X86_64_JUMP_SLOT:
                value = value_of(ELF64_R_SYM(rela[i].r_info));
                break;
            case R_X86_64_64:
                value = value_of(ELF64_R_SYM(rela[i].r_info)) + static_cast<uint64_t>(rela[i].r_addend);
                break;
            case R_X86_64_NONE:
                continue;
            default:
                fail(m_path,
                     fmt::format("relocation type {} is not one that a module may have", ELF64_R_TYPE(rela[i].r_info)));
            }
            if (m_size < sizeof value || rela[i].r_offset > m_size - sizeof value)
                fail(m_path, "a relocation lies outside of the image");
            std::memcpy(m_base + rela[i].r_offset, &value, sizeof value);
        }
    }
    for (unsigned i = 0; i < m_file->header->e_phnum; ++i) {
        const Elf64_Phdr &p = m_file->segments[i];
        if (p.p_type != PT_LOAD)
            continue;
        const int protection = PROT_READ | (p.p_flags & PF_W ? PROT_WRITE : 0) | (p.p_flags & PF_X ? PROT_EXEC : 0);
        mprotect(m_base + page_down(p.p_vaddr), page_up(p.p_vaddr + p.p_memsz) - page_down(p.p_vaddr), protection);
    }
    rk3568_image_loaded(m_path.c_str(), base);
}

void *image::find(std::string_view name) const {
    for (size_t i = 1; i < m_file->dynsym_count; ++i) {
        const Elf64_Sym &s = m_file->dynsym[i];
        const char *const symbol = m_file->text(*m_file->dynstr, s.st_name);
        if (s.st_shndx != SHN_UNDEF && symbol && name == symbol && s.st_value < m_size)
            return m_base + s.st_value;
    }
    return nullptr;
}

void *image::section(std::string_view name, size_t &bytes) const {
    for (unsigned i = 0; i < m_file->header->e_shnum; ++i) {
        const Elf64_Shdr &s = m_file->sections[i];
        if ((s.sh_flags & SHF_ALLOC) && s.sh_addr <= m_size && s.sh_size <= m_size - s.sh_addr &&
            name == m_file->section_name(s)) {
            bytes = s.sh_size;
            return m_base + s.sh_addr;
        }
    }
    bytes = 0;
    return nullptr;
}

namespace {

// C++ names as a reader of Linux knows them: the function's own name, without scopes, template arguments, result and
// parameters. That of a lambda is the function's in which it stands.
std::string plain_name(const char *name) {
    if (name[0] != '_' || name[1] != 'Z')
        return name;
    int status = 0;
    char *demangled = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    if (!demangled)
        return name;
    std::string text = demangled;
    std::free(demangled);
    for (const char *anonymous = "(anonymous namespace)::"; text.find(anonymous) != std::string::npos;)
        text.erase(text.find(anonymous), std::strlen(anonymous));
    std::string plain;
    unsigned depth = 0; // of template arguments
    for (const char c : text) {
        if (c == '(' && !depth)
            break;
        depth += c == '<';
        if (!depth)
            plain += c;
        depth -= c == '>' && depth;
    }
    const size_t begin = plain.find_last_of(": ");
    return begin == std::string::npos ? plain : plain.substr(begin + 1);
}

bool is_before(const image::symbol &a, const image::symbol &b) {
    return a.address < b.address;
}

} // namespace

// Every function and object that the file names; the full table where it has not been stripped.
void image::read_symbols() const {
    m_symbols_are_read = true;
    for (unsigned i = 0; i < m_file->header->e_shnum; ++i) {
        const Elf64_Shdr &s = m_file->sections[i];
        if (s.sh_type != SHT_SYMTAB && s.sh_type != SHT_DYNSYM)
            continue;
        const size_t count = s.sh_size / sizeof(Elf64_Sym);
        const auto *table = m_file->at<Elf64_Sym>(s.sh_offset, count);
        if (!table || s.sh_link >= m_file->header->e_shnum)
            continue;
        for (size_t n = 1; n < count; ++n) {
            const unsigned type = ELF64_ST_TYPE(table[n].st_info);
            if (table[n].st_shndx == SHN_UNDEF || table[n].st_shndx >= SHN_LORESERVE ||
                (type != STT_FUNC && type != STT_OBJECT))
                continue;
            if (const char *symbol = m_file->text(m_file->sections[s.sh_link], table[n].st_name))
                m_symbols.push_back({reinterpret_cast<uint64_t>(m_base) + table[n].st_value, table[n].st_size, symbol,
                                     ELF64_ST_BIND(table[n].st_info) == STB_LOCAL});
        }
    }
    std::sort(m_symbols.begin(), m_symbols.end(), is_before);
}

// Of several names for one address the function's own one, not its alias (init_module); of equal ones the first in
// order, so that the answer is always the same.
void image::find_first(uint64_t address, answer &to) const {
    const auto all =
        std::equal_range(m_symbols.begin(), m_symbols.end(), symbol{address, 0, nullptr, false}, is_before);
    for (auto one = all.first; one < all.second; ++one) {
        std::string name = plain_name(one->name);
        if (one == all.first || (one->local != to.told.local ? one->local : name < to.name)) {
            to.name = std::move(name);
            to.told = {address, one->size, to.name.c_str(), one->local};
        }
    }
}

// The caller may be software, whose stack is small: what takes much of one has its own.
const image::symbol *image::symbol_at(const void *p) const {
    if (!m_symbols_are_read)
        std::thread([this] { read_symbols(); }).join();
    const auto address = reinterpret_cast<uint64_t>(p);
    const auto after =
        std::upper_bound(m_symbols.begin(), m_symbols.end(), symbol{address, 0, nullptr, false}, is_before);
    if (after == m_symbols.begin())
        return nullptr;
    const auto [known, is_new] = m_answers.try_emplace(std::prev(after)->address);
    answer &first = known->second;
    if (is_new)
        std::thread([&first = first, this, start = known->first] { find_first(start, first); }).join();
    return address - first.told.address < std::max<uint64_t>(first.told.size, 1) ? &first.told : nullptr;
}

} // namespace rk3568

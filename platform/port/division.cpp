// SPDX-License-Identifier: Apache-2.0
#include "platform/port/division.h"

#include <cstdint>
#include <cstring>

namespace rk3568 {

namespace {

// Registers by their number in an instruction.
constexpr int by_number[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                             REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

int32_t signed_at(const uint8_t *p, unsigned bytes) {
    if (bytes == 1)
        return static_cast<int8_t>(*p);
    int32_t value;
    std::memcpy(&value, p, sizeof value);
    return value;
}

// DIV and IDIV, of 1 to 8 bytes: prefixes, REX, 0xf6 or 0xf7, ModRM, SIB, displacement.
struct instruction {
    unsigned size = 4;
    bool is_signed = false;
    const uint8_t *end = nullptr; // null: it is another instruction
    uint64_t divisor = 0;
};

uint64_t load(const void *from, unsigned size) {
    uint64_t value = 0;
    std::memcpy(&value, from, size);
    return value;
}

instruction decode(const gregset_t &registers) {
    instruction in;
    const auto *p = reinterpret_cast<const uint8_t *>(registers[REG_RIP]);
    for (; *p == 0x66 || *p == 0x2e || *p == 0x3e; ++p)
        if (*p == 0x66)
            in.size = 2;
    const unsigned rex = (*p & 0xf0) == 0x40 ? *p++ : 0;
    if (rex & 8)
        in.size = 8;
    const uint8_t opcode = *p++;
    if (opcode == 0xf6)
        in.size = 1;
    else if (opcode != 0xf7)
        return in;
    const uint8_t mode = *p++;
    const unsigned kind = mode >> 6, rm = mode & 7;
    if ((mode >> 3 & 7) < 6)
        return in;
    in.is_signed = (mode >> 3 & 7) == 7;
    const auto value_of = [&](unsigned number) { return static_cast<uint64_t>(registers[by_number[number]]); };
    if (kind == 3) {
        const bool high_byte = in.size == 1 && !rex && rm >= 4; // AH and the like
        const uint64_t value = value_of(high_byte ? rm - 4 : rm | (rex & 1) << 3) >> (high_byte ? 8 : 0);
        in.divisor = load(&value, in.size);
        in.end = p;
        return in;
    }
    uint64_t address = 0;
    bool has_base = true, from_pc = false;
    if (rm == 4) {
        const uint8_t sib = *p++;
        const unsigned index = (sib >> 3 & 7) | (rex & 2) << 2;
        has_base = kind != 0 || (sib & 7) != 5;
        if (has_base)
            address = value_of((sib & 7) | (rex & 1) << 3);
        if (index != 4)
            address += value_of(index) << (sib >> 6);
    } else {
        from_pc = kind == 0 && rm == 5;
        has_base = !from_pc;
        if (has_base)
            address = value_of(rm | (rex & 1) << 3);
    }
    const unsigned bytes = kind == 1 ? 1 : kind == 2 || !has_base ? 4 : 0;
    if (bytes)
        address += static_cast<uint64_t>(static_cast<int64_t>(signed_at(p, bytes)));
    p += bytes;
    if (from_pc)
        address += reinterpret_cast<uint64_t>(p);
    in.divisor = load(reinterpret_cast<const void *>(address), in.size);
    in.end = p;
    return in;
}

// The low bytes of a register change; 32 bits clear the upper half, as the host does it.
void store(greg_t &to, uint64_t value, unsigned size) {
    if (size >= 4)
        to = static_cast<greg_t>(size == 4 ? static_cast<uint32_t>(value) : value);
    else
        std::memcpy(&to, &value, size);
}

} // namespace

division finish_division(gregset_t &registers) {
    const instruction in = decode(registers);
    if (!in.end)
        return division::none;
    const uint64_t ones = in.size == 8 ? ~0ull : (1ull << in.size * 8) - 1;
    const bool overflow = in.is_signed && in.divisor == ones;
    if (in.divisor && !overflow)
        return division::none;
    const auto dividend = static_cast<uint64_t>(registers[REG_RAX]);
    const uint64_t quotient = overflow ? dividend : 0, remainder = overflow ? 0 : dividend;
    if (in.size == 1) {
        store(registers[REG_RAX], (quotient & 0xff) | (remainder & 0xff) << 8, 2);
    } else {
        store(registers[REG_RAX], quotient & ones, in.size);
        store(registers[REG_RDX], remainder & ones, in.size);
    }
    registers[REG_RIP] = reinterpret_cast<greg_t>(in.end);
    return overflow ? division::overflow : division::by_zero;
}

} // namespace rk3568

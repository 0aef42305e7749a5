// SPDX-License-Identifier: Apache-2.0
//
// What an instruction does to registers and flags is left to the host's processor: it executes a copy of the
// instruction whose operand is a buffer. Before it the buffer is read from the bus, after it written.
#include "platform/port/plain_access.h"

#include "platform/port/load_registers.h"
#include "platform/port/machine.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <cstring>
#include <sys/mman.h>

extern "C" {
gregset_t *rk3568_step_state;
const void *rk3568_step_code;
uint64_t rk3568_step_host_stack, rk3568_step_stack;
void rk3568_step();
void rk3568_step_end();
}
// Nothing is put on the stack of the software: it may be in use below its pointer.
asm(".pushsection .text\n"
    ".type rk3568_step, @function\n"
    "rk3568_step:\n\t"
    "pushq %rbp\n\t"
    "pushq %rbx\n\t"
    "pushq %r12\n\t"
    "pushq %r13\n\t"
    "pushq %r14\n\t"
    "pushq %r15\n\t"
    "pushfq\n\t"
    "movq %rsp, rk3568_step_host_stack(%rip)\n\t"
    "movq rk3568_step_state(%rip), %rdi\n\t" RK3568_LOAD_REGISTERS "jmp *rk3568_step_code(%rip)\n"
    ".size rk3568_step, .-rk3568_step\n"
    ".type rk3568_step_end, @function\n"
    "rk3568_step_end:\n\t"
    "movq %rsp, rk3568_step_stack(%rip)\n\t"
    "movq rk3568_step_host_stack(%rip), %rsp\n\t"
    "pushfq\n\t"
    "pushq %rdi\n\t"
    "movq rk3568_step_state(%rip), %rdi\n\t"
    "movq %r8, 0(%rdi)\n\t"
    "movq %r9, 8(%rdi)\n\t"
    "movq %r10, 16(%rdi)\n\t"
    "movq %r11, 24(%rdi)\n\t"
    "movq %r12, 32(%rdi)\n\t"
    "movq %r13, 40(%rdi)\n\t"
    "movq %r14, 48(%rdi)\n\t"
    "movq %r15, 56(%rdi)\n\t"
    "movq %rsi, 72(%rdi)\n\t"
    "movq %rbp, 80(%rdi)\n\t"
    "movq %rbx, 88(%rdi)\n\t"
    "movq %rdx, 96(%rdi)\n\t"
    "movq %rax, 104(%rdi)\n\t"
    "movq %rcx, 112(%rdi)\n\t"
    "movq rk3568_step_stack(%rip), %rax\n\t"
    "movq %rax, 120(%rdi)\n\t"
    "popq 64(%rdi)\n\t"
    "popq 136(%rdi)\n\t"
    "popfq\n\t"
    "popq %r15\n\t"
    "popq %r14\n\t"
    "popq %r13\n\t"
    "popq %r12\n\t"
    "popq %rbx\n\t"
    "popq %rbp\n\t"
    "ret\n"
    ".size rk3568_step_end, .-rk3568_step_end\n"
    ".popsection\n");

namespace rk3568 {

namespace {

constexpr size_t buffer_at = 1024, page = 4096;
uint8_t *s_page; // an instruction, and its operand behind it

// Registers in the order of Zydis.
constexpr int in_order[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                            REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

const ZydisDecoder &decoder() {
    static const ZydisDecoder d = [] {
        ZydisDecoder made;
        ZydisDecoderInit(&made, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
        return made;
    }();
    return d;
}

void decode_string(const ZydisDecodedInstruction &in, plain_access &out) {
    switch (in.mnemonic) {
    case ZYDIS_MNEMONIC_MOVSB:
    case ZYDIS_MNEMONIC_MOVSW:
    case ZYDIS_MNEMONIC_MOVSD:
    case ZYDIS_MNEMONIC_MOVSQ:
        out.form = plain_access::form::move;
        break;
    case ZYDIS_MNEMONIC_STOSB:
    case ZYDIS_MNEMONIC_STOSW:
    case ZYDIS_MNEMONIC_STOSD:
    case ZYDIS_MNEMONIC_STOSQ:
        out.form = plain_access::form::fill;
        break;
    case ZYDIS_MNEMONIC_LODSB:
    case ZYDIS_MNEMONIC_LODSW:
    case ZYDIS_MNEMONIC_LODSD:
    case ZYDIS_MNEMONIC_LODSQ:
        out.form = plain_access::form::load;
        break;
    default:
        return;
    }
    out.size = static_cast<uint8_t>(in.operand_width / 8);
    out.repeats = (in.attributes & ZYDIS_ATTRIB_HAS_REP) != 0;
    out.writes = out.form != plain_access::form::load;
}

// The same instruction with [RIP + displacement], which every encoding with a ModRM byte can say.
void copy_instruction(const uint8_t *from, const ZydisDecodedInstruction &in, plain_access &out) {
    const size_t mode_at = in.raw.modrm.offset;
    const size_t constants = static_cast<size_t>(in.raw.imm[0].size + in.raw.imm[1].size) / 8;
    std::memcpy(out.code, from, mode_at);
    out.code[mode_at] = (from[mode_at] & 0x38) | 5;
    out.displacement_at = static_cast<uint8_t>(mode_at + 1);
    std::memcpy(out.code + mode_at + 5, from + in.length - constants, constants);
    out.code_length = static_cast<uint8_t>(mode_at + 5 + constants);
}

void decode_operand(const uint8_t *from, const ZydisDecodedInstruction &in, const ZydisDecodedOperand *operands,
                    const gregset_t &registers, plain_access &out) {
    const auto *const end = operands + in.operand_count;
    const auto *const memory = std::find_if(operands, end, [](const ZydisDecodedOperand &o) {
        return o.type == ZYDIS_OPERAND_TYPE_MEMORY && o.mem.type == ZYDIS_MEMOP_TYPE_MEM &&
               o.encoding == ZYDIS_OPERAND_ENCODING_MODRM_RM;
    });
    if (memory == end || !in.raw.modrm.offset)
        return;
    ZydisRegisterContext context{};
    for (size_t n = 0; n < std::size(in_order); ++n)
        context.values[ZYDIS_REGISTER_RAX + n] = static_cast<ZyanU64>(registers[in_order[n]]);
    if (ZYAN_FAILED(ZydisCalcAbsoluteAddressEx(&in, memory, reinterpret_cast<uint64_t>(from), &context, &out.address)))
        return;
    switch (memory->size) {
    case 8:
    case 16:
    case 32:
    case 64:
        break;
    default:
        return;
    }
    out.form = plain_access::form::operand;
    out.size = static_cast<uint8_t>(memory->size / 8);
    out.reads = (memory->actions & ZYDIS_OPERAND_ACTION_MASK_READ) != 0;
    out.writes = (memory->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0;
    copy_instruction(from, in, out);
}

bool is_register(uint64_t address, unsigned size, const machine &m) {
    const auto *const p = reinterpret_cast<const uint8_t *>(address);
    return arena::contains(p) && arena::contains(p + size - 1) && !m.memory.is_dram(arena::physical(p)) &&
           !m.memory.is_dram(arena::physical(p + size - 1));
}

bool is_memory(uint64_t address, unsigned size, const machine &m) {
    const auto *const p = reinterpret_cast<const uint8_t *>(address);
    return arena::contains(p) && m.memory.is_dram(arena::physical(p), size);
}

// The blocks have words of 32 bits: a pair goes as two accesses, as the bus's bridges make them. What is not aligned
// for its size is an exception, as on arm64.
unsigned piece_of(unsigned size) {
    return size == 8 ? 4 : size;
}

void read_registers(core &from, uint64_t address, void *to, unsigned size, uint64_t pc) {
    const unsigned piece = piece_of(size);
    for (unsigned done = 0; done < size; done += piece) {
        const uint64_t value = from.read(arena::physical(reinterpret_cast<const void *>(address + done)), piece, pc);
        std::memcpy(static_cast<uint8_t *>(to) + done, &value, piece);
    }
}

void write_registers(core &to, uint64_t address, const void *from, unsigned size, uint64_t pc) {
    const unsigned piece = piece_of(size);
    for (unsigned done = 0; done < size; done += piece) {
        uint64_t value = 0;
        std::memcpy(&value, static_cast<const uint8_t *>(from) + done, piece);
        to.write(arena::physical(reinterpret_cast<const void *>(address + done)), piece, value, pc);
    }
}

void execute(const plain_access &access, gregset_t &registers, uint8_t (&operand)[8]) {
    static constexpr uint8_t jump[] = {0xff, 0x25, 0, 0, 0, 0}; // to the address behind it
    const auto displacement = static_cast<int32_t>(buffer_at - access.code_length);
    const auto back = reinterpret_cast<uint64_t>(&rk3568_step_end);
    std::memcpy(s_page, access.code, access.code_length);
    std::memcpy(s_page + access.displacement_at, &displacement, sizeof displacement);
    std::memcpy(s_page + access.code_length, jump, sizeof jump);
    std::memcpy(s_page + access.code_length + sizeof jump, &back, sizeof back);
    std::memcpy(s_page + buffer_at, operand, sizeof operand);
    rk3568_step_state = &registers;
    rk3568_step_code = s_page;
    rk3568_step();
    std::memcpy(operand, s_page + buffer_at, sizeof operand);
}

// One element of a string instruction. False: not an access that can be made.
bool move_element(const plain_access &access, gregset_t &registers, uint64_t next) {
    machine &m = machine::get();
    greg_t &rsi = registers[REG_RSI], &rdi = registers[REG_RDI], &rax = registers[REG_RAX];
    const auto from = static_cast<uint64_t>(rsi), to = static_cast<uint64_t>(rdi);
    const bool has_source = access.form != plain_access::form::fill, has_target = access.writes;
    const bool reads = has_source && is_register(from, access.size, m);
    const bool writes = has_target && is_register(to, access.size, m);
    if ((has_source && !reads && !is_memory(from, access.size, m)) ||
        (has_target && !writes && !is_memory(to, access.size, m)))
        return false;
    uint64_t value = static_cast<uint64_t>(rax);
    if (reads)
        read_registers(m.cpu.current(), from, &value, access.size, next);
    else if (has_source)
        std::memcpy(&value, reinterpret_cast<const void *>(from), access.size);
    if (writes)
        write_registers(m.cpu.current(), to, &value, access.size, next);
    else if (has_target)
        std::memcpy(reinterpret_cast<void *>(to), &value, access.size);
    else if (access.size == 4)
        rax = static_cast<greg_t>(static_cast<uint32_t>(value));
    else
        std::memcpy(&rax, &value, access.size);
    constexpr greg_t direction = 1 << 10;
    const greg_t step = registers[REG_EFL] & direction ? -greg_t{access.size} : greg_t{access.size};
    rsi += has_source ? step : 0;
    rdi += has_target ? step : 0;
    return true;
}

} // namespace

plain_access decode_plain_access(const gregset_t &registers) {
    plain_access out;
    const auto *const at = reinterpret_cast<const uint8_t *>(registers[REG_RIP]);
    ZydisDecodedInstruction in;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    if (!s_page || ZYAN_FAILED(ZydisDecoderDecodeFull(&decoder(), at, ZYDIS_MAX_INSTRUCTION_LENGTH, &in, operands)))
        return out;
    out.length = in.length;
    switch (in.meta.category) {
    case ZYDIS_CATEGORY_STRINGOP:
        decode_string(in, out);
        break;
    case ZYDIS_CATEGORY_CALL:
    case ZYDIS_CATEGORY_UNCOND_BR:
    case ZYDIS_CATEGORY_COND_BR:
    case ZYDIS_CATEGORY_RET:
        break;
    default:
        decode_operand(at, in, operands, registers, out);
    }
    return out;
}

bool is_register_access(const plain_access &access, const gregset_t &registers, const machine &m) {
    const auto from = static_cast<uint64_t>(registers[REG_RSI]), to = static_cast<uint64_t>(registers[REG_RDI]);
    const auto usable = [&](uint64_t address) {
        return is_register(address, access.size, m) || is_memory(address, access.size, m);
    };
    switch (access.form) {
    case plain_access::form::operand:
        return is_register(access.address, access.size, m);
    case plain_access::form::move:
        return usable(from) && usable(to);
    case plain_access::form::fill:
        return usable(to);
    case plain_access::form::load:
        return usable(from);
    case plain_access::form::none:
        break;
    }
    return false;
}

void make_plain_access(const plain_access &access, gregset_t &registers) {
    const uint64_t next = static_cast<uint64_t>(registers[REG_RIP]) + access.length;
    if (access.form == plain_access::form::operand) {
        uint8_t operand[8] = {};
        if (access.reads)
            read_registers(machine::get().cpu.current(), access.address, operand, access.size, next);
        execute(access, registers, operand);
        if (access.writes)
            write_registers(machine::get().cpu.current(), access.address, operand, access.size, next);
    } else if (!access.repeats) {
        move_element(access, registers, next);
    } else {
        for (greg_t &left = registers[REG_RCX]; left; --left)
            if (!move_element(access, registers, next))
                return; // the same instruction again, for a real fault
    }
    registers[REG_RIP] = static_cast<greg_t>(next);
}

void prepare_plain_accesses() {
    void *const got = mmap(nullptr, page, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    s_page = got == MAP_FAILED ? nullptr : static_cast<uint8_t *>(got);
    decoder();
}

} // namespace rk3568

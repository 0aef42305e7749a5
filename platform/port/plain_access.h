// SPDX-License-Identifier: Apache-2.0
//
// Accesses to registers through plain pointers: `*p = v`, where p came from ioremap(). On the board they are loads and
// stores like any other; here the address is inaccessible memory, and the fault is the chance to make the access that
// was meant. It takes time, lets other cores run and may bring an interrupt, so that it is made on the stack of the
// software, not in the host's signal handler; software that is compiled with -rk3568-register-pointers reads its budget
// anew behind it (platform/cost_pass).
#ifndef RK3568_PLATFORM_PORT_PLAIN_ACCESS_H
#define RK3568_PLATFORM_PORT_PLAIN_ACCESS_H

#include <cstddef>
#include <cstdint>
#include <ucontext.h>

namespace rk3568 {

class machine;

struct plain_access {
    enum class form : uint8_t {
        none,    // not an instruction that is known here
        operand, // the address is in the instruction
        move,    // MOVS, STOS, LODS: in RSI and RDI
        fill,
        load,
    } form = form::none;
    bool reads = false, writes = false, repeats = false;
    uint8_t length = 0;      // of the instruction
    uint8_t size = 0;        // of what is accessed, bytes: 1 to 8 (software is compiled without vectors)
    uint64_t address = 0;    // the host's; of an operand
    uint8_t code[24] = {};   // the instruction, with the operand at a displacement from the program counter
    uint8_t code_length = 0; // 0: not an operand
    uint8_t displacement_at = 0;
};

// The instruction at the program counter, which faulted. Changes nothing; may be called in a signal handler.
plain_access decode_plain_access(const gregset_t &registers);
// Whether it can be made: all that it accesses outside DRAM is in the range of registers.
bool is_register_access(const plain_access &access, const gregset_t &registers, const machine &m);
// Makes it as the running core, and goes to the next instruction. An access that the bus refuses is an exception, which
// may not return.
void make_plain_access(const plain_access &access, gregset_t &registers);
// Once, before the first: memory for make_plain_access.
void prepare_plain_accesses();

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "suite.h"

int one_state;
unsigned failures;
volatile uint64_t fault_esr = ~0ull, fault_far;

static void print_number(uint64_t v)
{
	char text[19] = "0x0000000000000000";

	for (int n = 17; n > 1; n--, v >>= 4)
		text[n] = "0123456789abcdef"[v & 15];
	port_print(text);
}

void check(int good, const char *what, const char *file, unsigned line, uint64_t got, uint64_t expected)
{
	char digits[] = ":0000: ";

	if (good)
		return;
	failures++;
	for (int n = 4; n > 0; n--, line /= 10)
		digits[n] = '0' + line % 10;
	port_print(file), port_print(digits), port_print(what), port_print(" is "), print_number(got);
	port_print(", expected "), print_number(expected), port_print("\n");
}

static void fault(uint64_t esr, uint64_t far)
{
	fault_esr = esr;
	fault_far = far;
}

int main(void)
{
	port_set_vectors(0, 0, fault);
	one_state = r32(GICD + CTLR) >> 6 & 1;
	identification();
	access_rules();
	w32(GICD + CTLR, one_state ? 0x3 : 0x2); // group 1
	set(PORT_ICC_PMR_EL1, 0xf0);
	set(PORT_ICC_IGRPEN1_EL1, 1);
	other_cores();
	states();
	groups();
	priorities();
	routing();
	messages();
	masks();
	deactivation();
	latches();
	sizes();
	timers();
	events();
	translation();
	lpis();
	return failures > 255 ? 255 : failures;
}

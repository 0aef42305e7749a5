// SPDX-License-Identifier: Apache-2.0
// The other cores: each runs what core 0 gives it, one thing after the other.
#include "suite.h"

static struct {
	uint64_t (*volatile what)(uint64_t);
	volatile uint64_t argument, answer;
	volatile unsigned given, done;
} work[4];

static void worker(void *unused)
{
	const unsigned me = port_cpu();

	(void)unused;
	port_set_vectors(0, 0, 0);
	set(PORT_ICC_PMR_EL1, 0xf0);
	set(PORT_ICC_IGRPEN1_EL1, 1);
	for (;;) {
		while (work[me].given == work[me].done)
			port_delay_ns(200);
		work[me].answer = work[me].what(work[me].argument);
		work[me].done = work[me].given;
	}
}

void other_cores(void)
{
	for (unsigned core = 1; core < 4; core++)
		EQUAL(port_cpu_on(core << 8, worker, 0), 0);
	port_delay_ns(50000);
}

void start_on(unsigned core, uint64_t (*what)(uint64_t), uint64_t argument)
{
	work[core].what = what;
	work[core].argument = argument;
	work[core].given++;
}

int ended(unsigned core)
{
	return work[core].given == work[core].done;
}

uint64_t on(unsigned core, uint64_t (*what)(uint64_t), uint64_t argument)
{
	start_on(core, what, argument);
	while (!ended(core))
		port_delay_ns(200);
	port_delay_ns(1000);
	return work[core].answer;
}

uint64_t read_reg(uint64_t reg)
{
	return get(reg);
}

uint64_t write_reg(uint64_t reg_and_value)
{
	set(reg_and_value >> 32, reg_and_value & 0xffffffff);
	return 0;
}

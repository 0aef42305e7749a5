/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs one function of the accuracy bench here, with the cost pass, and prints what was charged: the budget word is a
 * plain word that nothing ever finds exhausted.
 */
#include <stdio.h>
#include <sys/mman.h>

#define JOIN2(a, b) a##b
#define JOIN(a, b)  JOIN2(a, b)

void JOIN(prepare_, NAME)(void);
unsigned long JOIN(measure_, NAME)(void);
void port_cost_expired(void);
void port_cost_expired(void)
{
}

int main(void)
{
	volatile long *budget = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	unsigned long result;
	long before;

	if (budget == MAP_FAILED)
		return 1;
	*budget = 1l << 60;
	JOIN(prepare_, NAME)();
	before = *budget;
	result = JOIN(measure_, NAME)();
	printf("%ld %lu\n", before - *budget, result);
	return 0;
}

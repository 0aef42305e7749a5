/* SPDX-License-Identifier: Apache-2.0 */
/* The same on AArch64, without a C library: the result's lowest bits are the exit status. */
#define JOIN2(a, b) a##b
#define JOIN(a, b)  JOIN2(a, b)

void JOIN(prepare_, NAME)(void);
unsigned long JOIN(measure_, NAME)(void);

/* What a compiler may call without being asked. */
__attribute__((section(".prepare"))) void *memset(void *to, int value, unsigned long n)
{
	for (unsigned long i = 0; i < n; i++)
		((volatile char *)to)[i] = value;
	return to;
}

__attribute__((section(".prepare"))) void *memcpy(void *to, const void *from, unsigned long n)
{
	for (unsigned long i = 0; i < n; i++)
		((volatile char *)to)[i] = ((const char *)from)[i];
	return to;
}

__attribute__((section(".prepare"))) void _start(void)
{
	JOIN(prepare_, NAME)();
	register unsigned long x0 __asm__("x0") = JOIN(measure_, NAME)() & 127;
	register unsigned long x8 __asm__("x8") = 93;
	__asm__ volatile("svc 0" : : "r"(x0), "r"(x8));
	for (;;)
		;
}

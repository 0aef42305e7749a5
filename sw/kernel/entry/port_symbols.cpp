// SPDX-License-Identifier: Apache-2.0
// The functions of the port that inline functions of the headers call, and so modules do: on hardware they are
// instructions.
#include <linux/export.h>
#include <port/functions.h>
#include <port/kernel.h>
#include <port/order.h>
#include <port/trace.h>

#define EXPORT_TO_modules(function) EXPORT_SYMBOL(function);
#define EXPORT_TO_programs(function)
#define EXPORT_TO_kernel(function)
#define EXPORT_TO_compiler(function)
#define PORT(function, who, code, argument) EXPORT_TO_##who(function)
PORT_FUNCTIONS(PORT)

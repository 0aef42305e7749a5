// SPDX-License-Identifier: Apache-2.0
//
// Paths that the shell looks for: those that match a pattern, and the one that the user may have meant.
#ifndef KERNEL_INIT_SHELL_PATHS_H
#define KERNEL_INIT_SHELL_PATHS_H

// Calls found(path) for each path that matches, in the order of their names. A pattern has *, ? and [...] for parts of
// a name, never for a '/'. Returns whether there was one. May sleep.
bool paths_that_match(const char *pattern, void (*found)(const char *path, void *arg), void *arg);

// Whether the name is one that the pattern stands for.
bool name_matches(const char *pattern, const char *name);

#endif

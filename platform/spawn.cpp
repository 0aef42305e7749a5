// SPDX-License-Identifier: Apache-2.0
#include "platform/spawn.h"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace rk3568 {

int run_program(const std::vector<std::string> &arguments, std::string *output, std::string *messages) {
    std::string *const taken = messages ? messages : output;
    std::vector<char *> argv;
    for (const std::string &a : arguments)
        argv.push_back(const_cast<char *>(a.c_str()));
    argv.push_back(nullptr);
    int ends[2] = {-1, -1};
    if (taken && pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, taken ? ends[1] : STDERR_FILENO, STDOUT_FILENO);
    if (messages)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (taken) {
        close(ends[1]);
        char block[1 << 14];
        for (ssize_t got; !failed && ((got = read(ends[0], block, sizeof block)) > 0 || (got < 0 && errno == EINTR));)
            taken->append(block, got > 0 ? static_cast<size_t>(got) : 0);
        close(ends[0]);
    }
    if (failed) {
        errno = failed;
        return -1;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace rk3568

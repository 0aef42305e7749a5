// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_TESTS_PLATFORM_SCRATCH_FOLDER_H
#define RK3568_TESTS_PLATFORM_SCRATCH_FOLDER_H

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

// A fixture: an empty folder of this process's own, in which the case runs. Cases run at the same time.
struct scratch_folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("rk3568_test_" + std::to_string(getpid()));
    std::filesystem::path before = std::filesystem::current_path();

    scratch_folder() {
        std::filesystem::create_directory(path);
        std::filesystem::current_path(path);
    }
    ~scratch_folder() {
        std::filesystem::current_path(before);
        std::filesystem::remove_all(path);
    }
    std::string file(const char *name) const { return (path / name).string(); }
    size_t count() const { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {})); }
    static std::string content(const std::string &name) {
        std::ifstream in(name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

#endif

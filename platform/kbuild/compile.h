// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_KBUILD_COMPILE_H
#define RK3568_PLATFORM_KBUILD_COMPILE_H

#include "platform/kbuild/cache.h"
#include "platform/kbuild/linux.h"

#include <string>
#include <vector>

namespace rk3568 {

// Compiles C sources to shared objects that the simulated kernel loads, with the flags that the build left in
// kbuild/module.rsp. Objects live in a temporary folder that goes away with this object; those of single modules and of
// bare programs are kept in the build folder, too, until what they were made of changes.
// What modules are instrumented for: sw/mm/kasan.h, platform/races/detector.h.
struct sanitizers {
    bool addresses = false, races = false;
};

class compiler {
public:
    // `build` is the build folder.
    // `level`: functional, approx or cached, as --timing has it.
    // `flags`: the user's own for modules, such as -O0.
    explicit compiler(std::string build, std::string level = "approx", sanitizers watch = {},
                      std::vector<std::string> flags = {});
    ~compiler();
    // Deletes the temporary folder now: for a process that ends without destructors.
    void discard();
    compiler(const compiler &) = delete;
    compiler &operator=(const compiler &) = delete;

    // Path of the object. The compiler's own messages go to standard error; throws std::runtime_error with one line.
    std::string module(const std::string &source);
    // The modules of a folder whose Kbuild or Makefile names obj-m, built by the kbuild folder's own rules into a
    // temporary folder; the paths of the objects in an order in which they can be loaded.
    std::vector<std::string> modules(const std::string &source_folder);
    // What --insmod names, as objects that can be loaded: a C source and a folder are built, the rest is taken as it
    // is.
    std::vector<std::string> loadable(const std::string &path);
    // What comes from Linux's own source.
    linux_modules &from_linux() { return m_linux; }
    // A program against sw/port/ alone: one C file, or all .c files of a folder, with the user's compiler flags.
    std::string bare(const std::string &source, const std::vector<std::string> &flags);

private:
    const std::string &folder();
    std::vector<std::string> tools(const std::vector<std::string> &arguments) const;
    void compile(const std::string &source, const std::string &what, std::vector<std::string> arguments,
                 const std::string &object);

    std::string m_build;
    object_cache m_cache;
    linux_modules m_linux;
    std::string m_level;
    std::vector<std::string> m_sanitize; // response files
    std::vector<std::string> m_flags;
    std::string m_folder;
    unsigned m_folders = 0; // built so far
};

// button-irq.c and drivers/button_irq.ko are both module button_irq, as in Linux.
std::string module_name(const std::string &path);

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Objects that were compiled before. What an object depends on is its key (the command, the working folder, the
// compiler, the cost pass, response files) and the files that the compiler has read: an object counts as long as all of
// these are what they were.
#ifndef RK3568_PLATFORM_KBUILD_CACHE_H
#define RK3568_PLATFORM_KBUILD_CACHE_H

#include <cstdint>
#include <string>
#include <vector>

namespace rk3568 {

class object_cache {
public:
    // Where entries are kept. A folder that cannot be made or written keeps nothing; that is not an error.
    explicit object_cache(std::string folder);

    // `parts` of the command; `files` that are part of it regardless of what the compiler says: the compiler itself,
    // its plugin, response files.
    static std::string key(const std::vector<std::string> &parts, const std::vector<std::string> &files);
    // Puts the object of that key at `object`. False: there is none, or it is too old.
    bool find(const std::string &key, const std::string &object) const;
    // `dependencies`: what the compiler wrote for -MD; `began`: ns of the file clock before it started.
    void keep(const std::string &key, const std::string &object, const std::string &dependencies, int64_t began) const;
    // Now, as keep() wants it.
    static int64_t clock();

private:
    void forget_oldest() const;

    std::string m_folder;
};

} // namespace rk3568

#endif

// SPDX-License-Identifier: Apache-2.0
#include "platform/soc/tree_source.h"

#include "platform/spawn.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <libfdt.h>
#include <stdexcept>
#include <unistd.h>

namespace fs = std::filesystem;

namespace rk3568 {

namespace {

constexpr size_t room_for_overlays = 1 << 20;

std::vector<char> content(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error(fmt::format("{}: cannot read the device tree: {}", path, std::strerror(errno)));
    return {std::istreambuf_iterator<char>(in), {}};
}

bool is_source(const std::string &path) {
    const std::string extension = fs::path(path).extension().string();
    return extension == ".dts" || extension == ".dtso";
}

// A file that goes away with its owner.
class scratch_file {
public:
    scratch_file() {
        std::string pattern = (fs::temp_directory_path() / "rk3568-tree-XXXXXX").string();
        const int fd = mkstemp(pattern.data());
        if (fd < 0)
            throw std::runtime_error(fmt::format("cannot make a temporary file {}: {}", pattern, std::strerror(errno)));
        close(fd);
        m_path = pattern;
    }
    ~scratch_file() { unlink(m_path.c_str()); }
    scratch_file(const scratch_file &) = delete;
    scratch_file &operator=(const scratch_file &) = delete;
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

void run_or_throw(const std::string &path, const std::vector<std::string> &command, std::string *output = nullptr) {
    const int status = run_program(command, output);
    if (status < 0)
        throw std::runtime_error(fmt::format("{}: cannot start {}: {}", path, command[0], std::strerror(errno)));
    if (status > 0)
        throw std::runtime_error(
            fmt::format("{}: the device tree does not compile ({} exited with {})", path, command[0], status));
}

std::vector<char> compiled(const std::string &path, const std::string &build, const std::string &headers) {
    const fs::path absolute = fs::absolute(path);
    scratch_file text;
    std::vector<std::string> preprocess = {
        RK3568_CLANG,  "-E", "-nostdinc",          "-undef",
        "-D__DTS__",   "-x", "assembler-with-cpp", "-I" + absolute.parent_path().string(),
        "-I" + headers};
    for (const char *linux_headers : {"/linux/include", "/linux/source/include"})
        if (fs::is_directory(build + linux_headers))
            preprocess.push_back("-I" + build + linux_headers);
    // A tree that stands in Linux's source finds its headers there.
    for (fs::path above = absolute.parent_path(); above.has_relative_path(); above = above.parent_path())
        if (fs::is_directory(above / "include/dt-bindings"))
            preprocess.push_back("-I" + (above / "include").string());
    preprocess.insert(preprocess.end(), {"-o", text.path(), absolute.string()});
    run_or_throw(path, preprocess);
    std::string blob;
    run_or_throw(
        path, {"dtc", "-q", "-@", "-I", "dts", "-O", "dtb", "-i", absolute.parent_path().string(), text.path()}, &blob);
    return {blob.begin(), blob.end()};
}

std::vector<char> blob_of(const std::string &path, const std::string &build, const std::string &headers) {
    return is_source(path) ? compiled(path, build, headers) : content(path);
}

bool is_overlay(const std::vector<char> &blob) {
    return fdt_check_full(blob.data(), blob.size()) == 0 && fdt_path_offset(blob.data(), "/fragment@0") >= 0;
}

void check(const std::string &path, const std::vector<char> &blob) {
    if (const int bad = fdt_check_full(blob.data(), blob.size()))
        throw std::runtime_error(
            fmt::format("{}: not a flattened device tree (dtc's output): {}", path, fdt_strerror(bad)));
}

void apply(std::vector<char> &tree, const std::string &tree_path, const std::string &path, std::vector<char> overlay) {
    check(path, overlay);
    if (!is_overlay(overlay))
        throw std::runtime_error(
            fmt::format("{}: expected an overlay (/plugin/; in its source), got a whole tree", path));
    if (fdt_path_offset(tree.data(), "/__symbols__") < 0)
        throw std::runtime_error(
            fmt::format("{}: expected a tree with symbols to apply it to (dtc -@), {} has none", path, tree_path));
    std::vector<char> wider(tree.size() + overlay.size() + room_for_overlays);
    int error = fdt_open_into(tree.data(), wider.data(), static_cast<int>(wider.size()));
    if (!error)
        error = fdt_overlay_apply(wider.data(), overlay.data());
    if (error)
        throw std::runtime_error(fmt::format(
            "{}: cannot be applied to {}: {}", path, tree_path,
            error == -FDT_ERR_NOTFOUND ? "a label or a target path that it names is not there" : fdt_strerror(error)));
    fdt_pack(wider.data());
    wider.resize(fdt_totalsize(wider.data()));
    tree = std::move(wider);
}

} // namespace

device_tree read_device_tree(const tree_request &request, const std::string &build, const std::string &headers) {
    std::string path = request.dtb.value_or(build + "/rk3568.dtb");
    std::vector<char> tree;
    std::vector<std::pair<std::string, std::vector<char>>> overlays;
    if (request.dts) {
        std::vector<char> blob = blob_of(*request.dts, build, headers);
        if (is_overlay(blob))
            overlays.emplace_back(*request.dts, std::move(blob));
        else
            tree = std::move(blob), path = *request.dts;
    }
    if (tree.empty())
        tree = content(path);
    check(path, tree);
    for (const std::string &overlay : request.overlays)
        overlays.emplace_back(overlay, blob_of(overlay, build, headers));
    for (auto &[name, blob] : overlays)
        apply(tree, path, name, std::move(blob));
    return device_tree(path, std::move(tree));
}

} // namespace rk3568

// SPDX-License-Identifier: Apache-2.0
//
// Where the device tree comes from: the built-in one, a blob, or a source; with overlays on top.
#ifndef RK3568_PLATFORM_SOC_TREE_SOURCE_H
#define RK3568_PLATFORM_SOC_TREE_SOURCE_H

#include "platform/soc/device_tree.h"

#include <optional>
#include <string>
#include <vector>

namespace rk3568 {

struct tree_request {
    std::optional<std::string> dtb;    // a blob in place of the built-in tree
    std::optional<std::string> dts;    // a source in its place; a .dtso is an overlay on it
    std::vector<std::string> overlays; // .dtbo, .dtso or .dts, applied in this order
};

// Sources go through the C preprocessor (#include <dt-bindings/...> is found beside the file, in sw/include, in the
// Linux headers of build/linux, and in an include/ above the file) and through dtc. `build` is the build folder,
// `headers` sw/include. Throws std::runtime_error with one line that names the file; what preprocessor and dtc say goes
// to standard error before.
device_tree read_device_tree(const tree_request &request, const std::string &build, const std::string &headers);

} // namespace rk3568

#endif

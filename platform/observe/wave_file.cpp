// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/fst_writer.h"
#include "platform/observe/vcd_writer.h"

namespace rk3568 {

std::unique_ptr<wave_sink> make_wave_file(const std::string &path) {
    if (path.size() > 4 && path.compare(path.size() - 4, 4, ".fst") == 0)
        return std::make_unique<fst_writer>(path);
    return std::make_unique<vcd_writer>(path);
}

} // namespace rk3568

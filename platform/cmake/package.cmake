# SPDX-License-Identifier: Apache-2.0
#
# The models as a package for other people's platforms: cmake --install build --prefix FOLDER.
include(CMakePackageConfigHelpers)
set(RK3568_COMPONENTS regs gicv3 rk_gpio)
configure_package_config_file(${PROJECT_SOURCE_DIR}/platform/cmake/rk3568_simConfig.cmake.in
    ${PROJECT_BINARY_DIR}/package/rk3568_simConfig.cmake INSTALL_DESTINATION lib/cmake/rk3568_sim)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/rk3568_simConfigVersion.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/rk3568_simConfig.cmake
    ${PROJECT_BINARY_DIR}/package/rk3568_simConfigVersion.cmake ${PROJECT_SOURCE_DIR}/platform/cmake/systemc.cmake
    DESTINATION lib/cmake/rk3568_sim)

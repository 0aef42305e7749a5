# SPDX-License-Identifier: Apache-2.0
#
# What is installed, and the packages. Two components: the simulator, and the models for other people's platforms
# (cmake --install build --component models --prefix FOLDER):
#
#   find_package(rk3568_sim REQUIRED COMPONENTS gicv3)
#   target_link_libraries(platform PRIVATE rk3568_sim::gicv3)
#
# ninja -C build packages makes a .deb of each in build/packages. tests/platforms/package tries them on a clean Debian.
# Neither installing nor packing builds what only tests need: build the target simulator before.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
include(CMakePackageConfigHelpers)
set(RK3568_COMPONENTS regs gicv3 rk_gpio)
configure_package_config_file(${PROJECT_SOURCE_DIR}/platform/cmake/rk3568_simConfig.cmake.in
    ${PROJECT_BINARY_DIR}/package/rk3568_simConfig.cmake INSTALL_DESTINATION lib/cmake/rk3568_sim)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/rk3568_simConfigVersion.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/rk3568_simConfig.cmake
    ${PROJECT_BINARY_DIR}/package/rk3568_simConfigVersion.cmake ${PROJECT_SOURCE_DIR}/platform/cmake/systemc.cmake
    DESTINATION lib/cmake/rk3568_sim COMPONENT models)

# The simulator finds what it needs beside itself: an installed folder is laid out as the build folder is, and has the
# headers of modules and bare programs in sw/.
set(home lib/rk3568-sim)
install(PROGRAMS ${PROJECT_BINARY_DIR}/rk3568-sim DESTINATION ${home} COMPONENT simulator)
install(FILES ${PROJECT_BINARY_DIR}/vmlinux.so ${PROJECT_BINARY_DIR}/cost_pass.so ${PROJECT_BINARY_DIR}/rk3568.dtb
    DESTINATION ${home} COMPONENT simulator)
install(FILES ${PROJECT_BINARY_DIR}/vmlinux-functional.so ${PROJECT_BINARY_DIR}/vmlinux-cached.so DESTINATION ${home}
    COMPONENT simulator OPTIONAL) # --timing
install(DIRECTORY ${PROJECT_SOURCE_DIR}/waves DESTINATION ${home} COMPONENT simulator FILES_MATCHING PATTERN "*.filter")
install(DIRECTORY ${PROJECT_BINARY_DIR}/demo DESTINATION ${home} COMPONENT simulator)
install(DIRECTORY ${PROJECT_BINARY_DIR}/sw/ DESTINATION ${home}/sw COMPONENT simulator FILES_MATCHING PATTERN "irq_*.ko"
    PATTERN CMakeFiles EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sw/include ${PROJECT_SOURCE_DIR}/sw/port ${PROJECT_SOURCE_DIR}/sw/bare
    DESTINATION ${home}/sw COMPONENT simulator)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION share/doc/rk3568-sim COMPONENT simulator)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/rk3568-sim RENAME copyright COMPONENT simulator)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/waves ${PROJECT_SOURCE_DIR}/sw/modules
    DESTINATION share/doc/rk3568-sim COMPONENT simulator)
# The flags and makefiles of modules name folders: those of the installed tree.
foreach(file IN ITEMS Makefile Makefile.build auto.conf cc.rsp ld.rsp module.rsp kasan.rsp bare.rsp linux.symbols)
    install(CODE "
        file(READ \"${PROJECT_BINARY_DIR}/kbuild/${file}\" text)
        string(REPLACE \"${PROJECT_BINARY_DIR}\" \"\${CMAKE_INSTALL_PREFIX}/${home}\" text \"\${text}\")
        string(REPLACE \"${PROJECT_SOURCE_DIR}\" \"\${CMAKE_INSTALL_PREFIX}/${home}\" text \"\${text}\")
        file(WRITE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${home}/kbuild/${file}\" \"\${text}\")"
        COMPONENT simulator)
endforeach()
install(CODE "
    file(MAKE_DIRECTORY \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin\")
    file(CREATE_LINK ../${home}/rk3568-sim \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin/rk3568-sim\" SYMBOLIC)"
    COMPONENT simulator)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rk3568-sim)
set(CPACK_PACKAGE_VENDOR "the rk3568-sim project")
set(CPACK_PACKAGE_CONTACT "the rk3568-sim project <rk3568-sim@example.org>")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL simulator models)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_SIMULATOR_PACKAGE_NAME rk3568-sim)
set(CPACK_DEBIAN_SIMULATOR_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_SIMULATOR_PACKAGE_DEPENDS
    "clang-${RK3568_LLVM}, lld-${RK3568_LLVM}, device-tree-compiler, make")
set(CPACK_COMPONENT_SIMULATOR_DESCRIPTION
    "Runs Linux drivers against a simulated RK3568: from the pin to the thread\n Models of GPIO banks, GICv3 and four cores drive Linux 6.1's interrupt software;\n modules run unmodified, and their waveforms, latencies and mistakes are shown.")
set(CPACK_DEBIAN_MODELS_PACKAGE_NAME librk3568-sim-dev)
set(CPACK_DEBIAN_MODELS_PACKAGE_DEPENDS "libsystemc-dev, libspdlog-dev, libfmt-dev")
set(CPACK_COMPONENT_MODELS_DESCRIPTION
    "SystemC models of the RK3568's GICv3 and GPIO banks\n Headers, static libraries and a CMake package.")
# What is not stripped tells the line of a finding in the kernel.
set(CPACK_STRIP_FILES OFF)
include(CPack)
add_custom_target(packages COMMAND ${CMAKE_CPACK_COMMAND} WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    COMMENT "Packages" VERBATIM)
add_dependencies(packages simulator gicv3 rk_gpio)

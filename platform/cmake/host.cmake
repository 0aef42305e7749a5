# SPDX-License-Identifier: Apache-2.0
#
# What every target that runs on the host shares: warnings, sanitizers, the packages.

include(${CMAKE_CURRENT_LIST_DIR}/systemc.cmake)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)

add_library(rk3568_host INTERFACE)
set_target_properties(rk3568_host PROPERTIES EXPORT_NAME host)
target_compile_features(rk3568_host INTERFACE cxx_std_17)
target_include_directories(rk3568_host INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:include/rk3568_sim>)
target_compile_definitions(rk3568_host INTERFACE SPDLOG_FMT_EXTERNAL SPDLOG_SHARED_LIB SPDLOG_COMPILED_LIB)
target_compile_options(rk3568_host INTERFACE "$<BUILD_INTERFACE:-Wall;-Wextra;-fno-omit-frame-pointer>")
target_link_libraries(rk3568_host INTERFACE SystemC::systemc spdlog::spdlog fmt::fmt)
if(RK3568_SANITIZE)
    target_compile_options(rk3568_host INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr
        -fno-sanitize-recover=undefined)
    target_link_options(rk3568_host INTERFACE -fsanitize=address,undefined)
endif()

# What precompiled headers and those who use them must agree in. Libraries and programs alike: PIC serves programs too.
function(rk3568_precompiled_flags target)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC "SHELL:-Xclang -fno-pch-timestamp")
endfunction()

# The packages' headers take most compilers' time: parsed once for all targets that call rk3568_precompile(). The other
# presets compile without, so that each file proves to include what it uses.
add_library(rk3568_precompiled OBJECT ${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp)
target_link_libraries(rk3568_precompiled PUBLIC rk3568_host)
rk3568_precompiled_flags(rk3568_precompiled)
target_precompile_headers(rk3568_precompiled PRIVATE <systemc> <tlm> <tlm_utils/simple_initiator_socket.h>
    <tlm_utils/simple_target_socket.h> <fmt/format.h> <algorithm> <filesystem> <functional> <map> <memory> <optional>
    <string> <unordered_map> <vector>)
function(rk3568_precompile target)
    rk3568_precompiled_flags(${target})
    target_precompile_headers(${target} REUSE_FROM rk3568_precompiled)
endfunction()

# rk3568_hw_library(NAME sources...): a model of its own, usable without the rest.
function(rk3568_hw_library name)
    add_library(${name} STATIC ${ARGN})
    add_library(rk3568_sim::${name} ALIAS ${name})
    target_link_libraries(${name} PUBLIC rk3568_host)
    rk3568_precompile(${name})
endfunction()

# rk3568_install(NAME headers... [TARGETS more]): makes a model a component of the installed package. Headers (names or
# patterns) keep their place in the tree, under include/rk3568_sim.
function(rk3568_install name)
    cmake_parse_arguments(INSTALL "" "" "TARGETS" ${ARGN})
    install(TARGETS ${name} ${INSTALL_TARGETS} EXPORT rk3568_sim-${name} ARCHIVE DESTINATION lib COMPONENT models)
    install(EXPORT rk3568_sim-${name} NAMESPACE rk3568_sim:: DESTINATION lib/cmake/rk3568_sim
        COMPONENT models)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${INSTALL_UNPARSED_ARGUMENTS})
    foreach(header IN LISTS headers)
        cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE folder)
        cmake_path(APPEND folder ${header} OUTPUT_VARIABLE path)
        cmake_path(NORMAL_PATH path)
        cmake_path(GET path PARENT_PATH folder)
        install(FILES ${header} DESTINATION include/rk3568_sim/${folder} COMPONENT models)
    endforeach()
endfunction()

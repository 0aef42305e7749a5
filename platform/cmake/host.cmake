# SPDX-License-Identifier: Apache-2.0
#
# What every target that runs on the host shares: warnings, sanitizers, the packages.

# Debian's SystemC brings no CMake package.
find_path(SYSTEMC_INCLUDE_DIR systemc REQUIRED)
find_library(SYSTEMC_LIBRARY systemc REQUIRED)
add_library(SystemC::systemc INTERFACE IMPORTED)
target_include_directories(SystemC::systemc SYSTEM INTERFACE ${SYSTEMC_INCLUDE_DIR})
target_link_libraries(SystemC::systemc INTERFACE ${SYSTEMC_LIBRARY})
# sc_thread_process and friends are dynamic-process capable; simple_target_socket asks for it.
target_compile_definitions(SystemC::systemc INTERFACE SC_INCLUDE_DYNAMIC_PROCESSES)

find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)

add_library(rk3568_host INTERFACE)
target_include_directories(rk3568_host INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
target_compile_definitions(rk3568_host INTERFACE SPDLOG_FMT_EXTERNAL SPDLOG_SHARED_LIB SPDLOG_COMPILED_LIB)
target_compile_options(rk3568_host INTERFACE -Wall -Wextra -fno-omit-frame-pointer)
target_link_libraries(rk3568_host INTERFACE SystemC::systemc spdlog::spdlog fmt::fmt)
if(RK3568_SANITIZE)
    target_compile_options(rk3568_host INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr
        -fno-sanitize-recover=undefined)
    target_link_options(rk3568_host INTERFACE -fsanitize=address,undefined)
endif()

# rk3568_hw_library(NAME sources...): a model of its own, usable without the rest.
function(rk3568_hw_library name)
    add_library(${name} STATIC ${ARGN})
    add_library(rk3568_sim::${name} ALIAS ${name})
    target_link_libraries(${name} PUBLIC rk3568_host)
endfunction()

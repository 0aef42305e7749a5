# SPDX-License-Identifier: Apache-2.0
#
# SystemC::systemc, for this build and, installed with the package, for the one that uses it.
if(TARGET SystemC::systemc)
    return()
endif()
# Debian's SystemC brings no CMake package.
find_path(SYSTEMC_INCLUDE_DIR systemc REQUIRED)
find_library(SYSTEMC_LIBRARY systemc REQUIRED)
add_library(SystemC::systemc INTERFACE IMPORTED)
target_include_directories(SystemC::systemc SYSTEM INTERFACE ${SYSTEMC_INCLUDE_DIR})
target_link_libraries(SystemC::systemc INTERFACE ${SYSTEMC_LIBRARY})
# sc_thread_process and friends are dynamic-process capable; simple_target_socket asks for it.
# SystemC 3 calls SC_HAS_PROCESS, which SystemC 2.3 needs, obsolete.
target_compile_definitions(SystemC::systemc INTERFACE SC_INCLUDE_DYNAMIC_PROCESSES SC_ALLOW_DEPRECATED_IEEE_API)

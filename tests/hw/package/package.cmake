# SPDX-License-Identifier: Apache-2.0
#
# cmake -DBUILD= -DSOURCE= -DWORK= -DCOMPILER= -P package.cmake
file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)

function(run expected_status out)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE errors)
    string(APPEND text "${errors}")
    if((expected_status STREQUAL "ok" AND NOT status EQUAL 0) OR (expected_status STREQUAL "fails" AND status EQUAL 0))
        message(FATAL_ERROR "expected that it ${expected_status}, status ${status}: ${ARGN}\n${text}")
    endif()
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(expect text pattern)
    if(NOT text MATCHES "${pattern}")
        message(FATAL_ERROR "expected '${pattern}' in:\n${text}")
    endif()
endfunction()

# project(NAME "arguments of find_package" "rest of its CMakeLists.txt"): a project of a stranger in WORK/NAME.
function(project name arguments body)
    file(WRITE ${WORK}/${name}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(${name} LANGUAGES CXX)
find_package(rk3568_sim ${arguments})
${body}
")
    set(configure ${CMAKE_COMMAND} -G Ninja -S ${WORK}/${name} -B ${WORK}/${name}/build -DCMAKE_CXX_COMPILER=${COMPILER}
        -DCMAKE_PREFIX_PATH=${prefix} PARENT_SCOPE)
endfunction()

run(ok text ${CMAKE_COMMAND} --install ${BUILD} --component models --prefix ${prefix})

# Nothing but the installed files: the example is copied away from the tree.
configure_file(${SOURCE}/hw/gicv3/example.cpp ${WORK}/gic/example.cpp COPYONLY)
project(gic "1.0 REQUIRED COMPONENTS gicv3" "add_executable(example example.cpp)
target_link_libraries(example PRIVATE rk3568_sim::gicv3)
if(TARGET rk3568_sim::rk_gpio)
    message(FATAL_ERROR \"a component came that was not asked for\")
endif()")
run(ok text ${configure})
run(ok text ${CMAKE_COMMAND} --build ${WORK}/gic/build)
run(ok text ${WORK}/gic/build/example)
expect("${text}" "1 us: SPI 3 rises\n1120 ns: the core takes INTID 35")

file(WRITE ${WORK}/gpio/main.cpp "#include \"hw/rk_gpio/rk_gpio.h\"
int sc_main(int, char *[]) { rk3568::rk_gpio bank(\"bank\"); return 0; }
")
project(gpio "REQUIRED COMPONENTS rk_gpio" "add_executable(main main.cpp)
target_link_libraries(main PRIVATE rk3568_sim::rk_gpio)")
run(ok text ${configure})
run(ok text ${CMAKE_COMMAND} --build ${WORK}/gpio/build)
run(ok text ${WORK}/gpio/build/main)

# What is not there is refused in a sentence; optional parts are only missing.
project(unknown "REQUIRED COMPONENTS gicv4" "")
run(fails text ${configure})
expect("${text}" "no component gicv4; its components are[ \n]+regs, gicv3, rk_gpio")
project(optional "REQUIRED COMPONENTS gicv3 OPTIONAL_COMPONENTS gicv4" "if(rk3568_sim_gicv4_FOUND OR NOT rk3568_sim_gicv3_FOUND)
    message(FATAL_ERROR \"gicv4: \${rk3568_sim_gicv4_FOUND}, gicv3: \${rk3568_sim_gicv3_FOUND}\")
endif()")
run(ok text ${configure})
project(newer "1.9 REQUIRED COMPONENTS gicv3" "")
run(fails text ${configure})

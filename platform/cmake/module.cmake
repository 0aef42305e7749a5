# SPDX-License-Identifier: Apache-2.0
#
# rk3568_module(source.c [FOLDER folder] [FLAGS flag...]): a module of the simulated kernel, compiled as the platform
# compiles a user's: NAME.ko in the current binary folder (or a folder in it), built by the target module_NAME
# (module_NAME_FOLDER).
function(rk3568_module source)
    cmake_parse_arguments(MODULE "" "FOLDER" "FLAGS" ${ARGN})
    get_filename_component(file ${source} NAME_WE)
    get_filename_component(path ${source} ABSOLUTE)
    string(REPLACE "-" "_" name ${file})
    set(folder ${CMAKE_CURRENT_BINARY_DIR})
    set(target module_${name})
    if(MODULE_FOLDER)
        string(APPEND folder /${MODULE_FOLDER})
        string(APPEND target _${MODULE_FOLDER})
        file(MAKE_DIRECTORY ${folder})
    endif()
    set(object ${folder}/${file}.ko)
    add_custom_command(OUTPUT ${object}
        COMMAND clang-${RK3568_LLVM} @${PROJECT_BINARY_DIR}/kbuild/module.rsp "-DKBUILD_MODNAME=\"${name}\""
            "-DKBUILD_BASENAME=\"${name}\"" -D__KBUILD_MODNAME=kmod_${name} ${MODULE_FLAGS} -MD -MF ${object}.d
            -MT ${object} ${path} -o ${object}
        DEPENDS ${path} cost_pass ${PROJECT_BINARY_DIR}/kbuild/module.rsp
        DEPFILE ${object}.d
        COMMENT "Module ${name}" VERBATIM)
    add_custom_target(${target} ALL DEPENDS ${object})
endfunction()

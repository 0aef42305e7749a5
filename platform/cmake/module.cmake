# SPDX-License-Identifier: Apache-2.0
#
# rk3568_module(source.c): a module of the simulated kernel, compiled as the platform compiles a user's: NAME.ko in the
# current binary folder, built by the target module_NAME.
function(rk3568_module source)
    get_filename_component(file ${source} NAME_WE)
    get_filename_component(path ${source} ABSOLUTE)
    string(REPLACE "-" "_" name ${file})
    set(object ${CMAKE_CURRENT_BINARY_DIR}/${file}.ko)
    add_custom_command(OUTPUT ${object}
        COMMAND clang-14 @${PROJECT_BINARY_DIR}/kbuild/module.rsp "-DKBUILD_MODNAME=\"${name}\""
            "-DKBUILD_BASENAME=\"${name}\"" -D__KBUILD_MODNAME=kmod_${name} -MD -MF ${object}.d -MT ${object}
            ${path} -o ${object}
        DEPENDS ${path} cost_pass ${PROJECT_BINARY_DIR}/kbuild/module.rsp
        DEPFILE ${object}.d
        COMMENT "Module ${name}" VERBATIM)
    add_custom_target(module_${name} ALL DEPENDS ${object})
endfunction()

# SPDX-License-Identifier: MIT
# CMake for projects with interface definitions:
#
#   find_package(RpcsecIdl REQUIRED)
#   rpcsec_idl(TARGET [CLIENT] [SERVER] [OPTIONS -I dir ...] FILE...)
#
# makes foo.h and, as asked, foo_c.c (CLIENT) and foo_s.c (SERVER) of each foo.idl, and builds them into
# TARGET. They are made again when the file, one that it imports or its ACF file changes. CMake 3.20.
find_program(RPCSEC_IDL_COMPILER rpcsec-idl
    HINTS "${CMAKE_CURRENT_LIST_DIR}/../../../bin" "${CMAKE_CURRENT_LIST_DIR}/../../../../bin")
if(NOT RPCSEC_IDL_COMPILER)
    set(RpcsecIdl_FOUND FALSE)
    set(RpcsecIdl_NOT_FOUND_MESSAGE "rpcsec-idl is not in PATH; set RPCSEC_IDL_COMPILER")
endif()

function(rpcsec_idl target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "CLIENT;SERVER" "" "OPTIONS")
    # What OPTIONS holds beyond `-I dir` pairs: files end in .idl.
    set(files ${arg_UNPARSED_ARGUMENTS} ${arg_OPTIONS})
    set(options ${arg_OPTIONS})
    list(FILTER files INCLUDE REGEX "\\.idl$")
    list(FILTER options EXCLUDE REGEX "\\.idl$")
    set(dir "${CMAKE_CURRENT_BINARY_DIR}/${target}.idl")
    file(MAKE_DIRECTORY "${dir}")
    foreach(file IN LISTS files)
        get_filename_component(stem "${file}" NAME_WLE)
        get_filename_component(path "${file}" ABSOLUTE)
        set(made "${dir}/${stem}.h")
        set(modes --header)
        if(arg_CLIENT)
            list(APPEND made "${dir}/${stem}_c.c")
            list(APPEND modes --client)
        endif()
        if(arg_SERVER)
            list(APPEND made "${dir}/${stem}_s.c")
            list(APPEND modes --server)
        endif()
        add_custom_command(
            OUTPUT ${made}
            COMMAND "${RPCSEC_IDL_COMPILER}" ${modes} ${options} -o "${dir}"
                    -MD -MF "${dir}/${stem}.d" "${path}"
            DEPENDS "${path}" "${RPCSEC_IDL_COMPILER}"
            DEPFILE "${dir}/${stem}.d"
            COMMENT "rpcsec-idl ${file}"
            VERBATIM)
        target_sources(${target} PRIVATE ${made})
    endforeach()
    target_include_directories(${target} PRIVATE "${dir}")
endfunction()

# Unity builds: several sources of a folder are compiled as one file, because headers are most of the cost.
# unity_groups.py decides which go together. Include this after all targets exist.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(unity_targets folder out)
  get_property(found DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  get_property(subfolders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(subfolder IN LISTS subfolders)
    unity_targets(${subfolder} deeper)
    list(APPEND found ${deeper})
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# A source that is alone stays as it is.
function(unity_group target group)
  if(ARGC LESS 4)
    return()
  endif()
  set_source_files_properties(${ARGN} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${group})
endfunction()

set(unity_listing "")
unity_targets(${PROJECT_SOURCE_DIR} unity_all)
foreach(target IN LISTS unity_all)
  get_target_property(type ${target} TYPE)
  if(NOT type MATCHES "STATIC_LIBRARY|EXECUTABLE")
    continue()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(folder ${target} SOURCE_DIR)
  get_target_property(files ${target} SOURCES)
  foreach(file IN LISTS files)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${folder} NORMALIZE)
    cmake_path(IS_PREFIX PROJECT_BINARY_DIR "${file}" generated)
    if(file MATCHES "\\.cpp$" AND NOT generated)
      string(APPEND unity_listing "${target}|${file}\n")
    endif()
  endforeach()
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/unity_sources.txt CONTENT "${unity_listing}" @ONLY)
set(unity_groups ${PROJECT_BINARY_DIR}/unity_groups.cmake)
set(unity_command ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/unity_groups.py
    ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/unity_sources.txt ${unity_groups})
execute_process(COMMAND ${unity_command} COMMAND_ERROR_IS_FATAL ANY)
include(${unity_groups})

# A new name may clash: every build looks at the files that changed, and configures again if the groups differ.
add_custom_command(OUTPUT ${unity_groups} COMMAND ${unity_command} DEPFILE ${unity_groups}.d
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/unity_groups.py ${PROJECT_BINARY_DIR}/unity_sources.txt
  COMMENT "Grouping sources" VERBATIM)
add_custom_target(unity_groups DEPENDS ${unity_groups})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${unity_groups})

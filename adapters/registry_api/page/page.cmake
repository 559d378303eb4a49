# The registry's page at `/`: its own files and what it shares with the HTML report, put into the program when it is
# built. Included where the target is made, for only there a command may make sources of it.
set(registry_page ${PROJECT_BINARY_DIR}/generated/registry_page.cpp)
set(shared_page ${PROJECT_SOURCE_DIR}/reports/page)
set(page_scripts text theme criteria transcript)
list(TRANSFORM page_scripts PREPEND ${shared_page}/)
# In the order in which they need each other.
set(own_scripts address api kinds parts names lines diff_table content draft form conflict versions edit change compare
    test_views run_state runs list report run account main)
list(TRANSFORM own_scripts PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(APPEND page_scripts ${own_scripts})
list(TRANSFORM page_scripts APPEND .mjs)
set(page_styles ${shared_page}/page.css ${shared_page}/cell.css ${shared_page}/transcript.css)
foreach(name views diff narrow)
  list(APPEND page_styles ${CMAKE_CURRENT_LIST_DIR}/${name}.css)
endforeach()
set(page_html ${CMAKE_CURRENT_LIST_DIR}/page.html)
list(JOIN page_scripts "|" page_script_argument)
list(JOIN page_styles "|" page_style_argument)
add_custom_command(OUTPUT ${registry_page}
  COMMAND ${CMAKE_COMMAND} "-DSTYLE=${page_style_argument}" "-DSCRIPT=${page_script_argument}" -DHTML=${page_html}
          -DOUT=${registry_page} -P ${shared_page}/embed.cmake
  DEPENDS ${page_styles} ${page_scripts} ${page_html} ${shared_page}/embed.cmake VERBATIM)
target_sources(adapters_registry PRIVATE ${registry_page})

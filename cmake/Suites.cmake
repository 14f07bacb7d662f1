# Read by CTest before it runs: one test for each suite of many cases of a GoogleTest program, named <FOLDER>/<suite>, and
# one for each case of the others, as gtest_discover_tests() names them.
#   EXECUTABLE  the program
#   FOLDER      prefix and label
set(MANY 4)
set(LONG "Laws$|^Seeds/|^Late/")  # suites whose cases take seconds each

function(run_by_ctest name filter)
  add_test("${FOLDER}/${name}" "${EXECUTABLE}" "--gtest_filter=${filter}")
  set_tests_properties("${FOLDER}/${name}" PROPERTIES TIMEOUT 300 LABELS "${FOLDER}"
    FAIL_REGULAR_EXPRESSION "0 tests from 0 test suites ran")
endfunction()

if(NOT EXISTS "${EXECUTABLE}")
  add_test("${FOLDER}/not-built" "${EXECUTABLE}")
  return()
endif()
execute_process(COMMAND "${EXECUTABLE}" --gtest_list_tests OUTPUT_VARIABLE listed COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE "[ \t]*#[^\n]*" "" listed "${listed}")  # parameters behind the names
string(REPLACE "\n" ";" lines "${listed};end.")
foreach(line IN LISTS lines)
  if(line MATCHES "^  (.+)$")
    list(APPEND cases "${CMAKE_MATCH_1}")
  elseif(line MATCHES "^([^ ]+)\\.$")
    set(next "${CMAKE_MATCH_1}")
    list(LENGTH cases count)
    if(count GREATER MANY AND NOT suite MATCHES "${LONG}")
      run_by_ctest("${suite}" "${suite}.*")
    else()
      foreach(case IN LISTS cases)
        run_by_ctest("${suite}.${case}" "${suite}.${case}")
      endforeach()
    endif()
    set(suite "${next}")
    set(cases)
  endif()
endforeach()

# Flags for our own targets only; a warning is an error.
add_library(loa_flags INTERFACE)
target_compile_options(loa_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror -fno-strict-aliasing)
target_include_directories(loa_flags INTERFACE ${CMAKE_SOURCE_DIR})
# Where sources are joined gcc takes them for headers (docs/decisions/0014); file by file, in dev, it has the warning.
add_library(loa_joined INTERFACE)
target_compile_options(loa_joined INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
if(CMAKE_UNITY_BUILD)
  target_link_libraries(loa_flags INTERFACE loa_joined)
endif()

if(LOA_SANITIZE)
  # Asio's fences are not modelled by TSan (docs/decisions); recycling coroutine frames hides misuse from ASan.
  target_compile_options(loa_flags INTERFACE -fsanitize=${LOA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(loa_flags INTERFACE -fsanitize=${LOA_SANITIZE})
  target_compile_definitions(loa_flags INTERFACE BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING LOA_SANITIZED=1)
  if(LOA_SANITIZE MATCHES thread)
    target_compile_options(loa_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-error=tsan>)
  endif()
endif()

find_program(LOA_MOLD mold)
if(LOA_MOLD AND NOT LOA_FUZZ)
  target_link_options(loa_flags INTERFACE -fuse-ld=mold)
endif()
find_program(LOA_CCACHE ccache)
if(LOA_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LOA_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${LOA_CCACHE})
endif()

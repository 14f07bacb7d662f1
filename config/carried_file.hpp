// Carries a file of the sources into the program, so that none has to be found at run time.
#pragma once

/// In one .cpp file: the bytes of FILE (a string literal) from NAME_begin to NAME_end, for as long as the program
/// lives.
// clang-format off
#define LOA_CARRY_FILE(NAME, FILE)      \
  asm(".pushsection .rodata\n"          \
      ".global " #NAME "_begin\n"       \
      #NAME "_begin:\n"                 \
      ".incbin \"" FILE "\"\n"          \
      ".global " #NAME "_end\n"         \
      #NAME "_end:\n"                   \
      ".byte 0\n"                       \
      ".popsection\n");                 \
  extern "C" const char NAME##_begin[]; \
  extern "C" const char NAME##_end[]
// clang-format on

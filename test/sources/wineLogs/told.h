/* What the programs of this folder share: each call tells on the standard output how it ended, to be compared with what its log says. */
#include <windows.h>
#include <wininet.h>
#include <stdio.h>
#include <stdlib.h>
static void told(const char *fn, BOOL succeeded, DWORD error) {
  printf("%04lx %s %s %lu\n", GetCurrentThreadId(), fn, succeeded ? "succeeded" : "failed", succeeded ? 0 : error);
  fflush(stdout);
}
#define CALL(fn, ...) ({ __typeof__(fn(__VA_ARGS__)) result_ = fn(__VA_ARGS__); DWORD error_ = GetLastError(); \
  told(#fn, result_ != 0, error_); SetLastError(error_); result_; })

/* Each call of a program tells on the standard output what it was given, as JSON, and then how it ended. Pointers that are no texts are
   objects with their address. C11, for _Generic. */
#include <windows.h>
#include <wininet.h>
#include <stdio.h>
#include <stdlib.h>
static void unit(unsigned u) { printf(u < 32 || u > 126 || u == '"' || u == '\\' ? "\\u%04x" : "%c", u); }
static void text(const char *s) {
  if (s == NULL) { printf("null"); return; }
  printf("\"");
  for (; *s != 0; ++s) unit((unsigned char)*s);
  printf("\"");
}
static void wide(const WCHAR *s) {
  if (s == NULL) { printf("null"); return; }
  printf("\"");
  for (; *s != 0; ++s) unit(*s);
  printf("\"");
}
static void number(unsigned long long value) { printf("%llu", value); }
static void low(unsigned long value) { printf("%lu", value); }
static void address(const void *at) { printf("{\"at\":%llu}", (unsigned long long)(ULONG_PTR)at); }
#define TELL(x) _Generic((x), char *: text, const char *: text, WCHAR *: wide, const WCHAR *: wide, int: low, long: low, \
  unsigned: low, unsigned long: low, unsigned short: low, unsigned long long: number, default: address)(x)
#define T1(a) TELL(a)
#define T2(a, ...) TELL(a); printf(","); T1(__VA_ARGS__)
#define T3(a, ...) TELL(a); printf(","); T2(__VA_ARGS__)
#define T4(a, ...) TELL(a); printf(","); T3(__VA_ARGS__)
#define T5(a, ...) TELL(a); printf(","); T4(__VA_ARGS__)
#define T6(a, ...) TELL(a); printf(","); T5(__VA_ARGS__)
#define T7(a, ...) TELL(a); printf(","); T6(__VA_ARGS__)
#define T8(a, ...) TELL(a); printf(","); T7(__VA_ARGS__)
#define COUNT_(a, b, c, d, e, f, g, h, N, ...) N
#define COUNT(...) COUNT_(__VA_ARGS__, 8, 7, 6, 5, 4, 3, 2, 1)
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define CALL(fn, ...) ({ printf("{\"fn\":\"%s\",\"args\":[", #fn); JOIN(T, COUNT(__VA_ARGS__))(__VA_ARGS__); fflush(stdout); \
  __typeof__(fn(__VA_ARGS__)) result_ = fn(__VA_ARGS__); DWORD error_ = GetLastError(); \
  printf("],\"result\":%llu,\"error\":%lu}\n", (unsigned long long)(ULONG_PTR)result_, error_); fflush(stdout); \
  SetLastError(error_); result_; })
#define NO_TEXT ((char *)NULL)
#define NO_TYPES ((const char **)NULL)
#define NOTHING ((void *)NULL)

/* Three threads share a root; each asks for something of its own, at the same time. Usage: threads PORT */
#include "told.h"
static HINTERNET root;
static INTERNET_PORT port;
static const char *const paths[] = {"/bytes/700", "/status/404", "/body/chunked"};
static DWORD WINAPI run(LPVOID number) {
  char buffer[200];
  DWORD count = 0;
  for (int turn = 0; turn < 2; ++turn) {
    HINTERNET server = CALL(InternetConnectA, root, "127.0.0.1", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
    HINTERNET request = CALL(HttpOpenRequestA, server, "GET", paths[(INT_PTR)number], NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 0);
    CALL(HttpSendRequestA, request, NULL, 0, NULL, 0);
    while (CALL(InternetReadFile, request, buffer, sizeof buffer, &count) && count) Sleep(1);
    CALL(InternetCloseHandle, request);
    CALL(InternetCloseHandle, server);
  }
  return 0;
}
int main(int argc, char **argv) {
  HANDLE threads[3];
  port = (INTERNET_PORT)atoi(argv[1]);
  root = CALL(InternetOpenA, "threads/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0);
  for (INT_PTR i = 0; i < 3; ++i) threads[i] = CreateThread(NULL, 0, run, (LPVOID)i, 0, NULL);
  WaitForMultipleObjects(3, threads, TRUE, 30000);
  CALL(InternetCloseHandle, root);
  return 0;
}

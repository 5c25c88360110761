/* Asynchronous requests with contexts: a GET that is read with InternetReadFileEx, while its callback calls in, a body that drips, a POST in pieces, one that is refused, one that is
   cancelled while its answer is awaited. Usage: async PORT */
#include "told.h"
static HANDLE completed;
static DWORD completion;
static HANDLE closed;
static void CALLBACK status(HINTERNET h, DWORD_PTR context, DWORD code, LPVOID info, DWORD length) {
  printf("%04lx callback %lu %lu\n", GetCurrentThreadId(), (unsigned long)context, code);
  fflush(stdout);
  if (code == INTERNET_STATUS_RESPONSE_RECEIVED && context == 101) {
    DWORD type, size = sizeof type;
    CALL(InternetQueryOptionW, h, INTERNET_OPTION_HANDLE_TYPE, &type, &size);
  }
  if (code == INTERNET_STATUS_HANDLE_CLOSING) SetEvent(closed);
  if (code != INTERNET_STATUS_REQUEST_COMPLETE) return;
  completion = ((INTERNET_ASYNC_RESULT *)info)->dwError;
  SetEvent(completed);
}
static BOOL end(BOOL ok) {
  if (!ok && GetLastError() == ERROR_IO_PENDING) {
    WaitForSingleObject(completed, 10000);
    SetLastError(completion);
    return completion == 0;
  }
  return ok;
}
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]);
  char buffer[256];
  DWORD count = 0;
  completed = CreateEventA(NULL, FALSE, FALSE, NULL);
  closed = CreateEventA(NULL, FALSE, FALSE, NULL);
  HINTERNET root = CALL(InternetOpenW, L"async/2.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, INTERNET_FLAG_ASYNC);
  CALL(InternetSetStatusCallbackW, root, status);
  HINTERNET server = CALL(InternetConnectW, root, L"127.0.0.1", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 100);
  /* A download. */
  HINTERNET get = CALL(HttpOpenRequestW, server, L"GET", L"/bytes/1000", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 101);
  end(CALL(HttpSendRequestW, get, NULL, 0, NULL, 0));
  end(CALL(InternetQueryDataAvailable, get, &count, 0, 0));
  for (;;) {
    INTERNET_BUFFERSA b = {sizeof b};
    b.lpvBuffer = buffer;
    b.dwBufferLength = sizeof buffer;
    if (!end(CALL(InternetReadFileExA, get, &b, IRF_ASYNC, 101)) || b.dwBufferLength == 0) break;
  }
  CALL(InternetCloseHandle, get);
  /* A body that drips. */
  HINTERNET drip = CALL(HttpOpenRequestW, server, NULL, L"/slow/drip/2", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 107);
  end(CALL(HttpSendRequestW, drip, NULL, 0, NULL, 0));
  do end(CALL(InternetReadFile, drip, buffer, sizeof buffer, &count)); while (count);
  CALL(InternetCloseHandle, drip);
  /* An upload in pieces. */
  HINTERNET post = CALL(HttpOpenRequestW, server, L"POST", L"/echo", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 102);
  INTERNET_BUFFERSW in = {sizeof in};
  in.dwBufferTotal = 10;
  end(CALL(HttpSendRequestExW, post, &in, NULL, 0, 102));
  end(CALL(InternetWriteFile, post, "hello", 5, &count));
  end(CALL(InternetWriteFile, post, "world", 5, &count));
  end(CALL(HttpEndRequestW, post, NULL, 0, 102));
  do end(CALL(InternetReadFile, post, buffer, sizeof buffer, &count)); while (count);
  CALL(InternetCloseHandle, post);
  /* An address as a whole. */
  char url[64];
  sprintf(url, "http://127.0.0.1:%u/redirect/relative", port);
  end(CALL(InternetOpenUrlA, root, url, NULL, 0, INTERNET_FLAG_RELOAD, 103) != NULL);
  /* A server that is not there. */
  HINTERNET nobody = CALL(InternetConnectW, root, L"127.0.0.1", 1, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 104);
  HINTERNET refused = CALL(HttpOpenRequestW, nobody, NULL, L"/", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 105);
  end(CALL(HttpSendRequestW, refused, NULL, 0, NULL, 0));
  CALL(InternetCloseHandle, nobody);
  /* An answer that takes too long is not awaited. */
  HINTERNET slow = CALL(HttpOpenRequestW, server, L"GET", L"/slow/headers/2000", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 106);
  CALL(HttpSendRequestW, slow, NULL, 0, NULL, 0);
  Sleep(300);
  CALL(InternetCloseHandle, slow);
  WaitForSingleObject(completed, 5000);
  Sleep(300);
  CALL(InternetCloseHandle, root);
  Sleep(300);
  return 0;
}

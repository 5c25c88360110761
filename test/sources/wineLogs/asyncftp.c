/* An asynchronous FTP session. Wine sets no last error where the original answers ERROR_IO_PENDING, so every call is waited for but
   those that complete at once. Usage: asyncftp PORT USER PASSWORD */
#include "told.h"
static HANDLE completed;
static INTERNET_ASYNC_RESULT completion;
static void CALLBACK status(HINTERNET h, DWORD_PTR context, DWORD code, LPVOID info, DWORD length) {
  if (code != INTERNET_STATUS_REQUEST_COMPLETE) return;
  completion = *(INTERNET_ASYNC_RESULT *)info;
  printf("%04lx complete %lu %lu\n", GetCurrentThreadId(), (unsigned long)context, completion.dwError);
  fflush(stdout);
  SetEvent(completed);
}
static DWORD_PTR end(DWORD_PTR answer) {
  WaitForSingleObject(completed, 10000);
  return completion.dwError ? 0 : completion.dwResult;
}
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]);
  char buffer[512];
  DWORD count = sizeof buffer;
  WIN32_FIND_DATAW found;
  completed = CreateEventA(NULL, FALSE, FALSE, NULL);
  HINTERNET root = CALL(InternetOpenA, "asyncftp/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, INTERNET_FLAG_ASYNC);
  CALL(InternetSetStatusCallbackA, root, status);
  HINTERNET f = CALL(InternetConnectA, root, "127.0.0.1", port, argv[2], argv[3], INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 200);
  end(CALL(FtpSetCurrentDirectoryA, f, "/incoming"));
  end(CALL(FtpGetCurrentDirectoryA, f, buffer, &count));
  end(CALL(FtpCreateDirectoryA, f, "later"));
  HINTERNET find = (HINTERNET)end((DWORD_PTR)CALL(FtpFindFirstFileW, f, L"*", &found, 0, 201));
  CALL(InternetCloseHandle, find);
  HINTERNET file = (HINTERNET)end((DWORD_PTR)CALL(FtpOpenFileA, f, "/readme.txt", GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 202));
  while (CALL(InternetReadFile, file, buffer, sizeof buffer, &count) && count);
  CALL(InternetCloseHandle, file);
  end(CALL(FtpDeleteFileA, f, "absent"));
  end(CALL(FtpRemoveDirectoryA, f, "later"));
  CALL(InternetCloseHandle, f);
  CALL(InternetCloseHandle, root);
  Sleep(200);
  return 0;
}

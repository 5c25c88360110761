/* What goes wrong in programs: servers that are absent or hang up, handles that are closed, NULL, recycled or of another kind, calls in
   the wrong order, and handles that nobody closes. Usage: faults PORT FTPPORT */
#include "told.h"
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]), ftp = (INTERNET_PORT)atoi(argv[2]);
  char text[256], url[128];
  DWORD count = sizeof text;
  WIN32_FIND_DATAA found;
  CALL(InternetConnectA, NULL, "127.0.0.1", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
  HINTERNET root = CALL(InternetOpenA, "faults/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0);
  CALL(InternetOpenUrlA, root, "http://127.0.0.1:1/", NULL, 0, INTERNET_FLAG_RELOAD, 0);
  CALL(InternetOpenUrlA, root, "http://no.such.name.invalid/", NULL, 0, INTERNET_FLAG_RELOAD, 0);
  CALL(InternetOpenUrlA, root, "nonsense", NULL, 0, INTERNET_FLAG_RELOAD, 0);
  CALL(InternetConnectA, root, "127.0.0.1", 1, NULL, NULL, INTERNET_SERVICE_FTP, 0, 0);
  CALL(InternetConnectA, root, "", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
  HINTERNET server = CALL(InternetConnectA, root, "127.0.0.1", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
  /* In the wrong order. */
  HINTERNET request = CALL(HttpOpenRequestA, server, "GET", "/fault/reset-at-once", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 0);
  CALL(HttpQueryInfoA, request, HTTP_QUERY_STATUS_CODE, text, &count, NULL);
  CALL(InternetReadFile, request, text, sizeof text, &count);
  CALL(HttpEndRequestA, request, NULL, 0, 0);
  CALL(HttpSendRequestA, request, NULL, 0, NULL, 0);
  CALL(InternetCloseHandle, request);
  CALL(InternetCloseHandle, request);
  CALL(InternetCloseHandle, NULL);
  /* Another handle gets the value. */
  HINTERNET reused = CALL(HttpOpenRequestA, server, "GET", "/status/204", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 0);
  CALL(HttpSendRequestA, request, NULL, 0, NULL, 0);
  count = sizeof text;
  CALL(HttpQueryInfoA, reused, HTTP_QUERY_STATUS_CODE, text, &count, NULL);
  count = 1;
  CALL(HttpQueryInfoA, reused, HTTP_QUERY_RAW_HEADERS_CRLF, text, &count, NULL);
  /* Of another kind. */
  CALL(HttpOpenRequestA, root, "GET", "/", NULL, NULL, NULL, 0, 0);
  CALL(HttpSendRequestA, server, NULL, 0, NULL, 0);
  CALL(HttpAddRequestHeadersA, server, "X-A: b\r\n", -1, HTTP_ADDREQ_FLAG_ADD);
  CALL(FtpFindFirstFileA, server, "*", &found, 0, 0);
  CALL(InternetFindNextFileA, server, &found);
  CALL(InternetQueryDataAvailable, server, &count, 0, 0);
  CALL(HttpAddRequestHeadersA, reused, "X-Absent: x\r\n", -1, HTTP_ADDREQ_FLAG_REPLACE);
  /* Hung up in the middle. */
  sprintf(url, "http://127.0.0.1:%u/fault/truncated", port);
  HINTERNET cut = CALL(InternetOpenUrlA, root, url, NULL, 0, INTERNET_FLAG_RELOAD, 0);
  while (CALL(InternetReadFile, cut, text, sizeof text, &count) && count);
  /* An address of FTP. */
  sprintf(url, "ftp://127.0.0.1:%u/readme.txt", ftp);
  HINTERNET file = CALL(InternetOpenUrlA, root, url, NULL, 0, INTERNET_FLAG_PASSIVE, 0);
  while (CALL(InternetReadFile, file, text, sizeof text, &count) && count);
  sprintf(url, "ftp://127.0.0.1:%u/pub/", ftp);
  HINTERNET find = CALL(InternetOpenUrlA, root, url, NULL, 0, INTERNET_FLAG_PASSIVE, 0);
  for (int i = 0; i < 3; ++i) CALL(InternetFindNextFileA, find, &found);
  return 0; /* with everything open */
}

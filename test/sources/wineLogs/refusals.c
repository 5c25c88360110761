/* What Wine refuses without a word on its wininet channel: wrong options, small buffers, headers, local files. The relay channel tells
   of each call. Usage: refusals PORT FTPPORT */
#include "told.h"
static HINTERNET again;
static void CALLBACK on_status(HINTERNET handle, DWORD_PTR context, DWORD status, LPVOID information, DWORD length) {
  DWORD size = 1;
  if (status == INTERNET_STATUS_SENDING_REQUEST && handle == again) CALL(InternetQueryOptionA, handle, 9999, &size, &size);
}
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]), ftp = (INTERNET_PORT)atoi(argv[2]);
  char text[256], url[128];
  DWORD count = sizeof text, value = 0;
  WIN32_FIND_DATAA found;
  URL_COMPONENTSA parts = {sizeof parts};
  HINTERNET root = CALL(InternetOpenA, "refusals/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0);
  InternetSetStatusCallbackA(root, on_status);
  told("InternetSetStatusCallbackA", TRUE, 0);
  CALL(InternetConnectA, root, "", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
  CALL(InternetOpenUrlA, root, "foo://nobody/", NULL, 0, 0, 0);
  CALL(InternetOpenUrlA, root, "http://127.0.0.1:1/", NULL, 0, 0, 0);
  HINTERNET server = CALL(InternetConnectA, root, "127.0.0.1", port, NULL, NULL, INTERNET_SERVICE_HTTP, 0, 0);
  HINTERNET request = again = CALL(HttpOpenRequestA, server, "GET", "/status/200", NULL, NULL, NULL, 0, 1);
  CALL(HttpAddRequestHeadersA, request, "nonsense", -1, HTTP_ADDREQ_FLAG_ADD);
  CALL(HttpAddRequestHeadersA, request, "X-Value: 1\r\n", -1, HTTP_ADDREQ_FLAG_ADD);
  CALL(HttpAddRequestHeadersA, request, "X-Value: 1\r\n", -1, HTTP_ADDREQ_FLAG_ADD_IF_NEW);
  CALL(HttpSendRequestA, request, NULL, 0, NULL, 0);
  CALL(HttpQueryInfoA, request, HTTP_QUERY_LOCATION, text, &count, NULL);
  count = 1;
  CALL(HttpQueryInfoA, request, HTTP_QUERY_STATUS_CODE, text, &count, NULL);
  count = 1;
  CALL(InternetQueryOptionA, request, INTERNET_OPTION_URL, text, &count);
  count = sizeof value;
  CALL(InternetQueryOptionA, root, INTERNET_OPTION_REQUEST_FLAGS, &value, &count);
  CALL(InternetSetOptionA, request, 9999, &value, sizeof value);
  CALL(InternetSetOptionA, request, INTERNET_OPTION_SEND_TIMEOUT, &value, 2);
  CALL(InternetSetOptionA, request, INTERNET_OPTION_SEND_TIMEOUT, &value, sizeof value);
  CALL(InternetWriteFile, request, "x", 1, &count);
  CALL(InternetFindNextFileA, request, &found);
  CALL(FtpCreateDirectoryA, server, "/x");
  CALL(InternetCloseHandle, request);
  CALL(InternetCloseHandle, request);
  CALL(InternetReadFile, request, text, 10, &count);
  CALL(HttpOpenRequestA, root, "GET", "/", NULL, NULL, NULL, 0, 0);
  count = 2;
  CALL(InternetCanonicalizeUrlA, "http://a/b c", text, &count, 0);
  CALL(InternetCrackUrlA, "nonsense", 0, 0, &parts);
  CALL(InternetSetCookieA, "http://nobody.example/", "name", "hush");
  count = 1;
  CALL(InternetGetCookieA, "http://nobody.example/", NULL, text, &count);
  HINTERNET session = CALL(InternetConnectA, root, "127.0.0.1", ftp, "ada", "lovelace", INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 0);
  CALL(InternetConnectA, root, "127.0.0.1", ftp, "ada", "a-wrong-one", INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 0);
  CALL(FtpSetCurrentDirectoryA, session, "/no/such");
  CALL(FtpOpenFileA, session, "/pub/notes.txt", 0, 0, 0);
  CALL(FtpGetFileA, session, "/pub/notes.txt", "Z:\\no\\such\\folder\\x", TRUE, 0, 0, 0);
  CALL(FtpPutFileA, session, "C:\\no-such-file.txt", "/x", 0, 0);
  HINTERNET file = CALL(FtpOpenFileA, session, "/pub/notes.txt", GENERIC_READ, 0, 0);
  CALL(FtpDeleteFileA, session, "/pub/notes.txt");
  told("FtpGetFileSize", FtpGetFileSize(file, NULL) != -1, 0);
  CALL(InternetReadFile, file, text, 5, &count);
  CALL(InternetCloseHandle, file);
  CALL(InternetCloseHandle, root);
  return 0;
}

/* HTTP with secrets everywhere: uploads by HttpSendRequestEx, credentials as headers and options, cookies, redirects, a 401.
   Usage: uploads PORT */
#include "told.h"
static void drain(HINTERNET request) {
  char buffer[512];
  DWORD count;
  while (CALL(InternetReadFile, request, buffer, sizeof buffer, &count) && count);
}
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]);
  char text[256], url[128];
  DWORD count = sizeof text, number = 20000, index = 0;
  HINTERNET root = CALL(InternetOpenA, "uploads/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0);
  CALL(InternetSetOptionA, root, INTERNET_OPTION_CONNECT_TIMEOUT, &number, sizeof number);
  sprintf(url, "http://127.0.0.1:%u/", port);
  CALL(InternetSetCookieA, url, "session", "hush-cookie");
  HINTERNET server = CALL(InternetConnectA, root, "127.0.0.1", port, "alice", "hush-connect", INTERNET_SERVICE_HTTP, 0, 0);
  /* In pieces. */
  HINTERNET post = CALL(HttpOpenRequestA, server, "POST", "/echo?token=hush-query", "HTTP/1.1", "http://127.0.0.1/from", NULL, INTERNET_FLAG_RELOAD, 0);
  CALL(HttpAddRequestHeadersA, post, "Authorization: Bearer hush-bearer\r\nX-Api-Key: hush-key\r\n", -1, HTTP_ADDREQ_FLAG_ADD | HTTP_ADDREQ_FLAG_REPLACE);
  INTERNET_BUFFERSA in = {sizeof in};
  in.dwBufferTotal = 9;
  CALL(HttpSendRequestExA, post, &in, NULL, 0, 0);
  CALL(InternetWriteFile, post, "hush", 4, &count);
  CALL(InternetWriteFile, post, "-body", 5, &count);
  CALL(HttpEndRequestA, post, NULL, 0, 0);
  count = sizeof text;
  CALL(HttpQueryInfoA, post, HTTP_QUERY_CONTENT_TYPE, text, &count, NULL);
  count = sizeof text;
  strcpy(text, "X-Absent");
  CALL(HttpQueryInfoA, post, HTTP_QUERY_CUSTOM, text, &count, &index);
  drain(post);
  CALL(InternetCloseHandle, post);
  /* A lock in front: refused, then with the key. */
  HINTERNET locked = CALL(HttpOpenRequestW, server, NULL, L"/auth/basic", NULL, NULL, NULL, INTERNET_FLAG_RELOAD | INTERNET_FLAG_NO_AUTO_REDIRECT, 0);
  CALL(InternetSetOptionW, locked, INTERNET_OPTION_USERNAME, L"hush-user", 9);
  CALL(InternetSetOptionA, locked, INTERNET_OPTION_PASSWORD, "hush-option", 11);
  CALL(HttpSendRequestW, locked, L"Cookie: sid=hush-header\r\n", -1, NULL, 0);
  count = sizeof number;
  CALL(HttpQueryInfoW, locked, HTTP_QUERY_STATUS_CODE | HTTP_QUERY_FLAG_NUMBER, &number, &count, NULL);
  count = sizeof text;
  CALL(InternetQueryOptionA, locked, INTERNET_OPTION_URL, text, &count);
  count = sizeof number;
  CALL(InternetQueryOptionA, locked, INTERNET_OPTION_HANDLE_TYPE, &number, &count);
  count = 1;
  CALL(InternetQueryOptionA, locked, INTERNET_OPTION_URL, text, &count);
  drain(locked);
  CALL(InternetCloseHandle, locked);
  /* Cookies and a redirect. */
  HINTERNET cookies = CALL(HttpOpenRequestA, server, "GET", "/cookies/set?flavour=plain", NULL, NULL, NULL, INTERNET_FLAG_RELOAD, 0);
  CALL(HttpSendRequestA, cookies, NULL, 0, NULL, 0);
  drain(cookies);
  CALL(InternetCloseHandle, cookies);
  char password[160];
  sprintf(password, "http://bob:hush-url@127.0.0.1:%u/redirect/chain/2", port);
  HINTERNET whole = CALL(InternetOpenUrlA, root, password, "Accept: */*\r\n", -1, INTERNET_FLAG_RELOAD, 0);
  CALL(InternetQueryDataAvailable, whole, &count, 0, 0);
  drain(whole);
  CALL(InternetSetFilePointer, whole, 0, NULL, FILE_BEGIN, 0);
  CALL(InternetCloseHandle, whole);
  CALL(InternetCloseHandle, server);
  CALL(InternetCloseHandle, root);
  return 0;
}

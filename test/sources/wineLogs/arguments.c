/* Arguments of every form: texts that are long, strange or secret, NULL, numbers of 16, 32 and 64 bits, handles that are none, and more
   handles than ten. Usage: arguments PORT FTPPORT */
#include "printed.h"
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]), ftp = (INTERNET_PORT)atoi(argv[2]);
  char path[601] = "/status/200?", buffer[600];
  DWORD count = sizeof buffer;
  WIN32_FIND_DATAA found;
  URL_COMPONENTSA parts = {sizeof parts};
  INTERNET_BUFFERSA sent = {sizeof sent};
  HINTERNET requests[12];
  for (int i = 12; i < 600; ++i) path[i] = (char)('a' + i % 26);
  CALL(InternetCrackUrlA, "http://ada:hush@h.example:8080/p?q", 0, (DWORD)0, &parts);
  CALL(InternetCanonicalizeUrlW, L"http://h/\x00e9 b", (void *)buffer, &count, (DWORD)ICU_NO_ENCODE);
  CALL(InternetSetCookieA, "http://c.example/", "name", "hush-cookie");
  CALL(InternetTimeToSystemTimeA, "Sun, 06 Nov 1994 08:49:37 GMT", (void *)buffer, (DWORD)0);
  CALL(InternetAttemptConnect, (DWORD)0);
  HINTERNET root = CALL(InternetOpenW, L"\x00fc\x6f22 (null), 12, \"q\"\\ \t", (DWORD)INTERNET_OPEN_TYPE_DIRECT, NOTHING, NOTHING, (DWORD)0);
  HINTERNET server = CALL(InternetConnectA, root, "127.0.0.1", port, "us\"er, 1)", "hush", (DWORD)INTERNET_SERVICE_HTTP, (DWORD)0, (DWORD_PTR)1);
  CALL(InternetConnectA, root, NO_TEXT, port, NO_TEXT, NO_TEXT, (DWORD)INTERNET_SERVICE_HTTP, (DWORD)0, (DWORD_PTR)0);
  CALL(InternetConnectA, NOTHING, "h", port, NO_TEXT, NO_TEXT, (DWORD)INTERNET_SERVICE_HTTP, (DWORD)0, (DWORD_PTR)0);
  CALL(InternetOpenUrlA, root, NO_TEXT, NO_TEXT, (DWORD)0, (DWORD)0, (DWORD_PTR)0);
  CALL(InternetOpenUrlA, root, "mailto:ada@example.org", NO_TEXT, (DWORD)0, (DWORD)0, (DWORD_PTR)0);
  for (int i = 0; i < 12; ++i)
    requests[i] = CALL(HttpOpenRequestA, server, i % 2 ? "GET" : "POST", i == 3 ? path : "/status/200", NO_TEXT, NO_TEXT, NO_TYPES,
      (DWORD)INTERNET_FLAG_RELOAD, (DWORD_PTR)0x123456789abcULL);
  CALL(HttpAddRequestHeadersA, requests[11], "Authorization: Bearer hush\r\nX-Plain: yes\r\n", (DWORD)-1, (DWORD)HTTP_ADDREQ_FLAG_ADD);
  CALL(HttpSendRequestA, requests[11], NO_TEXT, (DWORD)0, (void *)"a\0b", (DWORD)3);
  CALL(InternetReadFile, requests[11], (void *)buffer, (DWORD)100, &count);
  CALL(InternetSetFilePointer, requests[11], (LONG)-5, NOTHING, (DWORD)FILE_CURRENT, (DWORD_PTR)0);
  CALL(HttpSendRequestExA, requests[10], &sent, NOTHING, (DWORD)0, (DWORD_PTR)0);
  CALL(InternetCloseHandle, requests[10]);
  CALL(InternetCloseHandle, requests[10]);
  CALL(InternetCloseHandle, (HINTERNET)0x1234);
  CALL(InternetCloseHandle, NOTHING);
  CALL(InternetSetOptionA, NOTHING, (DWORD)INTERNET_OPTION_SETTINGS_CHANGED, NOTHING, (DWORD)0);
  CALL(InternetSetStatusCallbackA, root, NOTHING);
  HINTERNET session = CALL(InternetConnectA, root, "127.0.0.1", ftp, "ada", "lovelace", (DWORD)INTERNET_SERVICE_FTP, (DWORD)INTERNET_FLAG_PASSIVE, (DWORD_PTR)0);
  CALL(FtpCreateDirectoryA, server, "/never");
  CALL(FtpRenameFileW, session, L"d\x00e9j\x00e0", L"\x6f22");
  CALL(FtpGetFileA, session, "/pub/notes.txt", "notes \"1\".txt", FALSE, (DWORD)FILE_ATTRIBUTE_NORMAL, (DWORD)FTP_TRANSFER_TYPE_BINARY, (DWORD_PTR)4);
  CALL(FtpPutFileA, session, "no-such-file.txt", "to.txt", (DWORD)FTP_TRANSFER_TYPE_ASCII, (DWORD_PTR)0);
  HINTERNET search = CALL(FtpFindFirstFileA, session, "/pub/*", &found, (DWORD)INTERNET_FLAG_RELOAD, (DWORD_PTR)7);
  CALL(FtpDeleteFileA, session, "/pub/notes.txt");
  CALL(InternetFindNextFileA, search, (void *)&found);
  CALL(InternetCloseHandle, search);
  CALL(FtpCommandA, session, FALSE, (DWORD)FTP_TRANSFER_TYPE_ASCII, "PASS hush", (DWORD_PTR)0, NOTHING);
  CALL(InternetCloseHandle, root);
  return 0;
}

/* Everything an FTP client does, ANSI and Unicode forms mixed. Usage: ftp PORT USER PASSWORD FOLDER */
#include "told.h"
int main(int argc, char **argv) {
  INTERNET_PORT port = (INTERNET_PORT)atoi(argv[1]);
  char buffer[512];
  DWORD count = sizeof buffer, high = 0;
  WIN32_FIND_DATAA found;
  WIN32_FIND_DATAW foundW;
  HINTERNET root = CALL(InternetOpenA, "ftp/1.0", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0);
  CALL(InternetConnectA, root, "127.0.0.1", port, argv[2], "a-wrong-one", INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 0);
  HINTERNET f = CALL(InternetConnectA, root, "127.0.0.1", port, argv[2], argv[3], INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 0);
  CALL(FtpSetCurrentDirectoryA, f, argv[4]);
  CALL(FtpGetCurrentDirectoryA, f, buffer, &count);
  CALL(FtpCreateDirectoryW, f, L"made");
  CALL(FtpCreateDirectoryA, f, "made");
  HINTERNET find = CALL(FtpFindFirstFileW, f, L"*", &foundW, 0, 0);
  while (CALL(InternetFindNextFileW, find, &foundW));
  CALL(InternetCloseHandle, find);
  FILE *local = fopen("up.txt", "wb");
  fwrite("an upload", 1, 9, local);
  fclose(local);
  CALL(FtpPutFileA, f, "up.txt", "made/up.txt", FTP_TRANSFER_TYPE_BINARY, 0);
  CALL(FtpGetFileA, f, "made/up.txt", "down.txt", FALSE, FILE_ATTRIBUTE_NORMAL, FTP_TRANSFER_TYPE_BINARY, 0);
  CALL(FtpGetFileW, f, L"absent.txt", L"down.txt", FALSE, FILE_ATTRIBUTE_NORMAL, FTP_TRANSFER_TYPE_ASCII, 0);
  HINTERNET file = CALL(FtpOpenFileW, f, L"made/up.txt", GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 0);
  CALL(FtpGetFileSize, file, &high);
  CALL(FtpDeleteFileA, f, "made/up.txt");
  while (CALL(InternetReadFile, file, buffer, 4, &count) && count);
  CALL(InternetCloseHandle, file);
  HINTERNET write = CALL(FtpOpenFileA, f, "made/two.txt", GENERIC_WRITE, FTP_TRANSFER_TYPE_ASCII, 0);
  CALL(InternetWriteFile, write, "line\r\n", 6, &count);
  CALL(InternetCloseHandle, write);
  CALL(FtpRenameFileA, f, "made/two.txt", "made/three.txt");
  CALL(FtpCommandA, f, FALSE, FTP_TRANSFER_TYPE_ASCII, "NOOP", 0, NULL);
  count = sizeof buffer;
  CALL(InternetGetLastResponseInfoA, &high, buffer, &count);
  CALL(FtpDeleteFileW, f, L"made/three.txt");
  CALL(FtpDeleteFileA, f, "made/up.txt");
  CALL(FtpDeleteFileA, f, "made/up.txt");
  CALL(FtpRemoveDirectoryA, f, "made");
  find = CALL(FtpFindFirstFileA, f, "nothing-like-this*", &found, 0, 0);
  if (find) CALL(InternetCloseHandle, find);
  CALL(FtpRemoveDirectoryA, root, "made");
  CALL(InternetCloseHandle, f);
  CALL(FtpDeleteFileA, f, "gone");
  CALL(InternetCloseHandle, root);
  return 0;
}

import { createDrivers } from './drivers/index.ts';
import { createWinInet } from './wininet/index.ts';

/**
 * The library for programs in plain Node: WinINet's functions over one engine for this process, as the original has one library
 * for each process, and the parts to make more engines.
 */

export { createDrivers } from './drivers/index.ts';
export * from './wininet/index.ts';

const wininet = createWinInet({ drivers: createDrivers() });

/** Number of the last failure; a success leaves it alone. */
export const GetLastError = wininet.GetLastError;

// Generated from the hierarchy table by test/repo/libraryExports.test.ts.
/** Starts the library for a program and returns the root of its tree of handles. */
export const InternetOpen = wininet.InternetOpen;
/** Opens a whole URL in one call and returns a handle from which the answer can be read. */
export const InternetOpenUrl = wininet.InternetOpenUrl;
/** Opens an FTP, HTTP or Gopher session with one server; FTP logs on at once, HTTP connects with the first request. */
export const InternetConnect = wininet.InternetConnect;
/** Makes a request on an HTTP session; nothing is sent yet. */
export const HttpOpenRequest = wininet.HttpOpenRequest;
/** Adds, replaces or removes headers of a request before it is sent. */
export const HttpAddRequestHeaders = wininet.HttpAddRequestHeaders;
/** Reads the status line or a header of the answer, or of the request. */
export const HttpQueryInfo = wininet.HttpQueryInfo;
/** Sends the request, with its whole body, and receives the status line and headers of the answer. */
export const HttpSendRequest = wininet.HttpSendRequest;
/** Sends the head of a request whose body follows through InternetWriteFile. */
export const HttpSendRequestEx = wininet.HttpSendRequestEx;
/** Ends a request begun by HttpSendRequestEx and receives the status line and headers of the answer. */
export const HttpEndRequest = wininet.HttpEndRequest;
/** Shows the dialog that fits an error: credentials, a certificate, a redirect. */
export const InternetErrorDlg = wininet.InternetErrorDlg;
/** Reads bytes of the answer into an INTERNET_BUFFERS record. */
export const InternetReadFileEx = wininet.InternetReadFileEx;
/** Writes bytes of an upload: to a file opened for writing, or to a request begun by HttpSendRequestEx. */
export const InternetWriteFile = wininet.InternetWriteFile;
/** Reads bytes of the answer or file into a buffer; 0 bytes mean the end. */
export const InternetReadFile = wininet.InternetReadFile;
/** Moves the place in the answer from which the next read starts. */
export const InternetSetFilePointer = wininet.InternetSetFilePointer;
/** Tells how many bytes can be read at once; waits until there are some, or the end. */
export const InternetQueryDataAvailable = wininet.InternetQueryDataAvailable;
/** Returns the next entry of a search. */
export const InternetFindNextFile = wininet.InternetFindNextFile;
/** Opens a remote file for reading or for writing; the session is busy until the handle is closed. */
export const FtpOpenFile = wininet.FtpOpenFile;
/** Starts a search in a remote folder and returns its first entry; one search at a time per session. */
export const FtpFindFirstFile = wininet.FtpFindFirstFile;
/** Creates a remote folder. */
export const FtpCreateDirectory = wininet.FtpCreateDirectory;
/** Deletes a remote file. */
export const FtpDeleteFile = wininet.FtpDeleteFile;
/** Returns the current remote folder. */
export const FtpGetCurrentDirectory = wininet.FtpGetCurrentDirectory;
/** Downloads a remote file into a local one. */
export const FtpGetFile = wininet.FtpGetFile;
/** Uploads a local file. */
export const FtpPutFile = wininet.FtpPutFile;
/** Removes a remote folder. */
export const FtpRemoveDirectory = wininet.FtpRemoveDirectory;
/** Renames a remote file. */
export const FtpRenameFile = wininet.FtpRenameFile;
/** Changes the current remote folder. */
export const FtpSetCurrentDirectory = wininet.FtpSetCurrentDirectory;
/** Sends a command of the caller's own; with fExpectResponse it returns a handle to the data. */
export const FtpCommand = wininet.FtpCommand;
/** Returns the size of an open remote file. */
export const FtpGetFileSize = wininet.FtpGetFileSize;
/** Opens a file of a Gopher server for reading. */
export const GopherOpenFile = wininet.GopherOpenFile;
/** Opens a menu or search of a Gopher server and returns its first entry. */
export const GopherFindFirstFile = wininet.GopherFindFirstFile;
/** Asks a Gopher+ server for attributes of an item. */
export const GopherGetAttribute = wininet.GopherGetAttribute;
/** Builds the locator text of a Gopher item. */
export const GopherCreateLocator = wininet.GopherCreateLocator;
/** Tells the type of the item that a locator names. */
export const GopherGetLocatorType = wininet.GopherGetLocatorType;
/** Closes a handle and everything below it. */
export const InternetCloseHandle = wininet.InternetCloseHandle;
/** Reads an option of a handle, or of the library. */
export const InternetQueryOption = wininet.InternetQueryOption;
/** Changes an option of a handle, or of the library. */
export const InternetSetOption = wininet.InternetSetOption;
/** Changes an option of a handle, with flags. */
export const InternetSetOptionEx = wininet.InternetSetOptionEx;
/** Sets the function that is told how calls on a handle proceed, and returns the previous one. */
export const InternetSetStatusCallback = wininet.InternetSetStatusCallback;
/** Keeps the file behind an answer from being removed. */
export const InternetLockRequestFile = wininet.InternetLockRequestFile;
/** Ends the lock of InternetLockRequestFile. */
export const InternetUnlockRequestFile = wininet.InternetUnlockRequestFile;
/** Returns the last words of a server, as after ERROR_INTERNET_EXTENDED_ERROR. */
export const InternetGetLastResponseInfo = wininet.InternetGetLastResponseInfo;
/** Goes on with a request that waits for the user. */
export const ResumeSuspendedDownload = wininet.ResumeSuspendedDownload;
/** Tells whether the network can be used. */
export const InternetAttemptConnect = wininet.InternetAttemptConnect;
/** Tells whether a connection to a URL can be made. */
export const InternetCheckConnection = wininet.InternetCheckConnection;
/** Tells how this machine is connected. */
export const InternetGetConnectedState = wininet.InternetGetConnectedState;
/** Tells how this machine is connected, with the name of the connection. */
export const InternetGetConnectedStateEx = wininet.InternetGetConnectedStateEx;
/** Asks the user before a page leads from a secure to an open one. */
export const InternetConfirmZoneCrossing = wininet.InternetConfirmZoneCrossing;
/** Writes a time as HTTP does. */
export const InternetTimeFromSystemTime = wininet.InternetTimeFromSystemTime;
/** Reads a time as HTTP writes it. */
export const InternetTimeToSystemTime = wininet.InternetTimeToSystemTime;
/** Splits a URL into its parts. */
export const InternetCrackUrl = wininet.InternetCrackUrl;
/** Builds a URL from its parts. */
export const InternetCreateUrl = wininet.InternetCreateUrl;
/** Brings a URL into its canonical form. */
export const InternetCanonicalizeUrl = wininet.InternetCanonicalizeUrl;
/** Resolves a relative URL against a base. */
export const InternetCombineUrl = wininet.InternetCombineUrl;
/** Returns the cookies for a URL. */
export const InternetGetCookie = wininet.InternetGetCookie;
/** Returns the cookies for a URL, with flags. */
export const InternetGetCookieEx = wininet.InternetGetCookieEx;
/** Stores a cookie for a URL. */
export const InternetSetCookie = wininet.InternetSetCookie;
/** Stores a cookie for a URL, with flags. */
export const InternetSetCookieEx = wininet.InternetSetCookieEx;

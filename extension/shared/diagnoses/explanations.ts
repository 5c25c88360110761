import type { NoteTopic } from '../journal.ts';
import type { DiagnosisRule } from './diagnosis.ts';

/** What every topic means, and what to do about it. */
export const DIAGNOSES: Readonly<Record<NoteTopic, DiagnosisRule>> = {
  'stale-use': {
    severity: 'error',
    title: 'Recycled handle',
    explanation:
      'The handle was closed and its value given to a newer one, which the original would have used instead.',
    fix: 'Drop a handle when it is closed.',
  },
  'double-close': {
    severity: 'error',
    title: 'Closed twice',
    explanation: 'The handle had been closed before; the original may close somebody else’s handle here.',
    fix: 'Close a handle once, and forget it then.',
  },
  'use-after-close': {
    severity: 'error',
    title: 'Used after it was closed',
    explanation: 'A closed handle is refused with ERROR_INVALID_HANDLE.',
    fix: 'Close the handle later, or open a new one.',
  },
  'wrong-kind': {
    severity: 'error',
    title: 'Handle of the wrong kind',
    explanation: 'Every function takes handles of certain kinds only.',
    fix: 'Pass the handle that the function’s page names.',
  },
  'wrong-state': {
    severity: 'error',
    title: 'Call in the wrong state',
    explanation: 'The function is legal in certain states of the handle only.',
    fix: 'Make the calls that lead to such a state first.',
  },
  'session-busy': {
    severity: 'error',
    title: 'FTP session busy',
    explanation:
      'An FTP session does one thing at a time: while a file or a search is open on it, or a call runs, other calls fail with ERROR_FTP_TRANSFER_IN_PROGRESS.',
    fix: 'Close the file or search handle and await calls first, or open a second session with InternetConnect.',
  },
  'leak-at-exit': {
    severity: 'warning',
    title: 'Never closed',
    explanation:
      'The handle was still open when the program ended: an upload may be incomplete, a connection is cut off.',
    fix: 'Call InternetCloseHandle on every way out, also after an error.',
  },
  'leak-under-parent': {
    severity: 'warning',
    title: 'Closed only with its parent',
    explanation:
      'A handle stayed open until one above it was closed: until then it held memory, and perhaps a connection; in a loop such handles pile up.',
    fix: 'Close each handle when it is done with, before the one that it was made from, also after an error.',
  },
  'leak-by-age': {
    severity: 'warning',
    title: 'Open for a long time',
    explanation: 'Nothing is left to do with the handle, and nobody has closed it.',
    fix: 'Close a handle as soon as it is done with.',
  },
  'leak-since-mark': {
    severity: 'warning',
    title: 'Left open since the mark',
    explanation: 'Handles that were opened after the mark were still open when the comparison was made.',
    fix: 'Close each handle that this line makes, also after an error.',
  },
  'read-stopped-early': {
    severity: 'warning',
    title: 'Body not read to its end',
    explanation: 'A read that succeeds says nothing about the end of the body: only one that returns 0 bytes does.',
    fix: 'Read in a loop until InternetReadFile returns 0 bytes; where the rest is not wanted, nothing is to do.',
  },
  'status-not-checked': {
    severity: 'warning',
    title: 'HTTP status not checked',
    explanation:
      'HttpSendRequest, HttpEndRequest and InternetOpenUrl succeed when any answer comes: 404 and 500 are answers, and their body is an error page.',
    fix: 'Ask HttpQueryInfo for HTTP_QUERY_STATUS_CODE before reading the body.',
  },
  'end-request-forgotten': {
    severity: 'error',
    title: 'HttpEndRequest forgotten',
    explanation:
      'A request that HttpSendRequestEx began is complete only with HttpEndRequest, which receives the answer.',
    fix: 'Call HttpEndRequest after the last InternetWriteFile.',
  },
  'retry-ignored': {
    severity: 'error',
    title: 'Retry ignored',
    explanation: 'ERROR_INTERNET_FORCE_RETRY is no failure: the server wants the same upload again, from its start.',
    fix: 'Go back to HttpSendRequestEx on the same handle, and write the whole body again.',
  },
  'upload-size': {
    severity: 'error',
    title: 'Upload of another size than announced',
    explanation: 'dwBufferTotal becomes Content-Length: the server waits for exactly that many bytes.',
    fix: 'Set dwBufferTotal to the sum of everything that is written.',
  },
  'no-context': {
    severity: 'warning',
    title: 'Callback never called: context 0',
    explanation: 'Statuses are delivered only for a dwContext other than 0, even where a callback is set.',
    fix: 'Pass a number other than 0 as dwContext.',
  },
  'no-callback': {
    severity: 'warning',
    title: 'No callback for a pending call',
    explanation:
      'After ERROR_IO_PENDING the end of a call, its result and its error are told by the status callback only, and there is none.',
    fix: 'Call InternetSetStatusCallback right after InternetOpen, or open the root without INTERNET_FLAG_ASYNC.',
  },
  'callback-late': {
    severity: 'warning',
    title: 'Callback set too late',
    explanation: 'A handle copies the callback of its parent when it is made; a later one does not reach it.',
    fix: 'Call InternetSetStatusCallback right after InternetOpen, or on the handle itself.',
  },
  'callback-removed': {
    severity: 'warning',
    title: 'Callback removed too early',
    explanation: 'A pending call tells its end by the callback only: without one nobody hears of it.',
    fix: 'Remove the callback after INTERNET_STATUS_REQUEST_COMPLETE, or not at all.',
  },
  'close-in-callback': {
    severity: 'warning',
    title: 'Closed inside a callback',
    explanation:
      'The callback tells of a call that is still running: closing its handle there cuts the call off, and it goes on with a handle that is gone.',
    fix: 'Note in the callback that the handle is to be closed, and close it when the call has ended.',
  },
  'last-error-lost': {
    severity: 'warning',
    title: 'Last error read too late',
    explanation: 'There is one last error for each thread: every later call may overwrite it.',
    fix: 'Call GetLastError right after the call that failed, before any cleaning up.',
  },
  'connection-limit': {
    severity: 'warning',
    title: 'No connection left',
    explanation:
      'Only so many connections may lead to one server (INTERNET_OPTION_MAX_CONNS_PER_SERVER), and an answer keeps its own until it is read to its end or closed.',
    fix: 'Read answers to their end, or close them, before the next requests; or raise the limit.',
  },
  'callback-threw': {
    severity: 'error',
    title: 'Status callback threw',
    explanation: 'An exception of a status callback would have ended the original program.',
    fix: 'Catch what the callback throws inside it.',
  },
  'short-body': {
    severity: 'warning',
    title: 'Body cut short',
    explanation: 'The body ended before the announced length had come, or with a chunk whose size is no number.',
    fix: 'Compare the bytes read with Content-Length before using them.',
  },
  'no-dialog': {
    severity: 'information',
    title: 'No dialog',
    explanation: 'InternetErrorDlg had nobody to ask.',
    fix: 'Run it inside the editor, or handle the error in the program.',
  },
  'unanswered-challenge': {
    severity: 'warning',
    title: 'Challenge not answered',
    explanation: 'The server wants a kind of authentication that is not offered here.',
    fix: 'Let the server accept Basic or Digest.',
  },
  'no-cache': {
    severity: 'information',
    title: 'No cache',
    explanation: 'A flag that concerns the cache changes nothing here: nothing is ever taken from a cache.',
    fix: 'Nothing to do, unless the program relies on cached answers.',
  },
  'flag-without-effect': {
    severity: 'information',
    title: 'Flag without effect',
    explanation: 'The flag changes nothing here; the note says why.',
    fix: 'Nothing to do, unless the program relies on it.',
  },
};

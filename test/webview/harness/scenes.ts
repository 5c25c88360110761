// Situations to look at and to test in: each is a journal with the serials that matter.
import { ScriptedJournal } from './journal.ts';

const AGENT = 'Example/1.0';

/** One answered HTTP request, partly read. */
export function oneRequest(): { journal: ScriptedJournal; root: number; session: number; request: number } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, AGENT);
  const session = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://127.0.0.1:8080');
  const request = journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'GET /catalogue/index.html');
  journal.call('HttpAddRequestHeaders', request, { microseconds: 40 });
  journal.state(request, 'sending');
  journal.bytes(request, 'out', 212);
  journal.call('HttpSendRequest', request, { microseconds: 12_400 });
  journal.state(request, 'answered');
  journal.call('HttpQueryInfo', request, { microseconds: 22 });
  journal.call('HttpQueryInfo', request, { microseconds: 18 });
  journal.call('InternetQueryDataAvailable', request, { microseconds: 900 });
  journal.bytes(request, 'in', 18_432);
  journal.call('InternetReadFile', request, { microseconds: 350 });
  journal.call('InternetReadFile', request, { microseconds: 350 });
  journal.call('HttpEndRequest', request, { microseconds: 15, error: 'ERROR_INTERNET_INCORRECT_HANDLE_STATE' });
  return { journal, root, session, request };
}

/** An FTP session with a search in it. */
export function ftpListing(): { journal: ScriptedJournal; root: number; session: number; find: number } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, AGENT);
  const session = journal.open('InternetConnect', 'ftp-connect', 'idle', root, 'ftp://127.0.0.1:2121', 34_000);
  journal.call('FtpSetCurrentDirectory', session, { microseconds: 2100 });
  journal.call('FtpGetCurrentDirectory', session, { microseconds: 1600 });
  const find = journal.open('FtpFindFirstFile', 'ftp-find', 'listing', session, '/pub/*.txt', 8200);
  journal.state(session, 'searching');
  for (let count = 0; count < 14; count += 1) journal.call('InternetFindNextFile', find, { microseconds: 60 });
  journal.call('FtpDeleteFile', session, { error: 'ERROR_INTERNET_EXTENDED_ERROR', microseconds: 1900 });
  return { journal, root, session, find };
}

/** About forty handles of all kinds under two roots. */
export function mixed(): { journal: ScriptedJournal; root: number; sessions: number[]; requests: number[] } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, AGENT);
  const requests: number[] = [];
  const sessions: number[] = [];
  for (const [host, count] of [['127.0.0.1:8080', 7] as const, ['api.example:443', 12] as const]) {
    const session = journal.open('InternetConnect', 'http-connect', 'open', root, `https://${host}`);
    sessions.push(session);
    for (let index = 0; index < count; index += 1) requests.push(request(journal, session, index));
  }
  const ftp = journal.open('InternetConnect', 'ftp-connect', 'idle', root, 'ftp://files.example');
  const file = journal.open('FtpOpenFile', 'ftp-file', 'reading', ftp, '/pub/releases/archive-2026-11.tar.gz');
  journal.state(ftp, 'transferring');
  journal.bytes(file, 'in', 48_234_496);
  journal.call('InternetReadFile', file, { unfinished: true });
  const gopher = journal.open('InternetConnect', 'gopher-connect', 'open', root, 'gopher://gopher.example');
  journal.open('GopherFindFirstFile', 'gopher-find', 'listing', gopher, '1/world');
  journal.open('GopherOpenFile', 'gopher-file', 'drained', gopher, '0/about.txt');
  for (const path of ['feed.xml', 'logo.svg', 'a/very/long/path/that/goes/on/and/on/until/it/must/be/cut.html']) {
    journal.open('InternetOpenUrl', 'http-request', 'answered', root, `https://www.example/${path}`);
  }
  journal.open('InternetOpenUrl', 'ftp-find-html', 'reading', root, 'ftp://files.example/pub/');
  const second = journal.open('InternetOpen', 'root', 'open', null, 'Updater/2.3');
  const update = journal.open('InternetConnect', 'http-connect', 'open', second, 'https://updates.example');
  for (let index = 0; index < 4; index += 1) requests.push(request(journal, update, index));
  return { journal, root, sessions, requests };
}

/** A session in which requests have been closed: one is used although its value has a new owner, one is closed twice. */
export function graveyard(): { journal: ScriptedJournal; session: number; stale: number; hit: number; twice: number } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, AGENT);
  const session = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://127.0.0.1:8080');
  const kept = request(journal, session, 2);
  const stale = request(journal, session, 6);
  journal.close(stale);
  const hit = request(journal, session, 10);
  journal.stale('InternetReadFile', stale, hit);
  const twice = request(journal, session, 14);
  journal.close(twice);
  journal.stale('InternetCloseHandle', twice);
  for (let index = 0; index < 9; index += 1) journal.close(request(journal, session, 4 * index));
  const other = journal.open('InternetConnect', 'http-connect', 'open', root, 'https://api.example');
  for (let index = 0; index < 3; index += 1) request(journal, other, index);
  journal.close(other);
  journal.pass(75_000_000);
  journal.call('InternetReadFile', kept);
  return { journal, session, stale, hit, twice };
}

/** One session with this many requests. */
export function crowd(count: number): { journal: ScriptedJournal; root: number; session: number; requests: number[] } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, AGENT);
  const session = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://127.0.0.1:8080');
  const requests = Array.from({ length: count }, (_, index) => request(journal, session, index));
  return { journal, root, session, requests };
}

function request(journal: ScriptedJournal, session: number, index: number): number {
  const serial = journal.open('HttpOpenRequest', 'http-request', 'unsent', session, `GET /items/${index + 1}.json`);
  if (index % 4 === 1) {
    journal.state(serial, 'sending');
    journal.call('HttpSendRequest', serial, { unfinished: true });
  } else if (index % 4 === 2) {
    journal.call('HttpSendRequest', serial, { microseconds: 7000 + index * 100 });
    journal.state(serial, 'answered');
    journal.bytes(serial, 'in', 1500 * (index + 1));
  } else if (index % 9 === 3) {
    journal.call('HttpSendRequest', serial, { error: 'ERROR_INTERNET_CANNOT_CONNECT' });
  } else if (index % 4 === 3) {
    journal.call('HttpSendRequest', serial);
    journal.state(serial, 'drained');
    journal.bytes(serial, 'in', 900);
  }
  return serial;
}

/** What the replies of an FTP server mean (RFC 959 4.2, RFC 2228, RFC 2428, RFC 3659), and what WinINet makes of them. */

const REPLIES: Readonly<Record<number, string>> = {
  110: 'Restart marker: where a transfer can begin again.',
  120: 'The server will be ready in some minutes.',
  125: 'The data connection is open already; the transfer begins.',
  150: 'The server is about to open the data connection; the transfer begins.',
  200: 'The command was carried out.',
  202: 'The server has no need of this command.',
  211: 'The state of the server, or the list of what it can do (FEAT).',
  212: 'The state of a folder.',
  213: 'The state of a file: its size (SIZE) or its time (MDTM).',
  214: 'Words of help.',
  215: 'The kind of system that the server is (SYST).',
  220: 'The server is ready for a new user.',
  221: 'The server says goodbye and closes the control connection.',
  225: 'The data connection is open, and nothing is being transferred.',
  226: 'The transfer is complete; the data connection closes. WinINet reads it when the file handle closes.',
  227: 'Passive mode: the numbers in brackets are the address and, as the last two, the port that the client is to connect to.',
  229: 'Extended passive mode (EPSV): the number between bars is the port that the client is to connect to.',
  230: 'The user is logged on.',
  232: 'The user is logged on, as security data allow it.',
  234: 'The security exchange goes on (AUTH).',
  250: 'What was asked for the file or folder is done.',
  257: 'The path in quotation marks is the current folder, or was made.',
  331: 'The user name is good; the server wants the password.',
  332: 'The server wants an account as well (ACCT), which WinINet does not send.',
  350: 'The server waits for the command that belongs to this one: RNTO after RNFR, a transfer after REST.',
  421: 'The server closes the control connection: too many users, too long idle, or going down. Connect again.',
  425: 'The data connection could not be opened: try the other mode, INTERNET_FLAG_PASSIVE or none.',
  426: 'The transfer was aborted: the data connection broke or was closed before the end.',
  430: 'The user name or the password is wrong.',
  450: 'The file is not to be had now: somebody else may use it.',
  451: 'The server failed in the middle of the action.',
  452: 'The server has no room left.',
  500: 'The server does not know this command.',
  501: 'The server does not understand what follows the command.',
  502: 'The server does not do this command.',
  503: 'The command comes at the wrong moment, as RNTO without RNFR.',
  504: 'The server does not do the command with this parameter.',
  521: 'The folder is there already, or the data connection may not be opened so.',
  522: 'The server does not speak this network protocol (EPRT, EPSV).',
  530: 'Not logged on: the user name or the password is wrong, or the server lets nobody in.',
  532: 'The server wants an account (ACCT) before it stores files.',
  533: 'The server refuses the command in the clear.',
  534: 'The server refuses the request for the sake of security.',
  550: 'The file or folder is not there, or may not be touched. WinINet gives ERROR_INTERNET_EXTENDED_ERROR.',
  551: 'The action was aborted: the kind of page is unknown.',
  552: 'The transfer was aborted: it is more than the server may store.',
  553: 'The name of the file is not allowed.',
};

/** By the first digit (RFC 959 4.2.1). */
const OUTCOMES: Readonly<Record<string, string>> = {
  1: 'The action has begun; another reply follows.',
  2: 'The action is complete.',
  3: 'The server waits for another command.',
  4: 'Refused for now: the same command may work later.',
  5: 'Refused for good: the same command will fail again.',
};

/** By the second digit. */
const MATTERS: Readonly<Record<string, string>> = {
  0: 'It is about the syntax.',
  1: 'It is information.',
  2: 'It is about the connections.',
  3: 'It is about the logon.',
  5: 'It is about the file system.',
};

/** What a reply code means; empty for a number that is none. */
export function ftpReplyMeaning(code: number): string {
  const known = REPLIES[code];
  const [, first = '', second = ''] = /^([1-5])(\d)\d$/.exec(String(code)) ?? [];
  const outcome = OUTCOMES[first];
  if (known !== undefined) return code >= 400 && outcome !== undefined ? `${known} ${outcome}` : known;
  return [outcome, MATTERS[second]].filter((sentence) => outcome !== undefined && sentence !== undefined).join(' ');
}

const COMMANDS: Readonly<Record<string, string>> = {
  USER: 'Names the user.',
  PASS: 'The password of the user; masked here.',
  ACCT: 'Names an account.',
  TYPE: 'How data travel: A as text, I as they are.',
  PASV: 'Asks the server to open a port for the data connection: INTERNET_FLAG_PASSIVE.',
  EPSV: 'Asks the server to open a port for the data connection, for IPv6 too.',
  PORT: 'Tells the server where to connect to for data: four numbers of the address and two of the port. WinINet’s default.',
  EPRT: 'Tells the server where to connect to for data, for IPv6 too.',
  LIST: 'Asks for a listing: FtpFindFirstFile.',
  NLST: 'Asks for the names in a folder.',
  MLSD: 'Asks for a listing that machines can read.',
  MLST: 'Asks for the facts of one file.',
  RETR: 'Fetches a file: FtpOpenFile and FtpGetFile.',
  STOR: 'Stores a file: FtpOpenFile for writing, and FtpPutFile.',
  STOU: 'Stores a file under a name that the server chooses.',
  APPE: 'Adds to the end of a file.',
  REST: 'The transfer that follows begins at this byte.',
  ABOR: 'Aborts the transfer.',
  SIZE: 'Asks for the size of a file: FtpGetFileSize.',
  MDTM: 'Asks when a file was changed.',
  PWD: 'Asks for the current folder: FtpGetCurrentDirectory.',
  CWD: 'Changes the current folder: FtpSetCurrentDirectory.',
  CDUP: 'Goes to the folder above.',
  MKD: 'Makes a folder: FtpCreateDirectory.',
  RMD: 'Removes a folder: FtpRemoveDirectory.',
  DELE: 'Deletes a file: FtpDeleteFile.',
  RNFR: 'Names the file that is to be renamed: FtpRenameFile.',
  RNTO: 'The new name: FtpRenameFile.',
  SITE: 'A command of this server alone.',
  SYST: 'Asks for the kind of system.',
  FEAT: 'Asks what the server can do.',
  OPTS: 'Sets how the server does a command.',
  STAT: 'Asks for the state.',
  HELP: 'Asks for help.',
  NOOP: 'Does nothing, and keeps the connection alive.',
  QUIT: 'Says goodbye.',
};

/** What a command of FTP is for; empty for an unknown one. */
export function ftpCommandMeaning(command: string): string {
  return COMMANDS[command.toUpperCase()] ?? '';
}

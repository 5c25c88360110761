/** What the status of an HTTP answer means, by its name (RFC 9110 and the registry of status codes), and for a WinINet program. */

/** One status. */
interface HttpStatus {
  readonly name: string;
  readonly meaning: string;
}

const STATUSES: Readonly<Record<number, HttpStatus>> = {
  100: status('Continue', 'The server wants the body. WinINet tells it as INTERNET_STATUS_INTERMEDIATE_RESPONSE only.'),
  101: status('Switching Protocols', 'The connection goes on in another protocol, which WinINet does not speak.'),
  102: status('Processing', 'The server is still at work; the answer itself follows.'),
  103: status('Early Hints', 'Headers that the answer will probably have; the answer itself follows.'),
  200: status('OK', 'It worked: read the body with InternetReadFile.'),
  201: status('Created', 'What was sent has become a resource; Location says where.'),
  202: status('Accepted', 'The request is taken, and will be worked on later.'),
  203: status('Non-Authoritative Information', 'It worked, but a proxy has changed the answer.'),
  204: status('No Content', 'It worked, and there is no body: InternetReadFile gives 0 bytes at once.'),
  205: status('Reset Content', 'It worked, there is no body, and a form is to be emptied.'),
  206: status('Partial Content', 'The part that Range asked for; Content-Range says which it is.'),
  207: status('Multi-Status', 'WebDAV: the body holds a status for each of several resources.'),
  208: status('Already Reported', 'WebDAV: these members were listed before.'),
  226: status('IM Used', 'The answer is a difference to an earlier one.'),
  300: status('Multiple Choices', 'There are several forms, of which the program has to choose.'),
  301: status(
    'Moved Permanently',
    'It lives at Location now. WinINet follows, unless INTERNET_FLAG_NO_AUTO_REDIRECT is set.',
  ),
  302: status('Found', 'For now it is at Location. WinINet follows, and makes a GET of a POST.'),
  303: status('See Other', 'The answer is to be fetched from Location. WinINet follows with GET.'),
  304: status('Not Modified', 'What the program has is still good. There is no body, and WinINet does not follow.'),
  305: status('Use Proxy', 'Obsolete: only a proxy could fetch it.'),
  307: status('Temporary Redirect', 'For now it is at Location. WinINet follows with the same verb and body.'),
  308: status(
    'Permanent Redirect',
    'It lives at Location now, and the verb must stay. WinINet hands it to the program.',
  ),
  400: status('Bad Request', 'The server did not understand the request: look at its headers and its path.'),
  401: status('Unauthorized', 'The server wants to know who asks: pass a user name and a password, and send again.'),
  402: status('Payment Required', 'The server wants to be paid.'),
  403: status('Forbidden', 'The server understood and refuses; other credentials may help, the same ones do not.'),
  404: status(
    'Not Found',
    'Nothing is at this path. HttpSendRequest succeeds all the same: the status has to be asked for.',
  ),
  405: status('Method Not Allowed', 'The verb does not go with this resource; Allow lists those that do.'),
  406: status('Not Acceptable', 'The server has no form that lplpszAcceptTypes takes.'),
  407: status(
    'Proxy Authentication Required',
    'The proxy wants to know who asks: set INTERNET_OPTION_PROXY_USERNAME and _PASSWORD.',
  ),
  408: status('Request Timeout', 'The server waited too long for the request, and gives the connection up.'),
  409: status('Conflict', 'The request does not fit the state in which the resource is.'),
  410: status('Gone', 'It was here, and never will be again.'),
  411: status('Length Required', 'The server wants Content-Length: pass the size of the body before it is written.'),
  412: status('Precondition Failed', 'A condition of the request, as If-Match, does not hold.'),
  413: status('Content Too Large', 'The body is larger than the server takes.'),
  414: status('URI Too Long', 'The path is longer than the server takes.'),
  415: status('Unsupported Media Type', 'The server does not take this Content-Type.'),
  416: status('Range Not Satisfiable', 'The part that Range asks for does not exist.'),
  417: status('Expectation Failed', 'The server does not do what Expect asks for.'),
  418: status('I’m a Teapot', 'A joke of RFC 2324.'),
  421: status('Misdirected Request', 'This server does not answer for the host that was asked.'),
  422: status('Unprocessable Content', 'The body is well formed, and what it says cannot be done.'),
  423: status('Locked', 'WebDAV: somebody has locked the resource.'),
  424: status('Failed Dependency', 'WebDAV: an earlier step failed.'),
  425: status('Too Early', 'The server does not risk an early request, which might be a repeated one.'),
  426: status('Upgrade Required', 'The server wants another protocol, which Upgrade names.'),
  428: status('Precondition Required', 'The server wants a condition, as If-Match, so that nothing is overwritten.'),
  429: status('Too Many Requests', 'The program asks too often; Retry-After says how long to wait.'),
  431: status('Request Header Fields Too Large', 'The headers are larger than the server takes; cookies may be why.'),
  451: status('Unavailable For Legal Reasons', 'The law forbids the server to answer.'),
  500: status('Internal Server Error', 'Something failed inside the server; its own log knows what.'),
  501: status('Not Implemented', 'The server does not know the verb.'),
  502: status('Bad Gateway', 'A server behind this one answered with nonsense.'),
  503: status('Service Unavailable', 'The server is overloaded or closed for now; Retry-After may say for how long.'),
  504: status('Gateway Timeout', 'A server behind this one did not answer in time.'),
  505: status('HTTP Version Not Supported', 'The server does not speak this version of HTTP.'),
  506: status('Variant Also Negotiates', 'The server is set up wrongly: its choice of a form has no end.'),
  507: status('Insufficient Storage', 'WebDAV: the server has no room left.'),
  508: status('Loop Detected', 'WebDAV: the server found no end.'),
  510: status('Not Extended', 'The server wants an extension that the request does not name.'),
  511: status('Network Authentication Required', 'The network wants a logon first, as that of a hotel does.'),
};

/** By their first digit, what those mean that have no name. */
const CLASSES: Readonly<Record<string, string>> = {
  1: 'An interim answer: the answer itself follows.',
  2: 'It worked.',
  3: 'The request is to be sent elsewhere, or answered from what the program has.',
  4: 'The server finds a fault in the request.',
  5: 'The server failed.',
};

/** What a status means, as `Unauthorized: The server wants …`; empty for a number that is no status. */
export function httpStatusMeaning(code: number): string {
  const known = STATUSES[code];
  if (known !== undefined) return `${known.name}: ${known.meaning}`;
  return Number.isInteger(code) && code >= 100 && code < 600 ? (CLASSES[String(code).charAt(0)] ?? '') : '';
}

function status(name: string, meaning: string): HttpStatus {
  return { name, meaning };
}

import { DIVERGENCE_KINDS } from '../shared/compare/divergence.ts';
import { DIAGNOSES } from '../shared/diagnoses/diagnose.ts';

/** What is printed below a complaint about the command line. */
export const SHORT_USAGE = `Usage: hinternet-explorer check [options] TRACE…
       hinternet-explorer show [options] TRACE
       hinternet-explorer compare [options] LEFT RIGHT
       hinternet-explorer --help
`;

const topics = Object.entries(DIAGNOSES).map(([topic, { severity, title }]) => {
  return `  ${topic.padEnd(22)} ${severity.padEnd(12)} ${title}`;
});

/** What --help prints. */
export const USAGE = `hinternet-explorer reads traces (.hintrace) of programs that use WinINet's functions, spans of such programs
that OpenTelemetry has exported as OTLP JSON, and logs of Windows programs that ran under Wine with
WINEDEBUG=+wininet,+relay,+timestamp,+pid.

${SHORT_USAGE}
TRACE is a file, - for standard input, or, for check, a pattern such as traces/*.hintrace.

check prints leaks and other diagnoses.
  --fail-on LIST    what makes the check fail; default: error,leaks
  --only LIST       looks for nothing else
  --ignore LIST     does not look for these
  --ended           takes every program for ended, as one that was killed before its trace could tell: what is
                    open at the end of its trace was never closed
  --leak-age SECONDS
                    looks for handles too that lay forgotten for so long while the program ran (leak-by-age)
  --format FORMAT   text or json; default: text
  --sarif FILE      also writes a SARIF 2.1.0 file, as code scanning reads it
  --baseline FILE   SARIF of an earlier check: what was found then is not told again, and does not make this one fail
  --root FOLDER     where the sources were when the program ran, as in a container: SARIF names them from there;
                    default: the root of the repository

show prints the tree of handles as text, at the end of the trace.
  --at MOMENT       after the entry of that number, as 42, or at that time, as 250ms or 1.5s
  --closed          also handles that were closed by then
  --calls           also which functions were called on each handle

compare prints where two traces part: as a program and its port, or a run of yesterday and one of today. Calls are
aligned first; the first divergence is told with both calls, then the later ones, which may follow from it.
  --ignore LIST     what makes no difference, of ${DIVERGENCE_KINDS.slice(0, 5).join(', ')},
                    ${DIVERGENCE_KINDS.slice(5).join(', ')}
  --format FORMAT   text, json, or markdown for a bug report; default: text

  --help, --version

A LIST has commas. For check it names topics, or all leaks as leaks; for --fail-on also error, warning (which includes
errors), information (which includes everything), or none.

Topics:
${topics.join('\n')}

Exit codes: 0 nothing that makes the check fail was found, or the traces do not differ; 1 something was, or they do;
2 the command line, or a trace, could not be understood.
`;

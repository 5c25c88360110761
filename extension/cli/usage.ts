import { DIAGNOSES } from '../shared/diagnoses/diagnose.ts';

/** What is printed below a complaint about the command line. */
export const SHORT_USAGE = `Usage: hinternet-explorer check [options] TRACE…
       hinternet-explorer show [options] TRACE
       hinternet-explorer --help
`;

const topics = Object.entries(DIAGNOSES).map(([topic, { severity, title }]) => {
  return `  ${topic.padEnd(22)} ${severity.padEnd(12)} ${title}`;
});

/** What --help prints. */
export const USAGE = `hinternet-explorer reads traces (.hintrace) of programs that use WinINet's functions, and
logs of Windows programs that ran under Wine with WINEDEBUG=+wininet,+timestamp,+pid,+tid.

${SHORT_USAGE}

check prints leaks and other diagnoses. TRACE may be a pattern such as traces/*.hintrace.
  --fail-on LIST    what makes the check fail; default: error,leaks
  --only LIST       looks for nothing else
  --ignore LIST     does not look for these
  --ended           takes every program for ended, as one that was killed before its trace could tell: what is
                    open at the end of its trace was never closed
  --leak-age SECONDS
                    looks for handles too that lay forgotten for so long while the program ran (leak-by-age)
  --format FORMAT   text or json; default: text
  --sarif FILE      also writes a SARIF 2.1.0 file, as code scanning reads it

show prints the tree of handles as text, at the end of the trace.
  --at MOMENT       after the entry of that number, as 42, or at that time, as 250ms or 1.5s
  --closed          also handles that were closed by then
  --calls           also which functions were called on each handle

  --help, --version

A LIST has commas. It names topics, or all leaks as leaks; for --fail-on also error, warning (which includes
errors), information (which includes everything), or none.

Topics:
${topics.join('\n')}

Exit codes: 0 nothing that makes the check fail was found; 1 something was; 2 the command line, or a trace, could
not be understood.
`;

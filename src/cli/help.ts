/** What `--help` prints. */
export const HELP = `chat-inspector says what is wrong with recorded chat traffic.

  chat-inspector check FILE…       judge traces and HAR files, plain or gzip; - is standard input
  chat-inspector diff A B          how two recorded sessions differ, event by event
  chat-inspector convert FILE --to FORMAT
                                   the same traffic as ndjson, har, html, csv, markdown or mermaid, redacted; one session
                                   as a test: msw (handlers for MSW) or playwright (a spec)
  chat-inspector explain [RULE]    what a rule means, its evidence and its cure; without a rule, all of them
  chat-inspector events [NAME]     the chat events that are known, or one of them with its fields

Options of check
  --format FORMAT      text (the default), json, junit, sarif or github
  --json               the same as --format json
  --fail-on SEVERITY   what makes the exit status 1: error (the default), warning or note
  --fail-on-empty      a file without chat events makes it 1 as well
  --wrapper PATH       where events stand in messages: payload, data[0], arguments.0; may be given several times
  --pattern URL        a part of URLs whose traffic is chat, * for any text; may be given several times
  --show-values        messages and code frames with what people wrote, their names and numbers, which are else replaced
  --ignore RULE        leaves out the findings of a rule; may be repeated
  --session ID         judges only this session: its id, the first eight digits of it, or its letter; may be repeated
  --write-baseline FILE, --baseline FILE
                       writes down the findings that are there, and leaves out those that were written down
  --color, --no-color  colours anywhere, or nowhere; else they are for terminals, and NO_COLOR turns them off

Options of diff
  --session-a ID       the session of A: its id, the first digits of it, or its letter; else the one with most events
  --session-b ID       the same of B
  --format FORMAT      text (the default), json or markdown
  --json               the same as --format json
  --show-values        shows what people wrote, and not only how long it is

Options of convert
  --redact PROFILE     share (the default), internal, none, or the file of an own profile
  --session ID         only this session: its id, the first eight digits of it, or its letter; may be repeated
  --from, --until TIME ISO 8601, or +SECONDS after the first observation
  --pace PACE          of msw and playwright: order (the default), real, or how many times faster, such as 4
  --summary            how many values were replaced, as JSON on standard error
  -o, --output FILE    else standard output; FILE.gz is compressed, and with none FILE-sensitive is written

  -h, --help           this text
  -V, --version        the version

Exit status
  0  nothing as bad as --fail-on      1  a finding that bad      2  a file that is damaged or cannot be read, or a wrong call
  Of diff: 0 the same, whenever it happened; 1 different; 2 the same as above

A trace is what the panel exports; a report of ours is read as the trace in it. HAR files may come from Chrome
(sanitised or not), Firefox, Playwright, HTTP Toolkit, mitmproxy and other programs. Files may be of any size.
`;

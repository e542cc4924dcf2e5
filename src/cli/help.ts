/** What `--help` prints. */
export const HELP = `chat-inspector says what is wrong with recorded chat traffic.

  chat-inspector check FILE…       judge traces and HAR files, plain or gzip; - is standard input
  chat-inspector explain [RULE]    what a rule means, its evidence and its cure; without a rule, all of them
  chat-inspector events [NAME]     the chat events that are known, or one of them with its fields

Options of check
  --format FORMAT      text (the default), json, junit, sarif or github
  --json               the same as --format json
  --fail-on SEVERITY   what makes the exit status 1: error (the default), warning or note
  --color, --no-color  colours anywhere, or nowhere; else they are for terminals, and NO_COLOR turns them off

  -h, --help           this text
  -V, --version        the version

Exit status
  0  nothing as bad as --fail-on      1  a finding that bad      2  a file that cannot be read, or a wrong call

A trace is what the panel exports. HAR files may come from Chrome (sanitised or not), Firefox, Playwright,
HTTP Toolkit, mitmproxy and other programs. Files may be of any size.
`;

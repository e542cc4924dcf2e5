/** Why the report could not be written, as one sentence. */
export function outputFault(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EPIPE':
      return 'the report is not complete: its reader closed the pipe';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the report is not complete: there is no space left where it is written';
    default:
      return `the report is not complete: ${error.message}`;
  }
}

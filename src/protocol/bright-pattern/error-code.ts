/** The `error_code` table of the API. Codes are strings on the wire; older documents print them without quotes. */
import type { ErrorCode } from '../chat-protocol.ts';
import type { SourceRef } from '../declaration.ts';
import { source } from './source.ts';

const code = (value: string, message: string, meaning: string, from: SourceRef = source.api1): ErrorCode => ({
  code: value,
  message,
  meaning,
  evidence: 'documented',
  source: from,
});

export const errorCodes: readonly ErrorCode[] = [
  code(
    '1000',
    'Missing or invalid tenantUrl',
    'The query lacks tenantUrl, or the server has no such tenant.',
  ),
  code('2000', 'Authorization header is missing', 'Every call needs the header.'),
  code('2001', 'Authorization parameter format is incorrect', 'The parameters are no list of name="value".'),
  code('2002', 'Authorization scheme is incorrect', 'The scheme must be MOBILE-API-140-327-PLAIN.'),
  code(
    '2003',
    'Authorization parameter is missing: appId',
    'The header does not say which chat entry is meant.',
  ),
  code('2004', 'Authorization parameter is missing: clientId', 'The header does not say which client it is.'),
  code('3000', 'Missing or invalid application unique id', 'No chat entry has this appId.'),
  code(
    '5000',
    'Timeout - chat server takes too long to respond',
    'The chat server behind the API did not answer.',
  ),
  code('5001', 'No server is available to accept chat connection', 'No chat server is up.'),
  code(
    '5003',
    'Error decoding JSON request body: {JSON exception message}',
    'The body sent is not JSON of the expected shape.',
  ),
  code('5004', 'Chat server disconnected', 'The connection to the chat server was lost.'),
  code(
    '5005',
    'Chat session is not found',
    'The session has ended or never was; the client must stop polling.',
  ),
  code(
    '5006',
    'Mobile Launch Point (application) is not found',
    'The chat entry was removed or is switched off.',
  ),
  code('5500', '[internal server error message]', 'The server failed; its own words follow.'),
  code('5501', 'Upload size limit exceeded', 'A file may have 25 MB.'),
  code('5502', 'File not found', 'Only the newest 1000 files are kept.'),
  code(
    '5509',
    'Too many concurrent poll requests for the same session',
    'A poll was sent while another one was held.',
  ),
  code('5511', 'No events', 'There was nothing to deliver.'),
  code('5558', '[file operation error message]', 'The server could not store or read a file.'),
  code('5601', 'No case is specified for this session.', 'A call about the case needs one.', source.api2),
  code('5602', 'CRM server responded with error.', 'The CRM behind the case failed.', source.api2),
  code('5603', 'Too many parameters.', 'More parameters were sent than the call takes.', source.api2),
  code('5955', 'Unspecified server error', 'The server failed and does not say why.'),
];

import type { Exchange } from '../exchange.ts';

export type Version = 'v1' | 'v2';

/** What the vendor's error codes mean and the HTTP status they come with; the versions differ in two of them. */
const ERRORS = {
  '1000': { status: { v1: 400, v2: 400 }, message: 'Missing or invalid tenantUrl' },
  '2000': { status: { v1: 401, v2: 403 }, message: 'Authorization header is missing' },
  '2001': { status: { v1: 401, v2: 403 }, message: 'Authorization parameter format is incorrect' },
  '2002': { status: { v1: 401, v2: 403 }, message: 'Authorization scheme is incorrect' },
  '2003': { status: { v1: 401, v2: 403 }, message: 'Authorization parameter is missing: appId' },
  '2004': { status: { v1: 401, v2: 403 }, message: 'Authorization parameter is missing: clientId' },
  '5003': { status: { v1: 400, v2: 400 }, message: 'Error decoding JSON request body' },
  '5005': { status: { v1: 404, v2: 404 }, message: 'Chat session is not found' },
  '5501': { status: { v1: 413, v2: 413 }, message: 'Upload size limit exceeded' },
  '5502': { status: { v1: 404, v2: 404 }, message: 'File not found' },
  '5509': {
    status: { v1: 400, v2: 429 },
    message: 'Too many concurrent poll requests for the same session',
  },
  '5601': { status: { v1: 406, v2: 406 }, message: 'No case is specified for this session.' },
  '5955': { status: { v1: 404, v2: 404 }, message: 'Unspecified server error' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Answers with an error as the vendor does: the code is a string, the detail follows the message. */
export function refuse(exchange: Exchange, version: Version, code: ErrorCode, detail = ''): void {
  const { status, message } = ERRORS[code];
  exchange.json(status[version], {
    error_code: code,
    error_message: detail === '' ? message : `${message}: ${detail}`,
  });
}

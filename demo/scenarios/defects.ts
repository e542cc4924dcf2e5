import { type Action, OVERLAP, type Scenario, type VisitorStep } from '../script.ts';
import {
  arrives,
  ended,
  formShown,
  html,
  joined,
  left,
  raw,
  says,
  server,
  status,
  typing,
  visitor,
} from './words.ts';

/** Something the visitor's page does wrong, which the script does not wait for. */
function slip(action: Action): VisitorStep {
  return { by: 'visitor', action, awaits: null, answeredBy: [] };
}

/** A body of the page's own, with a message in it that the script waits for. */
function misshapen(body: string): VisitorStep {
  return { ...slip({ do: 'post', body }), awaits: 'chat_session_message' };
}

const call = (path: string, authorization: string | null): VisitorStep => ({
  ...slip({ do: 'call', method: 'GET', path, authorization, body: null }),
  on: ['xhr'],
});

const SCHEME = 'MOBILE-API-140-327-PLAIN';
const { party_id: _, ...anonymous } = says('greeter', 'Nobody in particular says this.');

/** As many defects as one session can have: events, bodies, order, life cycle, transport, and the page's own. */
export const defects: Scenario = {
  name: 'defects',
  title: 'Everything wrong that can be',
  steps: [
    arrives,
    server(status('queued', '30')),
    server(anonymous),
    server(status('waiting')),
    server(status('connected')),
    server(joined('maren')),
    server(joined('maren')),
    { ...server(says('maren', 'You will hear this twice.')), as: 'twice' },
    raw('{"events":[{"event":"chat_session_message","msg":"cut o'),
    { by: 'server', kind: 'again', of: 'twice' },

    // Fields.
    server({ ...says('maren', ''), msg: { text: 'No string.' } }),
    server({ ...status('connected'), ewt: 0 }),
    server({ ...says('maren', 'Of an unknown field.'), mood: 'calm' }),
    server({ ...says('maren', 'Of an unknown kind.'), event: 'chat_session_mesage' }),
    server({ ...says('maren', 'Some time ago.'), timestamp: 'yesterday' }),
    server({ ...says('maren', 'A key that is only data.'), ['__proto__']: { polluted: 'yes' } }),
    server(says('maren', '<img src="/missing" onerror="document.title=\'executed\'"><b>Bold</b>')),

    // Order.
    server({ ...says('maren', 'The first with this id.'), msg_id: '900' }),
    server({ ...says('maren', 'The second with this id.'), msg_id: '900' }),
    server({ ...says('maren', 'An hour early.'), timestamp: '@now-3600' }),

    // Bodies.
    raw('<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>Bad Gateway</h1>\n', html),
    raw('null'),
    raw('{"events":{"event":"chat_session_typing"}}'),
    raw('{"events":["text",null,{"no":"event"}]}'),
    { ...raw(''), on: ['xhr', 'fetch'] },
    {
      ...raw('{"error_code":"5955","error_message":"Unspecified server error"}'),
      status: 500,
      on: ['xhr', 'fetch'],
    },
    { by: 'server', kind: 'bytes', bytes: () => Uint8Array.from({ length: 64 }, (__, i) => (i * 151) % 256) },
    { ...server(typing('maren')), binary: true },

    // The page's own.
    misshapen('{"events":[{"event":"chat_session_message","message_id":"41","msg":"A wrong key."}]}'),
    misshapen('{"events":[{"event":"chat_session_message","msg":"Another.","msg_id":"43","partyId":"X"}]}'),
    slip({ do: 'post', body: '{"events":{"event":"chat_session_message","msg":"No array."}}' }),
    slip({ do: 'post', body: '{"events":[{"event":"chat_session_message","msg":"cut o' }),
    call('availability?tenantUrl=shop.example', null),
    call('availability?tenantUrl=shop.example', `Basic appId="demo-shop", clientId="WebChat"`),
    call('availability?tenantUrl=shop.example', `${SCHEME} appId:"demo-shop"`),
    call('availability?tenantUrl=shop.example', `${SCHEME} clientId="WebChat"`),
    call('availability?tenantUrl=shop.example', `${SCHEME} appId="demo-shop"`),
    call('availability', `${SCHEME} appId="demo-shop", clientId="WebChat"`),
    { ...slip({ do: 'poll' }), awaits: OVERLAP, on: ['xhr', 'fetch'] },

    // The life cycle.
    server(typing('stranger')),
    server(status('establishing')),
    server(status('connected')),
    server({ ...formShown('7', 'never-answered'), form_timeout: '1' }),
    visitor({
      event: 'chat_session_form_data',
      form_request_id: '999',
      form_name: 'unasked',
      data: { a: 'b' },
    }),
    server(left('maren')),
    server(left('maren')),
    server(says('maren', 'I have already left.')),
    server({
      event: 'chat_session_inactvity_timeout',
      msg: 'Ended, by the documents’ spelling.',
      timestamp: '@now',
    }),
    server(says('greeter', 'After the end.')),
    visitor({ event: 'chat_session_message', msg: 'Is anybody there?' }),
    server(ended),
    { ...slip({ do: 'poll' }), on: ['xhr', 'fetch'] },
    { ...slip({ do: 'poll' }), on: ['xhr', 'fetch'] },
  ],
};

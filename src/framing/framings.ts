/** Every framing, in the order in which they are tried. A new one is a file and a line here. */
import { actionCable } from './action-cable.ts';
import { engineIo } from './engine-io.ts';
import { formEncoded } from './form-encoded.ts';
import { graphqlWs } from './graphql-ws.ts';
import type { TextFraming, ValueFraming } from './layer.ts';
import { phoenix } from './phoenix.ts';
import { signalR } from './signal-r.ts';
import { sockJs } from './sock-js.ts';
import { stomp } from './stomp.ts';

/** Those around JSON: tried on what is no JSON as it stands. */
export const TEXT_FRAMINGS: readonly TextFraming[] = [engineIo, sockJs, stomp, formEncoded];

/** Those that are JSON themselves. */
export const VALUE_FRAMINGS: readonly ValueFraming[] = [signalR, phoenix, actionCable, graphqlWs];

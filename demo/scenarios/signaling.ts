import type { Scenario } from '../script.ts';
import { connectsTo, ended, left, says, server, signal, signalFrom } from './words.ts';

/** A browser takes it for a real offer of sound: with keys, and with the means to find the other side. */
const SDP = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:d3m0',
  'a=ice-pwd:nothingIsCarriedByThisDemo',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i * 7).toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  '',
].join('\r\n');

const candidate = (port: number) => ({
  type: 'ICE_CANDIDATE',
  sdpMid: '0',
  sdpMLineIndex: '0',
  candidate: `candidate:1 1 udp 2122260223 192.0.2.7 ${port} typ host`,
});

/** The visitor asks for a call: offer, answer, candidates and the end, as far as signaling goes. */
export const signaling: Scenario = {
  name: 'signaling',
  title: 'A call’s signaling',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Shall we talk about it?')),
    signal({ type: 'REQUEST_CALL', offerVideo: 'false' }),
    server(signalFrom('maren', { type: 'OFFER_CALL', offerVideo: 'false', sdp: SDP })),
    signal({ type: 'ANSWER_CALL', sdp: SDP.replace('actpass', 'active') }),
    server(signalFrom('maren', candidate(50_000))),
    server(signalFrom('maren', candidate(50_002))),
    signal(candidate(50_004)),
    server(signalFrom('maren', { type: 'END_CALL' })),
    signal({ type: 'END_CALL' }),
    server(left('maren')),
    server(ended),
  ],
};

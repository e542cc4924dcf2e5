/** All probes as one function of the page's. */
import { probeBeacon } from './beacon.ts';
import { probeEventSource } from './eventsource.ts';
import { probeFetch } from './fetch.ts';
import { makeKit, type ProbeAddresses } from './kit.ts';
import { probePatchers } from './patchers.ts';
import { probeShapes } from './shapes.ts';
import { probeVisible } from './visible.ts';
import { probeWebSocket } from './websocket.ts';
import { probeXhr } from './xhr.ts';

const PROBES = [
  probeShapes,
  probeWebSocket,
  probeFetch,
  probeXhr,
  probeEventSource,
  probeBeacon,
  probeVisible,
  probePatchers,
];

/** Runs every probe in the page it is given to; its text says all that it needs. */
export const probe = new Function(
  'addresses',
  `const kit = (${makeKit})(addresses);
  const probes = [${PROBES.join(',\n')}];
  return probes.reduce((before, one) => before.then(() => one(kit)), Promise.resolve()).then(() => kit.results);`,
) as (addresses: ProbeAddresses) => Promise<Record<string, unknown>>;

/** A chat of the demo that was recorded, for whoever has none at hand and wants to see what the panel shows. */
import type { Inspector } from '../store/inspector.ts';
import { importTrace } from './import-trace.ts';

export async function showDemoTrace(inspector: Inspector): Promise<void> {
  const { default: text } = await import('./demo-trace.ndjson?raw');
  await importTrace(inspector, new File([text], 'demo.ndjson'));
}

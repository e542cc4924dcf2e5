import { expect, test } from 'vitest';
import type { TravellingObservation } from '../messaging/private-port.ts';
import { FlightRecorder } from './flight-recorder.ts';
import { IDLE_ALARM, IdleAlarm } from './idle-alarm.ts';
import { memory } from './storage-in-memory.ts';

const MINUTE = 60_000;
const CAPS = { recorderTabBytes: 10_000, recorderBytes: 10_000, recorderIdleMinutes: 2 };
const FIRST: TravellingObservation = {
  kind: 'document',
  phase: 'start',
  url: 'http://x/',
  top: true,
  seq: 0,
  wallTime: 0,
  monotonicTime: 0,
};

/** A browser whose background can be killed: its storage, its alarms and its clock go on. */
class Machine {
  now = 0;
  readonly storage = memory();
  readonly alarms = new Map<string, number>();

  /** A life of the background. */
  async start(): Promise<{ recorder: FlightRecorder; alarm: IdleAlarm }> {
    const alarm = new IdleAlarm({
      create: (name, { when }) => this.alarms.set(name, when),
      clear: (name) => this.alarms.delete(name),
    });
    const recorder = new FlightRecorder(
      this.storage,
      CAPS,
      () => this.now,
      (at) => alarm.set(at),
    );
    await recorder.load();
    return { recorder, alarm };
  }

  /** Time goes by without a word; the background was ended long ago, and alarms start it again. */
  async wait(minutes: number): Promise<void> {
    const end = this.now + minutes * MINUTE;
    for (;;) {
      const when = this.alarms.get(IDLE_ALARM) ?? Number.POSITIVE_INFINITY;
      if (when > end) break;
      this.now = Math.max(this.now, when);
      this.alarms.delete(IDLE_ALARM);
      const { recorder, alarm } = await this.start();
      alarm.rang();
      await recorder.forgetIdle();
    }
    this.now = end;
  }

  get kept(): string[] {
    return [...this.storage.items.keys()].filter((key) => key.startsWith('batch/'));
  }
}

test('what lies its time is gone without anybody doing anything', async () => {
  const machine = new Machine();
  const { recorder } = await machine.start();
  recorder.take(1, 0, 'a', [FIRST]);
  await recorder.flush();
  machine.now += MINUTE;
  recorder.take(1, 0, 'b', [FIRST]);
  await recorder.flush();
  await machine.wait(0.9);
  expect(machine.kept).toEqual(['batch/a/0', 'batch/b/0']);
  await machine.wait(0.2);
  expect(machine.kept).toEqual(['batch/b/0']);
  await machine.wait(1);
  expect(machine.kept).toEqual([]);
  expect([...machine.alarms]).toEqual([]);
});

test('traffic puts it off', async () => {
  const machine = new Machine();
  const { recorder } = await machine.start();
  for (let seq = 0; seq < 5; seq++) {
    recorder.take(1, 0, 'a', [{ ...FIRST, seq }]);
    await recorder.flush();
    await machine.wait(1);
  }
  expect(machine.kept).toHaveLength(5);
  await machine.wait(1.1);
  expect(machine.kept).toEqual([]);
});

test('there is no alarm where nothing is recorded, nor after the switch or the tab', async () => {
  const machine = new Machine();
  const { recorder } = await machine.start();
  await recorder.flush();
  expect([...machine.alarms]).toEqual([]);
  recorder.take(1, 0, 'a', [FIRST]);
  await recorder.flush();
  expect([...machine.alarms]).toEqual([[IDLE_ALARM, 2 * MINUTE]]);
  await recorder.forgetTab(1);
  expect([...machine.alarms]).toEqual([]);
  recorder.take(1, 0, 'b', [FIRST]);
  await recorder.flush();
  await recorder.forgetAll();
  expect([...machine.alarms]).toEqual([]);
});

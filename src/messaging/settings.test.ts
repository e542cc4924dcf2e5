import { expect, test } from 'vitest';
import { CAP_RANGES, DEFAULT_CAPS } from '../observation/caps.ts';
import { DEFAULT_SETTINGS, parseSettings } from './settings.ts';

test('settings from before there were caps have the defaults', () => {
  const { caps: _none, ...before } = DEFAULT_SETTINGS;
  expect(parseSettings(before)).toEqual(DEFAULT_SETTINGS);
});

test('caps that are no numbers are the defaults, others are brought into their ranges', () => {
  const caps = { body: '9', ringObservations: 7, ringBytes: 1e15, panelEvents: Number.NaN, panelBytes: null };
  expect(parseSettings({ caps }).caps).toEqual({
    ...DEFAULT_CAPS,
    ringObservations: CAP_RANGES.ringObservations.least,
    ringBytes: CAP_RANGES.ringBytes.most,
  });
});

test.each([null, 1, 'text', [], { caps: 'text' }, { caps: null }])('%j is the defaults', (stored) => {
  expect(parseSettings(stored)).toEqual(DEFAULT_SETTINGS);
});

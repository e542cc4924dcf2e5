import { describe, expect, test } from 'vitest';
import { events } from './events.ts';

describe('declarations', () => {
  test('every event and field says what it means and where that comes from', () => {
    for (const event of events) {
      expect(event.meaning, event.name).not.toBe('');
      for (const field of event.fields) {
        expect(field.meaning, `${event.name}.${field.name}`).not.toBe('');
        expect(field.source.url).toMatch(/^https:\/\//);
      }
    }
  });

  test('an event is declared once a direction, and a field once an event', () => {
    const declared = events.map(({ name, direction }) => `${name} ${direction}`);
    expect(new Set(declared).size).toBe(declared.length);
    for (const { name, fields } of events) {
      expect(new Set(fields.map((field) => field.name)).size, name).toBe(fields.length);
    }
  });

  test('what people write, and what names them, is sensitive', () => {
    const sensitive = new Set(
      events.flatMap(({ fields }) => fields.filter((field) => field.sensitive).map((field) => field.name)),
    );
    for (const name of ['msg', 'msg_text', 'first_name', 'display_name', 'data', 'latitude', 'file_name']) {
      expect(sensitive).toContain(name);
    }
    expect(sensitive).not.toContain('state');
  });
});

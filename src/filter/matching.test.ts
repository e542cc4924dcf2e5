import { describe, expect, test } from 'vitest';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { sampleTrace } from '../analysis/testing/sample-trace.ts';
import { AGENT, CHAT, joined, message, status, trace } from '../analysis/testing/trace-builder.ts';
import { compileFilter } from './compiled-filter.ts';
import { compileRegex } from './regex-engine.ts';

const analysis = createAnalysis();
analysis.add(sampleTrace());
analysis.end();
const all = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));
const found = (text: string) =>
  compileFilter(text, compileRegex)
    .matching(
      analysis,
      all.map((row) => row.index),
    )
    .map((row) => analysis.row(row));

test('a key looks into its part of the row and into nothing else', () => {
  const typing = found('event:typing');
  expect(typing.length).toBeGreaterThan(0);
  expect(typing).toEqual(all.filter((row) => row.event.includes('typing')));
  expect(found('-event:typing')).toHaveLength(all.length - typing.length);
});

test('a direction is in or out, received or sent', () => {
  const received = all.filter((row) => row.direction === 'in');
  expect(found('dir:in')).toEqual(received);
  expect(found('dir:received')).toEqual(received);
  expect(found('dir:out')).toEqual(all.filter((row) => row.direction === 'out'));
});

test('a transport goes by its short name too', () => {
  const sockets = all.filter((row) => row.transport === 'websocket');
  expect(sockets.length).toBeGreaterThan(0);
  expect(found('transport:ws')).toEqual(sockets);
});

test('rules and severities are those of the findings of the row, and minus means that none is', () => {
  const has = (severity: string) => (row: (typeof all)[number]) =>
    analysis.findingsOfRow(row.index).some((finding) => finding.severity === severity);
  const errors = all.filter(has('error'));
  expect(errors.length).toBeGreaterThan(0);
  expect(found('severity:error')).toEqual(errors);
  expect(found('-severity:note')).toEqual(all.filter((row) => !has('note')(row)));
  expect(found('has:problem')).toEqual(all.filter((row) => has('error')(row) || has('warning')(row)));
  expect(found('rule:schema/ has:error').length).toBeGreaterThan(0);
});

test('a session goes by its letter and by its id', () => {
  const [first] = analysis.sessions();
  const rows = all.filter((row) => row.session === first?.id);
  expect(first?.letter).toBe('A');
  expect(found('session:A')).toEqual(rows);
  expect(found(`session:${first?.id.slice(0, 12)}`)).toEqual(rows);
  expect(found('session:ZZ')).toEqual([]);
});

test('alternatives, brackets and minus combine', () => {
  const either = found('event:typing or event:message');
  expect(either).toEqual(all.filter((row) => /typing|message/.test(row.event)));
  expect(found('-(event:typing or event:message)')).toHaveLength(all.length - either.length);
  expect(found('(event:typing or event:message) dir:out')).toEqual(
    either.filter((row) => row.direction === 'out'),
  );
  expect(found('event:/typing|message/')).toEqual(either);
});

test('sizes and times are compared as numbers', () => {
  expect(found('size:>200')).toEqual(all.filter((row) => row.size > 200));
  const middle = all[Math.floor(all.length / 2)]?.wallTime ?? 0;
  const offset = middle - (all[0]?.wallTime ?? 0);
  expect(found(`after:+${offset}ms`)).toEqual(all.filter((row) => row.wallTime >= middle));
  const date = new Date(middle);
  const clock = `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  expect(found(`before:${clock}`)).toEqual(all.filter((row) => row.wallTime < middle));
});

test('how long an answer took is that of its exchange', () => {
  const took = (row: number) => {
    const exchange = analysis.exchangeOfRow(row);
    return exchange?.kind === 'http' ? exchange.duration : null;
  };
  const slow = all.filter((row) => (took(row.index) ?? -1) > 1);
  expect(slow.length).toBeGreaterThan(0);
  expect(found('took:>1ms')).toEqual(slow);
  expect(found('status:200')).toEqual(all.filter((row) => analysis.exchangeOfRow(row.index)?.status === 200));
});

describe('values are compared decoded', () => {
  const body = JSON.stringify({
    events: [
      message({ msg: 'PLACE', party_id: AGENT }),
      { ...status('queued'), ewt: '120', n: [1, { deep: true }] },
    ],
  }).replace('PLACE', 'a \\u0022refund\\u0022 for K\\u00f6ln');
  const built = trace();
  const escaped = built
    .requestChat()
    .poll([joined()])
    .answerText(built.request('GET', `chats/${CHAT}/events`), body)
    .analyse();
  const rows = Array.from({ length: escaped.totals.rows }, (_, row) => row);
  const names = (text: string) =>
    compileFilter(text, compileRegex)
      .matching(escaped, rows)
      .map((row) => escaped.row(row).event.replace('chat_session_', ''));

  test.each([
    ['field.msg:"\\"refund\\""', ['message']],
    ['field.msg:köln', ['message']],
    ['field.MSG:/for k.ln$/', ['message']],
    ['field:KÖLN', ['message']],
    ['/"refund" for Köln/', ['message']],
    ['field.n.deep:true', ['status']],
    ['field.n:=1', ['status']],
    ['field.ewt:=12', []],
    ['field.ewt:12', ['status']],
    ['field.msg_id:msg', []],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test('minus before a key means that no value is so', () => {
    expect(names('-field.n:=1')).toEqual(names('-event:status'));
  });
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { reportPage } from '../../scripts/build/report-page.ts';

test('the page of a report names its script and its style by their hashes, and neither can end early', () => {
  const page = reportPage(
    'const a = "</script><!--<script>"; "</SCRIPT>"',
    'a::after{content:"</style>"}',
    'MIT </script>',
  );
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  expect(new Function(`${script}; return a`)()).toBe('</script><!--<script>');
  expect(style).toContain('\\3c /style>');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  for (const text of [script, style])
    expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { policyFaults } from '../../scripts/checks/store-policy.ts';

const root = resolve(import.meta.dirname, '../..');

const MANIFEST = {
  permissions: ['storage'],
  content_security_policy: { extension_pages: "default-src 'none'; script-src 'self'" },
};

/** What the check says about an extension of one file. */
function faultsOf(path: string, text: string, manifest: object = MANIFEST): readonly string[] {
  return policyFaults(
    new Map([
      ['manifest.json', strToU8(JSON.stringify(manifest))],
      [path, strToU8(text)],
    ]),
  );
}

describe('the store check of a bundle', () => {
  it.each([
    ['a.js', 'const f=new Function("a","return a")'],
    ['a.js', 'const f=Function("return 1")'],
    ['a.js', 'x=eval(text)'],
    ['a.js', '(0,eval)(text)'],
    ['a.js', 'window.eval(text)'],
    ['a.js', 'setTimeout("go()",1)'],
    ['a.js', 'importScripts("https://cdn.example/a.js")'],
    ['a.js', 'import("https://cdn.example/a.js")'],
    ['a.js', 'import(name)'],
    ['a.js', 'import a from"https://cdn.example/a.js"'],
    ['a.js', 'fetch("https://collect.example",{body:t})'],
    ['a.js', 'return`a\u0024{fetch(t)}`'],
    ['a.js', 'this.subs[e].x;globalThis.eval(text)'],
    ['a.js', 'navigator.sendBeacon("https://collect.example")'],
    ['a.js', 'e.innerHTML=text'],
    ['a.js', 'e.insertAdjacentHTML("beforeend",text)'],
    ['a.html', '<script src="https://cdn.example/a.js"></script>'],
    ['a.html', '<script>go()</script>'],
    ['a.css', '@import url(//fonts.example/a.css)'],
    ['a.css', 'a{background:url(https://fonts.example/a.png)}'],
  ])('objects to %s with %s', (path, text) => {
    expect(faultsOf(path, text)).toHaveLength(1);
  });

  it.each([
    ['a.js', 'export const Functions=1;function eval2(){};e.textContent=t'],
    ['a.js', 'import("./panel-feed.js");import a from"../b.js"'],
    ['a.js', 'return`fetch(\u0024{G(t)});`'],
    ['a.js', 'class R{eval(t,n){return this.subs[0].eval(t,n)}}'],
    ['a.js', 'if(f.__html==e.innerHTML)e.innerHTML=f.__html'],
    ['a.js', 'const about="https://help.example/";location.fetch(1)'],
    ['src/capture/hook.iife.js', 'return fetch(request)'],
    ['a.html', '<script type="module" src="/a.js"></script><a href="https://help.example">'],
    ['a.css', 'a{background:url(./a.png)}'],
  ])('has nothing against %s with %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([]);
  });

  it('objects to permissions nobody explained and to pages that may connect', () => {
    expect(faultsOf('a.css', '', { ...MANIFEST, permissions: ['storage', 'tabs'] })).toHaveLength(1);
    expect(faultsOf('a.css', '', { ...MANIFEST, host_permissions: ['<all_urls>'] })).toHaveLength(1);
    expect(faultsOf('a.css', '', { permissions: ['storage'] })).toHaveLength(1);
  });
});

describe('our sources', () => {
  const markup =
    /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|createContextualFragment/;

  it.each(['src', 'panel'])('show captured text as text and never as markup: %s', (folder) => {
    const writers = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .filter((file) => markup.test(readFileSync(join(root, folder, file), 'utf8')));
    expect(writers).toEqual([]);
  });
});

import { webcrypto } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../demo.ts';
import { encryptedIceServers } from './ice-servers.ts';

it('gives the ICE servers as text that the chat’s id opens, as a browser would', async () => {
  expect(JSON.parse(await opened(await encryptedIceServers('a-chat'), 'a-chat'))).toEqual([
    expect.objectContaining({ url: expect.stringMatching(/^turn:127\.0\.0\.1/) }),
  ]);
});

it('asked before there is a chat, gives what the documents say', async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.close());
  const answer = await fetch(`${demo.url}clientweb/api/v1/iceservers?tenantUrl=shop.example`, {
    headers: { Authorization: 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="WebChat"' },
  });
  expect(await answer.json()).toEqual({ servers: [expect.objectContaining({ username: 'demo' })] });
});

it('gives text that another chat’s id does not open', async () => {
  await expect(encryptedIceServers('a-chat').then((text) => opened(text, 'another'))).rejects.toThrow();
});

async function opened(text: string, chatId: string): Promise<string> {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const { subtle } = webcrypto;
  const password = await subtle.importKey('raw', new TextEncoder().encode(chatId), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const key = await subtle.deriveKey(
    { name: 'PBKDF2', salt: bytes.slice(0, 16), iterations: 65_536, hash: 'SHA-256' },
    password,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const plain = await subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(16, 28) }, key, bytes.slice(28));
  return new TextDecoder().decode(plain);
}

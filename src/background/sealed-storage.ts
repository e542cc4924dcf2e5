/** A storage whose values nobody can read or make without the key. Compressed first: chat is mostly repetition. */
import type { SessionStorage } from './flight-recorder.ts';

const NONCE = 12;
/** Arguments of one call: far below what engines allow. */
const SLICE = 8_192;

/** What was not sealed with this key reads as if it were not there. */
export function sealed(storage: SessionStorage, key: Promise<CryptoKey>): SessionStorage {
  return {
    async get(keys) {
      const stored = await storage.get(keys);
      const opened = await Promise.all(
        Object.entries(stored).map(async ([name, value]) => [name, await open(name, value)] as const),
      );
      return Object.fromEntries(opened.filter(([, value]) => value !== undefined));
    },
    async set(items) {
      const closed = Object.entries(items).map(
        async ([name, value]) => [name, await seal(name, value)] as const,
      );
      await storage.set(Object.fromEntries(await Promise.all(closed)));
    },
    remove: (keys) => storage.remove(keys),
  };

  async function seal(name: string, value: unknown): Promise<string> {
    const packed = await through(encode(JSON.stringify(value)), new CompressionStream('deflate-raw'));
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const cipher = await crypto.subtle.encrypt(algorithm(nonce, name), await key, packed);
    return toBase64(nonce) + toBase64(new Uint8Array(cipher));
  }

  async function open(name: string, value: unknown): Promise<unknown> {
    try {
      const bytes = fromBase64(String(value));
      const nonce = bytes.slice(0, NONCE);
      const packed = await crypto.subtle.decrypt(algorithm(nonce, name), await key, bytes.slice(NONCE));
      const text = await through(packed, new DecompressionStream('deflate-raw'));
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return undefined;
    }
  }
}

/** The name is bound in: a value moved to another name does not open. */
function algorithm(iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encode(name) };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

function through(bytes: BufferSource, change: CompressionStream | DecompressionStream): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(change)).arrayBuffer();
}

/** 12 and all slices but the last are divisible by 3, so that the parts can be joined. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE * 3) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE * 3)));
  }
  return text;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

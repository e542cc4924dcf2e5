import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/** Loopback, where nobody answers: the demo signals calls and carries none. */
export const ICE_SERVERS = [{ credential: 'demo', url: 'turn:127.0.0.1:9', username: 'demo' }];
const ROUNDS = 65_536;
const derive = promisify(pbkdf2);

/**
 * The ICE servers as the vendor's widget reads them: base64 of salt, initialisation vector and AES-GCM ciphertext with
 * its tag, the key derived from the chat's id. To everybody else it is text without a meaning.
 */
export async function encryptedIceServers(chatId: string): Promise<string> {
  const salt = randomBytes(16);
  const vector = randomBytes(12);
  const key = await derive(chatId, salt, ROUNDS, 32, 'sha256');
  const cipher = createCipheriv('aes-256-gcm', key, vector);
  const text = Buffer.concat([cipher.update(JSON.stringify(ICE_SERVERS), 'utf8'), cipher.final()]);
  return Buffer.concat([salt, vector, text, cipher.getAuthTag()]).toString('base64');
}

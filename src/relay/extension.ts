/** The extension's interfaces as a content script has them. The polyfill is bigger than the relay. */
const api: typeof chrome = 'browser' in globalThis ? globalThis.browser : chrome;

export const { runtime } = api;
/** Kept: after the extension was reloaded nothing can be asked any more. */
export const incognito = api.extension.inIncognitoContext;
/** Undefined in Firefox, which keeps it from content scripts. */
export const session: chrome.storage.StorageArea | undefined = api.storage?.session;
/** Where the background leaves a hint to relays. */
export const hints: chrome.storage.StorageArea = session ?? api.storage.local;

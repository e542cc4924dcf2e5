import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { ignoreListed } from './scripts/build/ignore-listed.ts';
import { reportPageModule } from './scripts/build/report-page.ts';
import { unpackingApart } from './scripts/build/unpacking-apart.ts';

/** `BROWSER=firefox` builds dist/firefox; everything else builds dist/chrome. One manifest, derived here. */
const browser = process.env.BROWSER === 'firefox' ? 'firefox' : 'chrome';

function derivedManifest(): ManifestV3Export {
  if (browser === 'chrome') return manifest as ManifestV3Export;
  const {
    minimum_chrome_version: _version,
    message_serialization: _cloned,
    background,
    ...shared
  } = manifest;
  return {
    ...shared,
    background: { scripts: [background.service_worker], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'chat-inspector@chat-inspector.invalid',
        strict_min_version: '128.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  } as unknown as ManifestV3Export;
}

export default defineConfig({
  plugins: [
    reportPageModule(),
    unpackingApart('src/framing/encoded.ts'),
    crx({ manifest: derivedManifest(), browser }),
    // Firefox's network monitor does not ask.
    ...(browser === 'chrome' ? [ignoreListed('src/capture/hook.iife.js')] : []),
  ],
  build: {
    outDir: `dist/${browser}`,
    emptyOutDir: true,
    target: browser === 'firefox' ? 'firefox128' : 'chrome120',
    // Readable stacks in bug reports; the sizes that matter are measured compressed.
    sourcemap: false,
    // The licences of the bundled packages ask to go with every copy.
    license: { fileName: 'licenses.md' },
    modulePreload: false,
    rollupOptions: { input: { panel: 'panel/index.html', permission: 'src/permission/permission.html' } },
  },
});

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const APT = '/usr/bin/apt-get';

/** True where a distribution package can be installed without asking: root on a Debian-like machine. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync(APT);
}

/**
 * Installs packages of the distribution and says so. Gives whether apt-get succeeded; what it printed is shown
 * only when it did not.
 */
export function installPackages(packages: readonly string[]): boolean {
  console.log(`Installing ${packages.join(', ')} with apt-get (this machine has no browser to test with) …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ];
  for (const step of steps) {
    const run = spawnSync(APT, step, { env: environment, encoding: 'utf8' });
    if (run.status !== 0) {
      console.error(`apt-get ${step[0]} failed:\n${run.stdout ?? ''}${run.stderr ?? ''}`);
      return false;
    }
  }
  return true;
}

/** Fonts that make text in screenshots legible; a bare server has none. */
export const FONT_PACKAGES = ['fonts-dejavu-core', 'fonts-liberation'] as const;

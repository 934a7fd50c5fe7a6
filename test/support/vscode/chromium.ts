// The browser that shows the workbench: Debian's Chromium, with fonts for both languages. Installed where this process may, else the
// failure says the command.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = ['chromium', 'fonts-dejavu-core', 'fonts-wqy-zenhei'];
const files = ['/usr/bin/chromium', '/usr/share/fonts/truetype/dejavu', '/usr/share/fonts/truetype/wqy'];
const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Path of the program. Another one than Debian's can be named by CHROMIUM. */
export function chromiumPath(): string {
  const own = process.env['CHROMIUM'];
  if (own) return own;
  if (files.every((file) => existsSync(file))) return files[0]!;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`Tests in VS Code need a browser and fonts: ${install}`);
  }
  // Another test file may be installing at the same time: wait for it.
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: 'pipe' });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  } catch (error) {
    throw new Error(`Tests in VS Code need a browser and fonts, and this failed: ${install}`, { cause: error });
  }
  return files[0]!;
}

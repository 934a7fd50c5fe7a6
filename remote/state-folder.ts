// Where an engine keeps its state: `.weft` at the workspace root, or, when that is on a network mount, the user's state folder,
// because SQLite's write-ahead log needs shared memory that network file systems do not have.
import { createHash } from 'node:crypto';
import { realpathSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** File system types of Linux (statfs) that are shared between machines, or that a bridge emulates. */
const networkTypes = new Set([
  0x6969, // NFS
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x517b, // SMB
  0x01021997, // 9P: a Windows folder seen from WSL
  0x65735546, // FUSE: sshfs, object stores
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x00c36400, // Ceph
  0x5346414f, // AFS
]);

export function stateFolder(root: string, env: NodeJS.ProcessEnv = process.env): string {
  if (!isNetworkMount(root)) return join(root, '.weft');
  const base = env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(base, 'weft', createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16));
}

function isNetworkMount(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return networkTypes.has(statfsSync(folder).type >>> 0);
  } catch {
    return false; // a missing folder is reported by whoever needs it
  }
}

// A file system on a loop device whose power can be cut: XFS's own shutdown drops everything that was
// not on stable media, as pulling the plug would. Needs root and xfsprogs (durability reference §5).
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is missing on this machine, as a sentence; undefined when power can be cut here. */
export function whyNoPowerCuts(): string | undefined {
  if (process.platform !== 'linux') return 'power cuts need Linux';
  if (process.getuid?.() !== 0) return 'power cuts need root, to mount a loop device';
  for (const tool of ['mkfs.xfs', 'xfs_io', 'mount', 'losetup']) {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
    } catch {
      return `power cuts need ${tool} (Debian package xfsprogs)`;
    }
  }
  return undefined;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

export class Volume {
  readonly mountPoint: string;
  readonly #image: string;

  constructor(directory: string) {
    this.#image = join(directory, 'disk.img');
    this.mountPoint = join(directory, 'mnt');
    mkdirSync(this.mountPoint, { recursive: true });
    writeFileSync(this.#image, '');
    truncateSync(this.#image, 2 * 2 ** 30);
    run('mkfs.xfs', '-q', '-f', this.#image);
    this.#mount();
  }

  #mount(): void {
    run('mount', '-o', 'loop', this.#image, this.mountPoint);
  }

  /** Cuts the power and brings the disk back, its log replayed. Processes on it must be stopped. */
  cut(): void {
    run('xfs_io', '-x', '-c', 'shutdown', this.mountPoint);
  }

  remount(): void {
    run('umount', this.mountPoint);
    this.#mount();
  }

  close(): void {
    try {
      run('umount', this.mountPoint);
    } catch {
      run('umount', '-l', this.mountPoint);
    }
    rmSync(this.#image, { force: true });
  }
}

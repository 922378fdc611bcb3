import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(__dirname, '../../..');
const program = process.env.MITEINANDER_BIN ?? path.join(root, 'build/asan/miteinander');
const examples = ['data/nordhausen-2018', 'data/nordhausen-2018-sample'];

export interface Account { name: string; password: string; role: string }

// The built program on a free port with data of its own, thrown away afterwards.
export class Server {
  readonly url: string;
  setupPath = '';
  accounts: Account[] = [];
  private child?: ChildProcess;
  private readonly output: string[] = [];
  private constructor(private readonly data: string, private readonly port: number) {
    this.url = `http://localhost:${port}`;
  }

  static async start(options: { examples: boolean; today?: string }): Promise<Server> {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'miteinander-browser-'));
    const run = (args: string[]) => execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
    let accounts: Account[] = [];
    if (options.examples) {
      for (const example of examples) run(['load', example, '--data', data]);
      accounts = readAccounts(run(['sample', 'accounts', examples[1]]));
    }
    const server = new Server(data, await freePort());
    server.accounts = accounts;
    await server.serve(options.today ?? '2020-09-30');
    server.setupPath = server.output.join('').match(/\/einrichtung\/[\w-]+/)?.[0] ?? '';
    return server;
  }

  // The same data at the same address on another day: "" is the real one.
  async serve(today: string): Promise<void> {
    await this.end();
    const args = ['serve', '--data', this.data, '--port', String(this.port)];
    if (today !== '') args.push('--today', today, '--demo');
    this.child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (bytes) => this.output.push(String(bytes)));
    this.child.stderr!.on('data', (bytes) => this.output.push(String(bytes)));
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.end();
    fs.rmSync(this.data, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    if (!this.child) return;
    if (this.child.exitCode === null) {
      const ended = new Promise((resolve) => this.child!.once('exit', resolve));
      this.child.kill('SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
      if (this.child.exitCode === null) this.child.kill('SIGKILL');
    }
  }

  account(role: string): Account {
    const found = this.accounts.find((account) => account.role === role);
    if (!found) throw new Error(`the sample has no account with the role ${role}`);
    return found;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (this.child!.exitCode !== null) break;
      try {
        const answer = await fetch(this.url + '/impressum');
        if (answer.ok) return;
      } catch { /* not yet */ }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the program did not answer:\n${this.output.join('')}`);
  }
}

// "  name / password  (shown name)" a line; the roles stand in the sample's own files.
function readAccounts(text: string): Account[] {
  const folder = path.join(root, examples[1]);
  const roles = new Map<string, string>();
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.toml')))
    for (const block of fs.readFileSync(path.join(folder, file), 'utf8').split('[[account]]').slice(1)) {
      const value = (key: string) => block.split(/\n\[/)[0].match(new RegExp(`^${key} = "(.*)"`, 'm'))?.[1] ?? '';
      roles.set(value('sign_in'), value('role'));
    }
  return [...text.matchAll(/^ {2}(\S+) \/ (\S.*?) {2}\(.*\)$/gm)].map(([, name, password]) => ({ name, password, role: roles.get(name) ?? '' }));
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.createServer();
    socket.once('error', reject);
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as net.AddressInfo;
      socket.close(() => resolve(port));
    });
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './server';

// A real SMTP server; what it took lies in FOLDER/mails, a line of JSON each.
export class Mailbox {
  private constructor(private readonly folder: string, private readonly child: ChildProcess, readonly port: number) {}
  static async open(): Promise<Mailbox> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'miteinander-mail-'));
    const child = spawn('/usr/bin/python3', [path.join(root, 'tests/platform/mail/support/smtp_server.py'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the SMTP server of the test does not start')));
      child.stdout!.once('data', (bytes) => resolve(Number(String(bytes).trim())));
    });
    return new Mailbox(folder, child, port);
  }
  close(): void {
    this.child.stdin!.end();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
  // The newest mail to somebody as it arrived, waited for; with a part of it, the newest that has it.
  async to(address: string, part = ''): Promise<string> {
    const file = path.join(this.folder, 'mails');
    for (let i = 0; i < 150; i++) {
      const mails = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
      const mine = mails.map((mail) => ({ ...mail, content: readable(mail.content) })).filter((mail) => mail.to.includes(address) && mail.content.includes(part));
      if (mine.length > 0) return mine.at(-1)!.content;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`no mail to ${address} arrived`);
  }
}

const readable = (content: string) => content.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_: string, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** Mail::DKIM (Debian: libmail-dkim-perl), by a script that hands it a zone. */
import { existsSync } from 'node:fs';
import { algorithmOf, ask, base64, type Peer } from './peer.ts';

export const hasMailDkim = existsSync('/usr/share/perl5/Mail/DKIM/Verifier.pm');

export const mailDkim: Peer = {
  name: 'Mail::DKIM',
  async verify(messages, zone) {
    const request = { do: 'verify', zone, jobs: messages.map(base64) };
    const answers = await ask<[result: string, detail: string]>('/usr/bin/perl', 'mail-dkim.pl', request);
    return answers.map(([result, detail]) => {
      if (result === 'pass') return 'pass';
      if (detail.includes('body has been altered')) return 'body';
      if (detail.includes('expired')) return 'time';
      if (detail.includes('public key')) return 'key';
      return result === 'fail' ? 'signature' : 'form';
    });
  },
  async sign(jobs) {
    const time = Math.floor(Date.now() / 1000);
    const work = jobs.map(({ lifetime, key, message, ...job }) => ({
      ...job,
      message: base64(message),
      key: key.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      algorithm: algorithmOf(key),
      time,
      expires: lifetime === undefined ? null : time + lifetime,
    }));
    const fields = await ask<string>('/usr/bin/perl', 'mail-dkim.pl', { do: 'sign', zone: {}, jobs: work });
    return jobs.map(({ message }, at) => `${fields[at] ?? ''}\r\n${message}`);
  },
};

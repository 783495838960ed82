/** A certificate authority of a test's own, and a certificate of it for this machine. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './process.ts';

/** Paths of PEM files. */
export interface LocalCertificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Makes both for `localhost` and `127.0.0.1`, valid for two days. */
export async function createLocalCertificate(folder: string): Promise<LocalCertificate> {
  const path = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await runProgram('openssl', [
    ...['req', '-x509', ...newKey, '-subj', '/CN=Test authority'],
    ...['-keyout', path('authority.key'), '-out', path('authority.pem')],
  ]);
  await writeFile(path('leaf.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  await runProgram('openssl', [
    ...['req', ...newKey.slice(0, -2), '-subj', '/CN=localhost', '-keyout', path('leaf.key'), '-out', path('leaf.csr')],
  ]);
  await runProgram('openssl', [
    ...['x509', '-req', '-in', path('leaf.csr'), '-CA', path('authority.pem'), '-CAkey', path('authority.key')],
    ...['-CAcreateserial', '-days', '2', '-extfile', path('leaf.ext'), '-out', path('leaf.pem')],
  ]);
  return { authority: path('authority.pem'), certificate: path('leaf.pem'), key: path('leaf.key') };
}

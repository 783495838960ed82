/** A real validating resolver that serves DNS over HTTPS (RFC 8484) on this machine, below a private signed root. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ZoneFile } from '../../../src/dns/zone-file.ts';
import { createLocalCertificate } from './certificate.ts';
import type { LocalCertificate } from './certificate.ts';
import { freePort, isListening } from './port.ts';
import { startProgram, waitFor } from './process.ts';
import { writeZones } from './signed-zones.ts';
import type { ZoneFiles } from './signed-zones.ts';
import { toZoneTree } from './zone-tree.ts';
import type { ServedZone } from './zone-tree.ts';

export interface Unbound {
  readonly port: number;
  /** PEM file of the authority that signed its certificate, for `localhost` and `127.0.0.1`. */
  readonly authority: string;
  /** Its certificate and key, for other servers of the same test. */
  readonly certificate: LocalCertificate;
  /** File with the DS record of the root, for other resolvers. */
  readonly trustAnchor: string;
  readonly close: () => Promise<void>;
}

export interface UnboundOptions {
  /** Domains (without dot at the end) whose records are changed after signing. */
  readonly tampered?: readonly string[];
}

export async function startUnbound(zone: ZoneFile, { tampered = [] }: UnboundOptions = {}): Promise<Unbound> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-unbound-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const tree = toZoneTree(zone);
    const zones = await writeZones(
      folder,
      tree,
      tampered.map((domain) => `${domain}.`),
    );
    const certificate = await createLocalCertificate(folder);
    const port = await freePort();
    const nobody = await freePort();
    const file = join(folder, 'unbound.conf');
    await writeFile(file, configuration({ folder, tree, zones, certificate, port, nobody }));
    const program = startProgram('unbound', ['-d', '-p', '-c', file]);
    try {
      await waitFor('unbound to listen', () => program.child.exitCode !== null || isListening(port));
      if (program.child.exitCode !== null) throw new Error(`unbound ended: ${program.output()}`);
    } catch (error) {
      await program.stop();
      throw error;
    }
    return {
      port,
      authority: certificate.authority,
      certificate,
      trustAnchor: zones.trustAnchor,
      close: async () => {
        await program.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Setting {
  readonly folder: string;
  readonly tree: readonly ServedZone[];
  readonly zones: ZoneFiles;
  readonly certificate: LocalCertificate;
  readonly port: number;
  /** A port nobody listens on: where the zones that cannot be had would come from. */
  readonly nobody: number;
}

/** unbound.conf(5). The zones are iterated over and validated, as if each had a name server of its own. */
function configuration({ folder, tree, zones, certificate, port, nobody }: Setting): string {
  const server = `server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  verbosity: 0
  num-threads: 1
  do-daemonize: no
  interface: 127.0.0.1@${port}
  https-port: ${port}
  http-endpoint: "/dns-query"
  tls-service-key: "${certificate.key}"
  tls-service-pem: "${certificate.certificate}"
  do-not-query-localhost: no
  module-config: "validator iterator"
  trust-anchor-file: "${zones.trustAnchor}"
  ede: yes
`;
  const source = (apex: string) => {
    const file = zones.files.get(apex);
    return file === undefined ? `primary: 127.0.0.1@${nobody}` : `zonefile: "${file}"`;
  };
  const authZones = tree.map(
    ({ apex }) => `auth-zone:
  name: "${apex}"
  ${source(apex)}
  for-downstream: no
  for-upstream: yes
  fallback-enabled: no
`,
  );
  return [server, ...authZones, 'remote-control:\n  control-enable: no\n'].join('');
}

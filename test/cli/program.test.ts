/** The command line as its user meets it: what it prints, and how it exits. Input and output are real files and memory. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { makeProgram } from '../../src/cli/program.ts';
import { UsageError } from '../../src/cli/options.ts';
import type { Report } from '../../src/report/types.ts';
import { FAILED, reportMessage } from '../trace/delivery/support.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';

const NOW = '2026-11-22T08:00:00Z';
let folder: string;
let demo: Demo;
const at = (name: string): string => join(folder, name);

interface Run {
  readonly out: string;
  readonly err: string;
  readonly shown: readonly string[];
  readonly failed: boolean;
}

async function run(words: readonly string[], colour = false): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const shown: string[] = [];
  let failed = false;
  const program = makeProgram({
    write: (text) => out.push(text),
    complain: (text) => err.push(text),
    colour,
    progress: (text) => shown.push(text),
    fail: () => (failed = true),
  });
  await program.parseAsync(['node', 'countersign', ...words]);
  return { out: out.join(''), err: err.join(''), shown, failed };
}

type JsonLine = Report & { readonly file: string; readonly message?: number };
const jsonLines = (text: string): JsonLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonLine);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-'));
  demo = await buildDemo(new Date(NOW));
  await writeFile(at('zone.json'), JSON.stringify(demo.zone));
  for (const { id, eml } of demo.messages) await writeFile(at(`${id}.eml`), eml);
  const mbox = demo.messages.flatMap(({ eml }) => [Buffer.from('From - \r\n'), eml, Buffer.from('\r\n')]);
  await writeFile(at('inbox.mbox'), Buffer.concat(mbox));
});
afterAll(() => rm(folder, { recursive: true }));

describe('check --json', () => {
  it('prints one Report a line with the file it belongs to', async () => {
    const files = ['first-party', 'unsigned'].map((id) => at(`${id}.eml`));
    const { out, failed } = await run(['check', '--zone', at('zone.json'), '--at', NOW, '--json', ...files]);
    expect(jsonLines(out)).toMatchObject([
      { file: files[0], schema: 1, level: 'verified' },
      { file: files[1], schema: 1, level: 'unsigned' },
    ]);
    expect(failed).toBe(false);
  });

  it('numbers the messages of an mbox, and finds in each what it finds in the single file', async () => {
    const words = ['check', '--zone', at('zone.json'), '--at', NOW, '--trust', 'mx.home.example', '--json'];
    const { out } = await run([...words, at('inbox.mbox')]);
    const reports = jsonLines(out);
    expect(reports.map(({ message }) => message)).toEqual(demo.messages.map((_, index) => index + 1));
    expect(reports.map(({ level }) => level)).toEqual(demo.messages.map(({ expect: expected }) => expected.level));
  });

  it('believes a server only where --trust names it', async () => {
    const words = ['check', '--zone', at('zone.json'), '--at', NOW, '--json', at('altered.eml')];
    expect(jsonLines((await run(words)).out)).toMatchObject([{ level: 'unsigned' }]);
    expect(jsonLines((await run([...words, '--trust', 'mx.home.example'])).out)).toMatchObject([{ level: 'signed' }]);
  });

  it('tells mail that came back by the addresses given with --own', async () => {
    const returned = 'From: Eve <eve@other.example>\r\n\r\n';
    await writeFile(at('bounce.eml'), reportMessage({ type: 'delivery-status', status: FAILED, returned }));
    const owned = async (...words: readonly string[]) => {
      const { out } = await run(['check', '--zone', at('zone.json'), '--json', ...words, at('bounce.eml')]);
      return jsonLines(out)[0]?.deliveryReport?.ownership?.reason;
    };
    expect(await owned()).toBe('own-addresses-unknown');
    expect(await owned('--own', 'ann@home.example', '--own', 'eve@other.example')).toBe('not-signed');
    expect(await owned('--own', 'ann@home.example')).toBe('other-author');
  });

  it('evaluates SPF for the address given with --client-ip', async () => {
    const words = ['check', '--zone', at('zone.json'), '--json', '--client-ip', '192.0.2.25', at('unsigned.eml')];
    expect(jsonLines((await run(words)).out)).toMatchObject([{ spf: [{ identity: 'pra', result: 'none' }] }]);
  });

  it('says unchecked where neither --zone nor --doh is given', async () => {
    expect(jsonLines((await run(['check', '--json', at('first-party.eml')])).out)).toMatchObject([
      { level: 'unchecked', headline: 'resolver-not-chosen' },
    ]);
  });
});

describe('check', () => {
  it('tells in words who vouches, and the level by a sign', async () => {
    const { out } = await run(['check', '--zone', at('zone.json'), '--at', NOW, at('first-party.eml')]);
    expect(out).toContain('[v] verified');
    expect(out).toContain('orchard.example confirms it sent this');
    expect(out).not.toContain('\u001b');
  });

  it('uses colour only where it may', async () => {
    expect((await run(['check', at('first-party.eml')], true)).out).toContain('\u001b[');
  });

  it('lets no terminal escape of a message through', async () => {
    await writeFile(
      at('escape.eml'),
      'From: "\u001b[2J\u202Eevil" <a@plain.example>\r\nSubject: \u001b]0;x\u0007\r\n\r\n',
    );
    const { out } = await run(['check', '--zone', at('zone.json'), at('escape.eml')]);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  });

  it('has words for every finding of the demo mailbox', async () => {
    const words = ['check', '--zone', at('zone.json'), '--at', NOW, '--trust', 'mx.home.example', at('inbox.mbox')];
    const { out } = await run(words);
    expect(out).not.toMatch(/\{[a-zA-Z]+\}/);
    expect(out.match(/inbox\.mbox #/g)).toHaveLength(demo.messages.length);
  });

  it('names an unreadable file, the reason and the remedy, and still does the others', async () => {
    const { out, err, failed } = await run(['check', at('missing.eml'), folder, at('first-party.eml')]);
    expect(err).toContain('missing.eml: there is no such file: check the path');
    expect(err).toContain('that is a folder: name the files in it');
    expect(out).toContain('first-party.eml');
    expect(failed).toBe(true);
  });
});

describe('what is asked of the command line around a check', () => {
  const zone = () => ['--zone', at('zone.json'), '--at', NOW];

  it('names its version', async () => {
    await expect(run(['--version'])).rejects.toMatchObject({ exitCode: 0, message: packageJson.version });
  });

  it('says which option is missing where nothing can be looked up', async () => {
    const { err } = await run(['check', at('first-party.eml')]);
    expect(err).toContain('add --doh https://dns.quad9.net/dns-query or --zone FILE');
    expect((await run(['check', ...zone(), at('first-party.eml')])).err).toBe('');
  });

  it('fails where an input is no message, and still does the others', async () => {
    await writeFile(at('prose.txt'), 'Just a few words.\nAnd some more.\n');
    await writeFile(at('empty.eml'), '');
    for (const file of ['prose.txt', 'empty.eml']) {
      const { out, err, failed } = await run(['check', ...zone(), '--json', at(file), at('first-party.eml')]);
      expect(failed).toBe(true);
      expect(err).toContain(`${file}: `);
      expect(err).toContain('name a saved message (.eml) or mailbox (mbox)');
      expect(jsonLines(out).map(({ level }) => level)).toEqual(['unchecked', 'verified']);
    }
  });

  it('keeps the order of messages, however many are checked at the same time', async () => {
    const words = ['check', ...zone(), '--trust', 'mx.home.example', '--json'];
    const alone = await run([...words, '--jobs', '1', at('inbox.mbox')]);
    const together = await run([...words, '--jobs', '50', at('inbox.mbox')]);
    const read = ({ out }: Run) => jsonLines(out).map(({ message, headline }) => [message, headline]);
    expect(read(together)).toEqual(read(alone));
    expect(read(alone)).toHaveLength(demo.messages.length);
  });

  it('tells how far it is in a mailbox, and takes that away at the end', async () => {
    const { shown } = await run(['check', ...zone(), at('inbox.mbox')]);
    const count = demo.messages.length;
    expect(shown.at(-2)).toBe(`${at('inbox.mbox')}: ${count} of ${count} messages`);
    expect(shown.at(-1)).toBe('');
  });

  it('shows Received-SPF beside the other results of servers, as a claim where it is one', async () => {
    await writeFile(
      at('received-spf.eml'),
      'Received-SPF: pass; receiver=mx.other.example\r\nFrom: a@b.example\r\n\r\n',
    );
    const { out } = await run(['check', ...zone(), at('received-spf.eml')]);
    expect(out).toMatch(/Claim +mx\.other\.example: Received-SPF pass/);
  });
});

describe('whose results count', () => {
  const levelWith = async (...words: readonly string[]): Promise<string | undefined> => {
    const { out } = await run(['check', '--zone', at('zone.json'), '--at', NOW, '--json', ...words, at('altered.eml')]);
    return jsonLines(out)[0]?.level;
  };

  it('is what a trust file says', async () => {
    await writeFile(at('trust.json'), JSON.stringify({ authservIds: ['mx.home.example'], withoutAuthservId: true }));
    expect(await levelWith('--trust-file', at('trust.json'))).toBe('signed');
    expect(await levelWith()).toBe('unsigned');
  });

  it('depends on which servers are one\u2019s own', async () => {
    expect(await levelWith('--trust', 'mx.home.example', '--own-host', 'mx.home.example')).toBe('signed');
    expect(await levelWith('--trust', 'mx.home.example', '--own-host', 'elsewhere.example')).toBe('unsigned');
  });

  it.each([
    ['a file that is not there', '/nowhere/trust.json', /can't be read as JSON \(ENOENT\)/],
    ['a list', '[]', /must hold one object/],
    ['an unknown member', '{"servers":[]}', /unknown member "servers": use authservIds/],
    [
      'a wrong list',
      '{"receivingHosts":"mx.example"}',
      /wrong receivingHosts: enter a list, such as \["mx\.example\.org"\]/,
    ],
    ['a wrong network', '{"receivingAddresses":["10.0.0.0/99"]}', /wrong receivingAddresses/],
    ['a wrong number', '{"resultsBelowEntry":-1}', /wrong resultsBelowEntry/],
    ['a switch that is none', '{"withoutAuthservId":"yes"}', /wrong withoutAuthservId: enter true or false/],
    ['a member of every object', '{"constructor":[]}', /unknown member "constructor"/],
  ])('is refused from %s', async (_name, text, message) => {
    const path = text.startsWith('/') ? text : at('wrong-trust.json');
    if (!text.startsWith('/')) await writeFile(path, text);
    await expect(levelWith('--trust-file', path)).rejects.toThrow(message);
  });
});

describe('wrong usage', () => {
  it.each([
    ['both --zone and --doh', () => ['--zone', at('zone.json'), '--doh', 'https://dns.example/'], /exclude each other/],
    ['a zone file that is not there', () => ['--zone', at('none.json')], /cannot be read \(ENOENT\)/],
    ['a zone file that is no JSON', () => ['--zone', at('first-party.eml')], /is not JSON/],
    ['a resolver that is no URL', () => ['--doh', 'dns'], /--doh wants an https URL/],
    ['a time that is none', () => ['--at', 'yesterday'], /--at wants a time/],
    ['an address that is none', () => ['--client-ip', '300.1.1.1'], /--client-ip wants/],
    ['a server that is none', () => ['--own-host', 'a b'], /--own-host wants/],
    ['a network that is none', () => ['--own-network', '10.0.0.0/99'], /--own-network wants/],
    ['a number that is none', () => ['--results-below', 'two'], /--results-below wants/],
    ['no jobs at all', () => ['--jobs', '0'], /--jobs wants/],
  ])('is told for %s', async (_name, words, message) => {
    const asked = run(['check', ...words(), at('first-party.eml')]);
    await expect(asked).rejects.toThrow(UsageError);
    await expect(run(['check', ...words(), at('first-party.eml')])).rejects.toThrow(message);
  });

  it('is told for a wrong zone file with the place', async () => {
    await writeFile(at('wrong.json'), JSON.stringify({ 'a.example': { A: ['nonsense'] } }));
    await expect(run(['check', '--zone', at('wrong.json'), at('first-party.eml')])).rejects.toThrow(/a\.example A/);
  });

  it('is told for an unknown option and a missing file', async () => {
    await expect(run(['check', '--nonsense', 'x'])).rejects.toThrow(CommanderError);
    await expect(run(['check'])).rejects.toThrow(CommanderError);
  });
});

describe('the other commands', () => {
  beforeAll(() =>
    writeFile(
      at('spf.json'),
      JSON.stringify({
        'a.example': { TXT: ['v=spf1 include:b.example -all'] },
        'b.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 ?all'] },
        '_dmarc.a.example': { TXT: ['v=DMARC1; p=reject'] },
      }),
    ),
  );

  it('spf evaluates a client and a sender', async () => {
    const words = [
      'spf',
      '--zone',
      at('spf.json'),
      '--ip',
      '192.0.2.7',
      '--sender',
      'x@a.example',
      '--helo',
      'h.example',
    ];
    expect((await run(words)).out).toMatch(/^pass {2}mfrom a\.example, from 192\.0\.2\.7/);
    expect(JSON.parse((await run([...words, '--json'])).out)).toMatchObject({ result: 'pass', lookups: 1 });
  });

  it('practices tells what a domain says, with the record', async () => {
    const { out } = await run(['practices', 'a.example', '--zone', at('spf.json')]);
    expect(out).toContain("a.example asks receivers to reject mail it doesn't confirm.");
    expect(out).toContain('v=DMARC1; p=reject');
  });

  it('profile draws the tree of records with lookups', async () => {
    const { out } = await run(['profile', 'a.example', '--zone', at('spf.json')]);
    expect(out).toMatch(/SPF for .*: 1 lookup of 10/);
    expect(out).toMatch(/ {6}b\.example: v=spf1 ip4:192\.0\.2\.0\/24 \?all/);
  });

  it('profile points at what is wrong in a record, says it in words, and looks at the keys asked for', async () => {
    const faulty = {
      'c.example': { TXT: ['v=spf1 ip4:300.1 -all'] },
      '_dmarc.c.example': { TXT: ['v=DMARC1; p=reject; adkim=x'] },
      's1._domainkey.c.example': { TXT: ['v=DKIM1; p='] },
    };
    await writeFile(at('faulty.json'), JSON.stringify(faulty));
    const words = ['profile', 'c.example', '--zone', at('faulty.json'), '--selector', 's1', '--selector', 's2'];
    const { out } = await run(words);
    const lines = out.split('\n');
    const under = (text: string): string => {
      const index = lines.findIndex((line) => line.includes(text));
      const carets = lines[index + 1] ?? '';
      return lines[index]?.slice(carets.indexOf('^'), carets.length) ?? '';
    };
    expect(under('c.example: v=spf1')).toBe('300.1');
    expect(under('Asked       _dmarc.c.example: v=DMARC1')).toBe('adkim=x');
    expect(out).toMatch(
      /error {7}The record has a syntax error, so every check ends in an error\..*\[c\.example, byte 11: ip4:300\.1, not a valid address\]/,
    );
    expect(out).toMatch(/Key s1 at .*[\s\S]*withdrawn[\s\S]*Key s2 at .*[\s\S]*There's no key/);
    const profile: unknown = JSON.parse((await run([...words, '--json'])).out);
    expect(profile).toMatchObject({ domain: 'c.example', keys: [{ selector: 's1' }, { selector: 's2' }] });
  });

  it('profile and practices ask for older forms only where told to', async () => {
    for (const command of ['profile', 'practices']) {
      const words = [command, 'a.example', '--zone', at('spf.json')];
      expect((await run(words)).out).not.toContain('DomainKeys');
      expect((await run([...words, '--older'])).out).toContain('a.example publishes no DomainKeys policy.');
    }
  });

  it('profile says what got no answer where there is no resolver', async () => {
    const { out } = await run(['profile', 'a.example']);
    expect(out).toMatch(/Without an answer:\n {4}TXT +\S+: not-configured/);
    expect(out).not.toContain('publishes no');
  });

  describe('rules', () => {
    const rules = {
      version: 1,
      rules: [
        {
          id: 'ads',
          name: 'Advertising',
          conditions: { all: [{ field: 'keyword', match: 'glob', value: 'org.example:*', by: 'declared' }] },
          actions: [{ do: 'move', folder: 'Adverts' }],
        },
        {
          id: 'forged',
          name: 'Forgeries',
          conditions: { all: [{ field: 'level', compare: 'is', level: 'warning' }] },
          actions: [{ do: 'mark', as: 'junk' }],
        },
      ],
    };
    beforeAll(() => writeFile(at('rules.json'), JSON.stringify(rules)));

    it('tells what the rules would do, and why', async () => {
      const words = [
        'rules',
        '--rules',
        at('rules.json'),
        '--zone',
        at('zone.json'),
        '--at',
        NOW,
        '--trust',
        'mx.home.example',
      ];
      const { out } = await run([...words, at('solicitation.eml'), at('discardable.eml'), at('unsigned.eml')]);
      expect(out).toMatch(/solicitation\.eml\n.*Advertising, because: .*org\.example:ADV\n.*move it to Adverts/);
      expect(out).toMatch(/discardable\.eml\n.*Forgeries.*\n.*mark it junk/);
      expect(out).toMatch(/unsigned\.eml\n.*no rule/);
      const { out: json } = await run([...words, '--json', at('discardable.eml')]);
      expect(JSON.parse(json)).toMatchObject({ level: 'warning', actions: [{ rule: 'forged' }] });
    });

    it('writes a Sieve script of what a server can decide, and names the rest', async () => {
      const { out, err } = await run(['rules', '--rules', at('rules.json'), '--sieve']);
      expect(out).toMatch(/fileinto "Adverts";/);
      expect(err).toMatch(/not in the script: Forgeries \(needs-check/);
    });

    it('says where a rule file is wrong, and does nothing', async () => {
      await writeFile(
        at('wrong-rules.json'),
        JSON.stringify({ version: 1, rules: [{ id: 'a', name: 'A', actions: 'none' }] }),
      );
      await expect(run(['rules', '--rules', at('wrong-rules.json'), '--sieve'])).rejects.toThrow(/at \/rules\/0/);
      await expect(run(['rules', '--rules', at('none.json'), '--sieve'])).rejects.toThrow(/cannot be read/);
    });
  });
});

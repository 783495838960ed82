/**
 * A DoH server (RFC 8484) on this machine that answers from a zone file: for the demo and for tests without another name server.
 * Messages are written and read by the codec library alone, so that it judges the client's own reader.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AUTHENTIC_DATA, RECURSION_AVAILABLE, RECURSION_DESIRED, decode, encode } from '@dnsquery/dns-packet';
import type { Answer, Packet, Question } from '@dnsquery/dns-packet';
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { isRecordType } from '../../src/dns/question.ts';
import type { DnsAnswer, RecordType, Resolver } from '../../src/dns/resolver.ts';
import type { Zone, ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';

export interface DohServer {
  /** Ends in `/dns-query`. */
  readonly url: string;
  close(): Promise<void>;
}

const MEDIA_TYPE = 'application/dns-message';
const RCODES = { noerror: 0, formerr: 1, servfail: 2, nxdomain: 3, notimp: 4 };

/** Starts the server on 127.0.0.1; port 0 or none takes a free one. */
export async function startDohServer(
  zone: Zone | ZoneFile,
  options: { readonly port?: number } = {},
): Promise<DohServer> {
  const resolver = createZoneResolver(zone);
  const server = createServer((request, response) => {
    handle(resolver, request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/dns-query`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // questions to a "TIMEOUT" stay open until their asker gives up
      }),
  };
}

async function handle(resolver: Resolver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/dns-query') return void response.writeHead(404).end();
  const query = await readQuery(request, url);
  if (typeof query === 'number') return void response.writeHead(query).end();
  const reply = await answerQuery(resolver, decode(query));
  if (reply === 'no reply') return;
  response.writeHead(200, { 'content-type': MEDIA_TYPE, 'cache-control': `max-age=${reply.freshness}` });
  response.end(encode(reply.packet));
}

/** The octets of the query, or the HTTP status for what is none (RFC 8484 §4.1). */
async function readQuery(request: IncomingMessage, url: URL): Promise<Uint8Array | number> {
  if (request.method === 'GET') {
    const dns = url.searchParams.get('dns');
    return dns !== null && /^[\w-]+$/.test(dns) ? new Uint8Array(Buffer.from(dns, 'base64url')) : 400;
  }
  if (request.method !== 'POST') return 405;
  if (request.headers['content-type'] !== MEDIA_TYPE) return 415;
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

interface Reply {
  readonly packet: Packet;
  /** Seconds an HTTP cache may keep it (RFC 8484 §5.1). */
  readonly freshness: number;
}

async function answerQuery(resolver: Resolver, query: Packet): Promise<Reply | 'no reply'> {
  const question = query.questions?.[0];
  if (question === undefined) return reply(query, RCODES.formerr, {});
  const type: string = question.type;
  if (!isRecordType(type)) return reply(query, RCODES.notimp, {});
  const aliases = await aliasesOf(resolver, question, type);
  const answer = await resolver.query(question.name, type);
  if (answer.kind === 'failure') {
    return answer.failure === 'timeout' ? 'no reply' : reply(query, RCODES.servfail, {});
  }
  const owner = aliases.at(-1)?.data ?? question.name;
  const records = answer.kind === 'records' ? toRecords(owner, answer) : [];
  return reply(query, answer.kind === 'nxdomain' ? RCODES.nxdomain : RCODES.noerror, {
    flags: answer.dnssec === 'secure' ? AUTHENTIC_DATA : 0,
    answers: [...aliases, ...records],
    authorities: records.length > 0 ? [] : [startOfAuthority(answer.ttl)],
    freshness: answer.ttl,
  });
}

function reply(
  query: Packet,
  rcode: number,
  parts: { flags?: number; answers?: Answer[]; authorities?: Answer[]; freshness?: number },
): Reply {
  const { flags = 0, answers = [], authorities = [], freshness = 0 } = parts;
  const packet: Packet = {
    type: 'response',
    id: query.id,
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | flags | rcode,
    questions: query.questions,
    answers,
    authorities,
  };
  return { packet, freshness };
}

interface CnameRecord {
  readonly type: 'CNAME';
  readonly name: string;
  readonly ttl: number;
  readonly data: string;
}

/** The CNAME records from the name asked for to the one that answers. */
async function aliasesOf(resolver: Resolver, question: Question, type: RecordType): Promise<CnameRecord[]> {
  const aliases: CnameRecord[] = [];
  let name = question.name;
  while (type !== 'CNAME' && aliases.length < 20) {
    const answer = await resolver.query(name, 'CNAME');
    const target = answer.kind === 'records' ? answer.records[0] : undefined;
    if (answer.kind !== 'records' || target === undefined) break;
    aliases.push({ type: 'CNAME', name, ttl: answer.ttl, data: target });
    name = target;
  }
  return aliases;
}

/** RFC 2308 §3: negative answers carry the SOA, which says how long they hold. One for everything is at the root here. */
function startOfAuthority(ttl: number): Answer {
  return { type: 'SOA', name: '.', ttl, data: { mname: 'ns.invalid', rname: 'hostmaster.invalid', minimum: ttl } };
}

function toRecords(name: string, answer: DnsAnswer & { kind: 'records' }): Answer[] {
  return answer.records.map((record): Answer => {
    const base = { name, ttl: answer.ttl };
    if (typeof record === 'string') {
      switch (answer.type) {
        case 'TXT':
          return { ...base, type: 'TXT', data: chunksOf(record) };
        case 'A':
        case 'AAAA':
        case 'CNAME':
        case 'NS':
        case 'PTR':
          return { ...base, type: answer.type, data: record };
        case 'MX':
        case 'SOA':
          throw new TypeError(`a ${answer.type} record is no string`);
      }
    }
    if ('exchange' in record) return { ...base, type: 'MX', data: { ...record } };
    return { ...base, type: 'SOA', data: { ...record, rname: 'hostmaster.invalid' } };
  });
}

/** RFC 1035 §3.3: a character-string holds at most 255 octets. */
function chunksOf(text: string): Uint8Array[] {
  const octets = stringToOctets(text);
  const count = Math.max(1, Math.ceil(octets.length / 255));
  return Array.from({ length: count }, (_, index) => octets.subarray(index * 255, (index + 1) * 255));
}

/** Infrastructure that many share: networks in SPF records, relays, names that were left behind. */
import { commonKey, OWN_HOST } from '../../judgement/support/draft.ts';
import { keyRecord } from '../../dkim/support/signer.ts';
import { ANY, ALARM, arrive, stage, UNCONFIRMED, UNVERIFIED, type Attack, type Family } from '../support/attack.ts';

const AUTHORIZED = 'Its domain lists that network as allowed to send. SPF can show no more, so it is never verified.';

/** A record that lets about everybody pass, with mail in that domain's name from anywhere. */
function open(id: string, what: string, spf: string, reported: boolean): Attack {
  return {
    id: `break-spf/${id}`,
    what,
    accepted: UNCONFIRMED,
    byDesign: 'A pass that about everybody gets confirms nobody, and without a policy nothing is forbidden.',
    make: (d) => {
      const target = d.person(d.domain({ spf }));
      d.write({ from: target.mailbox });
      arrive(d, d.domain(), reported ? [`spf=pass smtp.mailfrom=${target.address}`] : undefined, target.address);
    },
  };
}

export const BREAK_SPF: Family = {
  title: 'BreakSPF',
  about: 'SPF records that name networks of clouds, proxies and content delivery, from which anybody can send.',
  sources: [
    'Chuhan Wang and others: _BreakSPF: How Shared Infrastructures Magnify SPF Vulnerabilities Across the Internet_, NDSS 2024',
  ],
  attacks: [
    open('all', 'The record ends in +all.', 'v=spf1 +all', false),
    open('all-reported', 'The record ends in +all, and the reader’s server reports the pass.', 'v=spf1 +all', true),
    open(
      'halves',
      'The record names both halves of all addresses.',
      'v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all',
      false,
    ),
    open('quarter', 'The record names a quarter of all addresses.', 'v=spf1 ip4:192.0.0.0/2 -all', false),
    {
      id: 'break-spf/shared-network',
      what: 'The record names the network of a cloud, and the attacker rents an address in it.',
      accepted: UNVERIFIED,
      byDesign: AUTHORIZED,
      make: (d) => {
        const evil = d.domain();
        const network = evil.ip.replace(/\d+$/, '0/24');
        const target = d.person(d.domain({ policy: 'reject', spf: `v=spf1 ip4:${network} -all` }));
        d.write({ from: target.mailbox });
        arrive(d, evil, undefined, target.address);
      },
    },
    {
      id: 'break-spf/shared-network-other-envelope',
      what: 'The same network, with an envelope sender that the reader’s server did not write down.',
      accepted: ALARM,
      make: (d) => {
        const evil = d.domain();
        const target = d.person(d.domain({ policy: 'reject', spf: `v=spf1 ip4:${evil.ip} -all` }));
        d.write({ from: target.mailbox });
        d.put(`Return-Path: <${target.address}>`);
        d.deliver({ from: evil });
      },
    },
  ],
};

export const SHARED_SERVICES: Family = {
  title: 'EchoSpoofing and SubdoMailing',
  about: 'The attacker sends through a relay or a name that its owner authorized and does not watch.',
  sources: [
    'Nati Tal, Guardio Labs: _EchoSpoofing: A Massive Phishing Campaign Exploiting Proofpoint’s Email Protection_, 2024',
    'Nati Tal, Oleg Zaytsev, Guardio Labs: _SubdoMailing: Thousands of Hijacked Major-Brand Subdomains_, 2024',
  ],
  attacks: [
    {
      id: 'shared/echo',
      what: 'A relay of the target takes mail from any tenant of a cloud and signs it with the key of the target.',
      accepted: ANY,
      byDesign: 'The target signed it. Only the target can close the relay; rules and mutes can name the path.',
      make: (d) => {
        const [{ target, evil }, relay] = [stage(d), d.domain()];
        d.zone[target.domain.name] = { TXT: [`v=spf1 ip4:${relay.ip} -all`] };
        d.write({ from: target.mailbox });
        d.relay(evil, relay.host);
        d.sign(target.domain.name);
        arrive(d, relay, undefined, target.address);
      },
    },
    {
      id: 'shared/echo-unsigned',
      what: 'The same relay, where it does not sign and the target lists it in SPF.',
      accepted: UNVERIFIED,
      byDesign: AUTHORIZED,
      make: (d) => {
        const [{ target, evil }, relay] = [stage(d), d.domain()];
        d.zone[target.domain.name] = { TXT: [`v=spf1 ip4:${relay.ip} -all`] };
        d.write({ from: target.mailbox });
        d.relay(evil, relay.host);
        arrive(d, relay, undefined, target.address);
      },
    },
    {
      id: 'shared/left-include',
      what: 'SPF of the target includes a domain that ran out, and the attacker registered it.',
      accepted: UNVERIFIED,
      byDesign: AUTHORIZED,
      make: (d) => {
        const evil = d.domain();
        const target = d.person(d.domain({ policy: 'reject', spf: `v=spf1 include:${evil.name} -all` }));
        d.write({ from: target.mailbox });
        arrive(d, evil, [`spf=pass smtp.mailfrom=${target.address}`], target.address);
      },
    },
    {
      id: 'shared/left-alias',
      what: 'A subdomain is an alias of a name that ran out: the attacker answers for its keys, and writes in its name.',
      accepted: ANY,
      byDesign: 'The owner of the domain gave that name away. The subdomain is shown, and it alone is confirmed.',
      make: (d) => {
        const [{ target }, evil] = [stage(d, null), d.domain()];
        const name = `promo.${target.domain.name}`;
        d.zone[name] = { CNAME: [evil.name] };
        d.zone[`left._domainkey.${name}`] = { CNAME: [`left._domainkey.${evil.name}`] };
        d.zone[`left._domainkey.${evil.name}`] = { TXT: [keyRecord(commonKey('rsa'))] };
        d.write({ from: `Promotions <news@${name}>` });
        d.sign(name, { selector: 'left', record: null });
        arrive(d, evil, undefined, `any@${name}`);
      },
    },
    {
      id: 'shared/left-alias-for-the-whole',
      what: 'The same subdomain signs mail in the name of the domain above, which has no DMARC record.',
      accepted: UNVERIFIED,
      byDesign: 'A subdomain does not speak for the domain above by itself; it counts as somebody else who signed.',
      make: (d) => {
        const [{ target }, evil] = [stage(d, null), d.domain()];
        d.write({ from: target.mailbox });
        d.sign(`promo.${target.domain.name}`);
        arrive(d, evil);
      },
    },
    {
      id: 'shared/left-alias-although-strict',
      what: 'The same subdomain signs for the domain above, which asks for strict alignment.',
      accepted: ALARM,
      make: (d) => {
        const [{ target }, evil] = [stage(d, 'reject', '; adkim=s; aspf=s'), d.domain()];
        d.write({ from: target.mailbox });
        d.sign(`promo.${target.domain.name}`);
        arrive(d, evil, [`dkim=pass header.d=promo.${target.domain.name}`, 'spf=none']);
      },
    },
    {
      id: 'shared/other-tenant',
      what: 'Another customer of the service that sends for the target writes in the name of the target, signed by the service.',
      accepted: ALARM,
      make: (d) => {
        const [{ target }, service] = [stage(d), d.domain()];
        d.write({ from: target.mailbox });
        d.sign(service.name);
        arrive(d, service, [`dkim=pass header.d=${service.name}`, `spf=pass smtp.mailfrom=b@${service.name}`]);
      },
    },
    {
      id: 'shared/other-tenant-path',
      what: 'The same, with trace fields that name the server of the reader’s provider.',
      accepted: ALARM,
      make: (d) => {
        const [{ target }, service] = [stage(d), d.domain()];
        d.write({ from: target.mailbox });
        d.relay(target.domain, OWN_HOST);
        d.sign(service.name);
        arrive(d, service);
      },
    },
  ],
};

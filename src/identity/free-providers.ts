/**
 * Providers at which anybody gets a mailbox, so that two mailboxes of one domain are two strangers. The largest ones by their own account
 * of what they offer; a provider that is missing makes a finding a note.
 */

/** Gmail: "Dots don't matter in Gmail addresses" (https://support.google.com/mail/answer/7436150). */
export const IGNORES_DOTS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

export const FREE_PROVIDERS: ReadonlySet<string> = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it ' +
    'hotmail.es live.com live.co.uk live.de live.fr live.nl msn.com passport.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it ' +
    'yahoo.es yahoo.co.in yahoo.co.jp yahoo.com.br ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com gmx.com gmx.de ' +
    'gmx.net gmx.at gmx.ch web.de mail.com email.com freenet.de t-online.de proton.me protonmail.com pm.me tutanota.com tutanota.de ' +
    'tuta.io tuta.com posteo.de mailbox.org fastmail.com zoho.com zohomail.com hushmail.com mail.ru bk.ru inbox.ru list.ru yandex.ru ' +
    'yandex.com ya.ru rambler.ru ukr.net seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl libero.it virgilio.it alice.it tiscali.it ' +
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr ziggo.nl kpnmail.nl telenet.be skynet.be bluewin.ch comcast.net verizon.net att.net ' +
    'sbcglobal.net cox.net charter.net earthlink.net btinternet.com virginmedia.com sky.com talktalk.net bigpond.com rediffmail.com qq.com ' +
    '163.com 126.com sina.com sohu.com naver.com daum.net hanmail.net uol.com.br bol.com.br terra.com.br abv.bg sapo.pt inbox.lv'
  ).split(' '),
);

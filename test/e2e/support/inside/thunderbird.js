/*
 * Runs inside Thunderbird with full privileges: each function does or reads one thing of the mail program itself.
 * `inside` gives those functions for the add-on of an identifier.
 */
const inside = (addonId) => {
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const { setTimeout: delay } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');

  const sleep = (ms) => new Promise((resolve) => delay(resolve, ms));
  const until = async (what, ask, timeout = 10_000) => {
    const end = Date.now() + timeout;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await sleep(25);
    }
  };

  const mainWindow = () => Services.wm.getMostRecentWindow('mail:3pane');
  const tabmail = () => mainWindow().document.getElementById('tabmail');
  const policy = () => WebExtensionPolicy.getByID(addonId);
  const localInbox = () =>
    MailServices.accounts.localFoldersServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox) ??
    MailServices.accounts.localFoldersServer.rootFolder.getChildNamed('Inbox');
  const threePane = () => tabmail().currentAbout3Pane;

  /** The message surface in use: of the newest message window, else of the tab in front. */
  const messagePane = (where) => {
    if (where === 'window') {
      const window = Services.wm.getMostRecentWindow('mail:messageWindow');
      return window?.messageBrowser?.contentWindow ?? null;
    }
    return tabmail().currentAboutMessage;
  };
  const buttonId = `${addonId.replace(/\W/g, '_')}-messageDisplayAction-toolbarbutton`;
  const buttonIn = (where) => messagePane(where)?.document.getElementById(buttonId) ?? null;
  const iconOf = (button) => {
    const window = button.ownerGlobal ?? button.documentGlobal;
    const icon = window.getComputedStyle(button).getPropertyValue('--webextension-toolbar-image');
    return /[^/"]+\.svg/.exec(icon)?.[0] ?? icon;
  };

  /** A button that says the same for so long says what it means to say. */
  const SETTLED_MS = 1000;

  /** Without the spaces that make all words equally wide. */
  const wordOn = (button) => (button.getAttribute('label') ?? '').replaceAll(/[\u200a\u2060]/g, '');

  const isDisplayed = (messageId) => {
    const pane = messagePane('pane');
    return messageId !== null && Boolean(pane?.msgLoaded) && pane.gMessage?.messageId === messageId;
  };

  /**
   * Marks a button as stale until it says nothing of the message before, or that with this Message-ID is there in full. An outcome
   * that was known can be written, in one go with the clearing, before the message is there: it counts once nothing changed for
   * a while after that.
   */
  const awaitTakenUp = (button, messageId) => {
    const window = button.ownerGlobal ?? button.documentGlobal;
    const taken = messageId === null ? ['idle.svg', 'several.svg'] : ['blank.svg', 'checking.svg'];
    button.countersignStale?.observer.disconnect();
    const observer = new window.MutationObserver(() => {
      button.countersignStale.changed = Date.now();
      if (isDisplayed(messageId) || taken.includes(iconOf(button))) stop();
    });
    const stop = () => {
      observer.disconnect();
      button.countersignStale = null;
    };
    button.countersignStale = { observer, messageId, changed: null, stop };
    observer.observe(button, { attributes: true });
  };

  const isStale = (button) => {
    const { countersignStale: stale } = button;
    if (!stale) return false;
    if (stale.changed === null || !isDisplayed(stale.messageId) || Date.now() - stale.changed < SETTLED_MS) return true;
    stale.stop();
    return false;
  };

  return {
    maximize() {
      mainWindow().maximize();
    },

    ready: () =>
      Boolean(tabmail()?.currentTabInfo) && policy()?.extension?.backgroundState === 'running' && Boolean(localInbox()),

    async openInbox() {
      const main = tabmail();
      main.switchToTab(0);
      const pane = await until('the folder pane', () => main.currentAbout3Pane);
      await until('the folder pane to load', () => pane.document.readyState === 'complete' && pane.displayFolder);
      const inbox = localInbox();
      pane.displayFolder(inbox.URI);
      await until('the inbox to be read', () => {
        if (inbox.databaseNeedsUpdate ?? false) inbox.updateFolder(null);
        return pane.gFolder?.URI === inbox.URI && pane.gDBView && pane.gDBView.rowCount > 0;
      });
      return pane.gDBView.rowCount;
    },

    /** Message ids (as in Message-ID) in the order of the rows. */
    rows() {
      const view = threePane().gDBView;
      return Array.from({ length: view.rowCount }, (_, row) => {
        const { messageId, mime2DecodedSubject } = view.getMsgHdrAt(row);
        return { messageId, subject: mime2DecodedSubject };
      });
    },

    /**
     * Selects rows; nothing else is awaited. Until the extension has taken up the message that is then on display, the label
     * reads `stale`: what it says before that is about another message, even where it is written anew meanwhile, since
     * Thunderbird reports a message as displayed more than once.
     */
    select({ rows }) {
      const pane = threePane();
      const tree = pane.threadTree;
      if (String(tree.selectedIndices) === String(rows)) return;
      // While several messages are selected, the pane with the button is hidden, but will be the one to show the next message.
      const button = pane.messageBrowser.contentDocument?.getElementById(buttonId);
      if (button) awaitTakenUp(button, rows.length === 1 ? pane.gDBView.getMsgHdrAt(rows[0]).messageId : null);
      if (rows.length === 1) tree.selectedIndex = rows[0];
      else tree.selectedIndices = rows;
    },

    /** When what happened after a row was selected. The button is read whenever Thunderbird paints it anew. */
    async timeSelection({ row }) {
      const pane = messagePane('pane');
      const button = buttonIn('pane');
      const times = { cleared: null, header: null, displayed: null, judged: null };
      const words = [];
      const icons = [];
      const { performance } = mainWindow();
      const note = (what) => (times[what] ??= performance.now() - start);
      const onHeader = () => note('header');
      const onDisplayed = () => note('displayed');
      const observer = new pane.MutationObserver(() => {
        const icon = iconOf(button);
        const word = wordOn(button);
        if (icons.at(-1) !== icon) icons.push(icon);
        if (words.at(-1) !== word) words.push(word);
        if (word === 'stale') return;
        note('cleared');
        if (icon !== 'blank.svg' && icon !== 'checking.svg' && word !== '') note('judged');
      });
      pane.addEventListener('MsgLoading', onHeader);
      pane.addEventListener('MsgsLoaded', onDisplayed);
      button.setAttribute('label', 'stale');
      observer.observe(button, { attributes: true });
      const start = performance.now();
      try {
        threePane().threadTree.selectedIndex = row;
        await until('the verdict', () => times.judged !== null && times.displayed !== null);
        return { ...times, words, icons };
      } finally {
        observer.disconnect();
        pane.removeEventListener('MsgLoading', onHeader);
        pane.removeEventListener('MsgsLoaded', onDisplayed);
      }
    },

    async selectQuickly({ rows, pause }) {
      for (const row of rows) {
        threePane().threadTree.selectedIndex = row;
        await sleep(pause);
      }
    },

    /** Message-ID of what the pane shows now. */
    displayed({ where }) {
      const pane = messagePane(where);
      return pane?.gMessage ? { messageId: pane.gMessage.messageId, subject: pane.gMessage.mime2DecodedSubject } : null;
    },

    button({ where }) {
      const button = buttonIn(where);
      if (!button || button.hidden) return null;
      return {
        label: isStale(button) ? 'stale' : wordOn(button),
        width: button.getBoundingClientRect().width,
        title: button.getAttribute('tooltiptext') ?? '',
        icon: iconOf(button),
      };
    },

    /** Presses the button of this extension in the spaces toolbar; its title, and the address of the tab that opens. */
    async openSpace() {
      const window = mainWindow();
      const button = await until('the space', () =>
        window.document.querySelector('#spacesToolbarAddonsContainer button, #spacesToolbar .spaces-addon-button'),
      );
      button.click();
      const tab = await until('its tab', () => tabmail().tabInfo.find(({ mode }) => mode.name !== 'mail3PaneTab'));
      const address = await until('its address', () => {
        const spec = tab.browser?.currentURI?.spec ?? '';
        return spec.startsWith('moz-extension:') && spec;
      });
      return { title: button.title, address };
    },

    /** Thunderbird opens the popup when the mouse goes down, once the window has the focus. */
    async pressButton({ where }) {
      const button = await until('the button', () => buttonIn(where));
      const window = button.ownerGlobal ?? button.documentGlobal;
      window.top.focus();
      await until('the focus', () => Services.focus.activeWindow === window.top);
      button.dispatchEvent(
        new window.MouseEvent('mousedown', { button: 0, bubbles: true, cancelable: true, view: window }),
      );
    },

    async closePopup() {
      for (const window of Services.wm.getEnumerator(null)) {
        const panel = window.document.getElementById('webextension-remote-preload-panel');
        if (panel && panel.state !== 'closed') panel.hidePopup();
      }
      await sleep(50);
    },

    async openTab({ path }) {
      const extension = policy().extension;
      const tab = tabmail().openTab('contentTab', {
        url: extension.baseURL + path,
        triggeringPrincipal: extension.principal,
        linkHandler: 'single-site',
      });
      await until('the page to load', () => tab.browser.currentURI?.spec.startsWith(extension.baseURL));
    },

    tabs: () =>
      tabmail().tabInfo.map((tab) => ({
        mode: tab.mode.name,
        url: (tab.browser?.currentURI?.spec ?? '').replace(policy().extension.baseURL, ''),
        active: tab === tabmail().currentTabInfo,
      })),

    closeOtherTabs() {
      const main = tabmail();
      for (const tab of [...main.tabInfo].slice(1)) main.closeTab(tab);
      for (const window of [...Services.wm.getEnumerator('mail:messageWindow')]) window.close();
    },

    openMessage({ row, how }) {
      const pane = threePane();
      const header = pane.gDBView.getMsgHdrAt(row);
      const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
      if (how === 'window') MailUtils.openMessageInNewWindow(header);
      else tabmail().openTab('mailMessageTab', { messageURI: pane.gFolder.getUriForMsg(header), background: false });
    },

    /** Opens the first attachment of the message on display, as a double click does. */
    async openAttachment() {
      const pane = await until('the attachment', () => {
        const shown = messagePane('pane');
        return shown?.currentAttachments?.length > 0 && shown;
      });
      await pane.currentAttachments[0].open(pane.browsingContext);
    },

    /** The letter in the newest compose window, once it can be edited; null where there is none. */
    letter({ headerName }) {
      const window = Services.wm.getMostRecentWindow('msgcompose');
      const editor = window?.composeEditorReady ? window.GetCurrentEditor() : null;
      if (!editor) return null;
      const pills = [...window.document.querySelectorAll('#recipientsContainer mail-address-pill')];
      return {
        to: pills.map(({ emailAddress }) => emailAddress),
        subject: window.document.getElementById('msgSubject').value,
        body: editor.outputToString('text/plain', 0).replaceAll('\r\n', '\n'),
        header: window.gMsgCompose.compFields.getHeader(headerName),
      };
    },

    async closeLetter() {
      const window = Services.wm.getMostRecentWindow('msgcompose');
      window.gMsgCompose.bodyModified = false;
      window.SetContentAndBodyAsUnmodified();
      window.close();
      await until('the letter to close', () => !Services.wm.getMostRecentWindow('msgcompose'));
    },

    async setTheme({ dark }) {
      const theme = await AddonManager.getAddonByID(`thunderbird-compact-${dark ? 'dark' : 'light'}@mozilla.org`);
      await theme.enable();
      Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1);
      await sleep(300);
    },

    async setOffline({ offline }) {
      Services.io.manageOfflineStatus = false;
      Services.io.offline = offline;
      await sleep(500); // the processes of extensions learn of it a moment later
    },

    async sleepBackground() {
      const { extension } = policy();
      await until('the background to run', () => extension.backgroundState === 'running');
      await extension.terminateBackground({ ignoreDevToolsAttached: true });
      await until('the background to sleep', () => extension.backgroundState === 'stopped');
    },

    backgroundState: () => policy().extension.backgroundState,

    /** Resolves once the password would outlast an end of the program. */
    async rememberPassword({ origin, user, password }) {
      const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
      login.init(origin, null, origin, user, password, '', '');
      await Services.logins.addLoginAsync(login);
      const file = PathUtils.join(PathUtils.profileDir, 'logins.json');
      await until('the password to be kept', () => IOUtils.exists(file));
    },

    async openFolder({ uri }) {
      const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
      const folder = await until('the folder', () => MailUtils.getExistingFolder(uri));
      tabmail().switchToTab(0);
      const pane = await until('the folder pane', () => threePane());
      await until('the folder pane to load', () => pane.document.readyState === 'complete' && pane.displayFolder);
      pane.displayFolder(uri);
      await until('the folder to be shown', () => pane.gFolder?.URI === uri && pane.gDBView);
      folder.updateFolder(null);
      return folder.getTotalMessages(false);
    },

    /** Resolves once the server was asked. */
    async getMail({ uri }) {
      const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
      const folder = MailUtils.getExistingFolder(uri);
      await new Promise((resolve) => {
        folder.server.getNewMessages(folder, mainWindow().msgWindow, {
          QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
          OnStartRunningUrl() {},
          OnStopRunningUrl: resolve,
        });
      });
    },

    async grantHost({ origin }) {
      const { extension } = policy();
      await ExtensionPermissions.add(addonId, { permissions: [], origins: [origin] }, extension);
    },

    async revokeHost({ origin }) {
      const { extension } = policy();
      await ExtensionPermissions.remove(addonId, { permissions: [], origins: [origin] }, extension);
    },

    clipboard() {
      const transfer = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
      transfer.init(null);
      transfer.addDataFlavor('text/plain');
      Services.clipboard.getData(transfer, Ci.nsIClipboard.kGlobalClipboard);
      const data = {};
      transfer.getTransferData('text/plain', data);
      return data.value.QueryInterface(Ci.nsISupportsString).data;
    },

    /** Presses a button of the question that hangs from the window's menu. */
    async answerPermission({ answer }) {
      const { document } = mainWindow();
      const popup = document.getElementById('notification-popup');
      const question = await until(
        'the question',
        () => popup.state === 'open' && popup.querySelector('popupnotification'),
      );
      question[answer === 'allow' ? 'button' : 'secondaryButton'].click();
      await until('the question to go', () => popup.state === 'closed');
    },

    /**
     * Runs the text of a function in an extension page: `tab` is the content tab in front, `popup` the open popup.
     * The function sees the page's own globals; `press` stands for a click of the user's hand.
     */
    async inPage({ where, code, argument, timeout }) {
      const browser = await until(`the ${where}`, () => {
        const found =
          where === 'popup'
            ? [...Services.wm.getEnumerator(null)]
                .map((window) => window.document.querySelector('#webextension-remote-preload-panel browser'))
                .find((candidate) => candidate?.currentURI?.spec.startsWith(policy().extension.baseURL))
            : tabmail().currentTabInfo.browser;
        return found?.messageManager && found;
      });
      return askFrame(where, browser, frameScript, { code, argument: argument ?? null }, timeout);
    },

    /** Whether the message on display has such an element; clicks it where that is asked for. */
    inMessage({ selector, press }) {
      const browser = messagePane('pane').getMessagePaneBrowser();
      return askFrame('message', browser, messageScript, { selector, press });
    },

    /** The banner above the message on display, null where there is none; presses one of its buttons where `press` tells which. */
    async banner({ where, press }) {
      const browser = messagePane(where)?.getMessagePaneBrowser();
      if (!browser?.messageManager) return null;
      const banner = await askFrame('message', browser, bannerScript, { press: press ?? null });
      return banner && press === undefined ? { ...banner, isPainted: await isPainted(browser, banner) } : banner;
    },
  };

  /** Has a function run as a frame script with `frame` and this argument, and waits for its one answer. */
  function askFrame(what, browser, run, argument, timeout = 10_000) {
    const answerName = `countersign-test-${Services.uuid.generateUUID()}`;
    const script = `(${run})(this, ${JSON.stringify({ ...argument, answerName })})`;
    return new Promise((resolve, reject) => {
      const manager = browser.messageManager;
      const listener = ({ data }) => {
        manager.removeMessageListener(answerName, listener);
        if ('error' in data) reject(new Error(data.error));
        else resolve(JSON.parse(data.value));
      };
      manager.addMessageListener(answerName, listener);
      manager.loadFrameScript(`data:application/javascript;charset=utf-8,${encodeURIComponent(script)}`, false);
      delay(() => {
        manager.removeMessageListener(answerName, listener);
        reject(new Error(`the ${what} did not answer`));
      }, timeout);
    });
  }

  /** Whether anything but white is to be seen where the banner stands. */
  async function isPainted(browser, { top, width, height }) {
    const window = mainWindow();
    const area = new window.DOMRect(0, top, width, height);
    const picture = await browser.browsingContext.currentWindowGlobal.drawSnapshot(area, 1, 'rgb(255,255,255)');
    const canvas = new window.OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    picture.close();
    return context.getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part !== 255);
  }

  function messageScript(frame, { selector, press, answerName }) {
    const element = frame.content.document.querySelector(selector);
    if (press) element?.click();
    frame.sendAsyncMessage(answerName, { value: JSON.stringify(element !== null) });
  }

  /** Runs in the process of the message. Privileged code sees into closed shadow trees, which nothing else does. */
  function bannerScript(frame, { press, answerName }) {
    const { document } = frame.content;
    const host = [...document.documentElement.children].find((element) => element.openOrClosedShadowRoot);
    const banner = host?.openOrClosedShadowRoot.querySelector('[data-look]');
    const answer = (value) => frame.sendAsyncMessage(answerName, { value: JSON.stringify(value) });
    if (!banner) return answer(null);
    const buttons = [...banner.querySelectorAll('button')];
    buttons[press]?.click();
    const { top, width, height } = banner.getBoundingClientRect();
    const isOnTop = document.elementFromPoint(width / 2, height / 2) === host;
    const words = [...banner.querySelectorAll('bdi')].map(({ textContent }) => textContent);
    const titles = buttons.map(({ textContent }) => textContent);
    return answer({ look: banner.dataset.look, words, buttons: titles, top, width, height, isOnTop });
  }

  /** Runs in the process of the page. A sandbox with the page's own principal and globals stands in for its console. */
  function frameScript(frame, { code, argument, answerName }) {
    const { content } = frame;
    const sandbox = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    Cu.exportFunction(
      (element) => {
        const target = Cu.unwaiveXrays(element);
        target.scrollIntoView({ block: 'center' });
        target.focus();
        const handling = content.windowUtils.setHandlingUserInput(true);
        try {
          target.click();
        } finally {
          handling.destruct();
        }
      },
      sandbox,
      { defineAs: 'press' },
    );
    Promise.resolve()
      .then(() =>
        Cu.evalInSandbox(
          `(async () => JSON.stringify((await (${code})(${JSON.stringify(argument)})) ?? null))()`,
          sandbox,
        ),
      )
      .then(
        (value) => frame.sendAsyncMessage(answerName, { value }),
        (error) => frame.sendAsyncMessage(answerName, { error: String(error) }),
      );
  }
};

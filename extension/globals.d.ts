/** The target this build is for; decided when it is built. */
declare const __TARGET__: 'thunderbird' | 'chrome' | 'firefox';

/** Thunderbird 128 and newer; only with the permission `scripting`. */
declare namespace messenger.scripting.messageDisplay {
  interface MessageDisplayScript {
    readonly id: string;
    readonly js: readonly string[];
  }
  function getRegisteredScripts(filter: { readonly ids: readonly string[] }): Promise<readonly MessageDisplayScript[]>;
  function registerScripts(scripts: readonly MessageDisplayScript[]): Promise<void>;
  function unregisterScripts(filter: { readonly ids: readonly string[] }): Promise<void>;
}

/** Styles are the bundler's business: importing them links them to the page. */
declare module '*.css';

/** Chrome 116 and newer; only with the permission `sidePanel`. */
declare namespace chrome.sidePanel {
  function open(options: { readonly windowId: number }): Promise<void>;
}

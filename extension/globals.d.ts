/** The target this build is for; decided when it is built. */
declare const __TARGET__: 'thunderbird' | 'chrome' | 'firefox';

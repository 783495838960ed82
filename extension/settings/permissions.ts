/** Permissions of the mail program that are asked for in the click that needs them. */

/** To carry out rules: tag, mark and move messages, make tags that are missing, and notify. */
export const ACTING_PERMISSIONS = [
  'messagesUpdate',
  'messagesMove',
  'messagesTags',
  'messagesTagsList',
  'notifications',
] as const;

/** To run the banner's script in messages that are shown. Reading them is permitted from the start (`messagesRead`). */
export const BANNER_PERMISSIONS = ['scripting'] as const;

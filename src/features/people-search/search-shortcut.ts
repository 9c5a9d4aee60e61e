import { ownSetting } from '#client/session/own-setting.ts'

/** Whether the key `/` goes to the search on every page. Some people speak to their computer, and switch it off. */
const values: readonly ['on', 'off'] = ['on', 'off']

export const [useSearchShortcut, setSearchShortcut] = ownSetting('search-shortcut', values)

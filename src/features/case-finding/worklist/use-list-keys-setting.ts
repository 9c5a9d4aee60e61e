import { ownSetting } from '#client/session/own-setting.ts'

/** Whether a list is worked with single keys: they can be turned off (WCAG 2.1.4). */
export const [useListKeysSetting, chooseListKeys] = ownSetting('list-keys', ['on', 'off'])

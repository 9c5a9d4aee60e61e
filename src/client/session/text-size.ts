import { ownSetting } from './own-setting.ts'

/** How large the words are on the person's and carer's pages. */
export type TextSize = 'usual' | 'large'

const values: readonly [TextSize, TextSize] = ['usual', 'large']

export const [useTextSize, setTextSize] = ownSetting('text-size', values)

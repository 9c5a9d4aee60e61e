import { useLingui } from '@lingui/react'

/** Between two facts in a row, as the language of the page writes it. */
export function Comma() {
  return useLingui().i18n.locale === 'ur' ? '، ' : ', '
}

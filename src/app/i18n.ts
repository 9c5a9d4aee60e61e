import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'

/** English is the source of all words: it is compiled as it is met, and needs no catalogue. */
export function activateI18n(): void {
  i18n.setMessagesCompiler(compileMessage)
  i18n.loadAndActivate({ locale: 'en', locales: ['en-GB'], messages: {} })
}

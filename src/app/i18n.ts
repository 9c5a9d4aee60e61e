import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'

/** Messages are compiled at runtime; English needs no catalogue. */
export function activateI18n(): void {
  i18n.setMessagesCompiler(compileMessage)
  i18n.loadAndActivate({ locale: 'en', locales: ['en-GB'], messages: {} })
}

import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { welshDate } from '#domain/language/welsh-date.ts'
import { ownWords } from '#ui/text/own-words.ts'
import { isolatedMessages } from './isolated-messages.ts'

describe('Words of a translated page', () => {
  const moment = new Date('2026-11-03T14:05:00Z')
  const inLondon = { timeZone: 'Europe/London' }

  test('Welsh dates have Welsh words also where the browser knows none', () => {
    expect(welshDate(moment, { dateStyle: 'long', ...inLondon })).toBe('3 Tachwedd 2026')
    expect(welshDate(moment, { day: 'numeric', month: 'long', ...inLondon })).toBe('3 Tachwedd')
    expect(welshDate(moment, { weekday: 'long', day: 'numeric', ...inLondon })).toBe(
      'Dydd Mawrth 3',
    )
    expect(welshDate(moment, { hour: 'numeric', minute: '2-digit', ...inLondon })).toBe('14:05')
  })

  test('Words that somebody wrote keep their own language and direction', () => {
    expect(ownWords('I want to walk to church.')).toEqual({ dir: 'auto', lang: 'en' })
    expect(ownWords('میں چلنا چاہتی ہوں')).toEqual({ dir: 'auto', lang: 'ur' })
    expect(ownWords('Chcę chodzić do kościoła')).toEqual({ dir: 'auto', lang: 'pl' })
  })

  test('What is filled into a sentence that runs right to left stays together', () => {
    const i18n = setupI18n()
    const messages = isolatedMessages({
      agreed: compileMessage('{name} نے {day} کو ہاں کہا'),
      left: compileMessage('{left, plural, one {# وعدہ {name}} other {# وعدے {name}}}'),
    })
    i18n.loadAndActivate({ locale: 'ur', messages })
    expect(i18n._('agreed', { name: 'Grace', day: '10' })).toBe('⁨Grace⁩ نے ⁨10⁩ کو ہاں کہا')
    expect(i18n._('left', { left: 3, name: 'Tom' })).toBe('3 وعدے ⁨Tom⁩')
  })
})

import { describe, expect, test } from 'vitest'
import { ownWords } from '#ui/text/own-words.ts'
import { welshDate } from './dates-in.ts'

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
})

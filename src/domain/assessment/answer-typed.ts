import { addDigits } from '#domain/decimal/digits.ts'
import type { Answer } from './form.ts'

/**
 * The number that was typed, with its digits, or the text as it is: it is kept and shown until it can be read. Nothing
 * typed is no answer.
 */
export function answerTyped(text: string): readonly Answer[] {
  if (text === '') return []
  const written = text.trim().replace(',', '.')
  if (!/^-?\d+(\.\d+)?$/.test(written)) return [text]
  const given: readonly Answer[] = [Number(written)]
  const said = written.replace(/^(-?)0+(?=\d)/, '$1')
  if (said !== String(given[0])) addDigits(given, { 0: said })
  return given
}

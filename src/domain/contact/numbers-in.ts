/** A run of words, or a telephone number among them. */
export type TextPart = Readonly<{ text: string; isNumber: boolean }>

/** Seven digits or more, in groups; or one of the short numbers for help. */
const number =
  /(\+?\d(?:[ \-()]{0,2}\d){6,}|(?<![\d.,:/-])(?:999|112|111|119|116 ?123)(?![\d.,:/-]*\d))/

/** Splits a text so that each telephone number in it can be called. */
export const numbersIn = (text: string): readonly TextPart[] =>
  text
    .split(number)
    .map((part, place) => ({ text: part, isNumber: place % 2 === 1 }))
    .filter((part) => part.text !== '')

/** The first number in a text; undefined if there is none. */
export const firstNumberIn = (text: string): string | undefined =>
  numbersIn(text).find((part) => part.isNumber)?.text

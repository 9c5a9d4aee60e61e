/** What somebody says ahead about their care at the end of life: our own codes, and no text of anybody’s form. */
export const wishCodes = {
  matters: 'wishes-matters',
  avoid: 'wishes-avoid',
  place: 'wishes-place',
  decides: 'wishes-decides',
} as const

export type WishPart = keyof typeof wishCodes
export const wishParts = Object.keys(wishCodes) as readonly WishPart[]

export const isWishCode = (code: string | undefined): boolean =>
  Object.values<string | undefined>(wishCodes).includes(code)

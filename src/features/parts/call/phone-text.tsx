import { numbersIn } from '#domain/contact/numbers-in.ts'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** Text as written; the telephone numbers in it call when tapped. */
export function PhoneText({ text }: Readonly<{ text: string }>) {
  return numbersIn(text).map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text stay in their places
    part.isNumber ? <PhoneLink key={place} number={part.text} /> : part.text,
  )
}

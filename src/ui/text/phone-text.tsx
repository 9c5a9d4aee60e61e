import { PhoneLink } from './phone-link.tsx'

export type PhonePart = Readonly<{ text: string; isNumber: boolean }>

/** Written words as they stand; the telephone numbers in them ring when they are tapped. */
export function PhoneText({ parts }: { parts: readonly PhonePart[] }) {
  return parts.map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text stay in their places
    part.isNumber ? <PhoneLink key={place} number={part.text} /> : part.text,
  )
}

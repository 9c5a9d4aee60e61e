import { Trans } from '@lingui/react/macro'
import { PhoneLink } from './phone-link.tsx'

type Props = Readonly<{
  doWhat: readonly PhonePart[]
  /** who to call, unless what to do contains it */
  ring: readonly PhonePart[]
  /** who to call at night, if it is somebody else */
  night?: readonly PhonePart[]
  strong?: boolean
}>

/** What a plan says to do when things get worse, and who to call: its numbers call when tapped. */
export function WhatToDo({ doWhat, ring, night = [], strong = false }: Props) {
  const deed = <PhoneText parts={doWhat} />
  return (
    <>
      {doWhat.length > 0 ? <p>{strong ? <strong>{deed}</strong> : deed}</p> : null}
      {ring.length > 0 ? (
        <p>
          {night.length > 0 ? (
            <Trans>
              By day call <PhoneText parts={ring} />.
            </Trans>
          ) : (
            <Trans>
              Call <PhoneText parts={ring} />
            </Trans>
          )}
        </p>
      ) : null}
      {night.length > 0 ? (
        <p>
          <Trans>
            At night call <PhoneText parts={night} />.
          </Trans>
        </p>
      ) : null}
    </>
  )
}

type PhonePart = Readonly<{ text: string; isNumber: boolean }>

/** Text as written; its telephone numbers call when tapped. */
function PhoneText({ parts }: { parts: readonly PhonePart[] }) {
  return parts.map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text stay in their places
    part.isNumber ? <PhoneLink key={place} number={part.text} /> : part.text,
  )
}

import { Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import type { SaidBy } from '#domain/plan/plan.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Who said one line of the plan, who wrote it down, and when. */
export function SaidByLine({ said }: Readonly<{ said: SaidBy | undefined }>) {
  if (!said?.by.name) return null
  const day = said.at ? dayHere(said.at) : ''
  return (
    <p className="worse-said">
      {said.by.voice === 'professional' ? (
        <Trans>Written by {said.by.name}</Trans>
      ) : (
        <Trans>In the words of {said.by.name}</Trans>
      )}
      {said.helper?.name ? (
        <>
          {' '}
          · <Trans>Written down by {said.helper.name}</Trans>
        </>
      ) : null}
      {day ? (
        <>
          <Comma />
          <DateText date={day} />
        </>
      ) : null}
    </p>
  )
}

import { Trans } from '@lingui/react/macro'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** Carers whose part has ended: they stay in the history. */
export function FormerCarers({ carers }: Readonly<{ carers: readonly CarerShown[] }>) {
  if (carers.length === 0) return null
  return (
    <section className="gable-section" aria-labelledby="former-carers">
      <h2 id="former-carers">
        <Trans>Earlier carers</Trans>
      </h2>
      <ul>
        {carers.map(({ id, name, relationship, endedOn, endedWhy }) => (
          <li key={id}>
            <strong>{name}</strong> {relationship}
            {endedOn ? (
              <>
                {', '}
                <Trans>
                  until <DateText date={endedOn} />
                </Trans>
              </>
            ) : null}
            {endedWhy ? `: ${endedWhy}` : ''}
          </li>
        ))}
      </ul>
    </section>
  )
}

import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { registrationQuery } from '#client/queries/coordination/hand-over.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** The person's practice, and whether it has asked another to take them on. For the person. */
export function MyPractice({ person }: { person: string }) {
  const { data } = useQuery(registrationQuery(person))
  const names = (data?.registered ?? [])
    .map(({ name }) => name)
    .filter(Boolean)
    .join(', ')
  const waiting = data?.waiting
  if (!names && !waiting) return null
  return (
    <section aria-labelledby="my-practice">
      <h2 id="my-practice">
        <Trans>Your practice</Trans>
      </h2>
      <ul>
        {names ? (
          <li>
            <p>
              <Trans>
                You are with <strong>{names}</strong>. People who work there can see your plan and
                record.
              </Trans>
            </p>
          </li>
        ) : null}
        {waiting ? (
          <li>
            <p>
              <Trans>
                <strong>{waiting.by.name}</strong> has asked <strong>{waiting.to.name}</strong> to
                be your practice from <DateText date={waiting.from} />. They can see your plan and
                record while they decide.
              </Trans>
            </p>
            <p className="who-looked-role">
              <Trans>Why: {waiting.why}</Trans>
            </p>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

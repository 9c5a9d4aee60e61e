import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { meetingLettersQuery } from '#client/queries/meetings/meetings.ts'
import { AskMeeting } from '#features/parts/meeting/ask-meeting.tsx'
import { LetterText } from '#features/parts/meeting/letter-text.tsx'
import { ReadAloudLink } from '#features/parts/read-aloud/read-aloud-link.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** What the team wrote after its meetings, and the way to ask for something at the next one. */
export function MyLetters({ mine: { house, isCarer, mayWrite } }: Readonly<{ mine: MyHouse }>) {
  const { t } = useLingui()
  const { data: letters = [] } = useQuery({
    ...meetingLettersQuery(house.person),
    enabled: !isCarer,
  })
  const mayAsk = !house.died && mayWrite('conversation')
  const ask = mayAsk ? (
    <AskMeeting person={house.person} label={t`What should the team talk about?`} />
  ) : null
  if (letters.length === 0) return ask
  return (
    <section aria-labelledby="my-letters-title">
      <h2 id="my-letters-title">
        <Trans>Team meetings</Trans>
      </h2>
      {letters.map((letter, place) => (
        <details key={letter.id} open={place === 0}>
          <summary>
            <Trans>
              Letter of <DateText date={letter.at} /> from {letter.by.name}
            </Trans>
          </summary>
          <ReadAloudLink part={`letter-${letter.id}`} />
          <div id={`letter-${letter.id}`}>
            <LetterText letter={letter} givenName={house.givenName} />
          </div>
        </details>
      ))}
      {ask}
    </section>
  )
}

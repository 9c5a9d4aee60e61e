import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { giveVoiceLeave, myVoicesQuery } from '#client/queries/preparation/my-voices.ts'
import type { OwnVoices } from '#domain/voice/voices.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { OpeningLine } from '#ui/layout/opening-line.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { Quote } from '#ui/text/quote.tsx'

/** For the person: what they told us in their own words, who may read it, and what was changed because of it. */
export function MyVoices({ person }: Readonly<{ person: string }>) {
  const { data } = useQuery(myVoicesQuery(person))
  if (!data || data.voices.length === 0) return null
  const isChanged = data.voices.some(({ changes }) => changes.length > 0)
  return (
    <OpeningLine
      title={
        isChanged ? (
          <Trans>What we changed after what you told us</Trans>
        ) : (
          <Trans>What you told us</Trans>
        )
      }
    >
      {data.isLeftOut ? (
        <p>
          <Trans>
            You said no to the use of your data for planning. So we show your words to nobody else.
          </Trans>
        </p>
      ) : null}
      {data.voices.map((voice) => (
        <OneOfMine key={voice.answer} {...{ person, voice }} isLeftOut={data.isLeftOut} />
      ))}
    </OpeningLine>
  )
}

type One = Readonly<{ person: string; voice: OwnVoices['voices'][number]; isLeftOut: boolean }>

function OneOfMine({ person, voice, isLeftOut }: One) {
  const { words, on, changes } = voice
  return (
    <div>
      <Quote size="row">{words}</Quote>
      <p className="gable-meta">
        <DateText date={on} />
      </p>
      {changes.map((change) => (
        <div key={`${change.on} ${change.words}`}>
          <p>
            <b>
              <Trans>What we changed</Trans>
            </b>
          </p>
          <p>
            <bdi>{change.words}</bdi>
          </p>
          <p className="gable-meta">
            {change.by}
            <Comma />
            {change.organisationName}
            <Comma />
            <DateText date={change.on} />
          </p>
        </div>
      ))}
      {isLeftOut && !voice.mayShow ? null : <Leave person={person} voice={voice} />}
    </div>
  )
}

function Leave({ person, voice: { answer, mayShow } }: Pick<One, 'person' | 'voice'>) {
  const saving = useSaveState()
  const change = () => void saving.run(() => giveVoiceLeave(person, { answer, leave: !mayShow }))
  return (
    <>
      <p>
        {mayShow ? (
          <Trans>You let us show these words, without your name.</Trans>
        ) : (
          <Trans>Only your team can read these words.</Trans>
        )}
      </p>
      <SaveNote saving={saving} />
      <Button variant="outline" pending={saving.pending} onClick={change}>
        {mayShow ? (
          <Trans>Stop showing these words</Trans>
        ) : (
          <Trans>Show these words without my name</Trans>
        )}
      </Button>
    </>
  )
}

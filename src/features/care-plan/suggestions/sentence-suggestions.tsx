import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { withdrawChange } from '#client/queries/suggestion/suggested-changes.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import { partIn, type SentenceNow, sentenceNow } from '#domain/suggestion/sentence-now.ts'
import {
  besideSentence,
  changesBeside,
  type SuggestedChange,
} from '#domain/suggestion/suggested-change.ts'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { ChangeOutcome } from '#features/parts/suggestions/change-outcome.tsx'
import { SuggestedWords } from '#features/parts/suggestions/suggested-words.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { AskOwner, DecideChange } from './decide-change.tsx'
import { SuggestChange } from './suggest-change.tsx'

type Beside = Readonly<{ house: HouseRecord; record: string; place: string }>

/** Other words for one sentence: what waits beside it, a place to suggest more, and what was decided. */
export function SentenceSuggestions(beside: Beside) {
  return (
    <>
      <WaitingBeside {...beside} />
      <SuggestBeside {...beside} />
      <DecidedBeside {...beside} />
    </>
  )
}

/** What waits beside one sentence. */
export function WaitingBeside({ house, record, place }: Beside) {
  const now = sentenceNow(house, record, place)
  if (!now) return null
  return changesBeside(house.suggestedChanges, record, place)
    .filter(({ state }) => state === 'waiting')
    .map((change) => <WaitingChange key={change.id} house={house} change={change} now={now} />)
}

/** Nobody suggests other words for their own sentence: they change it. */
export function SuggestBeside({ house, record, place }: Beside) {
  const now = sentenceNow(house, record, place)
  if (!now || now.words === '' || house.died) return null
  if (now.owner?.reference === whoAmI(house.person).reference) return null
  const at = { person: house.person, record, place, now }
  return <SuggestChange at={at} ownerName={calledName(house, now.owner)} />
}

/** What was decided beside one sentence. */
export function DecidedBeside({ house, record, place }: Beside) {
  const decided = changesBeside(house.suggestedChanges, record, place).filter(
    ({ state }) => state !== 'waiting',
  )
  if (decided.length === 0) return null
  return (
    <details className="gable-suggested-before">
      <summary>
        <Plural value={decided.length} one="# earlier suggestion" other="# earlier suggestions" />
      </summary>
      {decided.map((change) => (
        <div key={change.id} className="gable-suggestion">
          <ChangeOutcome
            change={change}
            when={<WhenText at={change.decision?.at ?? change.at} />}
          />
        </div>
      ))}
    </details>
  )
}

/** The person by their first name; everybody else by their full name. */
export function calledName(house: HouseRecord, who: Who | undefined): string {
  if (who?.reference === `Patient/${house.person}`) return house.givenName
  return who?.name ?? ''
}

type WaitingProps = Readonly<{ house: HouseRecord; change: SuggestedChange; now: SentenceNow }>

function WaitingChange({ house, change, now }: WaitingProps) {
  const beside = besideSentence(change, now.words)
  const ownerName = calledName(house, now.owner)
  return (
    <div className="gable-suggestion" id={`suggestion-${change.id}`}>
      <p>
        <StateMark state="writing">
          {ownerName ? (
            <Trans>Suggested, waiting for {ownerName}’s yes</Trans>
          ) : (
            <Trans>Suggested, waiting for a yes</Trans>
          )}
        </StateMark>
      </p>
      <SuggestedWords beside={beside} />
      <p className="gable-who">
        <Avatar name={change.by.name} voice={change.by.voice} />
        <span>
          <strong>{change.by.name}</strong>, <WhenText at={change.at} />
        </span>
      </p>
      <p className="gable-meta">
        {change.why ? (
          <>
            <Trans>Because: “{change.why}”</Trans>{' '}
          </>
        ) : null}
        {ownerName ? (
          <Trans>Only {ownerName} can accept this. The words above stay until then.</Trans>
        ) : null}
      </p>
      {house.died ? null : <Deeds {...{ house, change, now }} />}
    </div>
  )
}

function Deeds({ house, change, now }: WaitingProps) {
  const { t } = useLingui()
  const saving = useSaveState()
  const organisation = useSession((session) => session.actor?.organisation)
  const me = whoAmI(house.person)
  const part = partIn(change, now.owner, { me, organisation })
  const beside = besideSentence(change, now.words)
  const deciding = { beside, planId: house.plan?.id, ownerName: calledName(house, now.owner) }
  return (
    <>
      {part === 'decide' ? <DecideChange {...deciding} /> : null}
      {part === 'record' ? <AskOwner {...deciding} /> : null}
      {change.by.reference === me.reference ? (
        <>
          <SaveNote saving={saving} />
          <Button
            variant="link"
            pending={saving.pending}
            onClick={() => void saving.run(() => withdrawChange(change))}
            aria-label={t`Withdraw my suggestion: ${change.words}`}
          >
            <Trans>Withdraw my suggestion</Trans>
          </Button>
        </>
      ) : null}
    </>
  )
}

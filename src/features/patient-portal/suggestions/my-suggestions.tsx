import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { changesThatWait, sentenceNow } from '#domain/suggestion/sentence-now.ts'
import { besideSentence, type SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import { SuggestedWords } from '#features/parts/suggestions/suggested-words.tsx'
import { useDecideChange } from '#features/parts/suggestions/use-decide-change.ts'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { OpeningLine } from '#ui/layout/opening-line.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** Each is a line on the first page; when some are answered, the next ones follow. */
const mostAtOnce = 3

/** What others suggest for my own words: a line each, that opens to yes, other words, or no with a word why. */
export function MySuggestions({ mine }: { mine: MyHouse }) {
  const { house, me } = mine
  if (house.died) return null
  const waiting = changesThatWait(house).filter(
    ({ record, place }) => sentenceNow(house, record, place)?.owner?.reference === me.reference,
  )
  if (waiting.length === 0) return null
  return (
    <>
      {waiting.slice(0, mostAtOnce).map((change) => (
        <OneSuggestion key={change.id} mine={mine} change={change} />
      ))}
      {waiting.length > mostAtOnce ? (
        <p className="my-small">
          <Plural
            value={waiting.length - mostAtOnce}
            one="# more suggestion comes after these."
            other="# more suggestions come after these."
          />
        </p>
      ) : null}
    </>
  )
}

function OneSuggestion({ mine, change }: { mine: MyHouse; change: SuggestedChange }) {
  const { house } = mine
  const now = sentenceNow(house, change.record, change.place)?.words ?? ''
  const beside = besideSentence(change, now)
  const deciding = useDecideChange(beside, { planId: house.plan?.id, way: 'self' })
  return (
    <OpeningLine
      title={<Trans>{change.by.name} suggests a change</Trans>}
      isBegun={deciding.draft.answer !== ''}
    >
      {beside.isMovedOn ? null : (
        <>
          <p className="my-small">
            <Trans>Your words now</Trans>
          </p>
          <SaidQuote size="lead" isPersons={!mine.isCarer}>
            {now}
          </SaidQuote>
        </>
      )}
      <p className="my-small">
        <Trans>{change.by.name} suggests</Trans>
      </p>
      <SuggestedWords beside={beside} />
      {change.why ? (
        <p>
          <Trans>Because: “{change.why}”</Trans>
        </p>
      ) : null}
      {deciding.draft.answer ? <InMyWords deciding={deciding} /> : <YesOrNo deciding={deciding} />}
      <p className="my-small">
        <Trans>Your words stay as they are until you say yes.</Trans>
      </p>
    </OpeningLine>
  )
}

type Deciding = Readonly<{ deciding: ReturnType<typeof useDecideChange> }>

function YesOrNo({ deciding }: Deciding) {
  const { saving, decide, set } = deciding
  return (
    <div className="my-answer">
      <NotSaved problem={saving.problem} />
      <Button pending={saving.pending} onClick={() => void decide('yes')}>
        <Trans>Yes, use these words</Trans>
      </Button>
      <Button variant="outline" onClick={() => set({ answer: 'change' })}>
        <Trans>Change it</Trans>
      </Button>
      <Button variant="outline" onClick={() => set({ answer: 'no' })}>
        <Trans>No, because…</Trans>
      </Button>
    </div>
  )
}

function InMyWords({ deciding }: Deciding) {
  const { t } = useLingui()
  const { draft, saving, decide, set, leave, isMissing } = deciding
  const isNo = draft.answer === 'no'
  return (
    <CheckedForm
      className="my-answer"
      onSubmit={async () => void (await decide(draft.answer || 'no'))}
    >
      {isNo ? (
        <TextArea
          label={t`Why not? A word is enough.`}
          rows={2}
          value={draft.reason}
          onChange={(reason) => set({ reason })}
          error={isMissing ? t`Enter a word` : undefined}
        />
      ) : (
        <TextArea
          label={t`My words`}
          rows={3}
          value={draft.words}
          onChange={(words) => set({ words })}
          error={isMissing ? t`Enter a few words` : undefined}
        />
      )}
      <NotSaved problem={saving.problem} />
      <Button type="submit" pending={saving.pending}>
        {isNo ? <Trans>Send my no</Trans> : <Trans>Save my words</Trans>}
      </Button>
      <Button variant="outline" onClick={leave}>
        <Trans>Go back</Trans>
      </Button>
    </CheckedForm>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { acceptSuggestion } from '#client/queries/care-plan/suggestions.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { Suggestion } from '#domain/suggestion/suggestion.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { DismissSuggestion } from './dismiss-suggestion.tsx'
import { SuggestionFailure } from './suggestion-failure.tsx'
import { useSuggestionLabels } from './suggestion-labels.ts'

type Props = Readonly<{
  suggestion: Suggestion
  person: string
  /** puts it on the record first, where it is not there yet: a step of a card */
  ensure?: () => Promise<Suggestion>
  /** the card that it is a step of: the same step may stand in two */
  within?: string
}>

/** One suggestion with its reason, and its decision. Nothing is decided automatically. */
export function SuggestionCard(props: Props) {
  const { suggestion, within } = props
  const restrictionOf = useRestrictions()
  const { kinds } = useSuggestionLabels()
  const isOwnWords = suggestion.code === 'own-words' || suggestion.code === 'worry'
  return (
    <li className="assess-suggestion">
      {suggestion.because && (
        <p className="assess-meta">
          <strong>
            <Trans>Because</Trans>
          </strong>{' '}
          <bdi>{suggestion.because}</bdi>
        </p>
      )}
      {isOwnWords ? (
        <Quote size="row">{suggestion.words}</Quote>
      ) : (
        <Words words={suggestion.words} isHeading={within === undefined} />
      )}
      <p className="assess-meta">{kinds[suggestion.kind]}</p>
      {suggestion.isUnverified && <UnverifiedMark what="answer-rule" />}
      <RestrictedMark restriction={restrictionOf(`Task/${suggestion.id}`)} />
      <Standing {...props} />
    </li>
  )
}

/** In a card the title of the card is the heading. */
function Words({ words, isHeading }: { words: string; isHeading: boolean }) {
  const className = 'assess-suggestion-words'
  return isHeading ? <h3 className={className}>{words}</h3> : <p className={className}>{words}</p>
}

function Standing(props: Props) {
  const { suggestion, person } = props
  const { accepted } = useSuggestionLabels()
  if (suggestion.state === 'accepted')
    return (
      <>
        <StateMark state="agreed">{accepted[suggestion.kind]}</StateMark>
        <NextForm suggestion={suggestion} person={person} />
      </>
    )
  if (suggestion.state === 'dismissed')
    return (
      <StateMark state="missing">
        <Trans>Dismissed: {suggestion.reason}</Trans>
      </StateMark>
    )
  return <Deciding {...props} />
}

/** An assessment that was accepted can be asked at once. */
function NextForm({ suggestion: { next, words }, person }: Props) {
  const form = next?.split('/').at(-1)
  if (!form) return null
  return (
    <p>
      <Link to={`/people/${person}/assessments/${form}`}>
        <Trans>Ask it now: {words}</Trans>
      </Link>
    </p>
  )
}

function Deciding(props: Props) {
  const { suggestion, person, within, ensure = () => Promise.resolve(suggestion) } = props
  const spoken = within ? `${suggestion.words} (${within})` : suggestion.words
  const { t } = useLingui()
  const { accept: verbs } = useSuggestionLabels()
  const [isDismissing, setDismissing] = useState(false)
  const [to, setTo] = useState<Who | undefined>()
  const [wasTried, setWasTried] = useState(false)
  const accept = useMutation({
    mutationFn: async () => await acceptSuggestion({ suggestion: await ensure(), person, to }),
  })
  const isReferral = suggestion.kind === 'referral'
  const onAccept = () => {
    setWasTried(true)
    if (!isReferral || to) accept.mutate()
  }
  if (isDismissing)
    return (
      <DismissSuggestion
        suggestion={suggestion}
        ensure={ensure}
        onKeep={() => setDismissing(false)}
      />
    )
  return (
    <>
      <SuggestionFailure error={accept.error} />
      {isReferral && (
        <WhoField
          services
          label={t`Who is asked`}
          hint={t`They can see this person’s record until they refuse or the referral is closed.`}
          value={to?.reference ?? ''}
          onChange={setTo}
          {...(wasTried && !to ? { error: t`Choose who is asked` } : {})}
        />
      )}
      <div className="assess-actions">
        <Button
          pending={accept.isPending}
          aria-label={`${verbs[suggestion.kind]}: ${spoken}`}
          onClick={onAccept}
        >
          {verbs[suggestion.kind]}
        </Button>
        <Button
          variant="link"
          aria-label={t`Dismiss, with a reason: ${spoken}`}
          onClick={() => setDismissing(true)}
        >
          <Trans>Dismiss, with a reason</Trans>
        </Button>
      </div>
    </>
  )
}

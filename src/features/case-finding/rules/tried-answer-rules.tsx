import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answerRuleQueries } from '#client/queries/suggestion/answer-rules.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { conditionLine } from '#domain/suggestion/answer-rule/answer-condition.ts'
import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'

/** Rules on answers that somebody tries: a professional sees who of their own people it would be for. */
export function TriedAnswerRules() {
  const actor = useSession((session) => session.actor)
  const isForStaff = actor !== undefined && isStaff(actor) && actor.practitioner !== undefined
  const { data: drafts = [] } = useQuery({ ...answerRuleQueries.drafts(), enabled: isForStaff })
  if (!isForStaff || drafts.length === 0) return null
  return (
    <section aria-labelledby="tried-rules">
      <h2 id="tried-rules">
        <Trans>Rules on answers that are being tried</Trans>
      </h2>
      <p>
        <Trans>
          They suggest nothing yet. Here are people of yours whom they would be new for.
        </Trans>
      </p>
      <UnverifiedMark what="answer-rule" />
      <ul className="rules-list">
        {drafts.map((rule) => (
          <Tried key={rule.code} rule={rule} />
        ))}
      </ul>
    </section>
  )
}

function Tried({ rule }: { rule: AnswerRule }) {
  const { data: people, isError, isPending } = useQuery(answerRuleQueries.people(rule.code))
  return (
    <li className="rule-card">
      <h3>{rule.words}</h3>
      <p className="gable-meta">{rule.when.map(conditionLine).join(', ')}</p>
      {isPending && (
        <p>
          <Trans>Loading</Trans>
        </p>
      )}
      {isError && (
        <p>
          <Trans>They cannot be shown just now. Open the page again.</Trans>
        </p>
      )}
      {people?.length === 0 && (
        <p>
          <Trans>Nobody of yours.</Trans>
        </p>
      )}
      <ul className="gable-plain-list">
        {(people ?? []).map(({ id, name }) => (
          <li key={id}>
            <Link to={`/people/${id}/assessments`}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  )
}

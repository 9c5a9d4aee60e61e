import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  judgeRulePerson,
  type ReadRule,
  rulePeopleQuery,
} from '#client/queries/monitoring/rules.ts'
import type { RulePerson, ShownRuleVersion } from '#domain/rule/rule-parameters.ts'
import { RuleRefused } from '#features/case-finding/rules/rule-agreement.tsx'
import { useRuleStep } from '#features/case-finding/rules/use-rule-step.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { RulePersonRow } from './rule-person-row.tsx'

type SampleProps = Readonly<{ rule: string; version: ShownRuleVersion }>

/** Real people, chosen by lot, to look at by eye before anybody decides. */
export function RuleSample({ rule, version }: SampleProps) {
  const { t } = useLingui()
  const { tried, looked } = version
  const { data } = useQuery(rulePeopleQuery({ rule, group: 'sample', of: tried?.at ?? '' }))
  if (!data) return <Skeleton lines={6} atOnce />
  const done = data.people.filter(({ id }) => looked.some(({ person }) => person === id)).length
  const sides = [
    { title: t`Would be added`, people: data.people.filter(({ adds }) => adds) },
    { title: t`Would drop`, people: data.people.filter(({ adds }) => !adds) },
  ].filter(({ people }) => people.length > 0)
  return (
    <section aria-labelledby="rule-look">
      <div className="rule-head">
        <h2 id="rule-look">
          <Trans>Look at real people before you decide</Trans>
        </h2>
        <p className="rule-meta" aria-live="polite">
          <Trans>
            {done} of {data.people.length} looked at, chosen by lot
          </Trans>
        </p>
      </div>
      {(tried?.figures.toLookAt ?? 0) > data.people.length ? (
        <p>
          <Trans>
            Not everybody drawn by lot can be shown any more. Try the rule again, and others are
            drawn.
          </Trans>
        </p>
      ) : null}
      {tried?.figures.toLookAt === 0 ? (
        <p>
          <Trans>It would add nobody and drop nobody, so there is nobody to look at.</Trans>
        </p>
      ) : null}
      <div className={`rule-sides ${sides.length === 1 ? 'rule-sides--one' : ''}`}>
        {sides.map(({ title, people }) => (
          <div key={title}>
            <h3>{title}</h3>
            <ul className="rule-people__list">
              {people.map((person) => (
                <RulePersonRow key={person.id} person={person}>
                  <Verdict
                    {...{ rule, person, edit: version.edit }}
                    said={looked.find((each) => each.person === person.id)}
                  />
                </RulePersonRow>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {looked.length > done ? (
        <p className="rule-meta">
          <Plural
            value={looked.length - done}
            one="# earlier answer about another person is kept with this version."
            other="# earlier answers about other people are kept with this version."
          />
        </p>
      ) : null}
    </section>
  )
}

type VerdictProps = ReadRule &
  Readonly<{
    person: RulePerson
    said: ShownRuleVersion['looked'][number] | undefined
  }>

function Verdict({ rule, edit, person, said }: VerdictProps) {
  const { t } = useLingui()
  const [changing, setChanging] = useState(false)
  const name = [person.given, person.family].filter(Boolean).join(' ')
  if (!said || changing)
    return <Judge {...{ rule, edit, person, name }} onDone={() => setChanging(false)} />
  return (
    <p className="rule-said">
      <StateMark state={said.right ? 'agreed' : 'failed'}>
        <SaidWords {...{ said, adds: person.adds === true }} />
      </StateMark>{' '}
      {said.words ? <q>{said.words}</q> : null}{' '}
      <Button
        variant="link"
        aria-label={t`Change the answer about ${name}`}
        onClick={() => setChanging(true)}
      >
        <Trans>Change</Trans>
      </Button>
    </p>
  )
}

type JudgeProps = Omit<VerdictProps, 'said'> & Readonly<{ name: string; onDone: () => void }>

function Judge({ rule, edit, person, name, onDone }: JudgeProps) {
  const { t } = useLingui()
  const [refusing, setRefusing] = useState(false)
  const [words, setWords, clear] = useDraft(`rule-verdict:${rule}:${person.id}`, '')
  const done = () => {
    clear()
    onDone()
  }
  const judging = useRuleStep({ rule, edit }, { act: judgeRulePerson, onDone: done })
  const judge = (right: boolean) =>
    judging.mutate({ person: person.id, right, words: right ? '' : words })
  const [yes, no, sayYes, sayNo] = person.adds
    ? [
        t`Right person`,
        t`Not the right person`,
        t`Right person: ${name}`,
        t`Not the right person: ${name}`,
      ]
    : [t`Right to drop`, t`Should stay`, t`Right to drop: ${name}`, t`Should stay: ${name}`]
  return (
    <div className="rule-verdict">
      <Button
        variant="outline"
        pending={judging.isPending}
        aria-label={sayYes}
        onClick={() => judge(true)}
      >
        {yes}
      </Button>
      <Button
        variant="outline"
        aria-expanded={refusing}
        aria-label={sayNo}
        onClick={() => setRefusing(!refusing)}
      >
        {no}
      </Button>
      {refusing ? (
        <div>
          <TextArea
            label={t`Why is it wrong about ${name}?`}
            value={words}
            onChange={setWords}
            rows={2}
          />
          <Button pending={judging.isPending} onClick={() => judge(false)}>
            <Trans>Keep this answer</Trans>
          </Button>
        </div>
      ) : null}
      <RuleRefused error={judging.error} />
    </div>
  )
}

function SaidWords({
  said,
  adds,
}: Readonly<{ said: { right: boolean; by: { name: string } }; adds: boolean }>) {
  const { name } = said.by
  if (adds)
    return said.right ? (
      <Trans>{name}: right person</Trans>
    ) : (
      <Trans>{name}: not the right person</Trans>
    )
  return said.right ? <Trans>{name}: right to drop</Trans> : <Trans>{name}: should stay</Trans>
}

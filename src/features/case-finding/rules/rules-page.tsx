import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { rulesQuery, saveRule } from '#client/queries/monitoring/rules.ts'
import { newRuleLine } from '#domain/rule/rule-lines.ts'
import type { ListedRule } from '#domain/rule/rule-parameters.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ruleStateWords } from './line-words.ts'
import { RuleRefused } from './rule-agreement.tsx'
import { RulesNotLoaded } from './rules-not-loaded.tsx'
import { RoundedNote, RunFigures } from './run-figures.tsx'
import { TriedAnswerRules } from './tried-answer-rules.tsx'

/** The rules of the organisation: what runs, what it found, and what waits for somebody. */
export function RulesPage() {
  const { t } = useLingui()
  const { data, isError, error, refetch, isFetching } = useQuery(rulesQuery)
  const [naming, setNaming] = useState(false)
  return (
    <div className="rule">
      <FindNav />
      <PageHeading
        title={t`Rules for finding people`}
        lead={t`A rule is a sentence about the record. A second person agrees before it runs. It marks people in the list and decides for nobody.`}
        actions={
          data?.mayWrite ? (
            <Button onClick={() => setNaming(true)}>
              <Trans>Write a new rule</Trans>
            </Button>
          ) : null
        }
      />
      {isError ? (
        <RulesNotLoaded {...{ error }} pending={isFetching} again={() => void refetch()} />
      ) : null}
      {!data && !isError ? <Skeleton lines={6} atOnce /> : null}
      {data?.rules.length === 0 ? (
        <EmptyState title={t`No rules yet`}>
          <p>{t`Write the first one as a sentence, and see whom it would find before anything happens.`}</p>
        </EmptyState>
      ) : null}
      <RoundedNote />
      {data && data.rules.length > 0 ? (
        <ul className="rules-list">
          {data.rules.map((each) => (
            <RuleRow key={each.rule} rule={each} />
          ))}
        </ul>
      ) : null}
      <TriedAnswerRules />
      {naming ? <NewRule onClose={() => setNaming(false)} /> : null}
    </div>
  )
}

function RuleRow({
  rule: { rule, name, newest, running, last, waitsForYou },
}: {
  rule: ListedRule
}) {
  const { t } = useLingui()
  const writers = newest.writers.map((each) => each.name).join(', ')
  const isNewer = running !== undefined && running.version !== newest.version
  return (
    <li className="rule-card">
      <h2>
        <Link to={`/find/rules/${rule}`}>{name}</Link>
      </h2>
      {waitsForYou ? (
        <p>
          <StateMark state="due">
            <Trans>You can answer</Trans>
          </StateMark>
        </p>
      ) : null}
      {running ? (
        <p>
          <StateMark state="agreed">
            <Trans>
              Version {running.version} is switched on, from <DateText date={running.from} />
            </Trans>
          </StateMark>
        </p>
      ) : null}
      {running && last ? (
        <p>
          <RunFigures run={last} />
        </p>
      ) : null}
      {running && !isNewer ? null : (
        <p className="rule-meta">
          <Trans>
            Version {newest.version}, written by {writers}: {t(ruleStateWords[newest.state])}
          </Trans>
        </p>
      )}
    </li>
  )
}

function NewRule({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [id] = useKeptId()
  const [name, setName] = useState('')
  const [error, setError] = useState('')
  const saving = useMutation({
    mutationFn: async () => await saveRule(id, { name: name.trim(), lines: [newRuleLine('age')] }),
    onSuccess: () => navigate(`/find/rules/${id}`),
  })
  const save = () => (name.trim() ? saving.mutate() : setError(t`Give the rule a name`))
  return (
    <Dialog
      open
      title={t`Write a new rule`}
      onClose={onClose}
      actions={
        <TwoWaysOut
          pending={saving.isPending}
          onSave={save}
          onCancel={onClose}
          save={<Trans>Begin</Trans>}
        />
      }
    >
      <TextField
        label={t`What should it be called?`}
        hint={t`Say whom it finds, in a few words.`}
        value={name}
        onChange={setName}
        maxLength={120}
        {...(error ? { error } : {})}
      />
      <RuleRefused error={saving.error} />
    </Dialog>
  )
}
